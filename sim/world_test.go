package sim_test

import (
	"fmt"
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
	"github.com/paxsim/paxsim/sim/weather"
)

// rough is a game of n players in weather of every family of the spine.
func rough(n int) *sim.Scenario {
	return &sim.Scenario{
		Name: "rough", Tick: 1000, Actors: n, Protocol: pingPong(),
		Network: weather.Network{DelayMin: 2, DelayMax: 30, Loss: scheduler.Certain / 10, Duplicate: scheduler.Certain / 10},
		Disk:    disks.Disk{Sync: 7},
		Crashes: faults.Crashes{Chance: scheduler.Certain / 50, DownMin: 20, DownMax: 90},
		Faults: []faults.Fault{
			{Name: "cut", At: 30, Until: 90, Split: [][]sim.ID{{1}}},
			{Name: "crash", At: 60, Until: 100, Crash: aims.These(2)},
		},
		Requests: []sim.ScriptedRequest{{}},
	}
}

func runner(t testing.TB, s *sim.Scenario) sim.Runner {
	t.Helper()
	r, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// lines is an observer that writes everything down.
type lines struct{ list []observe.Entry }

func (l *lines) Observe(e observe.Entry) { l.list = append(l.list, e) }

func (l *lines) count(what observe.What) (n int) {
	for _, e := range l.list {
		if e.What == what {
			n++
		}
	}
	return n
}

// TestTwice: a run depends on scenario, seed and source alone, whatever the
// world did before and whoever watches.
func TestTwice(t *testing.T) {
	s := rough(3)
	used, watched := runner(t, s), runner(t, s)
	watched.Observe(&lines{})
	decided := 0
	for seed := range uint64(300) {
		fresh := runner(t, s)
		var outs []string
		for _, r := range []sim.Runner{used, watched, fresh} {
			r.Reset(seed, nil)
			tally.Run()
			o := r.Run()
			outs = append(outs, fmt.Sprintf("%+v", o))
			if o.Verdict == observe.VerdictDecided {
				decided++
			}
		}
		if outs[0] != outs[1] || outs[0] != outs[2] {
			t.Fatalf("seed %d:\nused    %s\nwatched %s\nfresh   %s", seed, outs[0], outs[1], outs[2])
		}
	}
	if decided == 0 {
		t.Error("no run was decided: nothing was shown")
	}
}

// TestCountersMatchTrace: what an outcome counts is what its trace shows.
func TestCountersMatchTrace(t *testing.T) {
	s := rough(4)
	r := runner(t, s)
	l := new(lines)
	r.Observe(l)
	var total sim.Outcome
	for seed := range uint64(200) {
		l.list = l.list[:0]
		r.Reset(seed, nil)
		tally.Run()
		o := r.Run()
		events := 0
		for _, e := range l.list {
			if e.What.IsEvent() && e.What != observe.Synced || e.What == observe.Synced {
				events++
			}
		}
		if events > int(o.Events) {
			t.Errorf("seed %d: %d events in the trace, %d in the outcome", seed, events, o.Events)
		}
		for _, c := range []struct {
			what observe.What
			want uint64
		}{{observe.Dropped, o.Dropped}, {observe.Doubled, o.Duplicated}, {observe.Crashed, o.Crashes}, {observe.Decided, uint64(o.Decisions)}, {observe.Noted, o.Notes[0]}} {
			if got := l.count(c.what); got != int(c.want) {
				t.Errorf("seed %d: %v: %d in the trace, %d in the outcome", seed, c.what, got, c.want)
			}
		}
		for _, e := range l.list {
			if e.What.IsEvent() && e.Cause >= e.Event {
				t.Fatalf("seed %d: event %d is caused by event %d", seed, e.Event, e.Cause)
			}
		}
		total.Dropped += o.Dropped
		total.Duplicated += o.Duplicated
		total.Crashes += o.Crashes
	}
	if total.Dropped == 0 || total.Duplicated == 0 || total.Crashes == 0 {
		t.Errorf("a family of faults never happened: %+v", total)
	}
}

// TestRecordedRunIsTheSame: the surprises of a run over a calm base make it
// again, and so do all of its answers over another seed.
func TestRecordedRunIsTheSame(t *testing.T) {
	s := rough(3)
	r := runner(t, s)
	for seed := range uint64(200) {
		rec := new(scheduler.Recording)
		r.Reset(seed, rec)
		tally.Run()
		want := r.Run().Digest
		r.Reset(seed, nil)
		tally.Run()
		if got := r.Run().Digest; got != want {
			t.Fatalf("seed %d: recording changed the run", seed)
		}
		again := &scheduler.Edited{Base: scheduler.Calm{}, Answers: rec.Surprises()}
		r.Reset(seed+1000, again)
		tally.Run()
		if got := r.Run().Digest; got != want {
			t.Errorf("seed %d: the surprises over calm make another run", seed)
		}
		if un := again.Unused(); len(un) > 0 {
			t.Errorf("seed %d: %d surprises were not asked for again", seed, len(un))
		}
	}
}

// TestNoChoiceIsAskedTwice: a key names one choice of a run.
func TestNoChoiceIsAskedTwice(t *testing.T) {
	s := rough(5)
	r := runner(t, s)
	words := s.Protocol.Vocabulary()
	kinds := map[string]bool{}
	for seed := range uint64(300) {
		rec := new(scheduler.Recording)
		r.Reset(seed, rec)
		tally.Run()
		r.Run()
		seen := map[scheduler.Key]bool{}
		for _, a := range rec.List {
			if seen[a.Key] {
				t.Fatalf("seed %d: %s is asked twice", seed, words.KeyText(a.Key))
			}
			seen[a.Key] = true
			text := words.KeyText(a.Key)
			if k, err := words.ParseKey(text); err != nil || k != a.Key {
				t.Fatalf("%q parses to %v, %v, want %v", text, k, err, a.Key)
			}
			kinds[strings.Fields(text)[0]] = true
		}
	}
	for _, kind := range []string{"lost", "doubled", "delay", "delay-copy1", "crash", "crash-save", "crash-decide", "down", "pick", "pause", "kept"} {
		if !kinds[kind] {
			t.Errorf("no choice %q was ever asked", kind)
		}
	}
}

// TestCalmAsksNothing: a family that is off asks nothing.
func TestCalmAsksNothing(t *testing.T) {
	s := &sim.Scenario{Tick: 1000, Actors: 3, Protocol: pingPong(), Network: weather.Network{DelayMin: 5, DelayMax: 5}, Requests: []sim.ScriptedRequest{{Actor: 2}}}
	rec := new(scheduler.Recording)
	r := runner(t, s)
	r.Reset(1, rec)
	tally.Run()
	if o := r.Run(); o.Verdict != observe.VerdictDecided {
		t.Errorf("calm run: %+v", o)
	}
	for _, a := range rec.List {
		if text := s.Protocol.Vocabulary().KeyText(a.Key); !strings.HasPrefix(text, "pause") {
			t.Errorf("asked %q", text)
		}
	}
}

// TestMessagesToOneself: never lost, doubled or cut, not counted in Sent, and
// as fast as the network can be.
func TestMessagesToOneself(t *testing.T) {
	s := rough(1)
	s.Faults = s.Faults[:0]
	s.Crashes = faults.Crashes{}
	s.Network.Loss, s.Network.Duplicate = scheduler.Certain, scheduler.Certain
	s.Disk.Sync = 0
	r := runner(t, s)
	r.Reset(1, nil)
	tally.Run()
	// 4 rallies of ping and pong, then over: 9 messages of the least delay.
	if o := r.Run(); o.Verdict != observe.VerdictDecided || o.Sent != 0 || o.DecideTime != 9*s.Network.DelayMin || o.Delays != 9 {
		t.Errorf("%+v", o)
	}
}

// TestLimits: every run ends, and says why.
func TestLimits(t *testing.T) {
	s := rough(3)
	s.Network.Loss = scheduler.Certain
	s.Faults, s.Crashes = nil, faults.Crashes{}
	s.Limits.Time = 500
	r := runner(t, s)
	r.Reset(1, nil)
	tally.Run()
	if o := r.Run(); o.End != observe.EndTime || o.Verdict != observe.VerdictUndecided || o.Ended > 500 {
		t.Errorf("time: %+v", o)
	}
	s.Limits = sim.Limits{Events: 20}
	r = runner(t, s)
	r.Reset(1, nil)
	tally.Run()
	if o := r.Run(); o.End != observe.EndEvents || o.Events != 20 {
		t.Errorf("events: %+v", o)
	}
	s.Limits, s.Requests = sim.Limits{}, nil
	r = runner(t, s)
	r.Reset(1, nil)
	tally.Run()
	if o := r.Run(); o.End != observe.EndQuiet || o.Verdict != observe.VerdictUndecided {
		t.Errorf("nothing to do: %+v", o)
	}
}

// TestCut: a message is lost if its link is cut when it is sent or when it
// would arrive, and only then.
func TestCut(t *testing.T) {
	for _, c := range []struct {
		name      string
		at, until sim.Time
		dropped   string
	}{
		{"heals before it is sent", 0, 10, ""},
		{"when sent", 5, 15, "cut when sent"},
		{"heals in flight", 11, 25, ""}, // sent at 10, in flight until 30
		{"on arrival", 25, 35, "cut on arrival"},
	} {
		s := &sim.Scenario{Tick: 1000, Actors: 2, Protocol: pingPong(), Network: weather.Network{DelayMin: 20, DelayMax: 20},
			Requests: []sim.ScriptedRequest{{Actor: 1, At: 10}},
			Faults:   []faults.Fault{{Name: "cut", At: c.at, Until: c.until, Split: [][]sim.ID{{1}, {2}}}}}
		r := runner(t, s)
		l := new(lines)
		r.Observe(l)
		r.Reset(1, nil)
		tally.Run()
		r.Run()
		got := ""
		for _, e := range l.list {
			if e.What == observe.Dropped {
				got = e.Text
				break
			}
		}
		if got != c.dropped {
			t.Errorf("%s: dropped %q, want %q", c.name, got, c.dropped)
		}
	}
}

// TestClientAsksAgain: a request outlives the crash of its actor, with a new
// value, unless the scenario names it.
func TestClientAsksAgain(t *testing.T) {
	for name, want := range map[string][]string{"": {"1a", "1b"}, "x": {"x", "x"}} {
		s := &sim.Scenario{Tick: 1000, Actors: 2, Protocol: pingPong(), Network: weather.Network{DelayMin: 20, DelayMax: 20},
			Requests: []sim.ScriptedRequest{{Actor: 1, Name: name}},
			Faults:   []faults.Fault{{Name: "crash", At: 5, Until: 50, Crash: aims.These(1)}}}
		r := runner(t, s)
		l := new(lines)
		r.Observe(l)
		r.Reset(1, nil)
		tally.Run()
		o := r.Run()
		var got []string
		for _, e := range l.list {
			if e.What == observe.Asked {
				got = append(got, e.Text)
			}
		}
		if !slices.Equal(got, want) || r.ValueName(o.Value) != want[1] {
			t.Errorf("asked %v and decided %s, want %v", got, r.ValueName(o.Value), want)
		}
	}
}

// TestNoAllocations: once warm, a run allocates nothing.
func TestNoAllocations(t *testing.T) {
	for _, s := range []*sim.Scenario{rough(5), rough(100)} {
		r := runner(t, s)
		seed := uint64(0)
		run := func() {
			r.Reset(seed%20, nil)
			tally.Run()
			r.Run()
			seed++
		}
		for range 40 {
			run()
		}
		if n := testing.AllocsPerRun(100, run); n != 0 {
			t.Errorf("%d actors: %v allocations a run", s.Actors, n)
		}
	}
}

// TestManyIsTheSame: filed by tick or one by one, a broadcast does the same, in
// every kind of weather: same digest, same counts, same trace.
func TestManyIsTheSame(t *testing.T) {
	defer sim.SetManyActors(sim.SetManyActors(0))
	for seed := range uint64(300) {
		s := rough(2 + int(seed%9))
		if seed%3 == 0 {
			s.Network.DelayMax = s.Network.DelayMin
		}
		if seed%5 == 0 {
			s.Crashes = faults.Crashes{}
		}
		var want string
		for _, from := range []int{1 << 30, 0} {
			sim.SetManyActors(from)
			r := runner(t, s)
			l := new(lines)
			r.Observe(l)
			r.Reset(seed, nil)
			tally.Run()
			got := fmt.Sprintf("%+v\n%+v", r.Run(), l.list)
			if want == "" {
				want = got
			}
			if got != want {
				t.Fatalf("seed %d: one by one\n%s\nby tick\n%s", seed, want, got)
			}
		}
	}
}
