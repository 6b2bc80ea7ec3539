package stepper

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// begin begins a run of a scenario of the library.
func begin(t testing.TB, name string, base trace.Base, set ...string) *Stepper {
	t.Helper()
	var list []scenarios.Override
	for _, s := range set {
		list = append(list, scenarios.Set(s))
	}
	given, err := scenarios.Load(name, list...)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := Open(&given.Scenario, base.Calm)
	w, err := New(context.Background(), s, scenarios.WorldText(s), base, nil)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// place is all that can be seen at a place of a run.
func place(w *Stepper) string {
	return fmt.Sprint(w.At(), w.step, w.asked.List, looks(w), w.Upcoming(), w.Outcome().Digest)
}

// looks is how all actors stand.
func looks(w *Stepper) (list []Standing) {
	for id := 1; id <= w.scenario.Actors; id++ {
		list = append(list, w.Standing(sim.ID(id)))
	}
	return list
}

// A step back, and a jump anywhere, is exact: every place is what it was when
// it was come by first.
func TestBackIsExact(t *testing.T) {
	for _, name := range []string{"lossy", "proposer-crash", "duelling-proposers"} {
		w := begin(t, name, trace.Base{Seed: 5})
		places := map[uint64]string{0: place(w)}
		for w.Next() {
			places[w.At()] = place(w)
		}
		events := slices.Collect(func(yield func(uint64) bool) {
			for e := range w.At() + 1 {
				if _, ok := places[e]; ok && !yield(e) {
					return
				}
			}
		})
		r := rand.New(rand.NewPCG(1, 2))
		for range 60 {
			e := events[r.IntN(len(events))]
			if err := w.GoTo(e); err != nil {
				t.Fatal(err)
			}
			if got := place(w); got != places[e] {
				t.Fatalf("%s: event %d is\n%s\nand was\n%s", name, e, got, places[e])
			}
		}
	}
}

// Whatever is answered by hand, wherever: the stepper stands where it should, undo
// brings the place back, and the file plays again as the same run.
func TestAnsweredRunsReplay(t *testing.T) {
	answered, went, violated, kinds := 0, 0, 0, map[string]int{}
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 3))
		base := trace.Base{Calm: true}
		if seed%3 == 0 {
			base = trace.Base{Seed: seed}
		}
		names := []string{"happy-path", "lossy", "duelling-proposers", "acceptor-crash", "literal-acks"}
		w := begin(t, names[r.IntN(len(names))], base, "actors=5")
		for range 1 + r.IntN(5) {
			var asked []scheduler.Asked
			for range r.IntN(25) {
				w.Next()
				asked = append(asked, w.asked.List...)
			}
			if len(asked) == 0 {
				continue
			}
			a := asked[r.IntN(len(asked))]
			was, stood := place(w), w.At()
			event, ok, err := w.Answer(map[scheduler.Key]uint32{a.Key: uint32(r.IntN(int(a.Outcomes)))})
			if err != nil || !ok || event > stood || event != w.At() {
				t.Fatalf("seed %d: answered at %d of %d (%v, %v), and stands at %d", seed, event, stood, ok, err, w.At())
			}
			if r.IntN(3) == 0 {
				if err := w.Undo(); err != nil {
					t.Fatal(err)
				}
				if got := place(w); got != was {
					t.Fatalf("seed %d: undone, the place is\n%s\nand was\n%s", seed, got, was)
				}
				continue
			}
			answered++
			if event < stood {
				went++
			}
			kinds[strings.Fields(w.words().KeyText(a.Key))[0]]++
		}
		stood := w.At()
		f, _, err := w.File()
		if err != nil || w.At() != stood {
			t.Fatalf("seed %d: %v; stands at %d, stood at %d", seed, err, w.At(), stood)
		}
		if f.Violation != nil {
			violated++
		}
		again, err := trace.Decode(f.Encode())
		if err != nil {
			t.Fatal(err)
		}
		s, err := scenarios.Read("file", again.Scenario)
		if err != nil {
			t.Fatal(err)
		}
		number, source, err := again.Source(s.Protocol.Vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		world, err := s.Protocol.New(&s.Scenario)
		if err != nil {
			t.Fatal(err)
		}
		world.Reset(number, source)
		if d := again.Compare(world.Run()); d != nil || len(source.Unused()) > 0 {
			t.Fatalf("seed %d: the file plays otherwise: %+v, unused %v", seed, d, source.Unused())
		}
	}
	t.Logf("%d answers answered, %d of them back, %d runs violated: %v", answered, went, violated, kinds)
	for _, kind := range []string{"lost", "doubled", "delay", "crash", "crash-save"} {
		if kinds[kind] == 0 {
			t.Errorf("no %s was answered", kind)
		}
	}
	if went == 0 || answered < 100 {
		t.Error("too little was tried")
	}
}

// An answer that is no outcome changes nothing.
func TestNoOutcome(t *testing.T) {
	w := begin(t, "happy-path", trace.Base{Calm: true})
	for range 8 {
		w.Next()
	}
	was := place(w)
	k, err := w.words().ParseKey("lost Prepare 1>2 #1")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.Answer(map[scheduler.Key]uint32{k: 2}); err == nil || err.Error() != "lost Prepare 1>2 #1: 2 is no outcome of it: expected 0 to 1" {
		t.Error(err)
	}
	if place(w) != was || len(w.answers) > 0 || len(w.past) > 0 {
		t.Error("something has changed")
	}
}

// Once the context is done the stepper moves no more, and says why.
func TestContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s, _ := scenarios.Load("happy-path", scenarios.Set("actors=301"))
	w, err := New(ctx, &s.Scenario, scenarios.WorldText(&s.Scenario), trace.Base{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if w.Next() || w.Over() || w.Err() == nil {
		t.Error("it goes on")
	}
	if err := w.GoTo(100); err == nil || w.At() == 100 {
		t.Errorf("%v: it goes to event %d", err, w.At())
	}
	if _, _, err := w.File(); err == nil {
		t.Error("it makes a file of half a run")
	}
}

func TestUpcoming(t *testing.T) {
	w := begin(t, "happy-path", trace.Base{Calm: true}, "actors=2")
	for range 4 {
		w.Next()
	}
	list := w.Upcoming()
	if len(list) == 0 || list[0].What != observe.Delivered {
		t.Errorf("%+v", list)
	}
}
