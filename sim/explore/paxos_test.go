package explore_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explore"
	"github.com/paxsim/paxsim/sim/weather"
	"github.com/paxsim/paxsim/sim/zoo"
)

// duel is Paxos with three actors, of whom clients ask two.
func duel() *sim.Scenario {
	return &sim.Scenario{
		Name: "duel", Tick: 1_000_000, Actors: 3, Protocol: paxos.Protocol(), Network: weather.Network{DelayMin: 1, DelayMax: 1},
		Requests: []sim.ScriptedRequest{{Actor: 1, Name: "x"}, {Actor: 2, Name: "y"}},
	}
}

// TestPaxos pins how many worlds Paxos has. Own messages inline are no proof; queued, there
// are fifty times as many. A client that asks again after a crash makes its actor begin a
// second round, and then there are more than a hundred million worlds, even inline.
func TestPaxos(t *testing.T) {
	for _, c := range []struct {
		name    string
		scope   func(s *sim.Scope)
		without bool // no invariant is on
		gate    bool // it takes long
		states  int
	}{
		{name: "inline", scope: func(s *sim.Scope) { s.Inline = true }, states: 154_346},
		{name: "inline, without a history", scope: func(s *sim.Scope) { s.Inline = true }, without: true, states: 132_385},
		{name: "inline, any number of times", scope: func(s *sim.Scope) { s.Inline, s.Network = true, sim.AnyTimes }, states: 292_371},
		{name: "inline, a crash, asked once", scope: func(s *sim.Scope) { s.Inline, s.Crashes, s.AskOnce = true, 1, true }, gate: true, states: 2_483_728},
		{name: "queued", scope: func(*sim.Scope) {}, gate: true, states: 8_186_038},
	} {
		if c.gate && gate.Of(0, 1) == 0 {
			continue
		}
		s := duel()
		if c.without {
			s.Invariants = []string{}
		}
		scope := s.Protocol.Scope(s)
		c.scope(&scope)
		r, err := explore.Check(context.Background(), s, scope, explore.Options{States: 2 * c.states})
		if err != nil || r.Verdict != explore.Held || !r.Decided || r.States != c.states {
			t.Errorf("%s: %d worlds, want %d; %+v, %v", c.name, r.States, c.states, r, err)
		}
	}
}

// TestReductions: with four actors, of whom 3 and 4 are alike, each mutant that is refuted
// within a few worlds is refuted by the same invariant at the same length under every
// combination of reductions, and its story breaks that invariant when it is played. No
// control is refuted under any.
func TestReductions(t *testing.T) {
	refuted := 0
	for _, m := range mutants.All() {
		s := duel()
		s.Actors, s.Protocol = 4, m.Protocol()
		scope := s.Protocol.Scope(s)
		scope.Crashes = 1
		few := explore.Options{States: gate.Of(2_500, 12_000)}
		plain, err := explore.Check(context.Background(), s, scope, few)
		if err != nil {
			t.Errorf("%s: %v", m.Name, err)
			continue
		}
		if plain.Verdict == explore.Violated {
			refuted++
		}
		for _, o := range combinations() {
			o.States = few.States
			r, err := explore.Check(context.Background(), s, scope, o)
			switch {
			case err != nil, o.Symmetry && r.Group != 2, m.Kind == zoo.Control && r.Verdict == explore.Violated:
				t.Errorf("%s, %s: verdict %d (%v), %d renamings, %v", m.Name, words(&o), r.Verdict, r.Broken, r.Group, err)
				continue
			case plain.Verdict != explore.Violated:
				continue
			case r.Verdict != explore.Violated, r.Broken.Invariant != plain.Broken.Invariant, len(r.Path) != len(plain.Path), !o.Order && r.States > plain.States:
				t.Errorf("%s: %v after %d events in %d worlds, and with %s %v after %d in %d", m.Name,
					plain.Broken, len(plain.Path), plain.States, words(&o), r.Broken, len(r.Path), r.States)
				continue
			}
			leads(t, m.Name+", "+words(&o), s, &r)
		}
	}
	if refuted < 7 {
		t.Errorf("%d mutants are refuted: expected 7 at least", refuted)
	}
	t.Logf("%d mutants are refuted", refuted)
}

