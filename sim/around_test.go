package sim_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

// The state that a library keeps for all its users at once: how often it was used,
// and by how many at this moment.
var (
	uses   int
	inside atomic.Int32
	crowds atomic.Int32 // how often there was more than one
)

// user is an actor of such a library.
type user struct {
	sim.Base[ball, score]
	born int
}

// use uses the library: the next number is the one after that of the last use.
func use() int {
	if inside.Add(1) > 1 {
		crowds.Add(1)
	}
	uses++
	runtime.Gosched()
	n := uses
	inside.Add(-1)
	return n
}

func (u *user) Start(e *env)                { e.Broadcast(ball{n: uint32(u.born + use())}) }
func (u *user) Timeout(e *env, _ sim.Timer) { e.Broadcast(ball{n: uint32(use())}) }
func (u *user) Request(e *env, r sim.Request) {
	e.Answer(r.ID, sim.Value(1+use()))
	e.After(20, sim.Timer{})
}
func (u *user) Receive(e *env, _ sim.ID, b ball) {
	if n := use(); b.n < 1000 {
		e.Decide(0, sim.Value(n+int(b.n)), 0)
	}
}

// usersOf is a world of three of them, with or without an Around that puts the
// library in order. told, if it is not nil, gets what the Around has seen.
func usersOf(t *testing.T, ordered bool, told *[]string) sim.Runner {
	t.Helper()
	spec := sim.Spec[user, ball, score]{Name: "users", Vocabulary: *pingPong().Vocabulary(),
		New: func(_ *sim.Scenario, _ sim.Plan, id sim.ID) user { return user{born: use()} }}
	if ordered {
		spec.Around = func(e *env, handle func()) {
			before := uses
			uses = int(e.Self()) * 100
			handle()
			if told != nil {
				*told = append(*told, fmt.Sprintf("%d at %d: %d", e.Self(), e.Now(), uses-int(e.Self())*100))
			}
			uses = before
		}
	}
	p := sim.Define[user, ball, score](spec)
	return runner(t, &sim.Scenario{Tick: 1000, Actors: 3, Protocol: p, Network: weather.Network{DelayMin: 10, DelayMax: 10},
		Requests: []sim.ScriptedRequest{{Actor: 2}}, Limits: sim.Limits{Time: 100}, Faults: []faults.Fault{{Name: "crash", At: 5, Until: 15, Crash: aims.These(3)}}})
}

// TestAround: every handler and every actor that is made runs in the Around of its
// protocol, once.
func TestAround(t *testing.T) {
	uses = 7
	var told []string
	r := usersOf(t, true, &told)
	told = nil
	r.Reset(1, nil)
	tally.Run()
	r.Run()
	want := []string{"1 at 0: 1", "2 at 0: 1", "3 at 0: 1", "1 at 0: 1", "2 at 0: 1", "3 at 0: 1", "2 at 0: 1"}
	if !slices.Equal(told[:min(len(want), len(told))], want) || !slices.Contains(told, "3 at 15: 1") {
		t.Errorf("three are made, three start, one is asked, and one comes back at 15; got\n%s", strings.Join(told, "\n"))
	}
	for _, x := range told {
		if !strings.HasSuffix(x, ": 1") {
			t.Errorf("%s uses of the library in one Around", x)
		}
	}
	if uses != 7 {
		t.Errorf("the library is left with %d, and it was 7 before", uses)
	}
}

// TestAroundIsAlone: of all worlds of the process one at a time uses the library, so
// however many run, each comes to the same. Without an Around it does not, which a
// second run shows.
func TestAroundIsAlone(t *testing.T) {
	crowds.Store(0)
	want := uint64(0)
	var wait sync.WaitGroup
	digests := make([]uint64, 8)
	for i := range digests {
		r := usersOf(t, true, nil)
		wait.Go(func() {
			for seed := range uint64(50) {
				r.Reset(seed%2, nil)
				tally.Run()
				digests[i] = r.Run().Digest
			}
		})
	}
	wait.Wait()
	for _, d := range digests {
		if want == 0 {
			want = d
		}
		if d != want {
			t.Errorf("digests %x", digests)
			break
		}
	}
	if n := crowds.Load(); n > 0 {
		t.Errorf("%d times two used the library at once", n)
	}
	r := usersOf(t, false, nil)
	var twice [2]uint64
	for i := range twice {
		r.Reset(1, nil)
		tally.Run()
		twice[i] = r.Run().Digest
	}
	if twice[0] == twice[1] {
		t.Error("a library that nobody puts in order makes no difference: the test is blind")
	}
}

