package sim_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/triggers"
	"github.com/paxsim/paxsim/sim/weather"
)

// searchedBudget is that of the runs of this file.
var searchedBudget = search.Budget{Events: 300, Alarms: 5, Losses: 3, Duplicates: 3, Crashes: 2}

// searchedRough is a searched game in which all can go wrong.
func searchedRough() *sim.Scenario {
	return &sim.Scenario{Name: "searched", Tick: 1000, Actors: 3, Protocol: pingPong(), Disk: disks.Disk{Sync: 5},
		Network:  weather.Network{DelayMin: 1, DelayMax: 1, Loss: scheduler.Certain / 20, Duplicate: scheduler.Certain / 5},
		Crashes:  faults.Crashes{Chance: scheduler.Certain / 20},
		Requests: []sim.ScriptedRequest{{Actor: 1}, {Actor: 2}}, Limits: sim.Limits{Time: 3000}}
}

// idleOf is the question of a crash between two events that was answered by yes, if
// the choices of an event have one; "": they have none.
func idleOf(words *sim.Vocabulary, list []scheduler.Asked) string {
	for _, a := range list {
		if text := words.KeyText(a.Key); a.Answer != 0 && strings.HasPrefix(text, "crash-idle") {
			return text
		}
	}
	return ""
}

// TestIdleCrash: a crash between two events is the last that happens during the
// first of them, which is the one that its name tells; its actor comes back in the
// next event, and no message is lost in between. It takes alarms and saves that are
// under way with it.
func TestIdleCrash(t *testing.T) {
	s := searchedRough()
	words := s.Protocol.Vocabulary()
	r, seen, rec := runner(t, s), &lines{}, &scheduler.Recording{}
	r.Observe(seen)
	r.Search(&search.Search{Picker: &listener{}, Budget: searchedBudget})
	kinds, kept, crashes := map[string]int{}, 0, 0
	for seed := range uint64(2000) {
		*rec = scheduler.Recording{}
		r.Reset(seed, rec)
		tally.Run()
		for more := true; more; {
			asked, from := len(rec.List), len(seen.list)
			more = r.Step()
			name := idleOf(words, rec.List[asked:])
			if name == "" {
				continue
			}
			crashes++
			step := seen.list[from:]
			event := step[slices.IndexFunc(step, func(e observe.Entry) bool { return e.What.IsEvent() })]
			last := step[len(step)-1]
			if i := slices.IndexFunc(step, func(e observe.Entry) bool { return e.What == observe.Crashed }); i < 0 || step[i].Actor != event.Actor {
				t.Fatalf("seed %d: %s, and actor %d does not crash: %+v", seed, name, event.Actor, step)
			} else if last.What != observe.Crashed && last.What != observe.Saved {
				t.Fatalf("seed %d: %s, and then there was %+v", seed, name, last)
			}
			word := strings.Fields(name)[0]
			if isMessage := word != "crash-idle-own"; isMessage != (event.What == observe.Delivered) {
				t.Fatalf("seed %d: %s in the event %+v", seed, name, event)
			} else if isMessage {
				if want := words.EventText(event.EventKey()); strings.TrimPrefix(name, "crash-idle") != strings.TrimPrefix(want, "deliver") {
					t.Fatalf("seed %d: %s in the event %s", seed, name, want)
				}
			}
			kinds[word+" "+event.What.String()]++
			for _, a := range rec.List[asked:] {
				if strings.HasPrefix(words.KeyText(a.Key), "kept") {
					kept++
				}
			}
			look := r.(observe.Inspector).Inspect(event.Actor)
			if len(look.Alarms) > 0 || look.Waiting > 0 || look.Status != observe.StatusDown {
				t.Fatalf("seed %d: after %s actor %d is %+v", seed, name, event.Actor, look)
			}
			if !more {
				continue // the budget on events is spent
			}
			if list := r.(observe.Upcoming).Foresee(); len(list) != 1 || list[0].What != observe.Restarted || list[0].Actor != event.Actor {
				t.Fatalf("seed %d: after %s this is foreseen: %+v", seed, name, list)
			}
			from = len(seen.list)
			more = r.Step()
			if next := seen.list[from]; next.What != observe.Restarted || next.Actor != event.Actor || next.Cause != event.Event {
				t.Fatalf("seed %d: after %s there comes %+v", seed, name, next)
			}
		}
	}
	t.Logf("%d crashes between two events: %v; in %d a save was under way", crashes, kinds, kept)
	for _, kind := range []string{"crash-idle deliver", "crash-idle-copy1 deliver", "crash-idle-own timeout", "crash-idle-own ask", "crash-idle-own synced"} {
		if kinds[kind] == 0 {
			t.Errorf("none was %s", kind)
		}
	}
	if kept == 0 {
		t.Error("never was a save under way")
	}
}

