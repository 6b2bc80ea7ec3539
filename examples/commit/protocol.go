package commit

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
)

// The invariants.
const (
	oneOutcome = "one-outcome"
	unanimous  = "unanimous"
)

// The marks: what some run should come to.
const (
	committed sim.Marks = 1 << iota
	refused
)

// history watches the invariants.
type history struct {
	sim.NoHistory[message, record]
	run   sim.Watched
	scen  *sim.Scenario
	yes   map[sim.ID]bool      // who has saved a yes
	first map[sim.Round]uint64 // the event in which an outcome was first made known
	marks sim.Marks
}

func (h *history) Reset() { h.yes, h.first, h.marks = map[sim.ID]bool{}, map[sim.Round]uint64{}, 0 }

func (h *history) Marks() sim.Marks { return h.marks }

func (h *history) Saved(id sim.ID, _ int, r record) *sim.Violation {
	if r.vote == commit {
		h.yes[id] = true
	}
	if r.vote == abort {
		h.marks |= refused
	}
	return nil
}

func (h *history) Decided(id sim.ID, _ sim.Instance, _ sim.Value, is sim.Round) *sim.Violation {
	if is == sim.Round(commit) {
		h.marks |= committed
		if n := len(h.yes); n < h.scen.Actors && h.scen.Watches(unanimous) {
			return &sim.Violation{Invariant: unanimous, Text: fmt.Sprintf("actor %d commits, and %d of %d have voted yes", id, n, h.scen.Actors)}
		}
	}
	other := sim.Round(commit+abort) - is
	if event, known := h.first[other]; known && h.scen.Watches(oneOutcome) {
		text := fmt.Sprintf("actor %d knows %s, and another actor knows %s", id, words[is], words[other])
		return &sim.Violation{Invariant: oneOutcome, Text: text, Events: []uint64{event}}
	}
	if _, known := h.first[is]; !known {
		h.first[is] = h.run.Event()
	}
	return nil
}

// Protocol is two-phase commit as paxsim knows it, with its mutants.
var Protocol sim.Protocol = mutable{define(bug{})}

// define makes the protocol with a bug, or with none.
func define(b bug) sim.Protocol {
	return sim.Define(sim.Spec[actor, message, record]{
		Name: "commit",
		Vocabulary: sim.Vocabulary{
			Messages: []string{"Prepare", "Vote", "Outcome", "Ack"}, Operations: []string{"commit"}, Choices: []string{"vote"},
			Timers: []shown.TimerKind{{Name: "late", Purpose: shown.RepeatsRound}},
		},
		Invariants: []sim.Invariant{
			{Name: oneOutcome, Doc: "no actor commits if another aborts"},
			{Name: unanimous, Doc: "no actor commits before all have voted yes"},
		},
		Marks: []sim.Mark{
			{Name: "committed", Doc: "an actor committed"},
			{Name: "refused", Doc: "an actor voted no"},
		},
		Actor: func(*sim.Scenario, sim.Plan) actor { return actor{bug: b} },
		History: func(s *sim.Scenario, run sim.Watched) sim.History[message, record] {
			return &history{run: run, scen: s}
		},
		Rounds: shown.Rounds{Name: "outcome", Example: "commit", Text: func(r sim.Round) string { return words[r%3] }, Parse: parse},
	})
}

// parse reads an outcome.
func parse(text string) (sim.Round, bool) {
	i := slices.Index(words[:], text)
	return sim.Round(max(i, 0)), i >= 0
}
