package naive_test

import (
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/naive"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/weather"
)

// note is a message with a number, and sheet a record with one.
type (
	note  struct{ n uint32 }
	sheet struct{ n uint32 }
	env   = sim.Env[note, sheet]
)

func (note) Kind() uint8                     { return 0 }
func (n note) Hash(d *sim.Digest)            { d.Mix(uint64(n.n)) }
func (note) Text(sim.Names) string           { return "" }
func (s sheet) Hash(d *sim.Digest)           { d.Mix(uint64(s.n)) }
func (sheet) Text(sim.Names) string          { return "" }
func (a *clerk) CopyFrom(b *clerk)           { *a = *b }
func (a *clerk) Start(e *env)                { a.n = e.Saved().n; a.start(a, e) }
func (a *clerk) Timeout(e *env, _ sim.Timer) { a.alarm(a, e) }
func (a *clerk) Request(e *env, r sim.Request) {
	a.asked(a, e)
	e.Answer(r.ID, r.Value)
}

func (a *clerk) Receive(e *env, from sim.ID, m note) {
	a.n += m.n
	a.hears(a, e)
}

// clerk is an actor that does what a test wants.
type clerk struct {
	sim.Base[note, sheet]
	duties `state:"fixed"`
	n      uint32
}

type duties struct{ start, asked, hears, alarm func(a *clerk, e *env) }

// office is a scenario of two clerks, of whom the first is asked.
func office(d duties) *sim.Scenario {
	idle := func(*clerk, *env) {}
	for _, f := range []*func(a *clerk, e *env){&d.start, &d.asked, &d.hears, &d.alarm} {
		if *f == nil {
			*f = idle
		}
	}
	return &sim.Scenario{
		Name: "office", Tick: 1_000_000, Actors: 2, Network: weather.Network{DelayMin: 1, DelayMax: 1},
		Requests: []sim.ScriptedRequest{{Actor: 1, Name: "x"}},
		Protocol: sim.Define(sim.Spec[clerk, note, sheet]{
			Name: "office", Invariants: sim.ConsensusInvariants(), History: sim.WatchConsensus[note, sheet],
			Vocabulary: sim.Vocabulary{Messages: []string{"Note"}, Timers: []shown.TimerKind{{Name: "bell"}}},
			Actor:      func(*sim.Scenario, sim.Plan) clerk { return clerk{duties: d} },
		}),
	}
}

// TestCuts: crashes within handlers leave the same in the model as in the acting engine,
// wherever they can fall, and so do records that are written and not synced.
func TestCuts(t *testing.T) {
	tells := func(e *env, n uint32) { e.Send(2, note{n}) }
	for _, c := range []struct {
		name    string
		do      duties
		crashes int
		inOrder bool
		instant []sim.ID
		states  int
	}{
		{name: "a save behind a message", crashes: 1, states: 14, do: duties{
			asked: func(_ *clerk, e *env) { tells(e, 1); e.Save(sheet{1}) },
			hears: func(a *clerk, e *env) { a.n = 7 },
		}},
		{name: "a save behind a save", crashes: 1, states: 6, do: duties{asked: func(_ *clerk, e *env) { e.Save(sheet{1}); e.Save(sheet{2}) }}},
		{name: "a save behind a decision", crashes: 1, states: 6, do: duties{asked: func(_ *clerk, e *env) { e.Decide(0, 1, 0); e.Save(sheet{1}) }}},
		{name: "nothing before a save", crashes: 1, states: 4, do: duties{asked: func(_ *clerk, e *env) { e.Save(sheet{1}) }}},
		{name: "writes of one sync", crashes: 1, states: 7, do: duties{asked: func(_ *clerk, e *env) {
			e.Write(0, sheet{1})
			e.Write(1, sheet{2})
			e.Sync()
		}}},
		{name: "a start that sends and saves", crashes: 2, states: 32, do: duties{
			start: func(a *clerk, e *env) {
				if a.n > 0 && a.n < 5 {
					tells(e, a.n)
					e.Save(sheet{a.n + 1})
				}
			},
			asked: func(_ *clerk, e *env) { e.Save(sheet{1}) },
		}},
		{name: "messages in order", crashes: 1, states: 97, inOrder: true, do: duties{
			asked: func(_ *clerk, e *env) { tells(e, 1); e.Broadcast(note{2}); tells(e, 4) },
		}},
		{name: "messages at once", crashes: 1, instant: []sim.ID{2}, states: 459, do: duties{
			asked: func(_ *clerk, e *env) { tells(e, 1); e.Broadcast(note{2}); tells(e, 4) },
			hears: func(a *clerk, e *env) {
				if e.Self() == 2 {
					e.Send(1, note{a.n})
				}
			},
		}},
		{name: "written and not synced", crashes: 2, states: 359, do: duties{
			asked: func(_ *clerk, e *env) { e.Write(0, sheet{1}); e.Write(1, sheet{2}); tells(e, 1); e.Send(1, note{8}) },
			hears: func(a *clerk, e *env) {
				if e.Self() == 1 {
					e.Write(0, sheet{a.n + e.Read(1).n})
					e.Sync()
				}
			},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := office(c.do)
			scope := s.Protocol.Scope(s)
			scope.Crashes = c.crashes
			scope.Instant = c.instant
			if c.inOrder {
				scope.Network = sim.InOrder
			}
			if r := compare(t, s, scope, naive.Options{Most: 10_000}); r.States != c.states {
				t.Errorf("%d states, want %d", r.States, c.states)
			}
		})
	}
}

// TestDuplicates: so many messages arrive twice in the model as in the acting engine.
func TestDuplicates(t *testing.T) {
	s := office(duties{
		asked: func(_ *clerk, e *env) { e.Broadcast(note{1}); e.Send(2, note{1}) },
		hears: func(a *clerk, e *env) {
			if e.Self() == 2 && a.n == 2 {
				e.Send(1, note{10})
			}
		},
	})
	for n, states := range []int{9, 23, 47} {
		scope := s.Protocol.Scope(s)
		scope.Duplicates = n
		if r := compare(t, s, scope, naive.Options{Most: 10_000}); r.States != states {
			t.Errorf("%d duplicates: %d states, want %d", n, r.States, states)
		}
	}
	p := paxosOf(paxos.Protocol(), 2, 1)
	scope := p.Protocol.Scope(p)
	scope.Duplicates = 1
	if r := compare(t, p, scope, waits); r.States != 174 {
		t.Errorf("Paxos: %d states, want 174", r.States)
	}
}
