package explore_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"

	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/internal/naive"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explore"
	"github.com/paxsim/paxsim/sim/plain"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/weather"
)

// Protocols drawn at random: small tables that say what an actor does in which state. Most
// make no sense, and that is the point: whatever can depend on the order of events does so in
// some of them.

// note is a message of such a protocol. One that has gone far enough is answered by none.
type note struct{ kind, left uint8 }

func (n note) Kind() uint8           { return n.kind }
func (n note) Hash(d *sim.Digest)    { d.Mix(uint64(n.kind)<<8 | uint64(n.left)) }
func (n note) Text(sim.Names) string { return fmt.Sprint(n.left) }

// leaf is what an actor of such a protocol saves.
type leaf struct{ state uint8 }

func (p leaf) Hash(d *sim.Digest)    { d.Mix(uint64(p.state)) }
func (p leaf) Text(sim.Names) string { return fmt.Sprint(p.state) }

// row is what an actor does in one state when one thing happens.
type row struct {
	next           uint8
	to             sim.ID // who gets a message; 0: nobody
	kind           uint8
	saves, late    bool // it saves; after it has sent
	decides        sim.Value
	arms, disarms  bool
	answers, idles bool
}

const (
	states = 3
	kinds  = 3
)

// table is a protocol: by state, and by what happens: a message of each kind, the alarm and
// the client. Actors have tables of their own.
type table struct {
	rows [3][states][kinds + 2]row
	far  uint8 // how many messages may follow from one that a client asked for
	dead bool  // what an actor remembers beside its state is not used
	uses bool  // it is
}

// clerk is an actor of such a protocol.
type clerk struct {
	table *table `state:"fixed"`
	state uint8
	last  uint8 // the kind of the last message: used by few tables
}

type stand = sim.Env[note, leaf]

func (a *clerk) CopyFrom(b *clerk)                  { *a = *b }
func (a *clerk) Start(e *stand)                     { a.state = e.Saved().state }
func (a *clerk) Request(e *stand, _ sim.Request)    { a.does(e, kinds+1, a.table.far) }
func (a *clerk) Timeout(e *stand, _ sim.Timer)      { a.does(e, kinds, 1) }
func (a *clerk) Receive(e *stand, _ sim.ID, n note) { a.does(e, n.kind, n.left); a.last = n.kind }

func (a *clerk) does(e *stand, what, left uint8) {
	r := &a.table.rows[e.Self()-1][a.state][what]
	if r.idles || a.table.uses && a.last == what {
		return
	}
	a.state = r.next
	save := func() {
		if r.saves {
			e.Save(leaf{a.state})
		}
	}
	if !r.late {
		save()
	}
	if r.to != 0 && left > 0 && int(r.to) <= e.N() {
		e.Send(r.to, note{r.kind, left - 1})
	}
	if r.late {
		save()
	}
	if r.decides != 0 {
		e.Decide(0, r.decides, 0)
	}
	if r.arms {
		e.After(1, sim.Timer{Kind: 0})
	}
	if r.disarms {
		e.Stop(0)
	}
	if r.answers {
		e.AnswerAll(r.decides)
	}
}

// mark is something that a history can see: an actor saves a state, or decides a value.
type mark struct {
	id    sim.ID
	saves bool
	what  uint8
}

// watch is a history of such a protocol: it minds the order of some things that it sees.
type watch struct {
	sim.NoHistory[note, leaf]
	first, second mark  `state:"fixed"`
	undoes        mark  `state:"fixed"`
	minds         uint8 `state:"fixed"` // what must happen for a violation: 1: the order; 2: a decision; 4: two values; 8: nothing undoes the first of the order
	seen          bool  // the first, and not undone
	broken        bool  // and after it the second
	decided       [4]sim.Value
}

func (h *watch) Reset() { h.seen, h.broken, h.decided = false, false, [4]sim.Value{} }

func (h *watch) Saved(id sim.ID, _ int, p leaf) *sim.Violation {
	return h.sees(mark{id, true, p.state})
}

func (h *watch) Decided(id sim.ID, _ sim.Instance, v sim.Value, _ sim.Round) *sim.Violation {
	h.decided[id] = v
	return h.sees(mark{id, false, uint8(v)})
}

