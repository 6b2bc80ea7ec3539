package stepper_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scenarios/load"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/stepper"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// played is a run that was played, event by event.
type played struct {
	entries [][]observe.Entry // by event, from 1
	digests []uint64          // after each
	status  [][]observe.Status
	outcome sim.Outcome
}

// play makes a run of a scenario, at most so many events of it.
func play(t *testing.T, s *sim.Scenario, seed uint64, most int) *played {
	t.Helper()
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	var now trace.Recorder
	w.Observe(&now)
	w.Reset(seed, nil)
	p := &played{entries: [][]observe.Entry{nil}, digests: []uint64{w.Outcome().Digest}, status: [][]observe.Status{nil}}
	for more := true; more && len(p.entries) <= most; {
		now.Reset()
		more = w.Step()
		for uint64(len(p.entries)) <= w.Outcome().Events {
			p.entries, p.digests, p.status = append(p.entries, slices.Clone(now.Entries)), append(p.digests, w.Outcome().Digest), append(p.status, nil)
			for id := 1; id <= s.Actors; id++ {
				p.status[len(p.status)-1] = append(p.status[len(p.status)-1], w.(observe.Inspector).Inspect(sim.ID(id)).Status)
			}
		}
	}
	p.outcome = w.Outcome()
	return p
}

// acts draws an act of each kind, about two actors that differ if there are two.
func acts(r *rand.Rand, actors int) []string {
	a := 1 + r.IntN(actors)
	b := 1 + (a+r.IntN(max(actors-1, 1)))%actors
	if a == b {
		b = a%actors + 1
	}
	spell := []string{"", " for 3ms", " for 500ms"}[r.IntN(3)]
	return []string{
		fmt.Sprintf("cut %d%s", a, spell), fmt.Sprintf("cut %d > %d%s", a, b, spell), fmt.Sprintf("cut all > %d%s", b, spell),
		fmt.Sprintf("clog %d > all%s", a, spell), fmt.Sprintf("clog %d > %d%s", a, b, spell),
		fmt.Sprintf("pause %d%s", a, spell), fmt.Sprintf("crash %d%s", a, spell), fmt.Sprintf("restart %d", a),
	}
}

// TestEditsLeaveThePast holds over the library, seeds and random places that a run
// with an edit is event by event the run without it up to its place, that the edit is
// the next event, and that it does what it says from there on.
func TestEditsLeaveThePast(t *testing.T) {
	const most = 800
	r := rand.New(rand.NewPCG(1, 17))
	did := map[string]int{}
	const many = "lossy, 150 actors" // whose broadcasts are filed by the tick
	for _, name := range append(scenarios.Names(), many) {
		file, with := name, []scenarios.Override(nil)
		if name == many {
			file, with = "lossy", append(with, scenarios.Set("actors=150"))
		}
		given, err := scenarios.Load(file, with...)
		if err != nil {
			t.Fatal(err)
		}
		if given.Actors > 60 && name != many {
			continue
		}
		for seed := range uint64(gate.Of(2, 20)) {
			base := play(t, &given.Scenario, seed, most)
			for _, act := range acts(r, given.Actors) {
				after := r.IntN(max(len(base.entries)-2, 1))
				s := given.Scenario
				e, err := s.ParseAct(act)
				if err != nil {
					t.Fatal(err)
				}
				if down := whoIsDown(base); e.Restart != 0 && len(down) > 0 {
					x := down[r.IntN(len(down))]
					after, e.Restart = x.event, x.actor
				}
				e.After = uint64(after)
				s.Edits = []faults.Edit{e}
				is := play(t, &s, seed, most)
				say := func(format string, args ...any) {
					t.Errorf("%s, seed %d, %s: %s", name, seed, s.EditText(&e), fmt.Sprintf(format, args...))
				}
				if len(is.entries) <= after+1 {
					say("it ends after %d events", len(is.entries)-1)
					continue
				}
				for i := range after + 1 {
					if is.digests[i] != base.digests[i] || !slices.EqualFunc(is.entries[i], base.entries[i], sameEntry) {
						say("event %d is another: %v, and was %v", i, is.entries[i], base.entries[i])
						break
					}
				}
				if is.digests[after+1] == base.digests[after] {
					say("the edit is not in the digest")
				}
				if e.Restart != 0 && after > 0 && base.status[after][e.Restart-1] == observe.StatusUp && len(is.entries) < most {
					if o := is.outcome; o.Events != base.outcome.Events+1 || o.Verdict != base.outcome.Verdict || o.Ended != base.outcome.Ended {
						say("nobody came back, and the run is another: %d events, %v at %d", o.Events, o.Verdict, o.Ended)
					}
					did["nothing"]++
				}
				if why := effect(&s, &e, is, did, calmed(&s, is)); why != "" {
					say("%s", why)
				}
			}
		}
	}
	for _, what := range []string{"lost", "held", "stood still", "went down", "came back", "nothing"} {
		if did[what] < 10 {
			t.Errorf("%s %d times: the test proves little about it: %v", what, did[what], did)
		}
	}
}

