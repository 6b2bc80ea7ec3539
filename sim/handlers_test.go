package sim_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/shown"
)

// played is all that can be told of a run.
type played struct {
	Outcome sim.Outcome
	Entries []observe.Entry
	Choices []scheduler.Asked
	Holds   []search.Deferral
}

// bothWays makes a run by acting and by recording, and says whether they differ.
func bothWays(t *testing.T, acts, records sim.Runner, seed uint64, engine *search.Search) (*played, bool) {
	t.Helper()
	play := func(r sim.Runner) *played {
		p := new(played)
		l := new(lines)
		rec := new(scheduler.Recording)
		r.Search(engine)
		r.Observe(l)
		r.Reset(seed, rec)
		tally.Run()
		p.Outcome = r.Run()
		p.Outcome.Instances, p.Outcome.Operations = slices.Clone(p.Outcome.Instances), slices.Clone(p.Outcome.Operations)
		p.Entries, p.Choices, p.Holds = l.list, rec.List, r.Deferrals()
		return p
	}
	a, b := play(acts), play(records)
	same := reflect.DeepEqual(a, b)
	if !same {
		for i := range min(len(a.Entries), len(b.Entries)) {
			if a.Entries[i].Plain() != b.Entries[i].Plain() {
				t.Errorf("seed %d: acting %+v, recording %+v", seed, a.Entries[i], b.Entries[i])
				break
			}
		}
	}
	return a, same
}

// TestActingIsRecording: over the whole library, timed and searched, a handler does
// the same in a world and without one, effect by effect, and leaves the actor the
// same.
func TestActingIsRecording(t *testing.T) {
	clear(sim.Rehearsals)
	for _, name := range scenarios.Names() {
		s, err := scenarios.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		if s.Actors > 100 && !gate.On {
			continue // the same handlers, and a minute more
		}
		for _, searched := range []bool{false, true} {
			acts, records, lab := runner(t, &s.Scenario), runner(t, &s.Scenario), runner(t, &s.Scenario)
			records.(interface{ Rehearse(sim.Runner) }).Rehearse(lab)
			seeds := gate.Of[uint64](4, 100)
			if s.Actors > 100 {
				seeds = 1
			}
			for seed := range seeds {
				engine := (*search.Search)(nil)
				if searched {
					engine = &search.Search{Picker: new(search.Walk), Record: true, Budget: search.Budget{Events: 400, Alarms: 12, Losses: 3, Duplicates: 3, Crashes: 3}}
				}
				if got, same := bothWays(t, acts, records, seed, engine); !same {
					t.Fatalf("%s, seed %d, searched %v: another run: %+v", name, seed, searched, got.Outcome)
				}
			}
		}
	}
	t.Logf("%v", sim.Rehearsals)
	for _, what := range []string{"boot", "deliver", "timeout", "ask", "send", "broadcast", "save", "decide", "answer", "after", "after-chance", "stop", "note", "busy"} {
		if sim.Rehearsals[what] < 100 {
			t.Errorf("%s: %d times: the test is blind to it", what, sim.Rehearsals[what])
		}
	}
}

// everything is an actor that does all that there is to do, and looks at what it can
// see in between. What it sees it decides on, so that a digest tells it.
type everything struct{ steps uint64 }

func (x *everything) look(e *env) {
	var d sim.Digest
	d.Mix(uint64(e.Read(0).pongs))
	d.Mix(uint64(e.Read(2).pongs))
	for kind := range uint8(3) {
		if e.Armed(kind) {
			d.Mix(uint64(kind) + 7)
		}
	}
	d.Mix(uint64(e.Now()))
	x.steps = d.Sum()
	e.Decide(sim.Instance(x.steps%3), sim.Value(1+x.steps%5), sim.Round(x.steps))
}

