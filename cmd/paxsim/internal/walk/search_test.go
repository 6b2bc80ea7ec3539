package walk

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
)

var small = search.Budget{Events: 200, Alarms: 4, Losses: 2, Duplicates: 2, Crashes: 2}

// beginSearched begins a walk through a searched run of a scenario.
func beginSearched(t testing.TB, name string, base trace.Base, set ...string) *Walk {
	t.Helper()
	w := begin(t, name, base, set...)
	w.Searched(small, nil)
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

// Whatever is taken, whatever is settled, wherever: what was taken comes next, a
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
			list := w.foresee()
			was, stood := place(w), w.at()
			switch n := r.IntN(12); {
			case len(list) == 0:
			case n == 0 && stood > 3:
				if err := w.goTo(stood - uint64(r.IntN(6))%stood); err != nil {
					t.Fatal(err)
				}
				back++
				continue
			case n == 1 && len(w.asked.List) > 0:
				a := w.asked.List[r.IntN(len(w.asked.List))]
				if _, _, err := w.answer(map[scheduler.Key]uint32{a.Key: uint32(r.IntN(int(a.Outcomes)))}); err != nil {
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
			if _, err := w.take(k); err != nil {
				t.Fatal(err)
			}
			forced := list[0].What == observe.Booted || len(list) == 1 // then nobody picks
			if w.at() != stood+1 || !forced && w.search.hand.last != k {
				t.Fatalf("seed %d: %s was taken after event %d, and there came %s, event %d", seed, w.words().EventText(k), stood, w.words().EventText(w.search.hand.last), w.at())
			}
			taken++
			skipped += i
			if r.IntN(8) == 0 {
				if err := w.undo(); err != nil {
					t.Fatal(err)
				}
				if got := place(w); got != was {
					t.Fatalf("seed %d: undone, the place is\n%s\nand was\n%s", seed, got, was)
				}
			}
		}
		stood := w.at()
		f, _, err := w.File()
		if err != nil || w.at() != stood {
			t.Fatalf("seed %d: %v; stands at %d, stood at %d", seed, err, w.at(), stood)
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
		if list := w.foresee(); len(list) > 0 && list[0].What != observe.Booted {
			if _, err := w.take(list[r.IntN(len(list))].EventKey()); err != nil {
				t.Fatal(err)
			}
			continue
		}
		w.one()
	}
	w.restart()
	places := []string{place(w)}
	for !w.over {
		if w.one(); w.at() == uint64(len(places)) {
			places = append(places, place(w))
		}
	}
	for range 60 {
		e := r.IntN(len(places) - 1)
		if err := w.goTo(uint64(e)); err != nil {
			t.Fatal(err)
		}
		if got := place(w); got != places[e] {
			t.Fatalf("event %d is\n%s\nand was\n%s", e, got, places[e])
		}
	}
}

// Brooker's bug is found by hand by picks alone; Paxos as it should be stands the
// same picks.
func TestBrokenByPicks(t *testing.T) {
	picks := []string{"next 4", "take deliver Prepare 1>1", "take deliver Prepare 1>3 #1", "take ask 2", "take deliver Prepare 2>1", "take deliver Prepare 2>2",
		"take deliver Promise 1>2", "take deliver Promise 2>2", "take deliver Accept 2>2", "take deliver Accept 2>3",
		"take deliver Promise 1>1", "take deliver Promise 3>1", "take deliver Accept 1>3", "take ask 3", "take deliver Prepare 3>3", "take deliver Prepare 3>1",
		"take deliver Promise 3>3", "take deliver Promise 1>3", "take deliver Accept 3>1", "take deliver Accept 3>3", "to end"}
	for mutant, want := range map[string]string{"brooker": "the run ends here: agreement (safety) is broken; see also event 13\n", "none": "the run ends here: all have learned y\n"} {
		w := beginSearched(t, "happy-path", trace.Base{Calm: true}, "actors=3", "paxos.fan_out=all", "mutant="+mutant, "invariants=[agreement]",
			"requests=[{actor: 1, at: 0s, value: x}, {actor: 2, at: 0s, value: y}, {actor: 3, at: 0s, value: z}]")
		got := talk(t, w, picks...)
		if !strings.HasSuffix(got, want) || strings.Contains(got, "?") || len(w.answers) > 0 {
			t.Errorf("%s: %s", mutant, got)
		}
	}
}

// What cannot be taken, and what makes no sense where nothing takes time.
func TestMistakesSearched(t *testing.T) {
	for line, want := range map[string]string{
		"take":                         `which one? Expected its number in the queue, or its name, such as deliver Accept 2>3 #1`,
		"take 0":                       `there is no event 0 in the queue: expected 1 to 5`,
		"take 6":                       `there is no event 6 in the queue: expected 1 to 5`,
		"take 99999999999999999999":    `there is no event 99999999999999999999 in the queue: expected 1 to 5`,
		"take deliver":                 `nothing that may come now is called "deliver": queue lists what may`,
		"take deliver Accept 1>2 #1":   `nothing that may come now is called "deliver Accept 1>2 #1": queue lists what may`,
		"take deliver Acept 1>2 #1":    `event "deliver Acept 1>2 #1": no message is called "Acept"`,
		"take ask 2>":                  `nothing that may come now is called "ask 2>": queue lists what may`,
		"to 5ms":                       `expected an event such as 12, or end: in a searched run nothing takes time`,
		"delay Accept 1>2 by 5ms":      `in a searched run nothing takes time: take lets other events come first`,
		"crash 1 before save for 20ms": `in a searched run nothing takes time: who is down comes back when that is taken`,
		"undo":                         `nothing has been chosen that could be taken back`,
		"lose Accept 1>9":              `there is no actor 9: expected 1 to 3`,
	} {
		w := beginSearched(t, "literal-acks", trace.Base{Calm: true})
		talk(t, w, "next 3")
		was := place(w)
		if got := talk(t, w, line); got != "? "+want+"\n" {
			t.Errorf("%q:\n%s\nwant\n? %s", line, got, want)
		}
		if place(w) != was || len(w.answers) > 0 || len(w.past) > 0 || len(w.search.deferrals) > 0 {
			t.Errorf("%q has changed something", line)
		}
	}
	w := beginSearched(t, "literal-acks", trace.Base{Calm: true})
	if got := talk(t, w, "take ask 1"); got != "? everybody starts before anything else happens\n" {
		t.Error(got)
	}
}

// A name without its end is the oldest that begins so, and ends between words.
func TestWhichIsTaken(t *testing.T) {
	w := beginSearched(t, "happy-path", trace.Base{Calm: true}, "actors=12", "requests=[{actor: 1, at: 0s}, {actor: 12, at: 0s}]")
	talk(t, w, "next 13")
	for line, want := range map[string]string{
		"deliver Prepare 1>1": "deliver Prepare 1>1 #1", "deliver Prepare 1>12": "deliver Prepare 1>12 #1", "deliver  Prepare": "deliver Prepare 1>1 #1",
		"deliver Prepare 1": "deliver Prepare 1>1 #1", "ask": "ask 2>12 #1", "alarm": "alarm learn 1 #1", "alarm learn 12": "alarm learn 12 #1",
	} {
		list := w.foresee()
		i, err := NewDialogue(w, "x", &strings.Builder{}, nil).which(list, line)
		if err != nil || w.words().EventText(list[i].EventKey()) != want {
			t.Errorf("%s: %v, %v; expected %s", line, i, err, want)
		}
	}
}

// A file that a hunt has found is walked through as it was found, and saved as it
// was.
func TestFoundRunIsTheSame(t *testing.T) {
	w := beginSearched(t, "happy-path", trace.Base{Calm: true}, "actors=3", "requests=[{actor: 1, at: 0s}, {actor: 3, at: 0s}]")
	talk(t, w, "next 5", "take deliver Prepare 3>3", "take deliver Prepare 3>2", "lose Prepare 1>2", "take deliver Promise 2>3", "next 2", "crash 3", "take 4")
	first, _, err := w.File()
	if err != nil {
		t.Fatal(err)
	}
	how, err := first.Search(w.words())
	if err != nil {
		t.Fatal(err)
	}
	_, source, err := first.Source(w.words())
	if err != nil {
		t.Fatal(err)
	}
	x, err := New(context.Background(), w.scenario, w.text, first.Base, source.Answers)
	if err != nil {
		t.Fatal(err)
	}
	x.Searched(how.Budget, how.Deferrals)
	second, unused, err := x.File()
	if err != nil || len(unused) > 0 || string(first.Encode()) != string(second.Encode()) {
		t.Errorf("%v, unused %v:\n%s\nand\n%s", err, unused, first.Encode(), second.Encode())
	}
	if len(first.Deferrals) < 3 || len(first.Answers) != 2 || !slices.Contains([]string{"decided", "undecided"}, first.Outcome) {
		t.Errorf("%v, %v, %s", first.Deferrals, first.Answers, first.Outcome)
	}
}

// Between two events an actor crashes by hand as well: after the event that has just
// happened to it, or after its next; it comes back in the event after that, and what
// waits for it still arrives.
func TestIdleCrashByHand(t *testing.T) {
	for _, c := range []struct{ to, say, want, here string }{
		{"next 5", "crash idle", "crash-idle Prepare 1>1 #1 = 1", "back"},
		{"next 5", "crash 3 idle", "crash-idle Prepare 1>3 #1 = 1", ""},
		{"next 4", "crash idle", "crash-idle-own 1 #1 = 1", "back"},
		{"next 4", "choose crash-idle Prepare 1>2", "crash-idle Prepare 1>2 #1 = 1", ""},
		{"next 4", "choose crash-idle-own 1", "crash-idle-own 1 #1 = 1", "back"},
	} {
		w := beginSearched(t, "happy-path", trace.Base{Calm: true}, "actors=3", "requests=[{actor: 1, at: 0s}]")
		said := talk(t, w, c.to, c.say)
		if !strings.Contains(said, "  "+c.want+"\n") {
			t.Errorf("%s, %s: %s", c.to, c.say, said)
			continue
		}
		if c.here == "" {
			said += talk(t, w, "until anybody crashes")
		}
		if !strings.Contains(said, "CRASHES") {
			t.Errorf("%s, %s: nobody crashes here: %s", c.to, c.say, said)
			continue
		}
		if got := talk(t, w, "queue"); !strings.HasPrefix(got, "    1  restart ") || strings.Count(got, "\n") != 1 {
			t.Errorf("%s, %s: what may come then is %s", c.to, c.say, got)
		}
		if got := talk(t, w, "next", "to end"); !strings.Contains(got, ": restarts\n") || strings.Contains(got, "LOST") {
			t.Errorf("%s, %s, and then: %s", c.to, c.say, got)
		}
		first, unused, err := w.File()
		if err != nil || len(unused) > 0 || len(first.Answers) != 1 {
			t.Errorf("%s, %s: %v, %v, %v", c.to, c.say, first.Answers, unused, err)
		}
	}
	timed := begin(t, "happy-path", trace.Base{Calm: true}, "actors=3")
	if got := talk(t, timed, "crash 1 idle"); !strings.HasPrefix(got, "? here the clock says what is next") {
		t.Error(got)
	}
}

// What is held back until somebody comes back who crashed idle is free then, though
// nobody has picked that: as it is where a run file is played.
func TestHeldUntilAReturn(t *testing.T) {
	w := beginSearched(t, "happy-path", trace.Base{Calm: true}, "actors=3", "requests=[{actor: 1, at: 0s}]")
	talk(t, w, "next 5", "crash idle")
	back := w.foresee()[0].EventKey()
	talk(t, w, "next")
	held := search.Deferral{Event: w.foresee()[0].EventKey(), Until: back}
	w.Searched(w.search.budget, []search.Deferral{held})
	talk(t, w, "to 7")
	if got, want := w.step.Event.What, observe.Delivered; got != want {
		t.Errorf("event 7 is %v", w.step.Event)
	}
	file, _, err := w.File()
	if err != nil {
		t.Fatal(err)
	}
	how, err := file.Search(w.words())
	if err != nil {
		t.Fatal(err)
	}
	_, source, err := file.Source(w.words())
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.scenario.Protocol.New(w.scenario)
	if err != nil {
		t.Fatal(err)
	}
	how.Deferrals = []search.Deferral{held}
	r.Search(how)
	r.Reset(0, source)
	if o := r.Run(); o.Digest != file.Digest {
		t.Errorf("played, it is another run: %x, not %x", o.Digest, file.Digest)
	}
}