// somebody is an actor after an event.
type somebody struct {
	event int
	actor sim.ID
}

// whoIsDown is who is down when, but for the last event.
func whoIsDown(p *played) (list []somebody) {
	for i := range len(p.status) - 1 {
		for id, is := range p.status[i] {
			if is == observe.StatusDown {
				list = append(list, somebody{i, sim.ID(id + 1)})
			}
		}
	}
	return list
}

func sameEntry(a, b observe.Entry) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

// calmed is the event at which a core has got calm, or one that never comes.
func calmed(s *sim.Scenario, p *played) int {
	if s.Core != nil {
		for i, list := range p.entries {
			if len(list) > 0 && list[0].What == observe.Calmed {
				return i
			}
		}
	}
	return len(p.entries)
}

// effect says what an edit does not do that it should, and counts what it did.
func effect(s *sim.Scenario, e *faults.Edit, p *played, did map[string]int, calm int) string {
	at := int(e.After) + 1
	if e.Restart != 0 {
		was, is := observe.StatusUp, p.status[at][e.Restart-1]
		if at > 1 {
			was = p.status[at-1][e.Restart-1]
		}
		if was == observe.StatusDown {
			if did["came back"]++; is == observe.StatusDown {
				return "it is still down"
			}
		}
		return ""
	}
	if at >= calm {
		return ""
	}
	if first := p.entries[at]; len(first) == 0 || first[0].What != observe.FaultBegins || first[0].Text != e.Fault.Name {
		return fmt.Sprintf("the event after it is %v", first)
	}
	f := &e.Fault
	means := func(list []sim.ID, id sim.ID) bool { return list == nil || slices.Contains(list, id) }
	for i := at; i < len(p.entries) && i < calm; i++ {
		list := p.entries[i]
		if i > at && slices.ContainsFunc(list, func(x observe.Entry) bool { return x.What == observe.FaultEnds && x.Text == f.Name }) {
			return ""
		}
		if !f.Crash.IsZero() {
			if did["went down"]++; p.status[i][f.Crash.IDs[0]-1] == observe.StatusUp {
				return fmt.Sprintf("it is up after event %d", i)
			}
		}
		if !f.Pause.IsZero() {
			if did["stood still"]++; p.status[i][f.Pause.IDs[0]-1] == observe.StatusUp {
				return fmt.Sprintf("it is not paused after event %d", i)
			}
		}
		if len(list) == 0 || list[0].What != observe.Delivered || list[0].Actor == list[0].Peer {
			continue
		}
		from, to := list[0].Peer, list[0].Actor
		is := func(what observe.What) bool {
			return len(list) > 1 && list[1].What == what
		}
		switch {
		case f.Split != nil && slices.Contains(f.Split[0], from) != slices.Contains(f.Split[0], to),
			f.Cut != nil && means(f.Cut.From.IDs, from) && means(f.Cut.To.IDs, to):
			if did["lost"]++; !is(observe.Dropped) && !is(observe.Held) {
				return fmt.Sprintf("%v crosses the cut", list[0])
			}
		case f.Clog != nil && means(f.Clog.From.IDs, from) && means(f.Clog.To.IDs, to):
			if did["held"]++; !is(observe.Held) {
				return fmt.Sprintf("%v passes the clog", list[0])
			}
		}
	}
	return ""
}

