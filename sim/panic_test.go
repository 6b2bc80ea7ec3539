package sim_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/weather"
)

// wrecker is an actor that does one thing that no handler may do, when it hears of
// a certain message: the second, if nothing else is said.
type wrecker struct {
	does, at int64
	seen     int64
}

type word struct{ n uint32 }

func (m word) Kind() uint8           { return 0 }
func (m word) Hash(d *sim.Digest)    { d.Mix(uint64(m.n)) }
func (m word) Text(sim.Names) string { return "a word" }

type nothing struct{}

func (nothing) Hash(*sim.Digest)      {}
func (nothing) Text(sim.Names) string { return "" }

type wreckerEnv = sim.Env[word, nothing]

var wrecks = []string{"nothing", "text", "error", "address", "index", "nobody", "fail", "flood", "save-flood", "alarms", "broadcasts", "no-slot", "far-slot"}

func (w *wrecker) Start(*wreckerEnv)                    { w.seen = 0 }
func (w *wrecker) Timeout(*wreckerEnv, sim.Timer)       {}
func (w *wrecker) Request(e *wreckerEnv, _ sim.Request) { e.Broadcast(word{1}) }

func (w *wrecker) Receive(e *wreckerEnv, from sim.ID, m word) {
	if w.seen++; w.seen < w.at {
		e.Send(from, m)
		return
	}
	switch wrecks[w.does] {
	case "text":
		panic("no leader")
	case "error":
		panic(errors.New("no quorum"))
	case "address":
		panic(w)
	case "index":
		_ = []int{1, 2}[w.seen+3]
	case "nobody":
		e.Send(99, m)
	case "fail":
		e.Fail("two leaders")
	case "flood":
		for {
			e.Send(from, m)
		}
	case "save-flood":
		e.Save(nothing{})
		for {
			e.Send(from, m)
		}
	case "alarms":
		for {
			e.After(10, sim.Timer{})
		}
	case "no-slot":
		e.Write(-1, nothing{})
	case "far-slot":
		e.Write(1<<30, nothing{})
	case "broadcasts":
		for {
			e.Broadcast(m)
		}
	}
}

var wreckage = sim.Define(sim.Spec[wrecker, word, nothing]{
	Name:       "wreckage",
	Vocabulary: sim.Vocabulary{Messages: []string{"Word"}, Timers: []shown.TimerKind{{Name: "alarm"}}},
	Settings:   []sim.Setting{{Name: "does", Kind: sim.Word, Words: wrecks}, {Name: "at", Kind: sim.Count, Default: 2, Min: 1, Max: 1000}},
	Actor: func(s *sim.Scenario, _ sim.Plan) wrecker {
		return wrecker{does: s.Setting("does"), at: s.Setting("at")}
	},
})

func wreck(t *testing.T, does string, at int64, sync sim.Time, searched bool) sim.Runner {
	t.Helper()
	s := &sim.Scenario{
		Name: "wreck", Tick: 1_000_000, Actors: 3, Protocol: wreckage, Settings: []int64{int64(slices.Index(wrecks, does)), at},
		Network: weather.Network{DelayMin: 3, DelayMax: 9}, Disk: disks.Disk{Sync: sync},
		Requests: []sim.ScriptedRequest{{Actor: 1}},
		Limits:   sim.Limits{Time: 1000},
	}
	w, err := wreckage.New(s)
	if err != nil {
		t.Fatal(err)
	}
	if searched {
		w.Search(&search.Search{Budget: search.Budget{Events: 100}})
	}
	return w
}

