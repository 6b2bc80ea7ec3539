package explore_test

import (
	"context"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explore"
	"github.com/paxsim/paxsim/sim/weather"
)

// tag is a message with a number, and page a record with one.
type (
	tag  struct{ n uint32 }
	page struct{ n uint32 }
	desk = sim.Env[tag, page]
)

func (tag) Kind() uint8            { return 0 }
func (m tag) Hash(d *sim.Digest)   { d.Mix(uint64(m.n)) }
func (tag) Text(sim.Names) string  { return "" }
func (p page) Hash(d *sim.Digest)  { d.Mix(uint64(p.n)) }
func (page) Text(sim.Names) string { return "" }

// scribe does what a test wants.
type scribe struct {
	sim.Base[tag, page]
	does `state:"fixed"`
	n    uint32
}

type does struct{ start, asked, hears func(a *scribe, e *desk) }

func (a *scribe) Start(e *desk) {
	if a.start != nil {
		a.start(a, e)
	}
}
func (a *scribe) Request(e *desk, _ sim.Request) { a.asked(a, e) }
func (a *scribe) Receive(e *desk, _ sim.ID, m tag) {
	a.n += m.n
	a.hears(a, e)
}
func (a *scribe) CopyFrom(b *scribe) { *a = *b }

// TestTornVote: the mutant that saves a vote in two steps breaks agreement only if a crash
// falls between the two.
func TestTornVote(t *testing.T) {
	m, ok := mutants.Find("torn-vote")
	if !ok {
		t.Fatal("there is no such mutant")
	}
	s := duel()
	s.Protocol, s.Invariants = m.Protocol(), []string{sim.Agreement}
	for _, x := range s.Protocol.Settings() {
		value := x.Default
		if x.Name == "fan_out" {
			value = 1 // all
		}
		s.Settings = append(s.Settings, value)
	}
	scope := s.Protocol.Scope(s)
	scope.Inline, scope.Crashes = true, 1
	r, err := explore.Check(context.Background(), s, scope, explore.Options{})
	if err != nil || r.Verdict != explore.Violated || r.Broken.Invariant != sim.Agreement {
		t.Fatalf("%+v, %v", r, err)
	}
	cut := ""
	for _, x := range r.Path {
		if len(x.Then) > 0 {
			cut = strings.Join(x.Marks, "") + "; " + strings.Join(x.Then, "")
		}
	}
	if cut != "1 crashes before it saves the 2nd time; 1 restarts" || len(r.Path) != 25 {
		t.Errorf("%d events, in which %q", len(r.Path), cut)
	}
	st, err := r.Story(s)
	if err != nil {
		t.Fatal(err)
	}
	if p, err := st.Play(context.Background()); err != nil || p.Outcome.Violation == nil || p.Actions != m.Par {
		t.Errorf("the story has %+v, %v: want %d actions", p, err, m.Par)
	}
}

// TestHalfABroadcast: where a crash can cut a broadcast short, in the order of the numbers,
// no actors are alike.
func TestHalfABroadcast(t *testing.T) {
	s := duel()
	s.Actors = 4
	scope := s.Protocol.Scope(s)
	for crashes, renamings := range []int{2, 1} {
		scope.Network, scope.Crashes = sim.InOrder, crashes
		r, err := explore.Check(context.Background(), s, scope, explore.Options{Symmetry: true, States: 3000})
		if err != nil || r.Group != renamings || r.Verdict != explore.NotExhausted {
			t.Errorf("%d crashes: %d renamings, want %d; %v, %v", crashes, r.Group, renamings, r.Verdict, err)
		}
	}
}

