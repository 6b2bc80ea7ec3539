package simtest_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/simtest"
	"github.com/paxsim/paxsim/sim/trace"
)

// The smallest protocol: who is asked tells everybody, and everybody decides the
// first value that they hear of. Two who are asked at once split the decision.

type proposal struct{ value sim.Value }

func (proposal) Kind() uint8               { return 0 }
func (p proposal) Hash(d *sim.Digest)      { d.Mix(uint64(p.value)) }
func (p proposal) Text(n sim.Names) string { return n.ValueName(p.value) }

type believer struct {
	sim.Base[proposal, sim.NoRecord]
	learned sim.Value
}

func (b *believer) Request(env *sim.Env[proposal, sim.NoRecord], r sim.Request) {
	env.Broadcast(proposal{r.Value})
}

func (b *believer) Receive(env *sim.Env[proposal, sim.NoRecord], _ sim.ID, p proposal) {
	if b.learned == 0 {
		b.learned = p.value
		env.Decide(0, p.value, 0)
	}
	env.AnswerAll(b.learned)
}

var first = sim.Define(sim.Spec[believer, proposal, sim.NoRecord]{
	Name:       "first",
	Vocabulary: sim.Vocabulary{Messages: []string{"Proposal"}},
	Actor:      func(*sim.Scenario, sim.Plan) believer { return believer{} },
	Invariants: sim.ConsensusInvariants(),
	History:    sim.WatchConsensus[proposal, sim.NoRecord],
})

// TestSmallest: a hunt finds that the smallest protocol splits.
func TestSmallest(t *testing.T) {
	on := &told{name: t.Name()}
	simtest.Run(on, simtest.Of(first, 3), simtest.Keep(t.TempDir()))
	if got := strings.Join(on.lines, "\n"); !strings.Contains(got, "safety agreement (decide)") {
		t.Errorf("not found:\n%s", got)
	}
}

// clumsy is a believer that panics when it hears of a second value.
type clumsy struct{ believer }

func (c *clumsy) Receive(env *sim.Env[proposal, sim.NoRecord], from sim.ID, p proposal) {
	if (c.learned != 0) && env.Self() == 2 && from != 2 {
		panic("a second proposal from actor " + string(rune('0'+from)))
	}
	c.believer.Receive(env, from, p)
}

var clumsily = sim.Define(sim.Spec[clumsy, proposal, sim.NoRecord]{
	Name:       "clumsy",
	Vocabulary: sim.Vocabulary{Messages: []string{"Proposal"}},
	Actor:      func(*sim.Scenario, sim.Plan) clumsy { return clumsy{} },
})

// TestPanicIsKept: a panic in a handler fails the test like an invariant that
// breaks. It is kept with its stack, and what is kept shows it again.
func TestPanicIsKept(t *testing.T) {
	dir := t.TempDir()
	s := simtest.Of(clumsily, 3)
	on := &told{name: t.Name()}
	simtest.Run(on, s, simtest.Keep(dir))
	const place = "simtest_test.(*clumsy).Receive"
	got := strings.Join(on.lines, "\n")
	if !strings.Contains(got, "safety panic ("+place+")") || !strings.Contains(got, place+" panics: a second proposal from actor ") {
		t.Fatalf("not found:\n%s", got)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.run.json"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%d files", len(files))
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	f, err := trace.Decode(text)
	if err != nil {
		t.Fatal(err)
	}
	if v := f.Violation; v == nil || v.Invariant != sim.PanicInvariant || len(v.Stack) == 0 || !strings.HasPrefix(v.Stack[0], place+" smallest_test.go:") {
		t.Errorf("%+v", f.Violation)
	}
	again := &told{name: t.Name()}
	simtest.Again(again, s, simtest.Keep(dir))
	if got := strings.Join(again.lines, "\n"); !strings.Contains(got, "panic (safety) still breaks at event") {
		t.Errorf("not shown again:\n%s", got)
	}
	var bytes scheduler.Bytes
	played := &told{name: t.Name()}
	func() {
		defer func() { _ = recover() }() // told.Fatalf
		simtest.Play(played, s, &bytes, simtest.Keep(t.TempDir()))
	}()
	if got := strings.Join(played.lines, "\n"); !strings.Contains(got, place) {
		t.Errorf("a played run does not tell of it:\n%s", got)
	}
}

// shuffler tells what it has heard, one value a message, in the order of a map.
type shuffler struct {
	believer
	heard map[sim.Value]bool
}

func (s *shuffler) CopyFrom(from *shuffler) {
	s.believer, s.heard = from.believer, map[sim.Value]bool{}
}

func (s *shuffler) Receive(env *sim.Env[proposal, sim.NoRecord], from sim.ID, p proposal) {
	if s.heard[p.value] {
		return
	}
	s.heard[p.value] = true
	for v := range s.heard {
		env.Send(env.Self()%3+1, proposal{v})
	}
}

// counted is how many messages all runs have sent: what no handler may know.
var counted atomic.Int64

// counter sends as often as a global says.
type counter struct{ believer }

func (c *counter) Receive(env *sim.Env[proposal, sim.NoRecord], from sim.ID, p proposal) {
	if counted.Add(1)%2 == 0 && from != env.Self() {
		env.Send(env.Self(), p)
	}
}

// define makes a protocol of an actor that believes, or nearly.
func define[A any, P sim.Actor[A, proposal, sim.NoRecord]](name string) sim.Protocol {
	return sim.Define[A, proposal, sim.NoRecord, P](sim.Spec[A, proposal, sim.NoRecord]{
		Name:       name,
		Vocabulary: sim.Vocabulary{Messages: []string{"Proposal"}},
		Actor:      func(*sim.Scenario, sim.Plan) (a A) { return a },
		Invariants: sim.ConsensusInvariants(),
		History:    sim.WatchConsensus[proposal, sim.NoRecord],
	})
}

// TestHandlersAreDeterministic: of a protocol whose handlers depend on the order of
// a map or on a global, the test says so, and where it shows.
func TestHandlersAreDeterministic(t *testing.T) {
	for _, p := range []sim.Protocol{define[shuffler]("shuffler"), define[counter]("counter")} {
		on := &told{name: t.Name()}
		func() {
			defer func() { _ = recover() }() // after Fatalf there is no evidence
			simtest.Run(on, simtest.Of(p, 3), simtest.Keep(t.TempDir()))
		}()
		got := on.text()
		if !strings.Contains(got, "the handlers of "+p.Name()+" are not deterministic: seed ") {
			t.Errorf("%s:\n%s", p.Name(), got)
		}
		if p.Name() == "shuffler" && (!strings.Contains(got, ": first difference at event ") || !strings.Contains(got, "send Proposal with actor ")) {
			t.Errorf("it does not say where:\n%s", got)
		}
	}
}
