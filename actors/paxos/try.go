package paxos

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/delays"
)

// How long a try to propose takes where chance says who does, and how likely it
// succeeds: what the limit on time is made of, see limit.go.

// atFirst is how long it takes until the first try, beyond what is usual: rounds
// of the storm are repeated or given up, and whoever has not learned waits, or
// asks in vain.
func (h *hopes) atFirst() sim.Time {
	t := h.t
	usual := 2*h.d + 2*h.save + 1
	first := 2*max(t.repeat-usual, 0) + max(t.learnTimeout-h.round-1, 0) + max(t.roundLimit-h.round-1, 0)
	if h.s.Setting("learn") == learnAsk {
		first = min(first+times(sim.Time(h.s.Setting("repeats")), t.learnTimeout+2*t.meanIdle, 1), sim.MaxTime)
	}
	if h.s.Setting("on_nack") == onNackWhenLost {
		first += 2 * t.patience(h.s)
	}
	return first
}

// cycle is how long it takes from try to try.
func (h *hopes) cycle() sim.Time {
	t := h.t
	cycle := t.meanIdle + 2*h.round + max(t.learnTimeout-h.round-1, 0)
	switch h.s.Setting("on_nack") {
	case onNackRetry:
		cycle += t.backoffCap
	case onNackWhenLost:
		if h.trouble.More+len(h.trouble.Gone) > 0 {
			cycle += 2 * t.patience(h.s)
		}
	}
	if h.lossy() {
		cycle += 2 * t.patience(h.s)
	}
	if h.trouble.Crashes > 0 {
		cycle += h.s.Crashes.DownMax
	}
	for _, f := range h.trouble.Strikes {
		cycle += f.For.Max + f.Every.Max
	}
	return min(cycle, sim.MaxTime)
}

// odds is the chance that a try succeeds: it is left alone, it gets through, and
// nobody crashes.
func (h *hopes) odds() odds {
	all := h.alone()
	if h.lossy() {
		all = all.and(h.through()).and(h.up()).and(h.open())
	}
	return all
}

// alone is the chance that nobody else begins a round in the way of a try.
func (h *hopes) alone() odds {
	s, t := h.s, h.t
	if s.Actors == 1 {
		return certainly
	}
	others := uint64(s.Actors - 1)
	twice := max(s.Network.TwiceMean()+2*h.save, 2)
	window := 3*twice/2 + 1
	if t.meanIdle < twice*sim.Time(others) {
		window = 4*h.d + 6*h.save + 2
	}
	begins := certainly / odds(t.meanIdle)
	alone := begins.not().power(uint64(window) * others)
	if s.Setting("on_nack") == onNackRetry {
		if t.backoffCap <= window {
			return 0
		}
		in := odds(times(sim.Time(certainly>>20), window, t.backoffCap)) << 20
		alone = alone.and(in.not().power(others))
	}
	return alone
}

// through is the chance that enough messages of a round get through.
func (h *hopes) through() odds {
	s := h.s
	n := &h.trouble.Steady
	gets := part(n.Loss).not().and(part(n.Corrupt).not())
	if n.Capacity > 0 && n.Capacity < crowd {
		gets = gets.and(certainly / 2)
	}
	tries := max(sim.Time(s.Setting("repeats")+1)-(2*h.d+2*h.save)/h.t.repeat, 1)
	answered := gets.and(gets).not().power(uint64(tries)).not()
	members := membersOf(s)
	left, quorum := members.Len(), s.LeastAble()
	if left == s.Actors { // it reaches itself
		left, quorum = left-1, quorum-1
	}
	left -= min(h.trouble.More+len(h.trouble.Gone), left-quorum)
	if s.Setting("fan_out") == fanOutQuorum {
		return answered.someOf(quorum, left).and(answered.power(uint64(quorum)))
	}
	return answered.and(answered).someOf(quorum, left)
}

// crowd is how many messages a link must hold so that a round, and those of
// others before it, hardly ever fill it.
const crowd = 8

// part is a probability of the world as odds.
func part(p scheduler.Probability) odds {
	return odds(uint64(p) * (uint64(certainly) / uint64(scheduler.Certain)))
}

// up is the chance that nobody crashes in a round.
func (h *hopes) up() odds {
	n := uint64(h.s.Actors)
	return part(h.trouble.Crashes).not().power(n*(n+4) + 2*n + 1)
}

// open is the chance that no fault strikes that strikes for ever.
func (h *hopes) open() odds {
	all := certainly
	for _, f := range h.trouble.Strikes {
		gap, held := f.Every.Min, f.For.Max
		if f.Every.Shape.Model == delays.Uniform {
			gap = (f.Every.Min + f.Every.Max) / 2
		}
		free := gap - h.round - h.t.repeat
		if free <= 0 {
			return 0
		}
		all = all.and(odds(times(sim.Time(certainly>>20), free, 2*(f.Every.Max+held+1))) << 20)
	}
	return all
}
