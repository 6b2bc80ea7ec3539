package walk

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

// begin begins a walk through a scenario of the library.
func begin(t testing.TB, name string, base trace.Base, set ...string) *Walk {
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

// talk holds a dialogue and returns what it printed.
func talk(t testing.TB, w *Walk, lines ...string) string {
	t.Helper()
	var out strings.Builder
	d := NewDialogue(w, "a scenario", &out, func(string, *trace.File) error { return nil })
	for _, l := range lines {
		if _, err := d.Do(l); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}

// place is all that can be seen at a place of a run.
func place(w *Walk) string {
	return fmt.Sprint(w.at(), w.step, w.asked.List, looks(w), w.foresee(), w.Outcome().Digest)
}

// looks is how all actors stand.
func looks(w *Walk) (list []standing) {
	for id := 1; id <= w.scenario.Actors; id++ {
		list = append(list, w.standing(sim.ID(id)))
	}
	return list
}

// A step back, and a jump anywhere, is exact: every place is what it was when
// the walk came by.
func TestBackIsExact(t *testing.T) {
	for _, name := range []string{"lossy", "proposer-crash", "duelling-proposers"} {
		w := begin(t, name, trace.Base{Seed: 5})
		places := map[uint64]string{0: place(w)}
		for w.next() {
			places[w.at()] = place(w)
		}
		events := slices.Collect(func(yield func(uint64) bool) {
			for e := range w.at() + 1 {
				if _, ok := places[e]; ok && !yield(e) {
					return
				}
			}
		})
		r := rand.New(rand.NewPCG(1, 2))
		for range 60 {
			e := events[r.IntN(len(events))]
			if err := w.goTo(e); err != nil {
				t.Fatal(err)
			}
			if got := place(w); got != places[e] {
				t.Fatalf("%s: event %d is\n%s\nand was\n%s", name, e, got, places[e])
			}
		}
	}
}

// Whatever is settled by hand, wherever: the walk stands where it should, undo
// brings the place back, and the file plays again as the same run.
func TestSettledRunsReplay(t *testing.T) {
	settled, went, violated, kinds := 0, 0, 0, map[string]int{}
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
				w.next()
				asked = append(asked, w.asked.List...)
			}
			if len(asked) == 0 {
				continue
			}
			a := asked[r.IntN(len(asked))]
			was, stood := place(w), w.at()
			event, ok, err := w.answer(map[scheduler.Key]uint32{a.Key: uint32(r.IntN(int(a.Outcomes)))})
			if err != nil || !ok || event > stood || event != w.at() {
				t.Fatalf("seed %d: settled at %d of %d (%v, %v), and stands at %d", seed, event, stood, ok, err, w.at())
			}
			if r.IntN(3) == 0 {
				if err := w.undo(); err != nil {
					t.Fatal(err)
				}
				if got := place(w); got != was {
					t.Fatalf("seed %d: undone, the place is\n%s\nand was\n%s", seed, got, was)
				}
				continue
			}
			settled++
			if event < stood {
				went++
			}
			kinds[strings.Fields(w.words().KeyText(a.Key))[0]]++
		}
		stood := w.at()
		f, _, err := w.File()
		if err != nil || w.at() != stood {
			t.Fatalf("seed %d: %v; stands at %d, stood at %d", seed, err, w.at(), stood)
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
	t.Logf("%d answers settled, %d of them back, %d runs violated: %v", settled, went, violated, kinds)
	for _, kind := range []string{"lost", "doubled", "delay", "crash", "crash-save"} {
		if kinds[kind] == 0 {
			t.Errorf("no %s was settled", kind)
		}
	}
	if went == 0 || settled < 100 {
		t.Error("too little was tried")
	}
}

// An answer that is no outcome changes nothing.
func TestNoOutcome(t *testing.T) {
	w := begin(t, "happy-path", trace.Base{Calm: true})
	for range 8 {
		w.next()
	}
	was := place(w)
	k, err := w.words().ParseKey("lost Prepare 1>2 #1")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.answer(map[scheduler.Key]uint32{k: 2}); err == nil || err.Error() != "lost Prepare 1>2 #1: 2 is no outcome of it: expected 0 to 1" {
		t.Error(err)
	}
	if place(w) != was || len(w.answers) > 0 || len(w.past) > 0 {
		t.Error("the walk has changed")
	}
}

// paxos.adopt=false is broken by hand, with two lost messages; with adoption the
// same two do no harm.
func TestBrokenByHand(t *testing.T) {
	for adopt, want := range map[string]string{"false": "the run ends here: agreement (safety) is broken; see also event 17\n", "true": "the run ends here: all have learned x\n"} {
		w := begin(t, "happy-path", trace.Base{Calm: true}, "actors=3", "paxos.adopt="+adopt, "invariants=[agreement]",
			"requests=[{actor: 1, at: 0s, value: x}, {actor: 2, at: 0s, value: y}]")
		got := talk(t, w, "until actor 2 is asked", "lose Prepare 2>1", "lose Prepare 2>3", "to end")
		if !strings.HasSuffix(got, want) {
			t.Errorf("adopt=%s: %s", adopt, got)
		}
	}
}

// Which message is meant, where no count says it: the one that is being sent;
// else one on its way, though another will be sent; else the next; else the
// last.
func TestWhichIsMeant(t *testing.T) {
	for _, c := range []struct{ to, say, want string }{
		{"to 4", "lose Prepare 1>2", "lost Prepare 1>2 #1 = 1"},
		{"to 5", "lose Prepare 1>2", "lost Prepare 1>2 #1 = 1"},
		{"until anybody repeats", "lose Prepare 1>2", "lost Prepare 1>2 #3 = 1"},
		{"to 2", "lose Accept 1>3", "lost Accept 1>3 #3 = 1"},
		{"to end", "lose Prepare 1>2", "lost Prepare 1>2 #3 = 1"},
		{"to end", "lose Prepare 1>2 #1", "lost Prepare 1>2 #1 = 1"},
		{"to 5", "lose Prepare 1>all", "lost Prepare 1>2 #1 = 1\n  lost Prepare 1>3 #1 = 1"},
		{"until anybody repeats", "lose Prepare 1>all", "lost Prepare 1>2 #3 = 1\n  lost Prepare 1>3 #4 = 1"},
		{"until anybody repeats", "lose Prepare 1>all #3", "lost Prepare 1>2 #3 = 1"},
		{"to 9", "lose Prepare 1>all", "lost Prepare 1>2 #3 = 1\n  lost Prepare 1>3 #4 = 1"},
		{"to 5", "crash 1", "crash-save 1 #2 = 1"},
		{"to 5", "crash 3", "crash-save 3 #1 = 1"},
		{"to 1", "choose crash Accept 1>3", "crash Accept 1>3 #3 = 1"},
	} {
		w := begin(t, "happy-path", trace.Base{Calm: true}, "actors=3", "paxos.repeat=1.5ms")
		talk(t, w, c.to)
		if got := talk(t, w, strings.Split(c.say, "\n")...); !strings.HasPrefix(got, "  "+c.want+"\n") {
			t.Errorf("%s, %s: %s", c.to, c.say, got)
		}
	}
}

func TestContextEndsWalks(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s, _ := scenarios.Load("happy-path", scenarios.Set("actors=301"))
	w, err := New(ctx, &s.Scenario, scenarios.WorldText(&s.Scenario), trace.Base{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	var out strings.Builder
	d := NewDialogue(w, "x", &out, nil)
	if more, err := d.Do("to end"); more || err == nil || w.over {
		t.Errorf("%v, %v: the walk goes on", more, err)
	}
}

func TestForeseen(t *testing.T) {
	w := begin(t, "happy-path", trace.Base{Calm: true}, "actors=2")
	for range 4 {
		w.next()
	}
	list := w.foresee()
	if len(list) == 0 || list[0].What != observe.Delivered {
		t.Errorf("%+v", list)
	}
}

// What an actor's disk holds, what is not on it yet, and what the last event
// changed: told of one actor by lines, of all by a star.
func TestShow(t *testing.T) {
	w := begin(t, "literal-acks", trace.Base{Calm: true}, "disk.sync=1ms")
	for _, c := range []struct{ to, say, want string }{
		{"to 0", "show", "  actor 1: not started\n  actor 2: not started\n  actor 3: not started\n"},
		{"to 2", "show", "  actor 1: up\n* actor 2: up\n  actor 3: not started\n"},
		{"to 4", "show 1", `actor 1, up
  role             phase 1 of 1.1  (was nothing)
  round            1  (was nothing)
  wants            x  (was nothing)
  not on disk yet  round 1  (was nothing)
  held back        1 effect  (was nothing)
  waits            for promises of 1.1 from 1, 2, 3  (was nothing)
  alarm: repeat    at 4.1 ms: it repeats a round  (was nothing)
  alarm: learn     at 7.1 ms: it tries to learn
  to come          disk is done at 1 ms
`},
		{"to 5", "show 1", `actor 1, up
  role             phase 1 of 1.1
  round            1
  wants            x
  on disk          round 1  (was nothing)
  waits            for promises of 1.1 from 1, 2, 3
  alarm: repeat    at 4.1 ms: it repeats a round
  alarm: learn     at 7.1 ms: it tries to learn
  not on disk yet  nothing  (was round 1)
  held back        nothing  (was 1 effect)
  to come          <1 Prepare 1.1 at 2 ms
`},
		{"to 5", "crash 1", "CRASHES"},
		{"to 5", "crash 1\nshow 1", "actor 1, down  (was up)\n"},
	} {
		talk(t, w, c.to)
		if got := talk(t, w, strings.Split(c.say, "\n")...); !strings.Contains(got, c.want) {
			t.Errorf("%s, %s:\n%s\nwant\n%s", c.to, c.say, got, c.want)
		}
	}
}
