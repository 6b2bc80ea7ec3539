package campaign

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
)

// Evidence is what the runs of a hunt show. The zero Evidence is of no runs.
type Evidence struct {
	Tally
	Marks    []uint64                      // by mark of the protocol: runs that reached it
	Families [faults.Families]FamilyCounts // by family of faults
	Of       []StrategyCounts              // by strategy, in the order of Hunt.Strategies

	// Width is the most events that were enabled side by side in a run under pct;
	// Length is the most over which one drew its falls, and none had more.
	Width, Length int

	// States are the abstract states in which runs ended that are independent of
	// each other: all but those of feedback.
	States States

	Finds []*Find // distinct failures, by the seed that showed each first
}

// Tally counts runs by their results.
type Tally struct {
	Runs      uint64 `json:"runs"`
	Decided   uint64 `json:"decided"`
	Partial   uint64 `json:"partial"`
	Undecided uint64 `json:"undecided"`
	Violated  uint64 `json:"violated"`
	Events    uint64 `json:"events"` // of all runs

	// Proved are the runs in which something could have broken. Something was at stake, and a
	// round was refused, or a fault struck, or an invariant broke. A refused round (Refused)
	// means that two rounds overlapped. A fault strikes (Struck) a message on its way, or an
	// actor about to do something that others can see. None is if no invariant is on.
	Proved  uint64 `json:"proved"`
	Refused uint64 `json:"refused"`
	Struck  uint64 `json:"struck"`

	// Vacuous are the runs in which nothing was at stake, see [sim.Outcome].AtStake;
	// where safety alone is watched, also those in which no value was put to the vote.
	Vacuous uint64 `json:"vacuous"`
}

// Add adds the runs of another tally.
func (t *Tally) Add(u *Tally) {
	t.Runs += u.Runs
	t.Decided += u.Decided
	t.Partial += u.Partial
	t.Undecided += u.Undecided
	t.Violated += u.Violated
	t.Events += u.Events
	t.Proved += u.Proved
	t.Refused += u.Refused
	t.Struck += u.Struck
	t.Vacuous += u.Vacuous
}

// FamilyCounts is how often a family of faults was there.
type FamilyCounts struct {
	On     uint64 // runs in which it was configured
	Hit    uint64 // runs in which it struck
	Struck uint64 // how often it did
}

// StrategyCounts is the results of the runs of a strategy.
type StrategyCounts struct {
	Runs, Violated, Proved, Events uint64
}

func (h *Hunt) none() *Evidence {
	e := &Evidence{Of: make([]StrategyCounts, len(h.Strategies))}
	if len(h.Ground) > 0 {
		e.Marks = make([]uint64, len(h.Ground[0].Protocol.Marks()))
	}
	return e
}

// add counts a run.
func (e *Evidence) add(h *Hunt, d *Draw, o *sim.Outcome) {
	s := h.Ground[d.Variant].Scenario
	of := &e.Of[slices.Index(h.Strategies, d.Strategy)]
	e.Runs++
	of.Runs++
	e.Events += o.Events
	of.Events += o.Events
	switch o.Verdict {
	case observe.VerdictDecided:
		e.Decided++
	case observe.VerdictPartial:
		e.Partial++
	case observe.VerdictViolated:
		e.Violated++
		of.Violated++
	default:
		e.Undecided++
	}
	for i := range e.Marks {
		e.Marks[i] += uint64(o.Marks >> i & 1)
	}
	struck := false
	for f, on := range configured(s, d.Budget) {
		c := &e.Families[f]
		if on {
			c.On++
		}
		if n := o.Families[f].Struck; n > 0 {
			c.Hit++
			c.Struck += n
			struck = true
		}
	}
	refused := false
	for i, n := range s.Protocol.Vocabulary().Notes {
		refused = refused || n.Purpose == shown.RefusesRound && o.Notes[i] > 0
	}
	switch {
	case !atStake(s, o):
		e.Vacuous++
		return
	case o.Violation == nil && !watches(s):
		return
	case o.Violation != nil || refused || struck:
		e.Proved++
		of.Proved++
	}
	if refused {
		e.Refused++
	}
	if struck {
		e.Struck++
	}
}

// atStake says whether the run could have broken what is watched.
func atStake(s *sim.Scenario, o *sim.Outcome) bool {
	return o.AtStake() && (o.Violation != nil || o.Proposed || watchesLemmas(s))
}

// watchesLemmas says whether an invariant is on that can break before a value is put
// to the vote.
func watchesLemmas(s *sim.Scenario) bool {
	return slices.ContainsFunc(s.Protocol.Invariants(), func(i sim.Invariant) bool {
		return i.Grade == sim.Lemma && s.Watches(i.Name)
	})
}

// watches says whether some invariant is on: else nothing can be seen to break.
func watches(s *sim.Scenario) bool {
	if s.Invariants == nil {
		return len(s.Protocol.Invariants()) > 0
	}
	return len(s.Invariants) > 0
}

// Merge adds the results of other runs of the same hunt. It does not matter in which order
// all are added.
func (e *Evidence) Merge(f *Evidence) {
	e.Tally.Add(&f.Tally)
	for i, n := range f.Marks {
		e.Marks[i] += n
	}
	for i, c := range f.Families {
		e.Families[i].On += c.On
		e.Families[i].Hit += c.Hit
		e.Families[i].Struck += c.Struck
	}
	for i, c := range f.Of {
		e.Of[i].Runs += c.Runs
		e.Of[i].Violated += c.Violated
		e.Of[i].Proved += c.Proved
		e.Of[i].Events += c.Events
	}
	e.Width, e.Length = max(e.Width, f.Width), max(e.Length, f.Length)
	e.States.Merge(&f.States)
	for _, x := range f.Finds {
		e.find(x)
	}
}

// Missed lists the marks that had to be hit and were not.
func (h *Hunt) Missed(e *Evidence) (names []string) {
	for i, m := range h.Ground[0].Protocol.Marks() {
		if slices.Contains(h.Required, m.Name) && e.Marks[i] == 0 {
			names = append(names, m.Name)
		}
	}
	return names
}