// TestCutStories: a way to a violation tells where a crash cuts a handler short, what it
// leaves of the disk, and which message arrives twice. The searched engine plays it.
func TestCutStories(t *testing.T) {
	bad := func(e *desk) { e.Decide(0, 9, 0) } // which nobody has asked for
	for _, c := range []struct {
		name  string
		do    does
		scope func(x *sim.Scope)
		want  string
	}{
		{
			name: "a save behind a message", do: does{
				asked: func(_ *scribe, e *desk) { e.Send(2, tag{1}); e.Save(page{1}) },
				hears: func(a *scribe, e *desk) {
					if a.n == 2 { // two from an actor that says it once
						bad(e)
					}
				},
			},
			want: "client asks 1, and 1 crashes before it saves\n1 restarts\nclient asks 1\nNote from 1 reaches 2\nNote from 1 reaches 2",
		},
		{
			name: "the second of two saves", do: does{
				start: func(_ *scribe, e *desk) {
					if e.Saved().n == 1 {
						bad(e)
					}
				},
				asked: func(_ *scribe, e *desk) { e.Save(page{1}); e.Save(page{2}) },
			},
			want: "client asks 1, and 1 crashes before it saves the 2nd time\n1 restarts",
		},
		{
			name: "one of two writes", do: does{
				start: func(_ *scribe, e *desk) {
					if e.Read(0).n == 1 && e.Read(1).n == 0 {
						bad(e)
					}
				},
				asked: func(_ *scribe, e *desk) { e.Write(0, page{1}); e.Write(1, page{2}); e.Sync() },
			},
			want: "client asks 1, and 1 crashes before it saves, and 1 keeps 1 of its writes\n1 restarts",
		},
		{
			name: "no sync", do: does{
				asked: func(_ *scribe, e *desk) {
					if e.Saved().n == 0 {
						e.Send(2, tag{1})
					}
					e.Write(0, page{1})
				},
				hears: func(a *scribe, e *desk) {
					if a.n == 2 {
						bad(e)
					}
				},
			},
			want: "client asks 1, and 1 crashes afterwards, and 1 keeps 0 of its writes\nclient asks 1\nNote from 1 reaches 2\nNote from 1 reaches 2",
		},
		{
			name: "a message in order", do: does{
				asked: func(_ *scribe, e *desk) { e.Send(2, tag{1}); e.Send(2, tag{5}) },
				hears: func(a *scribe, e *desk) {
					if a.n == 2 {
						bad(e)
					}
				},
			},
			scope: func(x *sim.Scope) { x.Network = sim.InOrder },
			want:  "client asks 1, and 1 crashes before it sends Note to 2 the 2nd time\n1 restarts\nclient asks 1\nNote from 1 reaches 2\nNote from 1 reaches 2",
		},
		{
			name: "twice", do: does{
				asked: func(_ *scribe, e *desk) { e.Send(2, tag{1}) },
				hears: func(a *scribe, e *desk) {
					if a.n == 3 {
						bad(e)
					}
				},
			},
			scope: func(x *sim.Scope) { x.Crashes, x.Duplicates = 0, 2 },
			want:  "client asks 1\nNote from 1 reaches 2\nNote from 1 reaches 2 again\nNote from 1 reaches 2 again",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &sim.Scenario{
				Name: "desk", Tick: 1_000_000, Actors: 2, Network: weather.Network{DelayMin: 1, DelayMax: 1},
				Requests: []sim.ScriptedRequest{{Actor: 1, Name: "x"}},
				Protocol: sim.Define(sim.Spec[scribe, tag, page]{
					Name: "desk", Invariants: sim.ConsensusInvariants(), History: sim.WatchConsensus[tag, page],
					Vocabulary: sim.Vocabulary{Messages: []string{"Note"}},
					Actor:      func(*sim.Scenario, sim.Plan) scribe { return scribe{does: c.do} },
				}),
			}
			scope := s.Protocol.Scope(s)
			if scope.Crashes = 1; c.scope != nil {
				c.scope(&scope)
			}
			r, err := explore.Check(context.Background(), s, scope, explore.Options{})
			if err != nil || r.Verdict != explore.Violated || r.Broken.Invariant != sim.Validity {
				t.Fatalf("%+v, %v", r, err)
			}
			st, err := r.Story(s)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(st.Lines, "\n"); got != c.want {
				t.Errorf("the story is\n%s\nand not\n%s", got, c.want)
			}
			if p, err := st.Play(context.Background()); err != nil || p.Outcome.Violation == nil || p.Outcome.Violation.Invariant != sim.Validity {
				t.Errorf("the story breaks nothing: %v", err)
			}
			if scope.Crashes, scope.Duplicates = 0, max(0, scope.Duplicates-1); c.name != "" {
				r, err := explore.Check(context.Background(), s, scope, explore.Options{})
				if err != nil || r.Verdict == explore.Violated {
					t.Errorf("it breaks with less, too: %+v, %v", r, err)
				}
			}
		})
	}
}