// begin is a stepper through a run of the library.
func begin(t *testing.T, name string, base trace.Base) *stepper.Stepper {
	t.Helper()
	s, err := scenarios.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	w, err := load.Of(s, base).Stepper(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestEditsAreSaved holds that a run with edits is what its file plays, that undo
// brings back the run before, and that what the run does not come to is not saved.
func TestEditsAreSaved(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 17))
	for _, name := range []string{"happy-path", "lossy", "proposer-crash", "duelling-proposers", "clogged-link", "paused-proposer", "bridge"} {
		for _, base := range []trace.Base{{Calm: true}, {Seed: 3}, {Seed: 4}} {
			w := begin(t, name, base)
			var digests []uint64
			for range 3 {
				f, _, err := w.File()
				must(t, err)
				digests = append(digests, f.Digest)
				must(t, w.GoTo(uint64(r.IntN(int(max(f.Events, 2)-1)))))
				list := acts(r, w.Scenario().Actors)
				for _, i := range r.Perm(len(list)) {
					at := w.At()
					_, err := w.Edit(list[i])
					var m *stepper.Mistake
					if errors.As(err, &m) {
						continue
					}
					must(t, err)
					if w.At() != at+1 {
						t.Fatalf("%s, %v: after %s it stands at %d, and stood at %d", name, base, list[i], w.At(), at)
					}
					break
				}
			}
			f, _, err := w.File()
			must(t, err)
			run, err := load.Decode("edited", f.Encode())
			must(t, err)
			if o, err := run.Play(); err != nil || o.Digest != f.Digest || string(run.File.Encode()) != string(f.Encode()) {
				t.Errorf("%s, %v: it plays as %x, %v:\n%s", name, base, o.Digest, err, f.Encode())
			}
			again, err := run.Stepper(t.Context())
			must(t, err)
			if g, _, err := again.File(); err != nil || string(g.Encode()) != string(f.Encode()) {
				t.Errorf("%s, %v: saved again it is another file, %v:\n%s", name, base, err, g.Encode())
			}
			for _, want := range slices.Backward(digests) {
				must(t, w.Undo())
				if g, _, err := w.File(); err != nil || g.Digest != want {
					t.Errorf("%s, %v: undone it has the digest %x, want %x (%v)", name, base, g.Digest, want, err)
				}
			}
			if n := len(w.Edits()); n != 0 {
				t.Errorf("%s: %d edits are left", name, n)
			}
		}
	}
}

// TestEditTells holds what is answered to acts that cannot be done.
func TestEditTells(t *testing.T) {
	w := begin(t, "happy-path", trace.Base{Calm: true})
	w.Next()
	tests := []struct{ act, want, why string }{
		{"", "expected what is done", "an empty act is none"},
		{"cat 1", `nothing is done by "cat"`, "a word that is none"},
		{"cut", "names nobody", "whom?"},
		{"cut 9", "there is no actor 9", "five actors"},
		{"cut 1 1", "named twice", "an actor is on one side once"},
		{"cut 1 2 3 4 5", "cuts nothing", "nobody is left on the other side"},
		{"pause 1 > 2", "direction", "a pause is of actors"},
		{"clog 1", "from whom to whom", "a clog is of links"},
		{"pause 1 for ever", `"ever" is no time`, "a time has a unit"},
		{"pause 1 for 0ms", "from 1 to", "it would be over before it begins"},
		{"pause 1 until deliver Accept 1>2 #1", "for 50ms", "until an event is for searched runs"},
		{"restart 1", "actor 1 is not down", "it is up"},
		{"restart 1 2", "expected one actor", "one by one"},
		{"heal", "expected the name", "of what?"},
		{"heal cut 1", "nothing is in force", "there is no fault"},
	}
	digest := w.Outcome().Digest
	for _, tt := range tests {
		_, err := w.Edit(tt.act)
		var m *stepper.Mistake
		if !errors.As(err, &m) || !strings.Contains(m.Text, tt.want) {
			t.Errorf("%q: %v, want a mistake with %q: %s", tt.act, err, tt.want, tt.why)
		}
	}
	if len(w.Edits()) != 0 || w.Undo() == nil || w.Outcome().Digest != digest {
		t.Error("an act that cannot be done has changed something")
	}
	_, err := w.Edit("cut 2  1 for 1.5ms")
	must(t, err)
	if got := trace.EditTexts(w.Scenario()); !slices.Equal(got, []string{"after 1: cut 1 2 for 1500us"}) {
		t.Errorf("it is written %q", got)
	}
	if _, err := w.Edit("heal cut 3"); err == nil || !strings.Contains(err.Error(), "heal one of cut 1 2") {
		t.Errorf("another cut is healed: %v", err)
	}
	_, err = w.Edit("heal cut 2 1")
	must(t, err)
	if len(w.InForce()) != 0 {
		t.Errorf("healed, there are still %v", w.InForce())
	}
	for w.Next() {
	}
	if _, err := w.Edit("pause 1"); err == nil || !strings.Contains(err.Error(), "the run is over") {
		t.Errorf("at the end: %v", err)
	}
}

