package tell_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/explain/tell"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/story"
	"github.com/paxsim/paxsim/sim/trace"
	"github.com/paxsim/paxsim/sim/weather"
)

// short is a short run, and what it breaks.
type short struct {
	name     string
	scenario func() *sim.Scenario
	breaks   string // "": nothing
	lines    string
}

// play tells the run of a story, and gives its entries as well.
func (x *short) play(t *testing.T) (*tell.Text, []observe.Entry) {
	t.Helper()
	st := story.Story{Scenario: x.scenario(), Breaks: x.breaks}
	for line := range strings.Lines(x.lines) {
		if line = strings.TrimSpace(line); line != "" {
			st.Lines = append(st.Lines, line)
		}
	}
	var run trace.Recorder
	tally.Run()
	p, err := st.Play(context.Background(), &run)
	if err != nil {
		t.Fatal(x.name, ": ", err)
	}
	if v := p.Outcome.Violation; v == nil && x.breaks != "" || v != nil && v.Invariant != x.breaks {
		t.Fatalf("%s: %+v broke, want %q", x.name, v, x.breaks)
	}
	decisive, err := p.Decisive(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	text, err := tell.Of(p.Scenario, run.Entries, tell.Options{Decisive: decisive})
	if err != nil {
		t.Fatal(err)
	}
	return text, run.Entries
}

// world is a scenario of a protocol in which all can happen.
func world(p sim.Protocol, actors int, ask ...sim.ID) *sim.Scenario {
	s := &sim.Scenario{Name: "story", Tick: 100_000, Actors: actors, Protocol: p,
		Network: weather.Network{DelayMin: 1, DelayMax: 1, Duplicate: scheduler.Certain / 20},
		Crashes: faults.Crashes{Chance: scheduler.Certain / 50}, Disk: disks.Disk{}}
	for _, id := range ask {
		s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: id})
	}
	s.Settings = make([]int64, len(p.Settings()))
	for i, x := range p.Settings() {
		s.Settings[i] = x.Default
		switch x.Name {
		case "fan_out":
			s.Settings[i] = int64(slices.Index(x.Words, "all"))
		case "on_nack":
			s.Settings[i] = int64(slices.Index(x.Words, "retry"))
		}
	}
	return s
}

// mutated is a world of Paxos with a mutant.
func mutated(mutant string, actors int, ask ...sim.ID) *sim.Scenario {
	p, _ := mutants.Protocol().(sim.Mutable).Mutate(mutant)
	s := world(p, actors, ask...)
	s.Mutant = mutant
	return s
}

// agreement is Paxos with a mutant, which must keep to one value and to nothing else.
func agreement(mutant string, actors int, ask ...sim.ID) func() *sim.Scenario {
	return func() *sim.Scenario {
		s := mutated(mutant, actors, ask...)
		s.Invariants = []string{paxos.Agreement}
		return s
	}
}

// members is a scenario with these members.
func members(scenario func() *sim.Scenario, list ...sim.ID) func() *sim.Scenario {
	return func() *sim.Scenario {
		s := scenario()
		s.Members = list
		return s
	}
}

// watched is a scenario with another invariant.
func watched(invariant string, scenario func() *sim.Scenario) func() *sim.Scenario {
	return func() *sim.Scenario {
		s := scenario()
		s.Invariants = []string{invariant}
		return s
	}
}

// safety is Paxos with a mutant, in which everything is watched that users rely on.
func safety(mutant string, actors int, ask ...sim.ID) func() *sim.Scenario {
	return func() *sim.Scenario {
		s := mutated(mutant, actors, ask...)
		s.Invariants = sim.ExpandInvariants(s.Protocol, []string{"safety"})
		return s
	}
}

// crashCut is Paxos in which actors crash, and nothing else goes wrong.
func crashCut() *sim.Scenario { return world(mutants.Protocol(), 3, 1, 2) }

// slowDisk is Paxos whose saves take a while.
func slowDisk() *sim.Scenario {
	s := world(mutants.Protocol(), 3, 1)
	s.Disk = disks.Disk{Sync: 1}
	return s
}

// guest is a protocol that says nothing of itself.
func guest() *sim.Scenario { return world(first, 3, 1, 2) }

// TestStories holds what is told of each story against its golden file.
func TestStories(t *testing.T) {
	for _, x := range stories {
		t.Run(x.name, func(t *testing.T) {
			text, _ := x.play(t)
			golden(t, x.name, text.String())
		})
	}
}

// TestCaption: each event has the line in which it is told. No two lines tell the same
// event, and only starts of actors and saves are told by no line.
func TestCaption(t *testing.T) {
	for _, x := range stories {
		text, run := x.play(t)
		told := map[int]bool{}
		for _, e := range run {
			if !e.What.IsEvent() {
				continue
			}
			l, ok := text.Caption(e.Event)
			if ok != slices.Contains(l.Events, e.Event) || !ok && e.What != observe.Booted && e.What != observe.Synced {
				t.Errorf("%s: event %d, %v, has the caption %+v", x.name, e.Event, e.What, l)
			}
			if ok && e.Event == l.Events[0] {
				if told[l.Number] {
					t.Errorf("%s: line %d tells several events", x.name, l.Number)
				}
				told[l.Number] = true
			}
		}
		if len(told) != len(text.Lines) {
			t.Errorf("%s: %d of %d lines are captions", x.name, len(told), len(text.Lines))
		}
	}
}
