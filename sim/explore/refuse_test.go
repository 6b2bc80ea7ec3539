package explore_test

import (
	"context"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explore"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/weather"
)

// ping is a message that says nothing.
type ping struct{}

func (ping) Kind() uint8           { return 0 }
func (ping) Hash(*sim.Digest)      {}
func (ping) Text(sim.Names) string { return "" }

// env is the world as an odd actor sees it.
type env = sim.Env[ping, sim.NoRecord]

// odd is an actor that does when it is asked what a test wants.
type odd struct {
	sim.Base[ping, sim.NoRecord]
	does func(a *odd, e *env) `state:"fixed"`
	n    uint32
}

func (a *odd) Request(e *env, _ sim.Request)    { a.does(a, e) }
func (a *odd) Timeout(e *env, _ sim.Timer)      { a.does(a, e) }
func (a *odd) Receive(e *env, _ sim.ID, _ ping) { a.n++; a.does(a, e) }
func (a *odd) CopyFrom(b *odd)                  { *a = *b }
func (a *odd) decides(e *env, v sim.Value)      { e.Decide(0, v, 0) }

// oddly is a scenario of one such actor, which is asked.
func oddly(does func(a *odd, e *env)) *sim.Scenario {
	return &sim.Scenario{
		Name: "odd", Tick: 1_000_000, Actors: 1, Network: weather.Network{DelayMin: 1, DelayMax: 1},
		Requests: []sim.ScriptedRequest{{Actor: 1, Name: "x"}},
		Protocol: sim.Define(sim.Spec[odd, ping, sim.NoRecord]{
			Name: "odd", Invariants: sim.ConsensusInvariants(), History: sim.WatchConsensus[ping, sim.NoRecord],
			Vocabulary: sim.Vocabulary{Messages: []string{"Ping"}, Choices: []string{"coin"}, Timers: []shown.TimerKind{{Name: "bell"}}},
			Actor:      func(*sim.Scenario, sim.Plan) odd { return odd{does: does} },
		}),
	}
}

func checkOf(t *testing.T, s *sim.Scenario, o explore.Options) (explore.Result, error) {
	t.Helper()
	return explore.Check(context.Background(), s, s.Protocol.Scope(s), o)
}