func (x *everything) do(e *env, with uint64) {
	x.steps += with
	for range 2 + x.steps%4 {
		x.look(e)
		switch x.steps % 13 {
		case 0:
			e.Send(sim.ID(1+x.steps/13%uint64(e.N())), ball{kind: uint8(x.steps / 64 % 3)})
		case 1:
			e.Broadcast(ball{kind: 1, n: uint32(x.steps % 7)})
		case 2:
			e.Save(score{pongs: uint32(x.steps % 9)})
		case 3:
			e.Write(2, score{pongs: uint32(x.steps % 8)})
		case 4:
			e.Sync()
		case 5:
			e.After(sim.Time(1+x.steps/13%30), sim.Timer{Kind: uint8(x.steps / 600 % 3), For: x.steps})
		case 6:
			e.Stop(uint8(x.steps / 13 % 3))
		case 7:
			x.steps += uint64(e.Choose(0, sim.Equal(1+x.steps/13%3))) * 77
		case 8:
			e.AfterChance(0, sim.Equal(9), 4, sim.Timer{Kind: 2, For: x.steps})
		case 9:
			e.AnswerAll(sim.Value(1 + x.steps%4))
		case 10:
			e.Note(0)
		case 11:
			e.Busy(x.steps/13%2 == 0)
		case 12:
			b := make([]byte, 2)
			_, _ = e.Reader(0, 3).Read(b)
			x.steps += uint64(b[0])<<8 | uint64(b[1])
		}
	}
}

func (x *everything) Start(e *env) {
	e.After(5, sim.Timer{Kind: 0, For: 1})
	x.do(e, uint64(e.Self()))
}
func (x *everything) Receive(e *env, from sim.ID, b ball) { x.do(e, uint64(from)<<8|uint64(b.n)) }
func (x *everything) Timeout(e *env, t sim.Timer)         { x.do(e, t.For<<2|uint64(t.Kind)) }
func (x *everything) Request(e *env, r sim.Request) {
	if x.steps%3 == 0 {
		e.Answer(r.ID, r.Value)
	}
	x.do(e, uint64(r.Value))
}

// TestActingIsRecordingAnything: the same for actors that do anything, behind disks
// that are slow, with crashes and pauses.
func TestActingIsRecordingAnything(t *testing.T) {
	clear(sim.Rehearsals)
	words := *pingPong().Vocabulary()
	words.Timers = []shown.TimerKind{{Name: "one"}, {Name: "two"}, {Name: "three"}}
	p := sim.Define[everything, ball, score](sim.Spec[everything, ball, score]{Name: "everything", Vocabulary: words,
		Actor: func(*sim.Scenario, sim.Plan) everything { return everything{} }})
	for seed := range gate.Of[uint64](300, 3000) {
		s := rough(3)
		s.Protocol, s.Limits = p, sim.Limits{Time: 200, Events: 600}
		s.Requests = []sim.ScriptedRequest{{Actor: 1}, {Actor: 2, Name: "x", At: 3}, {Actor: 1, At: 9}, {Actor: 1, Name: "y"}, {Actor: 3, At: 40}}
		s.Disk.Sync = sim.Time(seed % 3 * 6)
		s.Crashes = faults.Crashes{Chance: scheduler.Certain / 40, DownMin: 3, DownMax: 20}
		s.Faults = []faults.Fault{{Name: "nap", At: 10, Until: 40, Pause: aims.These(2)}}
		acts, records, lab := runner(t, s), runner(t, s), runner(t, s)
		records.(interface{ Rehearse(sim.Runner) }).Rehearse(lab)
		for _, engine := range []*search.Search{nil, {Picker: new(search.Walk), Record: true, Budget: search.Budget{Events: 200, Alarms: 20, Losses: 3, Crashes: 3}}} {
			if got, same := bothWays(t, acts, records, seed, engine); !same {
				t.Fatalf("seed %d: another run: %+v", seed, got.Outcome)
			}
		}
	}
	t.Logf("%v", sim.Rehearsals)
	for _, what := range []string{"send", "broadcast", "save", "write", "sync", "decide", "answer", "after", "after-chance", "stop", "choose", "note", "busy"} {
		if sim.Rehearsals[what] < 100 {
			t.Errorf("%s: %d times: the test is blind to it", what, sim.Rehearsals[what])
		}
	}
}