func (h *watch) sees(m mark) *sim.Violation {
	switch {
	case m == h.first:
		h.seen = true
	case m == h.second && h.seen:
		h.broken = true
	case m == h.undoes && h.minds&8 == 0:
		h.seen = false
	}
	return h.judge()
}

// judge says what breaks, by what the protocol minds.
func (h *watch) judge() *sim.Violation {
	some, two := false, false
	for i, v := range h.decided {
		some = some || v != 0
		for _, w := range h.decided[:i] {
			two = two || v != 0 && w != 0 && v != w
		}
	}
	if h.minds&1 != 0 && !h.broken || h.minds&2 != 0 && !some || h.minds&4 != 0 && !two {
		return nil
	}
	return &sim.Violation{Invariant: "order", Text: "all that the protocol minds has happened"}
}

// drawn is a scenario with a protocol that is drawn.
func drawn(r *rand.Rand) *sim.Scenario {
	t := &table{dead: r.IntN(2) == 0, uses: r.IntN(4) == 0}
	one := func(n int) bool { return r.IntN(n) == 0 }
	actors, often := 2+r.IntN(2), 2+r.IntN(6)
	sends, saves, decides := 3+r.IntN(3), 2+r.IntN(3), 2+r.IntN(3) // how seldom; of sends: how many of six
	t.far = uint8(1 + r.IntN(3))
	for i := range t.rows {
		for s := range t.rows[i] {
			for k := range t.rows[i][s] {
				x := row{next: uint8(r.IntN(states)), kind: uint8(r.IntN(kinds)), saves: one(saves), late: one(2), arms: one(often), disarms: one(8), answers: one(8), idles: one(4)}
				if r.IntN(6) < sends {
					x.to = sim.ID(1 + r.IntN(actors))
				}
				if one(decides) {
					x.decides = sim.Value(1 + r.IntN(2))
				}
				if s > 0 && one(2) { // as in another state, but for one thing
					idles, to := x.idles, x.to
					if x = t.rows[i][s-1][k]; one(2) {
						x.idles = idles
					} else {
						x.to = to
					}
				}
				t.rows[i][s][k] = x
			}
		}
	}
	minds := [...]uint8{1, 1, 9, 2, 3, 4, 13, 7}[r.IntN(8)]
	drawMark := func() mark {
		return mark{sim.ID(1 + r.IntN(actors)), one(2), uint8(r.IntN(states))}
	}
	first, second, undoes := drawMark(), drawMark(), drawMark()
	return tableScenario(t, actors, sim.ID(1+r.IntN(actors)), &watch{first: first, second: second, undoes: undoes, minds: minds})
}

// tableScenario is a scenario of so many actors with such a protocol and such a history.
// Clients ask the first actor and one more.
func tableScenario(t *table, actors int, asked sim.ID, h *watch) *sim.Scenario {
	return &sim.Scenario{
		Name: "drawn", Tick: 1_000_000, Actors: actors, Network: weather.Network{DelayMin: 1, DelayMax: 1},
		Requests: []sim.ScriptedRequest{{Actor: 1, Name: "x"}, {Actor: asked, Name: "y"}},
		Protocol: sim.Define(sim.Spec[clerk, note, leaf]{
			Name: "drawn", Invariants: []sim.Invariant{{Name: "order", Grade: sim.Safety}},
			Vocabulary: sim.Vocabulary{Messages: []string{"A", "B", "C"}, Timers: []shown.TimerKind{{Name: "bell"}}},
			Actor:      func(*sim.Scenario, sim.Plan) clerk { return clerk{table: t} },
			History: func(*sim.Scenario, sim.Watched) sim.History[note, leaf] {
				own := *h
				return &own
			},
			Fade: func(a *clerk, _ *sim.Left) {
				if t.dead {
					a.last = 0
				}
			},
		}),
	}
}

