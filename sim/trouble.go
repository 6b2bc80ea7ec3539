package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/weather"
)

// Trouble is what goes wrong in a scenario, and for how long at most. A protocol must know
// it to say by when runs decide.
type Trouble struct {
	// Over is when all of it is over that ends by the clock, and the last request is made.
	Over Time
	// Moments is, for each fault that begins at a moment, how long it lasts. Each of them
	// comes once a run, and nobody knows when.
	Moments []Time
	// Slowest is the greatest delay of a message in any weather.
	Slowest Time
	// Held is for how long messages or actors stand still, all in all.
	Held Time

	// Blocked is how long all faults last together.
	Blocked Time
	// Worst is the worst weather in any period, and WorstCrashes the greatest
	// chance of a crash.
	Worst        weather.Network
	WorstCrashes scheduler.Probability

	// Endless is the name of a fault that may last for ever and keep actors apart,
	// down or still; "": there is none. From is when the first of them begins.
	Endless string
	From    Time
	// Steady is the weather that never ends, on the worst link: how slow messages
	// are and what is lost, damaged or evicted.
	Steady weather.Network
	// Crashes is the chance of a crash before each effect, for ever.
	Crashes scheduler.Probability
	// Strikes are the faults that strike by chance for ever.
	Strikes []*faults.Fault
	// Gone are actors that may go down for good, and More how many may besides.
	Gone []ID
	More int
	gone ids.Set
}

// Trouble is what goes wrong in the scenario.
func (s *Scenario) Trouble() Trouble {
	calm := s.CalmTime()
	t := Trouble{Over: calm, From: faults.Forever, Steady: s.Network, Worst: s.Network, WorstCrashes: s.Crashes.Chance}
	if calm > 0 {
		t.Steady = s.Network.Calmed()
		t.Steady.Capacity = 0
	} else {
		t.Crashes = s.Crashes.Chance
	}
	t.Slowest = s.Network.DelayMax
	for i := range s.Periods {
		x := &s.Periods[i]
		t.slow(&x.Weather)
		n := x.Weather.Over(s.Network)
		t.Worst.Loss, t.Worst.Corrupt = max(t.Worst.Loss, n.Loss), max(t.Worst.Corrupt, n.Corrupt)
		if x.Crashes != weather.Same {
			t.WorstCrashes = max(t.WorstCrashes, x.Crashes)
		}
	}
	if t.WorstCrashes > 0 && calm > 0 {
		t.Over = max(t.Over, calm+s.Crashes.DownMax)
	}
	for i := range s.Faults {
		t.add(s, &s.Faults[i], calm)
	}
	for i := range s.Requests {
		t.Over = max(t.Over, s.Requests[i].Latest())
	}
	t.Slowest += s.Network.Added()
	return t
}

// slow notes the delay of a weather.
func (t *Trouble) slow(x *weather.Weather) {
	if x.Delay != nil {
		t.Slowest = max(t.Slowest, x.Delay.Max)
	}
}

// add notes what a fault does.
func (t *Trouble) add(s *Scenario, f *faults.Fault, calm Time) {
	if f.Weather != nil {
		t.slow(f.Weather)
	}
	end := f.Until
	switch {
	case f.ByChance():
		if calm > 0 {
			end = min(end, calm)
		}
	case f.For != nil && f.BeginsByClock():
		end = min(end, f.At+f.For.Max)
	}
	lasts := Time(0)
	switch {
	case end < faults.Forever:
		t.Over = max(t.Over, end)
		lasts = max(end-f.At, 0)
	case f.ByChance():
		t.Strikes = append(t.Strikes, f)
		lasts = f.For.Max
	case f.For != nil:
		t.Moments = append(t.Moments, f.For.Max)
		lasts = f.For.Max
	default:
		t.endless(s, f)
	}
	t.Blocked = min(t.Blocked+lasts, MaxTime)
	if f.Clog != nil || !f.Pause.IsZero() {
		t.Held += lasts
	}
}

// endless notes a fault that may never be over.
func (t *Trouble) endless(s *Scenario, f *faults.Fault) {
	switch {
	case f.ForGood():
		t.Over = max(t.Over, f.At)
		switch f.Crash.Group {
		case aims.Listed:
			t.Gone = append(t.Gone, f.Crash.IDs...)
			for _, id := range f.Crash.IDs {
				t.gone.Add(id)
			}
		case aims.AtRandom:
			t.More += f.Crash.Many
		case aims.InRole:
			t.More++
		default:
			t.More += s.Actors
		}
	case f.Weather != nil:
		t.Over = max(t.Over, f.At)
		n := f.Weather.Over(t.Steady)
		t.Steady.DelayMax = max(t.Steady.DelayMax, n.DelayMax)
		t.Steady.Loss = max(t.Steady.Loss, n.Loss)
		t.Steady.Corrupt = max(t.Steady.Corrupt, n.Corrupt)
	case f.Cut != nil && f.Cut.Idle(s.Actors):
	default:
		if f.At < t.From {
			t.Endless, t.From = f.Name, f.At
		}
	}
}

// Quorate says whether a quorum of every phase is left in any case, whoever
// goes down for good.
func (t *Trouble) Quorate(s *Scenario) bool {
	if s.SpareQuorum {
		return true
	}
	who, left := s.members(), s.MemberCount()-t.More
	for id := who.Next(0); id != 0; id = who.Next(id) {
		if t.Goes(id) {
			left--
		}
	}
	return left >= s.LeastAble()
}

// Goes says whether an actor may go down for good by its number.
func (t *Trouble) Goes(id ID) bool { return t.gone.Has(id) }

// Asked says whether somebody who has a request is left in any case.
func (t *Trouble) Asked(s *Scenario) bool {
	if s.ByChance {
		return len(t.Gone)+t.More < s.Actors
	}
	more := t.More
	seen := map[ID]bool{}
	for _, r := range s.Requests {
		switch {
		case r.Actor == 0:
			if len(t.Gone)+t.More == 0 {
				return true
			}
		case !t.Goes(r.Actor) && !seen[r.Actor]:
			if seen[r.Actor] = true; more == 0 {
				return true
			}
			more--
		}
	}
	return false
}

// LatestTime is the latest time that a run of the scenario may reach: times are
// below a hundred years.
func (s *Scenario) LatestTime() Time {
	const century = 876_000 * 3_600_000_000_000
	return min(MaxTime, Time(century/max(s.Tick, 1)))
}
