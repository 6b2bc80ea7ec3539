package paxos

import (
	"fmt"
	"math/bits"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/weather"
)

// limitSpells is how long a computed limit lets a run last once all that goes wrong is
// over. Its unit is the back-off cap or the mean idle spell, whichever is greater. Within
// it a sound run in which chance proposes ends, except with a probability of 1e-9
// (docs/liveness.md has the sum).
const limitSpells = 120

// surely is 1e-9 as a power of e.
const surely = 21

// leastOdds is the chance that an attempt to propose succeeds below which nothing is
// promised.
const leastOdds = certainly / 20_000

// outlook is by when a run of a scenario decides, or why it may not.
type outlook struct {
	time   sim.Time
	events uint64
	none   string // why not; "": it does
	how    string // the sum, for people
}

// hopes is what the sum is made of where chance proposes.
type hopes struct {
	s       *sim.Scenario
	t       *timing
	trouble sim.Trouble
	d, save sim.Time // the greatest delay once all is over that ends, and a save
	round   sim.Time
}

// promiseOf does the sum.
func promiseOf(s *sim.Scenario, t *timing) outlook {
	h := hopes{s: s, t: t, trouble: s.Trouble(), save: s.Disk.Sync}
	h.d = h.trouble.Steady.DelayMax + s.Network.Added()
	if s.Actors == 1 {
		h.d = s.Network.DelayMin
	}
	h.round = 4*h.d + 3*h.save
	var p outlook
	if s.Core != nil {
		p = h.core()
	}
	if p.time == 0 {
		none := p.none
		if p = h.chance(); none != "" {
			p.none = none
		}
	}
	if none := h.unsound(); none != "" {
		p.none = none
	}
	return h.stated(p)
}

// unsound says why Paxos itself would not promise anything.
func (h *hopes) unsound() string {
	forged := h.s.Network.Forge > 0
	for i := range h.s.Periods {
		f := h.s.Periods[i].Forge
		forged = forged || f > 0 && f != weather.Same
	}
	for i := range h.s.Faults {
		if x := h.s.Faults[i].Weather; x != nil {
			forged = forged || x.Forge > 0 && x.Forge != weather.Same
		}
	}
	switch {
	case h.s.Mutant != "":
		return "a mutant is no Paxos"
	case h.s.Setting("adopt") == 0:
		return "without adopt: true it is no Paxos"
	case forged:
		return "senders are forged"
	}
	return ""
}

// core is the promise for a scenario whose weather calms for a core: the bound
// ends its runs, and nothing else needs to. The time is 0 if there may be none.
func (h *hopes) core() outlook {
	members, sure := membersOf(h.s), h.trouble.Quorate(h.s)
	if h.s.Core.Group == aims.Listed {
		in := -h.trouble.More
		for _, id := range h.s.Core.IDs {
			if members.Has(id) && !h.trouble.Goes(id) {
				in++
			}
		}
		sure = 2*in > members.Len()
	}
	if !sure {
		return outlook{none: "whoever goes down for good may leave no core"}
	}
	bound, none := boundAfterStorm(h.s, h.t)
	if none != "" {
		return outlook{none: none}
	}
	latest := h.s.LatestTime()
	end := h.s.CalmTime() + h.trouble.Slowest + bound(manySaves)
	switch {
	case end > latest:
		return outlook{none: tooLate}
	case h.stormy():
		return outlook{none: restless}
	case h.rounds(end, h.t.repeat) > mostRounds: // of the leader, while it waits for the storm's last message
		return outlook{none: tooMuch}
	}
	return outlook{time: latest, events: sim.MaxEvents, how: "the latest time that there is: the bound after faults end ends a run earlier"}
}

// Why nothing is promised.
const (
	tooLate  = "it may take longer than the latest time that there is"
	tooMuch  = "it may take more events than there can be"
	restless = "whoever crashes is back at once, and nearly always crashes again"
)

// mostRounds is how many rounds an actor may begin, at most: what it sends is
// numbered.
const mostRounds = 1 << 24

// manySaves is more than disks have ever been seen to have left after a storm.
const manySaves = 10_000