// TestAroundAllocates: however many handlers run within an Around, they take no more
// memory than without.
func TestAroundAllocates(t *testing.T) {
	cost := func(around func(*env, func())) float64 {
		p := sim.Define[user, ball, score](sim.Spec[user, ball, score]{Name: "users", Vocabulary: *pingPong().Vocabulary(),
			Actor: func(*sim.Scenario, sim.Plan) user { return user{} }, Around: around})
		r := runner(t, &sim.Scenario{Tick: 1000, Actors: 3, Protocol: p, Network: weather.Network{DelayMin: 10, DelayMax: 10},
			Requests: []sim.ScriptedRequest{{Actor: 2}}, Limits: sim.Limits{Time: 100}})
		return testing.AllocsPerRun(20, func() {
			uses = 0
			r.Reset(1, nil)
			tally.Run()
			r.Run()
		})
	}
	handlers := 0
	bare, within := cost(nil), cost(func(_ *env, handle func()) { handlers++; handle() })
	if handlers < 100 {
		t.Errorf("%d handlers ran: the test is blind", handlers)
	}
	if renewed := 3.0; within > bare+renewed { // each of the three is made anew by a function of its own
		t.Errorf("%.0f allocations a run, and %.0f without an Around", within, bare)
	}
}

// TestAroundThatDoesNothing: an Around that does not run its handler is a mistake of
// whoever wrote it, and is told at once.
func TestAroundThatDoesNothing(t *testing.T) {
	defer func() {
		if p := fmt.Sprint(recover()); p != "sim: the Around of users did not run what it was given" {
			t.Errorf("got %s", p)
		}
	}()
	p := sim.Define[user, ball, score](sim.Spec[user, ball, score]{Name: "users", Vocabulary: *pingPong().Vocabulary(),
		New:    func(*sim.Scenario, sim.Plan, sim.ID) user { return user{} },
		Around: func(*env, func()) {}})
	_, _ = p.New(&sim.Scenario{Tick: 1000, Actors: 1, Protocol: p})
}

// TestFactoryThatPanics: it is a find, at the start and after a crash.
func TestFactoryThatPanics(t *testing.T) {
	made := 0
	for want, spec := range map[string]sim.Spec[user, ball, score]{
		"panics: no more": {New: func(*sim.Scenario, sim.Plan, sim.ID) user { panic("no more") }},
		"panics: not a fourth": {New: func(*sim.Scenario, sim.Plan, sim.ID) user {
			if made++; made%4 == 0 {
				panic("not a fourth")
			}
			return user{}
		}},
	} {
		spec.Name, spec.Vocabulary = "users", *pingPong().Vocabulary()
		p := sim.Define[user, ball, score](spec)
		r := runner(t, &sim.Scenario{Tick: 1000, Actors: 1, Protocol: p, Network: weather.Network{DelayMin: 10, DelayMax: 10}, Requests: []sim.ScriptedRequest{{Actor: 1}},
			Faults: []faults.Fault{{Name: "a", At: 1, Until: 2, Crash: aims.These(1)}, {Name: "b", At: 3, Until: 4, Crash: aims.These(1)}, {Name: "c", At: 5, Until: 6, Crash: aims.These(1)}}})
		made = 0
		r.Reset(1, nil)
		tally.Run()
		if v := r.Run().Violation; v == nil || !strings.Contains(v.Text, want) {
			t.Errorf("got %+v, want %s", v, want)
		}
	}
}

// drawing is an actor that draws how long it waits from a reader.
type drawing struct{ sim.Base[ball, score] }

func (*drawing) Start(e *env) {
	b := make([]byte, 3)
	n, err := e.Reader(0, 5).Read(b)
	if n != 3 || err != nil {
		panic(fmt.Sprint(n, err))
	}
	e.Decide(0, sim.Value(1+int(b[0])*100+int(b[1])*10+int(b[2])), 0)
}

// TestReader: in calm each actor draws its own number, and by chance all below the
// number of outcomes.
func TestReader(t *testing.T) {
	p := sim.Define[drawing, ball, score](sim.Spec[drawing, ball, score]{Name: "drawing", Vocabulary: *pingPong().Vocabulary(),
		Actor: func(*sim.Scenario, sim.Plan) drawing { return drawing{} }})
	r := runner(t, &sim.Scenario{Tick: 1000, Actors: 7, Protocol: p, Network: weather.Network{DelayMin: 10, DelayMax: 10}})
	decided := func(source scheduler.Source, seed uint64) (out []string) {
		l := new(lines)
		r.Observe(l)
		r.Reset(seed, source)
		tally.Run()
		r.Run()
		for _, e := range l.list {
			if e.What == observe.Decided {
				out = append(out, e.Text)
			}
		}
		return out
	}
	calm := decided(scheduler.Calm{}, 1)
	if len(calm) != 7 || calm[0] == calm[1] || calm[0] != calm[5] || calm[1] != calm[6] {
		t.Errorf("in calm the actors draw %v: want their numbers, of five", calm)
	}
	seen := map[string]bool{}
	for seed := range uint64(100) {
		for _, x := range decided(nil, seed) {
			seen[x] = true
		}
	}
	if len(seen) < 110 || len(seen) > 125 {
		t.Errorf("%d different draws of three bytes, each one of five", len(seen))
	}
	for _, n := range []int{0, -1, 257} {
		func() {
			defer func() {
				if p := fmt.Sprint(recover()); !strings.Contains(p, "one of 1 to 256 outcomes") {
					t.Errorf("%d outcomes: %v", n, p)
				}
			}()
			new(sim.Env[ball, score]).Reader(0, n)
		}()
	}
}
