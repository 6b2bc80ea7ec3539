package explore_test

import (
	"context"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/actors/paxosspec"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explore"
	"github.com/paxsim/paxsim/sim/weather"
)

// TestByActions: the way that a look by actions finds has as many actions as are counted
// when its story is played, and no more than the way with the fewest events.
func TestByActions(t *testing.T) {
	for name, want := range map[string][2]int{ //sorted: each by itself
		"no-adoption": {9, 12}, "silent-promise": {8, 10}, "accept-anything": {8, 10}, "promise-above-accepted": {5, 7},
		"keeps-ballot": {11, 14}, "torn-vote": {13, 17}, "votes-by-value": {11, 15}, "amnesia": {3, 5}, "late-promise": {7, 9},
	} {
		m, ok := mutants.Find(name)
		if !ok {
			t.Fatal(name)
		}
		s := duel()
		s.Protocol = m.Protocol()
		scope := s.Protocol.Scope(s)
		scope.Inline, scope.Crashes = true, 1
		near, err := explore.Check(context.Background(), s, scope, explore.Options{States: 300_000})
		if err != nil || near.Verdict != explore.Violated {
			t.Fatalf("%s: %+v, %v", name, near, err)
		}
		r, err := explore.Check(context.Background(), s, scope, explore.Options{Actions: true, States: 300_000})
		if err != nil || r.Verdict != explore.Violated {
			t.Errorf("%s: %+v, %v", name, r, err)
			continue
		}
		count := func(r explore.Result) int {
			st, err := r.Story(s)
			if err != nil {
				t.Fatal(err)
			}
			p, err := st.Play(context.Background())
			if err != nil || p.Outcome.Violation == nil || p.Outcome.Violation.Invariant != r.Broken.Invariant {
				t.Fatalf("%s: the story breaks not %s: %v", name, r.Broken.Invariant, err)
			}
			return p.Actions
		}
		of := count(near)
		if n := count(r); n != r.Actions || n > of {
			t.Errorf("%s: %d actions are found, %d are played in %d events; the way of %d events has %d", name, r.Actions, n, len(r.Path), len(near.Path), of)
		}
		if got := [2]int{r.Actions, len(r.Path)}; got != want {
			t.Errorf("%s: %d actions and events, want %d", name, got, want)
		}
		t.Logf("%s: %d actions in %d events of %d worlds; %d in %d of %d", name, r.Actions, len(r.Path), r.States, of, len(near.Path), near.States)
	}
}

// step is a message of two kinds, of which the first carries the protocol forward.
type step struct{ kind uint8 }

func (m step) Kind() uint8         { return m.kind }
func (step) Hash(*sim.Digest)      {}
func (step) Text(sim.Names) string { return "" }

// walker decides what nobody asked for once it has heard two messages that count, or four
// that do not.
type walker struct {
	sim.Base[step, sim.NoRecord]
	n [2]int
}

func (a *walker) Request(e *sim.Env[step, sim.NoRecord], _ sim.Request) {
	e.Send(2, step{0})
	e.Send(2, step{0})
	e.Send(2, step{1})
}

func (a *walker) Receive(e *sim.Env[step, sim.NoRecord], _ sim.ID, m step) {
	if a.n[m.kind]++; m.kind == 1 && e.Self() == 2 && a.n[1] < 4 {
		e.Send(2, step{1})
	}
	if a.n == [2]int{2, 0} || a.n == [2]int{0, 4} {
		e.Decide(0, 9, 0)
	}
}

func (a *walker) CopyFrom(b *walker) { *a = *b }

// TestFewestActions: a longer way with fewer actions is found, if it is asked for.
func TestFewestActions(t *testing.T) {
	s := &sim.Scenario{
		Name: "walk", Tick: 1_000_000, Actors: 2, Network: weather.Network{DelayMin: 1, DelayMax: 1},
		Requests: []sim.ScriptedRequest{{Actor: 1, Name: "x"}},
		Protocol: sim.Define(sim.Spec[walker, step, sim.NoRecord]{
			Name: "walk", Invariants: sim.ConsensusInvariants(), History: sim.WatchConsensus[step, sim.NoRecord],
			Vocabulary: sim.Vocabulary{Messages: []string{"Step", "Murmur"}, Actions: 1},
		}),
	}
	for actions, want := range map[bool][2]int{false: {0, 3}, true: {1, 5}} { //sorted: each by itself
		r, err := explore.Check(context.Background(), s, s.Protocol.Scope(s), explore.Options{Actions: actions})
		if err != nil || r.Verdict != explore.Violated || [2]int{r.Actions, len(r.Path)} != want {
			t.Errorf("by actions %v: %d actions and %d events, want %d; %+v, %v", actions, r.Actions, len(r.Path), want, r, err)
		}
	}
	if _, err := explore.Check(context.Background(), s, s.Protocol.Scope(s), explore.Options{Actions: true, Symmetry: true}); err == nil {
		t.Error("symmetry goes with it")
	}
	r, err := explore.Check(context.Background(), s, s.Protocol.Scope(s), explore.Options{Actions: true, States: 4})
	if err != nil || r.Verdict != explore.NotExhausted || r.Actions != 0 {
		t.Errorf("%+v, %v: want no violation of fewer than 0 actions", r, err)
	}
}

// TestActionsInSpec: the specification has no actions of its own, so each arrival that
// carries it forward is one, and so is each decision. A growing set of messages has copies,
// which are none.
func TestActionsInSpec(t *testing.T) {
	rules := paxosspec.Sound()
	rules.IsQuorum = func(*paxosspec.Settings, int) bool { return true }
	s := spec(2)
	s.Protocol = paxosspec.WithRules(rules)
	r, err := explore.Check(context.Background(), s, s.Protocol.Scope(s), explore.Options{Actions: true})
	if err != nil || r.Verdict != explore.Violated {
		t.Fatalf("%+v, %v", r, err)
	}
	st, err := r.Story(s)
	if err != nil {
		t.Fatal(err)
	}
	p, err := st.Play(context.Background())
	if err != nil || p.Outcome.Violation == nil || p.Outcome.Violation.Invariant != r.Broken.Invariant || p.Actions != r.Actions {
		t.Errorf("%d actions are found, and %+v is played, %v: %q", r.Actions, p, err, st.Lines)
	}
}