// TestIdleCrashIsAChoice: the names of all that a searched run asks are told apart
// and parse back; what surprised in it, and what was held back, make it again; and
// with the crashes between events taken out none of them is left.
func TestIdleCrashIsAChoice(t *testing.T) {
	s := searchedRough()
	words := s.Protocol.Vocabulary()
	r := runner(t, s)
	idle := 0
	for seed := range uint64(500) {
		rec := new(scheduler.Recording)
		r.Search(&search.Search{Picker: &listener{}, Budget: searchedBudget, Record: true})
		r.Reset(seed, rec)
		tally.Run()
		o := r.Run()
		names := map[string]bool{}
		for _, a := range rec.List {
			text := words.KeyText(a.Key)
			if names[text] {
				t.Fatalf("seed %d: %s is asked twice", seed, text)
			}
			names[text] = true
			if k, err := words.ParseKey(text); err != nil || k != a.Key {
				t.Fatalf("%q parses to %v, %v, want %v", text, k, err, a.Key)
			}
		}
		surprises := rec.Surprises()
		again := &scheduler.Edited{Base: scheduler.Calm{}, Answers: surprises}
		r.Search(&search.Search{Deferrals: r.Deferrals(), Budget: searchedBudget})
		r.Reset(0, again)
		tally.Run()
		if got := r.Run(); got.Digest != o.Digest || len(again.Unused()) > 0 || len(r.VoidDeferrals()) > 0 {
			t.Fatalf("seed %d: %d events %x, not %d events %x; %d answers unused, %d holds", seed, got.Events, got.Digest, o.Events, o.Digest, len(again.Unused()), len(r.VoidDeferrals()))
		}
		if idleOf(words, rec.List) == "" {
			continue
		}
		idle++
		for k := range surprises {
			if strings.HasPrefix(words.KeyText(k), "crash-idle") {
				delete(surprises, k)
			}
		}
		without := &scheduler.Recording{Base: &scheduler.Edited{Base: scheduler.Calm{}, Answers: surprises}}
		r.Reset(0, without)
		tally.Run()
		r.Run()
		if name := idleOf(words, without.List); name != "" {
			t.Errorf("seed %d: %s is taken out, and happens", seed, name)
		}
	}
	if idle < 100 {
		t.Errorf("only %d of 500 runs have a crash between two events", idle)
	}
}

// TestIdleCrashBudget: what is spent is not asked for; without a chance nothing is,
// nor in a timed run.
func TestIdleCrashBudget(t *testing.T) {
	for _, tt := range []struct {
		why     string
		chance  scheduler.Probability
		crashes int
		timed   bool
		asks    bool
	}{
		{"crashes and a budget", scheduler.Certain / 20, 2, false, true},
		{"no chance", 0, 2, false, false},
		{"no budget", scheduler.Certain / 20, 0, false, false},
		{"the clock decides what comes next, and only faults with a name fall between events", scheduler.Certain / 20, 2, true, false},
	} {
		s := searchedRough()
		s.Crashes = faults.Crashes{Chance: tt.chance, DownMin: 1, DownMax: 1}
		r := runner(t, s)
		asked, struck := uint64(0), uint64(0)
		for seed := range uint64(100) {
			b := searchedBudget
			b.Crashes = tt.crashes
			if !tt.timed {
				r.Search(&search.Search{Picker: &listener{}, Budget: b})
			}
			rec := new(scheduler.Recording)
			r.Reset(seed, rec)
			tally.Run()
			o := r.Run()
			all, left := uint64(0), tt.crashes
			for _, a := range rec.List {
				text := s.Protocol.Vocabulary().KeyText(a.Key)
				if !strings.HasPrefix(text, "crash") {
					continue
				}
				all++
				if strings.HasPrefix(text, "crash-idle") {
					asked++
				}
				if left == 0 && !tt.timed {
					t.Fatalf("%s, seed %d: %s is asked, and nothing is left", tt.why, seed, text)
				}
				left -= int(a.Answer)
			}
			h := o.Families[faults.FamilyCrash]
			if h.Chances != all {
				t.Fatalf("%s, seed %d: crashes were possible %d times, and asked for %d times", tt.why, seed, h.Chances, all)
			}
			struck += h.Struck
		}
		if (asked > 0) != tt.asks {
			t.Errorf("%s: %d times it was asked for a crash between events", tt.why, asked)
		}
		if tt.asks && struck == 0 {
			t.Errorf("%s: nobody crashed", tt.why)
		}
	}
}

// TestIdleCrashForGood: whom a fault takes down for good at the moment of its crash
// does not come back, and the run goes on without.
func TestIdleCrashForGood(t *testing.T) {
	s := searchedRough()
	s.Crashes.Chance = scheduler.Certain / 5
	s.Faults = []faults.Fault{{Name: "fall", Crash: aims.These(2), When: &triggers.Moment{Who: 2, Does: triggers.Falls}, Until: faults.Forever}}
	r, seen := runner(t, s), &lines{}
	r.Observe(seen)
	words := s.Protocol.Vocabulary()
	gone := 0
	for seed := range uint64(300) {
		rec := new(scheduler.Recording)
		seen.list = seen.list[:0]
		r.Search(&search.Search{Picker: &listener{r: rand.New(rand.NewPCG(seed, 1))}, Budget: searchedBudget})
		r.Reset(seed, rec)
		tally.Run()
		r.Run()
		fell := slices.IndexFunc(seen.list, func(e observe.Entry) bool { return e.What == observe.Crashed && e.Actor == 2 })
		if fell < 0 || idleOf(words, rec.List) == "" {
			continue
		}
		gone++
		for _, e := range seen.list[fell:] {
			if e.What == observe.Restarted && e.Actor == 2 {
				t.Fatalf("seed %d: it comes back in event %d", seed, e.Event)
			}
		}
	}
	if gone < 20 {
		t.Errorf("only %d fell", gone)
	}
}