// TestPanicIsAViolation: whatever a handler must not do ends the run as a violation
// of one name, told in the same words in every run, and the world is as good as new
// for the next run.
func TestPanicIsAViolation(t *testing.T) {
	const receive = "sim_test.(*wrecker).Receive "
	says := map[string]string{
		"text":       receive + "panics: no leader",
		"error":      receive + "panics: no quorum",
		"address":    receive + "panics: a value of type *sim_test.wrecker",
		"index":      receive + "panics: runtime error: index out of range [5] with length 2",
		"nobody":     receive + "panics: sim: actor 1 sends to actor 99 of 3",
		"fail":       receive + "fails: two leaders",
		"flood":      receive + "does not stop: more than 1048576 events wait",
		"save-flood": receive + "does not stop: more than 1048576 events wait",
		"alarms":     receive + "does not stop: more than 1048576 events wait",
		"broadcasts": receive + "does not stop: more than 1048576 events wait",
		"no-slot":    receive + "panics: sim: actor 1 writes slot -1 of 0 to 1048575",
		"far-slot":   receive + "panics: sim: actor 1 writes slot 1073741824 of 0 to 1048575",
	}
	for does, want := range says {
		for _, searched := range []bool{false, true} {
			w := wreck(t, does, 2, 5, searched)
			var first sim.Outcome
			for i := range 3 {
				w.Reset(7, nil)
				o := w.Run()
				v := o.Violation
				if v == nil || v.Invariant != sim.PanicInvariant || v.Grade != sim.Safety || !slices.Equal(v.Events, []uint64{v.Event}) || o.Verdict != observe.VerdictViolated || o.End != observe.EndViolation {
					t.Fatalf("%s: %+v", does, o)
				}
				if v.Text != want && does != "nobody" || v.Event != o.Events {
					t.Errorf("%s: %q at event %d of %d, not %q", does, v.Text, v.Event, o.Events, want)
				}
				if v.Place+" " != receive || len(v.Stack) == 0 || !slices.ContainsFunc(v.Stack, func(line string) bool { return strings.HasPrefix(line, receive+"panic_test.go:") }) {
					t.Errorf("%s: place %q, stack\n%s", does, v.Place, strings.Join(v.Stack, "\n"))
				}
				if i > 0 && (o.Digest != first.Digest || o.Sent != first.Sent || v.Text != first.Violation.Text) {
					t.Errorf("%s: run %d is another: %+v, not %+v", does, i, o, first)
				}
				first = o
				if does == "flood" || does == "broadcasts" {
					break // they take long
				}
			}
		}
	}
	for _, searched := range []bool{false, true} {
		sound := wreck(t, "nothing", 2, 5, searched)
		sound.Reset(7, nil)
		if o := sound.Run(); o.Violation != nil {
			t.Fatalf("%+v", o)
		}
	}
}

// TestPanicAtACheckpoint: a run that panics at event 64 has its first checkpoint.
func TestPanicAtACheckpoint(t *testing.T) {
	met := false
	for at := int64(1); at <= 64; at++ {
		for seed := uint64(1); seed <= 10; seed++ {
			w := wreck(t, "text", at, 0, false)
			w.Reset(seed, nil)
			o := w.Run()
			want := 0
			for n := uint64(64); n <= o.Events; n *= 2 {
				want++
			}
			if len(o.Checkpoints) != want {
				t.Fatalf("a panic at event %d leaves %d checkpoints, not %d", o.Events, len(o.Checkpoints), want)
			}
			met = met || o.Events == 64
		}
	}
	if !met {
		t.Error("no run panics at event 64")
	}
}

type badSource struct{}

func (badSource) Answer(scheduler.Key, uint32, uint32) uint32 { panic("a bad source") }

type badPicker struct{}

func (badPicker) Begin(uint64)                      {}
func (badPicker) Born(scheduler.Key, uint32) uint64 { return 0 }
func (badPicker) Pick(*search.Pending) int          { panic("a bad picker") }

type badObserver struct{}

func (badObserver) Observe(x observe.Entry) {
	if x.What == observe.Sent || x.What == observe.Broadcast {
		panic("a bad observer")
	}
}

// TestPanicOfOthers: what is not the protocol's is no find, even if a handler is on
// the stack: it goes on.
func TestPanicOfOthers(t *testing.T) {
	for want, play := range map[string]func(){
		"a bad source":   func() { w := wreck(t, "nothing", 2, 0, false); w.Reset(1, badSource{}); w.Run() },
		"a bad observer": func() { w := wreck(t, "nothing", 2, 0, false); w.Observe(badObserver{}); w.Reset(1, nil); w.Run() },
		"a bad picker": func() {
			w := wreck(t, "nothing", 2, 0, false)
			w.Search(&search.Search{Picker: badPicker{}})
			w.Reset(1, nil)
			w.Run()
		},
	} {
		func() {
			defer func() {
				if p := recover(); p != want {
					t.Errorf("%v, not %q", p, want)
				}
			}()
			play()
		}()
	}
}
