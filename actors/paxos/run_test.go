package paxos_test

import (
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

// calm is n actors, a constant delay of 10 ticks, and one request of any actor.
func calm(n int) *sim.Scenario {
	return &sim.Scenario{
		Name: "calm", Tick: 100_000, Actors: n, Protocol: paxos.Protocol(),
		Network:  weather.Network{DelayMin: 10, DelayMax: 10},
		Requests: []sim.ScriptedRequest{{}},
	}
}

func TestHappyPathCounts(t *testing.T) {
	for n, sent := range map[int]uint64{1: 0, 2: 5, 3: 12, 4: 21, 5: 32, 7: 60, 9: 96, 1001: 1000 * 1004} {
		r, err := calm(n).Protocol.New(calm(n))
		if err != nil {
			t.Fatal(err)
		}
		r.Reset(7, nil)
		tally.Run()
		o := r.Run()
		if o.Verdict != observe.VerdictDecided || o.Sent != sent || o.DecideTime != 40 || o.LearnedTime != 40 || o.Delays != 4 {
			t.Errorf("N=%d: %+v, want %d sent", n, o, sent)
		}
	}
}

// literal is the founding text word for word: acks carry nothing, and a second
// proposer comes after the first acceptances.
func literal(adopt int64) *sim.Scenario {
	s := calm(3)
	s.Requests = []sim.ScriptedRequest{{Actor: 1, Name: "x"}, {Actor: 2, At: 40, Name: "y"}}
	s.Invariants = []string{paxos.Agreement}
	setting(s, "adopt", adopt)
	return s
}

// TestLiteralAcks: without the report in the ack two values are chosen, with
// no fault at all; with it they are not.
func TestLiteralAcks(t *testing.T) {
	r := newRunner(t, literal(0))
	r.Reset(1, nil)
	tally.Run()
	o := r.Run()
	if o.Verdict != observe.VerdictViolated || o.Violation.Invariant != paxos.Agreement || o.Dropped+o.Duplicated+o.Crashes != 0 {
		t.Fatalf("%+v", o)
	}
	if want := "two values are chosen: x in 1.1 by 1, 2, 3, and y in 2.2 by 1, 2"; o.Violation.Text != want {
		t.Errorf("got  %s\nwant %s", o.Violation.Text, want)
	}
	r = newRunner(t, literal(1))
	r.Reset(1, nil)
	tally.Run()
	if o := r.Run(); o.Verdict != observe.VerdictDecided || r.ValueName(o.Value) != "x" {
		t.Errorf("with adoption: %+v", o)
	}
}

// TestMajorityCut: where no side holds a majority nothing is decided before
// the heal, and everything after it.
func TestMajorityCut(t *testing.T) {
	s := calm(5)
	s.Network.DelayMax = 50
	s.Requests = []sim.ScriptedRequest{{Actor: 1}, {Actor: 3}, {Actor: 5}}
	s.Faults = []faults.Fault{{Name: "cut1", At: 0, Until: 20_000, Split: [][]sim.ID{{1, 2}, {3, 4}, {5}}}}
	r := newRunner(t, s)
	for seed := range uint64(200) {
		r.Reset(seed, nil)
		tally.Run()
		if o := r.Run(); o.Verdict != observe.VerdictDecided || o.DecideTime < 20_000 {
			t.Fatalf("seed %d: %+v", seed, o)
		}
	}
}

// TestRoughWeather: every family at once, safe always, and decided since all
// faults heal or leave a chance.
func TestRoughWeather(t *testing.T) {
	for seed := range uint64(3000) {
		s := rough(seed)
		r := newRunner(t, s)
		r.Reset(seed, nil)
		tally.Run()
		if o := r.Run(); o.Verdict != observe.VerdictDecided {
			t.Errorf("seed %d: %+v", seed, o)
		}
	}
}

// lossy is the scenario of that name: 30 % loss, 5 % duplicates, 1 to 20 ms.
func lossy() *sim.Scenario {
	return &sim.Scenario{
		Name: "lossy", Tick: 100_000, Actors: 5, Protocol: paxos.Protocol(), ByChance: true,
		Network: weather.Network{DelayMin: 10, DelayMax: 200, Loss: 3 * scheduler.Certain / 10, Duplicate: scheduler.Certain / 20},
	}
}

// TestRepeats: lost messages are healed by repeating, in most runs it comes to
// that, and never before an answer could have been there.
func TestRepeats(t *testing.T) {
	const wait = 2*200 + 1 // 2 greatest delays + 2 saves, which take no time, + 1
	r := newRunner(t, lossy())
	w := &stopwatch{t: t, wait: wait}
	r.Observe(w)
	repeated := 0
	for seed := uint64(1); seed <= 1000; seed++ {
		*w = stopwatch{t: t, wait: wait}
		r.Reset(seed, nil)
		tally.Run()
		o := r.Run()
		if o.Verdict != observe.VerdictDecided {
			t.Errorf("seed %d: %+v", seed, o)
		}
		if o.Notes[1] > 0 {
			repeated++
		}
	}
	if repeated <= 800 {
		t.Errorf("only %d of 1000 runs repeated", repeated)
	}
	t.Logf("%d of 1000 runs repeated", repeated)
}

// stopwatch watches that no repeat comes too early: from the beginning of the
// phase, or the repeat before.
type stopwatch struct {
	t     *testing.T
	wait  sim.Time
	since [6]sim.Time // by actor
	phase [6]int
}

func (w *stopwatch) Observe(e observe.Entry) {
	switch {
	case e.What == observe.Noted && e.Kind == 0: // takes the role
		w.since[e.Actor], w.phase[e.Actor] = e.At, 1
	case e.What == observe.Noted && e.Kind == 1: // repeats
		if e.At-w.since[e.Actor] < w.wait {
			w.t.Errorf("actor %d repeats at %d, %d ticks after tick %d", e.Actor, e.At, e.At-w.since[e.Actor], w.since[e.Actor])
		}
		w.since[e.Actor] = e.At
	case e.What == observe.Sent && e.Kind == uint8(paxos.Accept) && w.phase[e.Actor] == 1:
		w.since[e.Actor], w.phase[e.Actor] = e.At, 2
	}
}

// TestCalmRunIsTheHappyPath: with every answer calm, actor 1 proposes at once
// and nobody else does.
func TestCalmRunIsTheHappyPath(t *testing.T) {
	for _, s := range []*sim.Scenario{lossy(), rough(1), rough(2), rough(3)} {
		s.ByChance, s.Requests, s.Faults = true, nil, nil
		r := newRunner(t, s)
		r.Reset(1, scheduler.Calm{})
		tally.Run()
		if o := r.Run(); o.Verdict != observe.VerdictDecided || r.ValueName(o.Value) != "1a" || o.Notes[0] != 1 || o.Delays != 4 {
			t.Errorf("%+v", o)
		}
	}
}

// TestSaves: 4 delays and 3 saves to the decision: of the round, of the promise
// and of the acceptance.
func TestSaves(t *testing.T) {
	s := calm(5)
	s.Disk.Sync = 7
	r := newRunner(t, s)
	r.Reset(3, nil)
	tally.Run()
	if o := r.Run(); o.DecideTime != 4*10+3*7 {
		t.Errorf("decided at %d", o.DecideTime)
	}
}

// TestNoAllocations: once warm, a run of Paxos allocates nothing, whatever is
// switched on and however many actors there are.
func TestNoAllocations(t *testing.T) {
	crashing := duel(5)
	crashing.Crashes = faults.Crashes{Chance: scheduler.Certain / 1000, DownMin: 100, DownMax: 400}
	saving := duel(5)
	saving.Disk.Sync = 10
	bare := duel(5)
	bare.Invariants = []string{}
	for name, s := range map[string]*sim.Scenario{"bare": bare, "invariants": duel(5), "crashes": crashing, "disk": saving, "100 actors": duel(100)} {
		r := newRunner(t, s)
		seed := uint64(0)
		run := func() {
			r.Reset(seed%50, nil)
			tally.Run()
			r.Run()
			seed++
		}
		for range 100 {
			run()
		}
		if n := testing.AllocsPerRun(100, run); n != 0 {
			t.Errorf("%s: %v allocations a run", name, n)
		}
	}
}

// TestMembers: only members count towards a quorum; the others answer, learn
// and may propose.
func TestMembers(t *testing.T) {
	s := calm(5)
	s.Members = []sim.ID{1, 2, 3}
	s.Requests = []sim.ScriptedRequest{{Actor: 5}}
	r := newRunner(t, s)
	r.Reset(1, nil)
	tally.Run()
	if o := r.Run(); o.Verdict != observe.VerdictDecided || o.Decisions != 5 || o.DecideTime != 40 {
		t.Errorf("%+v", o)
	}
	// Two of three are down, and two that do not count are up: nothing can be
	// decided, however many answer.
	s.Faults = []faults.Fault{{Name: "down", At: 0, Until: faults.Forever, Crash: aims.These(2, 3)}}
	r = newRunner(t, s)
	r.Reset(1, nil)
	tally.Run()
	if o := r.Run(); o.Verdict != observe.VerdictUndecided || o.Decisions != 0 {
		t.Errorf("without a majority of the members: %+v", o)
	}
	// The same two down, but not for good.
	s.Faults[0].Until = 3000
	r = newRunner(t, s)
	r.Reset(1, nil)
	tally.Run()
	if o := r.Run(); o.Verdict != observe.VerdictDecided || o.DecideTime < 3000 {
		t.Errorf("with a majority again: %+v", o)
	}
}

// TestUntil: a storm in which nothing can be decided ends, and all is decided.
func TestUntil(t *testing.T) {
	s := lossy()
	s.Network.Loss, s.Network.Duplicate = scheduler.Certain, scheduler.Certain
	s.Crashes = faults.Crashes{Chance: scheduler.Certain / 5, DownMin: 10, DownMax: 100}
	s.Until = 5000
	s.Limits.Events = 100_000 // or in weather that never calms it runs for ever
	r := newRunner(t, s)
	for seed := range uint64(100) {
		r.Reset(seed, nil)
		tally.Run()
		if o := r.Run(); o.Verdict != observe.VerdictDecided || o.DecideTime < 5000 || o.Crashes == 0 || o.Duplicated != 0 {
			t.Fatalf("seed %d: %+v", seed, o)
		}
	}
}

// TestLearningStopsNoRequest: an actor that backs off, for a client by the
// script, takes the role again although it has learned meanwhile: learning
// stops neither a round under way nor a scripted request.
func TestLearningStopsNoRequest(t *testing.T) {
	s := calm(3)
	s.Requests = []sim.ScriptedRequest{{Actor: 1}, {Actor: 2}, {Actor: 3}}
	setting(s, "on_nack", 2) // retry
	r := newRunner(t, s)
	l := new(trail)
	r.Observe(l)
	late := 0
	for seed := range uint64(100) {
		l.list = l.list[:0]
		r.Reset(seed, nil)
		tally.Run()
		if o := r.Run(); o.Verdict != observe.VerdictDecided {
			t.Fatalf("seed %d: %+v", seed, o)
		}
		learned := map[sim.ID]bool{}
		for _, e := range l.list {
			if e.What == observe.Decided {
				learned[e.Actor] = true
			}
			if e.What == observe.Noted && e.Kind == 0 && learned[e.Actor] { // takes the role
				late++
			}
		}
	}
	if late == 0 {
		t.Error("nobody took the role for its client after it had learned")
	}
}

// trail is an observer that writes everything down.
type trail struct{ list []observe.Entry }

func (l *trail) Observe(e observe.Entry) { l.list = append(l.list, e) }
