package stepper_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scenarios/load"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/stepper"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
)

// searched is a stepper through a searched run of the library.
func searched(t *testing.T, name string, seed uint64) *stepper.Stepper {
	t.Helper()
	s, err := scenarios.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	r := load.Of(s, trace.Base{Seed: seed})
	r.Search = &search.Search{Budget: search.Budget{Events: 200, Alarms: 4, Losses: 2, Duplicates: 2, Crashes: 2}}
	w, err := r.Stepper(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestHoldIsAPause holds, at random places of searched runs, that a pause leaves the
// past as it is, that nothing happens at the actor until the event that ends it, that
// a file of it plays equally, and that undo takes it back.
func TestHoldIsAPause(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 17))
	held, until := 0, 0
	for _, name := range []string{"happy-path", "lossy", "duelling-proposers", "literal-acks"} {
		for seed := range uint64(12) {
			w := searched(t, name, seed)
			plain, _, err := w.File()
			must(t, err)
			must(t, w.GoTo(uint64(w.Scenario().Actors)+uint64(r.IntN(int(plain.Events)/2))))
			at, digest := w.At(), w.Outcome().Digest
			id := sim.ID(1 + r.IntN(w.Scenario().Actors))
			act := fmt.Sprintf("pause %d", id)
			var end string
			if list := w.Upcoming(); seed%2 == 0 && len(list) > 0 {
				if e := list[r.IntN(len(list))]; e.Actor != id {
					end = w.Scenario().Protocol.Vocabulary().EventText(e.EventKey())
					act += " until " + end
				}
			}
			_, err = w.Edit(act)
			var m *stepper.Mistake
			if errors.As(err, &m) {
				if n := len(w.Deferrals()); n > 0 || w.Outcome().Digest != digest {
					t.Errorf("%s, seed %d: %s is refused (%v), and %d events are held back", name, seed, act, err, n)
				}
				continue
			}
			must(t, err)
			if w.At() != at || w.Outcome().Digest != digest {
				t.Errorf("%s, seed %d: %s changes the past", name, seed, act)
			}
			waits := len(w.Deferrals()) > 0
			for end != "" && w.Next() {
				e := w.Step().Event
				if w.Scenario().Protocol.Vocabulary().EventText(e.EventKey()) == end {
					until++
					for _, x := range w.Upcoming() {
						if u := w.HeldUntil(x.EventKey()); u != 0 {
							t.Errorf("%s, seed %d: %s is over, and %v is still held back", name, seed, act, x)
						}
					}
					break
				}
				if held++; e.Actor == id {
					t.Errorf("%s, seed %d: after %s, event %d happens at %d", name, seed, act, e.Event, e.Actor)
					break
				}
			}
			f, _, err := w.File()
			must(t, err)
			run, err := load.Decode("held", f.Encode())
			must(t, err)
			if o, err := run.Play(); err != nil || o.Digest != f.Digest {
				t.Errorf("%s, seed %d, %s: its file plays as %x, not %x (%v)", name, seed, act, o.Digest, f.Digest, err)
			}
			if waits && end == "" && f.Digest == plain.Digest && len(f.Deferrals) > 0 {
				t.Errorf("%s, seed %d: %s changes nothing", name, seed, act)
			}
			must(t, w.Undo())
			if g, _, err := w.File(); err != nil || g.Digest != plain.Digest {
				t.Errorf("%s, seed %d: undone it is another run (%v)", name, seed, err)
			}
		}
	}
	if held < 20 || until < 5 {
		t.Errorf("%d events passed the pauses, and %d pauses ended: that proves little", held, until)
	}
}

// TestHoldEnds holds what heal, clog and restart do in a searched run, and what is
// answered to what has no meaning there.
func TestHoldEnds(t *testing.T) {
	w := searched(t, "happy-path", 1)
	must(t, w.GoTo(8))
	mine := func(id sim.ID) (n int) {
		for _, e := range w.Upcoming() {
			if e.Actor == id && w.HeldUntil(e.EventKey()) != 0 {
				n++
			}
		}
		return n
	}
	_, err := w.Edit("pause 2")
	must(t, err)
	if mine(2) == 0 {
		t.Error("nothing of actor 2 is held back")
	}
	_, err = w.Edit("heal pause 2")
	must(t, err)
	if n := mine(2); n != 0 {
		t.Errorf("healed, %d events are held back", n)
	}
	must(t, w.Undo())
	if mine(2) == 0 {
		t.Error("undo does not hold back again what was healed")
	}
	must(t, w.Undo())
	_, err = w.Edit("clog all > 3")
	must(t, err)
	for range 5 {
		if w.Next(); w.Step().Event.What == observe.Delivered && w.Step().Event.Actor == 3 && w.Step().Event.Peer != 3 {
			t.Errorf("%v passes the clog", w.Step().Event)
		}
	}
	for act, want := range map[string]string{
		"cut 1":                                "clog holds messages back",
		"crash 1":                              "crash takes an actor down",
		"pause 2 for 5ms":                      "nothing takes time",
		"pause 2 until Accept":                 "no event is called",
		"pause 2 until deliver Promise 3>2 #1": "is held back itself",
		"pause 2 until ask 1>1 #1":             "has been already",
		"restart 1":                            "not down",
		"heal cut 1":                           "expected a pause or a clog",
		"heal pause 4":                         "nothing of that is held back",
	} {
		_, err := w.Edit(act)
		var m *stepper.Mistake
		if !errors.As(err, &m) || !strings.Contains(m.Text, want) {
			t.Errorf("%q: %v, want a mistake with %q", act, err, want)
		}
	}
}

// TestRestartIsTakenOrRefused holds that restart either does something that undo takes back
// or is refused, whoever is down and for whatever reason.
func TestRestartIsTakenOrRefused(t *testing.T) {
	taken, refused := 0, 0
	for _, name := range []string{"power-loss", "proposer-crash", "duelling-proposers", "lossy"} {
		for seed := range uint64(10) {
			w := searched(t, name, seed)
			down := map[sim.ID]bool{} // whom it was tried with
			for w.Next() {
				for id := sim.ID(1); int(id) <= w.Scenario().Actors; id++ {
					if down[id] || w.World().(observe.Inspector).Inspect(id).Status != observe.StatusDown {
						continue
					}
					down[id] = true
					at, may := w.At(), w.MayReturn(id)
					_, err := w.Edit(fmt.Sprintf("restart %d", id))
					switch undos := w.Undos(); {
					case may && err == nil && undos == 1:
						taken++
						must(t, w.Undo())
					case !may && err != nil && undos == 0:
						refused++
					default:
						t.Fatalf("%s, seed %d: restart %d after event %d: it may be done: %t; %v, and %d acts can be taken back", name, seed, id, at, may, err, undos)
					}
					must(t, w.GoTo(at))
				}
			}
		}
	}
	if taken < 10 || refused < 3 {
		t.Errorf("%d taken and %d refused: that proves little", taken, refused)
	}
}