// TestHandle: what a handler asks for, what it is told, and what is left of the actor,
// as somebody sees it who explores all answers.
func TestHandle(t *testing.T) {
	s := clerks(func(e *env, r sim.Request) {
		e.Save(score{pongs: 3})
		if e.Saved().pongs == 3 && e.Choose(0, sim.Equal(3)) == 2 {
			e.AnswerAll(5)
			panic("two")
		}
		e.Fail("not two")
		e.After(7, sim.Timer{For: 9})
	}, nothingElse, sim.ScriptedRequest{Actor: 1})
	h, err := sim.NewHandlers[clerk, ball, score](s)
	if err != nil {
		t.Fatal(err)
	}
	var l sim.Local[clerk, score]
	h.New(2, &l)
	asked := &sim.Happening[ball]{What: observe.Asked, Request: sim.Request{ID: 4, Value: 8}, Now: 55}
	told := func(effects []sim.Effect[ball, score]) string {
		var out []string
		for _, f := range effects {
			text := f.Act.String()
			if f.Act == sim.ActChoose {
				text += fmt.Sprintf(" %d of %d, open %v", f.Answer, f.Weights.Outcomes(), f.Open)
			}
			out = append(out, strings.TrimSpace(text+" "+f.Text))
		}
		return strings.Join(out, "; ")
	}
	for _, tt := range []struct {
		answers []uint32
		want    string
		timers  []sim.Timer
		left    int
	}{
		{nil, "save; choose 0 of 3, open true; fail sim_test.TestHandle.func1 fails: not two; after", []sim.Timer{{For: 9}}, 1},
		{[]uint32{1}, "save; choose 1 of 3, open false; fail sim_test.TestHandle.func1 fails: not two; after", []sim.Timer{{For: 9}}, 1},
		{[]uint32{2}, "save; choose 2 of 3, open false; answer; fail sim_test.TestHandle.func1 panics: two", nil, 0},
	} {
		var now sim.Local[clerk, score]
		h.Copy(&now, &l)
		if got := told(h.Handle(2, &now, asked, tt.answers)); got != tt.want {
			t.Errorf("answers %v:\n%s\nwant\n%s", tt.answers, got, tt.want)
		}
		if !slices.Equal(now.Timers, tt.timers) || len(now.Requests) != tt.left || len(now.Disk) != 1 || now.Disk[0].pongs != 3 {
			t.Errorf("answers %v: left %+v", tt.answers, now)
		}
		if len(l.Timers)+len(l.Requests)+len(l.Disk) != 0 {
			t.Errorf("how it stood before has changed: %+v", l)
		}
		if h.Crash(2, &now); len(now.Disk) != 1 || len(now.Timers)+len(now.Requests) != 0 {
			t.Errorf("a crash leaves %+v", now)
		}
	}
	// An alarm that goes off is set no more.
	l.Timers = []sim.Timer{{Kind: 0, For: 6}, {Kind: 1, For: 7}}
	h.Handle(1, &l, &sim.Happening[ball]{What: observe.TimedOut, Timer: sim.Timer{Kind: 1, For: 7}}, nil)
	if !slices.Equal(l.Timers, []sim.Timer{{Kind: 0, For: 6}}) {
		t.Errorf("after the second alarm has gone off: %v", l.Timers)
	}
	for want, f := range map[string]func(){
		"there is no actor 3": func() { h.Handle(3, &l, asked, nil) },
		"no handler handles":  func() { h.Handle(1, &l, &sim.Happening[ball]{What: observe.Crashed}, nil) },
		"answered 3 of 0..2":  func() { h.Handle(1, &l, asked, []uint32{3}) },
	} {
		func() {
			defer func() {
				if p := fmt.Sprint(recover()); !strings.Contains(p, want) {
					t.Errorf("got %s, want %s", p, want)
				}
			}()
			f()
		}()
	}
}

// TestHandlersOfOthers: what is not the protocol of the scenario is refused.
func TestHandlersOfOthers(t *testing.T) {
	s := clerks(atOnce, nothingElse, sim.ScriptedRequest{Actor: 1})
	if _, err := sim.NewHandlers[player, ball, score](s); err == nil || !strings.Contains(err.Error(), "the actors of clerks are not of the type sim_test.player") {
		t.Errorf("got %v", err)
	}
	if _, err := sim.NewHandlers[singer, note, sim.NoRecord](s); err == nil || !strings.Contains(err.Error(), "clerks has other messages or records than sim_test.note") {
		t.Errorf("got %v", err)
	}
	s.Actors = 0
	if _, err := sim.NewHandlers[clerk, ball, score](s); err == nil || !strings.Contains(err.Error(), "expected 1 to") {
		t.Errorf("got %v", err)
	}
}