// chance is the promise where chance proposes: how often actors must try, and how
// long a try takes.
func (h *hopes) chance() outlook {
	s, t := h.s, h.t
	odds, cycle, lossy := h.odds(), h.cycle(), h.lossy()
	nats := uint64(surely)
	if lossy { // each must be lucky itself
		nats += uint64(bits.Len(uint(s.Actors)))
	}
	tries := odds.tries(nats)
	rest := limitSpells * max(t.backoffCap, t.meanIdle)
	rest = max(rest, times(sim.Time(tries), cycle, 1))
	rest = min(rest+h.atFirst(), sim.MaxTime)
	spans := sim.Time(len(h.trouble.Moments) + 1)
	over := h.trouble.Over + h.late()
	for _, m := range h.trouble.Moments {
		over = min(over+m+h.late(), sim.MaxTime)
	}
	decided := over + times(rest, spans, 1)
	p := outlook{time: max(decided, lastByScript(s)+rest)}
	p.how = fmt.Sprintf("the last scripted event + %d × the greater of back-off cap and mean idle spell", limitSpells)
	if rest != limitSpells*max(t.backoffCap, t.meanIdle) || p.time != lastByScript(s)+rest {
		p.how = fmt.Sprintf("what ends is over, and has arrived, after %s; then %d × %s, in which there is time for %d tries", span(s, over), spans, span(s, rest), tries)
	}
	if l := s.Limits.Linger; l > 0 {
		p.time = min(p.time+l, sim.MaxTime)
		p.how += ", and " + span(s, l) + " more"
	}
	rounds := h.rounds(h.blocked(), t.meanIdle) + min(tries, 1<<40)
	switch {
	case !s.ByChance && len(s.Requests) == 0:
		p.none = "nobody is asked for anything"
	case !h.trouble.Quorate(s):
		p.none = "a majority may be down for good"
	case !h.trouble.Asked(s):
		p.none = "whoever is asked may be down for good"
	case h.trouble.Endless != "" && h.trouble.From < decided:
		p.none = fmt.Sprintf("the fault %s may never be over", h.trouble.Endless)
	case t.patience(s) <= 2*h.d+2*h.save:
		p.none = "a proposer gives up before the answers can be there"
	case h.full() != "":
		p.none = h.full()
	case s.Limits.Linger > 0 && h.forgets():
		p.none = "whoever has learned may forget it in a crash while the run goes on"
	case odds < leastOdds && lossy:
		p.none = "of what goes wrong for ever is too much for a round to get through"
	case odds < leastOdds:
		p.none = "actors propose so often that a round is hardly ever left alone"
	case p.time > s.LatestTime():
		p.none = tooLate
	case h.stormy():
		p.none = restless
	case rounds > mostRounds, h.events(rounds) > sim.MaxEvents:
		p.none = tooMuch
	}
	p.time = min(p.time, s.LatestTime())
	again := uint64(s.Setting("repeats")+1) * uint64(max(s.Network.Copies, 1)+1)
	rounds = max(rounds, h.rounds(p.time, t.meanIdle))
	p.events = min(max(h.events(rounds)*again, new(sim.Plan).Events(s.Actors)), sim.MaxEvents)
	return p
}

// stated puts the limits of the scenario in the place of those computed.
func (h *hopes) stated(p outlook) outlook {
	if l := h.s.Limits.Time; l > 0 {
		if l < p.time && p.none == "" {
			p.none = fmt.Sprintf("limits.time is stated, and a promise needs %s", span(h.s, p.time))
		}
		p.time = l
	}
	if l := h.s.Limits.Events; l > 0 {
		if l < p.events && p.none == "" {
			p.none = fmt.Sprintf("limits.events is stated, and a promise needs %d", p.events)
		}
		p.events = l
	}
	return p
}

// lossy says whether something goes wrong by chance for ever.
func (h *hopes) lossy() bool {
	n := &h.trouble.Steady
	return n.Loss > 0 || n.Corrupt > 0 || n.Capacity > 0 || h.trouble.Crashes > 0 || len(h.trouble.Strikes) > 0
}

// forgets says whether actors crash for ever.
func (h *hopes) forgets() bool {
	return h.trouble.Crashes > 0 || slices.ContainsFunc(h.trouble.Strikes, func(f *faults.Fault) bool { return !f.Crash.IsZero() })
}

// late is by how much later things happen than the clock of faults says: the
// slowest message arrives, and disks work off what has come meanwhile.
func (h *hopes) late() sim.Time {
	late := h.trouble.Slowest - h.s.Network.DelayMax - h.s.Network.Added()
	if h.save > 0 {
		late += h.trouble.Held
	}
	return min(late, sim.MaxTime)
}

// blocked is for how long nothing may be decided by all, whatever actors do. In
// a weather that is not too bad they decide long before it has calmed.
func (h *hopes) blocked() sim.Time {
	s := h.s
	total := h.trouble.Blocked
	if !s.ByChance && len(s.Requests) > 0 {
		first := s.Requests[0].Latest()
		for _, r := range s.Requests {
			first = min(first, r.Latest())
		}
		total += first
	}
	storm := *h
	storm.trouble.Steady, storm.trouble.Crashes = h.trouble.Worst, h.trouble.WorstCrashes
	slow := h.t.patience(s) <= 2*h.trouble.Slowest+2*h.save
	if h.s.CalmTime() > 0 && (slow || storm.through().and(storm.up()) < certainly/100) {
		total += s.CalmTime()
	}
	if storm.up() < certainly/100*99 {
		total += s.Crashes.DownMax
	}
	return min(total, sim.MaxTime)
}

// rounds is how many an actor may begin up to a time, with a pause of so long
// between them.
func (h *hopes) rounds(end, pause sim.Time) uint64 {
	return uint64(end / max(2*h.s.Network.DelayMin+h.save+pause, 1))
}

// events is how many there may be if each actor begins so many rounds.
func (h *hopes) events(rounds uint64) uint64 {
	n := uint64(h.s.Actors)
	hi, lo := bits.Mul64(rounds, 8*n*n)
	if hi > 0 || lo > 1<<40 {
		return 1 << 40
	}
	return lo + 32*n*n
}

// stormy says whether actors may crash and come back so often that the run
// hardly leaves one tick.
func (h *hopes) stormy() bool {
	return h.s.Crashes.DownMax == 0 && part(h.trouble.WorstCrashes).not().power(uint64(2*h.s.Actors+4)) < leastOdds
}

// span is a time in words.
func span(s *sim.Scenario, t sim.Time) string {
	if t > s.LatestTime() {
		return fmt.Sprintf("%d ticks", t)
	}
	us := int64(t) * (s.Tick / 1000) // a tick is a whole number of them
	if us%1000 == 0 {
		return fmt.Sprintf("%d ms", us/1000)
	}
	return fmt.Sprintf("%d.%03d ms", us/1000, us%1000)
}

// limitLine tells the limit on time to people.
func limitLine(p *outlook) sim.PlanLine {
	how := p.how
	if p.none != "" {
		how = fmt.Sprintf("none is promised: %s", p.none)
	}
	return sim.PlanLine{Name: "limits.time", Ticks: p.time, How: how}
}