// TestEditsAtOnePlace holds the order of edits: the one that is made last at a place
// is the next event, and those behind it come one event later.
func TestEditsAtOnePlace(t *testing.T) {
	w := begin(t, "happy-path", trace.Base{Calm: true})
	must(t, w.GoTo(6))
	for _, act := range []string{"pause 2", "cut 3"} {
		_, err := w.Edit(act)
		must(t, err)
	}
	must(t, w.GoTo(6))
	_, err := w.Edit("clog 1 > 4")
	must(t, err)
	want := []string{"after 6: clog 1 > 4", "after 7: pause 2", "after 8: cut 3"}
	if got := trace.EditTexts(w.Scenario()); !slices.Equal(got, want) {
		t.Errorf("edits %q, want %q", got, want)
	}
	must(t, w.GoTo(9))
	if got := w.InForce(); !slices.Equal(got, []string{"clog 1 > 4", "pause 2", "cut 3"}) {
		t.Errorf("in force: %q", got)
	}
}

// TestHealedOnce holds that a fault that is healed is over once: of the scenario or by
// hand, its own end comes no more.
func TestHealedOnce(t *testing.T) {
	s, err := scenarios.Load("happy-path", scenarios.Set("faults={gap: {split: [[1, 2]], at: 500us, until: 2ms}}"))
	must(t, err)
	w, err := load.Of(s, trace.Base{Calm: true}).Stepper(t.Context())
	must(t, err)
	must(t, w.GoTo(10))
	_, err = w.Edit("pause 4 for 1500us")
	must(t, err)
	for _, name := range []string{"gap", "pause 4"} {
		if !slices.Contains(w.InForce(), name) {
			t.Fatalf("in force is %q", w.InForce())
		}
		_, err = w.Edit("heal " + name)
		must(t, err)
		if e := w.Step().Event; e.What != observe.FaultEnds || e.Text != name {
			t.Errorf("%s is healed by %v", name, e)
		}
	}
	for w.Next() {
		if e := w.Step().Event; e.What == observe.FaultEnds {
			t.Errorf("%s is over once more, at event %d", e.Text, e.Event)
		}
	}
	if w.Now() < 30 {
		t.Errorf("the run ends at %d: too early to tell", w.Now())
	}
}

// TestRestartEndsCrash holds that a crash by hand is over with the restart of all whom
// it took down: its own end comes no more, and the next crash is a crash like any.
func TestRestartEndsCrash(t *testing.T) {
	w := begin(t, "happy-path", trace.Base{Calm: true})
	must(t, w.GoTo(10))
	for _, act := range []string{"crash 4", "restart 4", "crash 2 3 for 20ms", "restart 2"} {
		_, err := w.Edit(act)
		must(t, err)
	}
	if got := w.InForce(); !slices.Equal(got, []string{"crash 2 3"}) {
		t.Errorf("actor 3 is still down, and in force is %q", got)
	}
	for _, act := range []string{"restart 3", "crash 3 for 1ms"} {
		if _, err := w.Edit(act); err != nil {
			t.Fatal(err)
		}
	}
	if got := w.InForce(); !slices.Equal(got, []string{"crash 3"}) {
		t.Errorf("in force is %q", got)
	}
	ends, returns := 0, 0
	for w.Next() {
		switch e := w.Step().Event; {
		case e.What == observe.FaultEnds && e.Text == "crash 2 3":
			t.Error("the first crash is over once more")
		case e.What == observe.FaultEnds:
			ends++
		case e.What == observe.Restarted:
			returns++
		}
	}
	if ends != 1 || returns != 1 || w.Outcome().Verdict != observe.VerdictDecided {
		t.Errorf("%d ends, %d returns, %v", ends, returns, w.Outcome().Verdict)
	}
}