// TestAnyProtocol: over protocols drawn at random, an explorer without any reduction, and
// each reduction, and all of them, say the same: an invariant breaks or none does, and if one
// does, the shortest way to it is as long. If none does, a look with order knows of exactly
// the same states of all actors and the history.
// What is wrongly called dead is found out, whenever it makes a difference.
func TestAnyProtocol(t *testing.T) {
	const most = 20_000 // worlds that a protocol may have without a reduction
	did := map[string]int{}
	for seed := range uint64(gate.Of(2_000, 12_000)) {
		r := rand.New(rand.NewPCG(seed+*from, 19))
		s := drawn(r)
		scope := s.Protocol.Scope(s)
		scope.Crashes = r.IntN(3)
		switch r.IntN(6) {
		case 0:
			scope.Network = sim.AnyTimes
		case 1:
			scope.Duplicates = 1
		}
		o := explore.Options{States: most}
		states := map[bool]map[plain.Sum]bool{false: statesOf(&o)} // with and without dead state
		full, err := explore.Check(context.Background(), s, scope, o)
		if err != nil {
			t.Fatalf("%d: %v", seed, err)
		}
		if full.Verdict == explore.NotExhausted {
			did["too large"]++
			continue
		}
		told := scope.Network != sim.AnyTimes // no story has an actor's message to itself arrive twice
		if full.Path != nil && told {
			leads(t, fmt.Sprint(seed), s, &full)
		}
		if seed%50 == 0 && full.States < 2_000 {
			did["held against another explorer"]++
			if n, err := naive.Walk(s, scope, naive.Options{}); err != nil || (n.Violation != nil) != (full.Broken != nil) {
				t.Errorf("%d: %v, and naively %v (%v)", seed, full.Broken, n.Violation, err)
			}
		}
		for _, o := range []explore.Options{{Order: true}, {Dead: true}, {Order: true, Dead: true}, {Order: true, Dead: true, DepthFirst: true}, {Order: true, DepthFirst: true}} {
			o.States = 10 * most
			found := statesOf(&o)
			x, err := explore.Check(context.Background(), s, scope, o)
			if err != nil || x.Verdict != full.Verdict || !o.DepthFirst && len(x.Path) != len(full.Path) {
				t.Errorf("%d, %+v, %+v: verdict %d after %d events (%v, %v), and without %d after %d (%v)", seed, o, scope,
					x.Verdict, len(x.Path), x.Broken, err, full.Verdict, len(full.Path), full.Broken)
				continue
			}
			if x.Path != nil && told {
				did["a way"]++
				leads(t, fmt.Sprint(seed, o), s, &x)
			}
			switch {
			case len(x.Without) > 0:
				did["not dead"]++
			case x.Verdict == explore.Violated:
				did["violated"]++
			case x.States < full.States:
				did["fewer"]++
			}
			switch {
			case x.Verdict != explore.Held || x.Dead != o.Dead:
			case !o.Order:
				states[o.Dead] = found
			default:
				did[fmt.Sprintf("%d states and more", 10*min(len(found)/10, 3))]++
				if !maps.Equal(states[o.Dead], found) {
					t.Errorf("%d, %+v, %+v: %d states, and %d without order", seed, o, scope, len(found), len(states[o.Dead]))
				}
			}
		}
		did[fmt.Sprintf("%d crashes", scope.Crashes)]++
		did[fmt.Sprintf("network %d", scope.Network)]++
		did[fmt.Sprintf("%d duplicates", scope.Duplicates)]++
	}
	t.Log(did)
	for _, what := range []string{"held against another explorer", "a way", "not dead", "violated", "fewer", "30 states and more", "network 1", "1 duplicates", "0 crashes", "1 crashes", "2 crashes"} {
		if did[what] < 15 {
			t.Errorf("%s: %d times, which proves little", what, did[what])
		}
	}
}

// from is the first protocol that TestAnyProtocol draws, by hand:
//
//	go test ./sim/explore -run AnyProtocol -protocols-from 1000000 -v
var from = flag.Uint64("protocols-from", 0, "the first protocol that TestAnyProtocol draws")

// statesOf are what the actors and the history are in the worlds of the look that is made with
// these options, whatever is on its way.
func statesOf(o *explore.Options) map[plain.Sum]bool {
	states := map[plain.Sum]bool{}
	o.Met(func(w plain.Sum) { states[w] = true })
	return states
}

// leads holds that the way to a violation is one: played on the searched engine, it breaks
// the invariant.
func leads(t *testing.T, what string, s *sim.Scenario, r *explore.Result) {
	t.Helper()
	st, err := r.Story(s)
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	p, err := st.Play(context.Background())
	if err != nil || p.Outcome.Violation == nil || p.Outcome.Violation.Invariant != r.Broken.Invariant {
		t.Errorf("%s: the story breaks not %s: %v\n%q", what, r.Broken.Invariant, err, st.Lines)
	}
}