// TestStoryOfOwnMessages: an actor that is told the same once more, and says the same to
// itself again, handles no copy: the story of it can be played.
func TestStoryOfOwnMessages(t *testing.T) {
	m, _ := mutants.Find("double-vote")
	s := duel()
	s.Protocol, s.Invariants = m.Protocol(), []string{paxos.Agreement}
	for _, x := range s.Protocol.Settings() {
		value := x.Default
		if x.Name == "fan_out" {
			value = 1 // all
		}
		s.Settings = append(s.Settings, value)
	}
	scope := s.Protocol.Scope(s)
	scope.Inline, scope.Network = true, sim.AnyTimes
	r, err := explore.Check(context.Background(), s, scope, explore.Options{States: 20_000})
	if err != nil || r.Verdict != explore.Violated {
		t.Fatalf("%+v, %v", r, err)
	}
	st, err := r.Story(s)
	if err != nil {
		t.Fatal(err)
	}
	p, err := st.Play(context.Background())
	if err != nil || p.Outcome.Violation == nil || p.Outcome.Violation.Invariant != paxos.Agreement || p.Actions != m.Par {
		t.Errorf("%v in %q", err, st.Lines)
	}
}

// combinations are all sets of reductions but the empty one.
func combinations() (list []explore.Options) {
	for n := 1; n < 8; n++ {
		list = append(list, explore.Options{Symmetry: n&1 != 0, Dead: n&2 != 0, Order: n&4 != 0})
	}
	return list
}

// words tells which reductions are used.
func words(o *explore.Options) string {
	return fmt.Sprintf("symmetry %t, dead %t, order %t", o.Symmetry, o.Dead, o.Order)
}

// TestReduced pins how many worlds reductions leave of those that TestPaxos counts, and of
// a look in which an actor crashes.
func TestReduced(t *testing.T) {
	for _, c := range []struct {
		name    string
		options explore.Options
		inline  bool
		actors  int
		crashes int
		again   bool // clients ask again after a crash
		one     bool // client asks
		rounds  int  // of each proposer, if refusals are lost; 0: one, and they are not
		network sim.Delivery
		double  int
		states  int
		gate    bool // it takes long
	}{
		{name: "dead, inline", options: explore.Options{Dead: true}, inline: true, actors: 3, states: 150_732},
		{name: "order", options: explore.Options{Order: true}, actors: 3, states: 51_782},
		{name: "dead and order", options: explore.Options{Dead: true, Order: true}, actors: 3, states: 51_782},
		{name: "dead and order, a message arrives twice", options: explore.Options{Dead: true, Order: true}, actors: 3, double: 1, states: 818_349, gate: true},
		{name: "dead and order, a crash", options: explore.Options{Dead: true, Order: true}, actors: 3, crashes: 1, states: 354_888, gate: true},
		{name: "dead and order, two actors, a crash, asked again", options: explore.Options{Dead: true, Order: true}, actors: 2, crashes: 1, again: true, states: 88_497},
		{name: "all, two actors, a crash, asked again", options: explore.Options{Dead: true, Order: true, Symmetry: true}, actors: 2, crashes: 1, again: true, states: 88_497},
		{name: "all, one client, four actors, two crashes", options: explore.Options{Dead: true, Order: true, Symmetry: true}, actors: 4, crashes: 2, one: true, states: 296},
		{name: "all, one client, four actors, a crash", options: explore.Options{Dead: true, Order: true, Symmetry: true}, actors: 4, crashes: 1, one: true, states: 212},
		{name: "all, one client, four actors", options: explore.Options{Dead: true, Order: true, Symmetry: true}, actors: 4, one: true, states: 65},
		{name: "all, two rounds without refusals, a crash", options: explore.Options{Dead: true, Order: true, Symmetry: true}, actors: 3, crashes: 1, rounds: 2, states: 572_035, gate: true},
		{name: "all, four actors", options: explore.Options{Dead: true, Order: true, Symmetry: true}, actors: 4, states: 371_738, gate: true},
	} {
		if c.gate && gate.Of(0, 1) == 0 {
			continue
		}
		s := duel()
		s.Actors = c.actors
		if c.one {
			s.Requests = s.Requests[:1]
		}
		scope := s.Protocol.Scope(s)
		scope.Inline, scope.Crashes, scope.AskOnce, scope.Network, scope.Duplicates = c.inline, c.crashes, !c.again, c.network, c.double
		if c.rounds > 0 {
			scope.SetRounds(s.Protocol.Vocabulary(), c.rounds)
			scope.Lost = []uint8{uint8(paxos.Nack)}
		}
		c.options.States = 2_000_000
		r, err := explore.Check(context.Background(), s, scope, c.options)
		if err != nil || r.Verdict != explore.Held || len(r.Without) > 0 || !r.Decided || r.States != c.states {
			t.Errorf("%s: %d worlds, want %d; %v, %v, %v", c.name, r.States, c.states, r.Broken, r.Without, err)
		}
	}
}