// TestImpure: a handler whose answer depends on the time, or on anything beside its
// actor, is found out.
func TestImpure(t *testing.T) {
	calls := uint32(0)
	for name, does := range map[string]func(a *odd, e *env){
		"the clock": func(a *odd, e *env) { a.n = uint32(e.Now()) },
		"a global":  func(a *odd, _ *env) { calls++; a.n = calls },
	} {
		_, err := checkOf(t, oddly(does), explore.Options{})
		if err == nil || !strings.Contains(err.Error(), "client asks 1: the handler did something else when it was called again") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// held has a pointer in its state.
type held struct {
	odd
	deep struct{ next *uint32 }
}

func (a *held) CopyFrom(b *held) { *a = *b }
func (a *held) Start(*env)       { a.deep.next = nil }

// TestPointer: a protocol with a pointer in its state is refused, with the field's name.
func TestPointer(t *testing.T) {
	s := oddly(nil)
	s.Protocol = sim.Define(sim.Spec[held, ping, sim.NoRecord]{Name: "held", Vocabulary: sim.Vocabulary{Messages: []string{"Ping"}}})
	_, err := checkOf(t, s, explore.Options{})
	if err == nil || !strings.Contains(err.Error(), "held cannot be checked: deep.next is a pointer (*uint32)") {
		t.Error(err)
	}
}

// TestChoices: each answer to what a handler leaves to chance is tried, and a way to a
// violation says which it was.
func TestChoices(t *testing.T) {
	s := oddly(func(a *odd, e *env) {
		if e.Choose(0, sim.Equal(3)); e.Choose(0, sim.Equal(3)) == 2 {
			a.decides(e, 7) // which nobody has asked for
		}
	})
	r, err := checkOf(t, s, explore.Options{})
	if err != nil || r.Verdict != explore.Violated || r.Broken.Invariant != sim.Validity {
		t.Fatalf("%+v, %v", r, err)
	}
	st, err := r.Story(s)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(st.Lines, "\n"); got != "client asks 1, and coin of 1 is 2 the 2nd time" {
		t.Errorf("the story is %q", got)
	}
	p, err := st.Play(context.Background())
	if err != nil || p.Outcome.Violation == nil || p.Outcome.Violation.Invariant != sim.Validity {
		t.Errorf("%v, %v", p.Outcome.Violation, err)
	}
}

// TestPanics: a handler that panics breaks an invariant.
func TestPanics(t *testing.T) {
	r, err := checkOf(t, oddly(func(*odd, *env) { panic("no") }), explore.Options{})
	if err != nil || r.Verdict != explore.Violated || r.Broken.Invariant != sim.PanicInvariant {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestAlarmsInVain: an alarm that sets itself again and changes nothing is no step, so
// such a look ends, whatever the bound.
func TestAlarmsInVain(t *testing.T) {
	s := oddly(func(_ *odd, e *env) { e.After(5, sim.Timer{}) })
	scope := s.Protocol.Scope(s)
	scope.Alarms[0] = sim.Unlimited
	r, err := explore.Check(context.Background(), s, scope, explore.Options{})
	if err != nil || r.Verdict != explore.Held || r.States != 2 {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestLimits: whichever limit comes first, nothing is proved, and it is named.
func TestLimits(t *testing.T) {
	s := oddly(func(a *odd, e *env) { // it never ends
		a.n++
		e.Send(1, ping{})
		e.Send(1, ping{})
	})
	for limit, o := range map[string]explore.Options{
		"states": {States: 100}, "depth": {Depth: 10}, "memory": {Memory: 1 << 20}, "time": {For: 1},
	} {
		for _, deep := range []bool{false, true} {
			if o.DepthFirst = deep; deep && o.Depth > 0 {
				continue
			}
			r, err := checkOf(t, s, o)
			if err != nil || r.Verdict != explore.NotExhausted || r.Limit != limit {
				t.Errorf("%s, depth first %v: %+v, %v", limit, deep, r, err)
			}
			if o.States > 0 && r.States != o.States || o.Memory > 0 && r.Bytes > o.Memory+8<<10 {
				t.Errorf("%s, depth first %v: %d worlds, %d bytes", limit, deep, r.States, r.Bytes)
			}
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	r, err := explore.Check(ctx, s, s.Protocol.Scope(s), explore.Options{States: 1 << 20})
	if err != nil || r.Verdict != explore.NotExhausted || r.Limit != "interrupt" {
		t.Errorf("interrupted: %+v, %v", r, err)
	}
	// A limit that is not come to changes nothing.
	r, err = checkOf(t, duel(), explore.Options{States: 5000})
	all, err2 := checkOf(t, duel(), explore.Options{States: 5000, Memory: 1 << 30, Depth: 1000})
	if err != nil || err2 != nil || r.States != all.States || r.Steps != all.Steps {
		t.Errorf("%+v and %+v, %v, %v", r, all, err, err2)
	}
}

// TestNotAlike: if a protocol calls actors alike and they are not, symmetry is refused,
// where the first world tells them apart and where a handler does.
func TestNotAlike(t *testing.T) {
	for name, c := range map[string]struct {
		asked []sim.ScriptedRequest
		does  func(a *odd, e *env)
		want  string
	}{
		"a stray request": {
			asked: []sim.ScriptedRequest{{Actor: 1, Name: "x"}},
			does:  func(*odd, *env) {}, want: "the first world is another under renaming 2 of 2",
		},
		"a handler": {
			asked: []sim.ScriptedRequest{{Actor: 1, Name: "x"}, {Actor: 2, Name: "x"}},
			does:  func(a *odd, e *env) { a.n = uint32(e.Self()) }, want: "a handler does not do what it does under other numbers",
		},
		"nothing": {
			asked: []sim.ScriptedRequest{{Actor: 1, Name: "x"}, {Actor: 2, Name: "x"}},
			does:  func(a *odd, _ *env) { a.n = 1 },
		},
	} {
		s := oddly(nil)
		s.Actors, s.Requests = 2, c.asked
		s.Protocol = sim.Define(sim.Spec[odd, ping, sim.NoRecord]{
			Name: "odd", Vocabulary: sim.Vocabulary{Messages: []string{"Ping"}},
			Actor: func(*sim.Scenario, sim.Plan) odd { return odd{does: c.does} },
			Alike: func(*sim.Scenario, *sim.Scope) sim.Alike { return sim.Alike{Actors: [][]sim.ID{{1, 2}}} },
		})
		r, err := checkOf(t, s, explore.Options{Symmetry: true})
		switch {
		case c.want == "" && (err != nil || r.States != 3 || r.Group != 2):
			t.Errorf("%s: %+v, %v", name, r, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v", name, err)
		}
	}
}
