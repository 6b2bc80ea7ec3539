package stepper

import (
	"math/rand/v2"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
)

var small = search.Budget{Events: 200, Alarms: 4, Losses: 2, Duplicates: 2, Crashes: 2}

// beginSearched begins a searched run of a scenario.
func beginSearched(t testing.TB, name string, base trace.Base, set ...string) *Stepper {
	t.Helper()
	w := begin(t, name, base, set...)
	w.Search(small, nil)
	return w
}

// again plays a file as paxsim replay does, with no picker.
func again(t *testing.T, f *trace.File) (sim.Runner, []scheduler.Key, sim.Outcome) {
	t.Helper()
	read, err := trace.Decode(f.Encode())
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Read("file", read.Scenario)
	if err != nil {
		t.Fatal(err)
	}
	seed, source, err := read.Source(s.Protocol.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	how, err := read.Search(s.Protocol.Vocabulary())
	if err != nil || how == nil {
		t.Fatal(how, err)
	}
	w, err := s.Protocol.New(&s.Scenario)
	if err != nil {
		t.Fatal(err)
	}
	w.Search(how)
	w.Reset(seed, source)
	o := w.Run()
	return w, source.Unused(), o
}

// Whatever is taken, whatever is answered, wherever: what was taken comes next, a
// step back and undo are exact, and the file plays again as the same run.
func TestTakenRunsReplay(t *testing.T) {
	taken, skipped, released, violated, back := 0, 0, 0, 0, 0
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 8))
		base := trace.Base{Calm: true}
		if seed%4 == 0 {
			base = trace.Base{Seed: seed}
		}
		w := beginSearched(t, []string{"happy-path", "literal-acks", "lossy"}[r.IntN(3)], base, "actors=3",
			"requests=[{actor: 1, at: 0s}, {actor: 2, at: 0s}, {actor: 3, at: 0s}]", "paxos.adopt=false")
		for range 1 + r.IntN(60) {
			list := w.Upcoming()
			was, stood := place(w), w.At()
			switch n := r.IntN(12); {
			case len(list) == 0:
			case n == 0 && stood > 3:
				if err := w.GoTo(stood - uint64(r.IntN(6))%stood); err != nil {
					t.Fatal(err)
				}
				back++
				continue
			case n == 1 && len(w.asked.List) > 0:
				a := w.asked.List[r.IntN(len(w.asked.List))]
				if _, _, err := w.Answer(map[scheduler.Key]uint32{a.Key: uint32(r.IntN(int(a.Outcomes)))}); err != nil {
					t.Fatal(err)
				}
				continue
			case n < 5:
				w.one()
				continue
			}
			if len(list) == 0 {
				break
			}
			i := r.IntN(len(list))
			if list[0].What == observe.Booted {
				i = 0
			}
			k := list[i].EventKey()
			if w.search.hand.until(k) != 0 {
				released++
			}
			if _, err := w.Take(k); err != nil {
				t.Fatal(err)
			}
			forced := list[0].What == observe.Booted || len(list) == 1 // then nobody picks
			if w.At() != stood+1 || !forced && w.search.hand.last != k {
				t.Fatalf("seed %d: %s was taken after event %d, and there came %s, event %d", seed, w.words().EventText(k), stood, w.words().EventText(w.search.hand.last), w.At())
			}
			taken++
			skipped += i
			if r.IntN(8) == 0 {
				if err := w.Undo(); err != nil {
					t.Fatal(err)
				}
				if got := place(w); got != was {
					t.Fatalf("seed %d: undone, the place is\n%s\nand was\n%s", seed, got, was)
				}
			}
		}
		stood := w.At()
		f, _, err := w.File()
		if err != nil || w.At() != stood {
			t.Fatalf("seed %d: %v; stands at %d, stood at %d", seed, err, w.At(), stood)
		}
		if f.Violation != nil {
			violated++
		}
		world, unused, o := again(t, f)
		if d := f.Compare(o); d != nil || len(unused) > 0 || len(world.VoidDeferrals()) > 0 {
			t.Fatalf("seed %d: the file plays otherwise: %+v, unused %v, unheld %v", seed, d, unused, world.VoidDeferrals())
		}
	}
	t.Logf("%d taken, past %d others, %d of them held back before; %d times back; %d runs violated", taken, skipped, released, back, violated)
	if taken < 1000 || skipped < 1000 || released < 10 || violated < 5 || back < 50 {
		t.Error("too little was tried")
	}
}

// A step back in a searched run is exact.
func TestBackIsExactSearched(t *testing.T) {
	w := beginSearched(t, "literal-acks", trace.Base{Calm: true})
	r := rand.New(rand.NewPCG(5, 5))
	for range 40 {
		if list := w.Upcoming(); len(list) > 0 && list[0].What != observe.Booted {
			if _, err := w.Take(list[r.IntN(len(list))].EventKey()); err != nil {
				t.Fatal(err)
			}
			continue
		}
		w.one()
	}
	w.restart()
	places := []string{place(w)}
	for !w.over {
		if w.one(); w.At() == uint64(len(places)) {
			places = append(places, place(w))
		}
	}
	for range 60 {
		e := r.IntN(len(places) - 1)
		if err := w.GoTo(uint64(e)); err != nil {
			t.Fatal(err)
		}
		if got := place(w); got != places[e] {
			t.Fatalf("event %d is\n%s\nand was\n%s", e, got, places[e])
		}
	}
}
