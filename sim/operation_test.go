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
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/weather"
)

// clerk is an actor that does with a request, and when its alarm goes off, what a
// test wants.
type clerk struct {
	sim.Base[ball, score]
	ask   func(*env, sim.Request)
	alarm func(*env, sim.Timer)
}

func (c *clerk) CopyFrom(from *clerk)          { *c = *from }
func (c *clerk) Request(e *env, r sim.Request) { c.ask(e, r) }
func (c *clerk) Timeout(e *env, t sim.Timer)   { c.alarm(e, t) }
func (c *clerk) Start(e *env)                  { e.After(1000, sim.Timer{Kind: 1}) }
func (c *clerk) Receive(*env, sim.ID, ball)    {}
func atOnce(e *env, r sim.Request)             { e.Answer(r.ID, r.Value) }
func nothingElse(e *env, t sim.Timer)          { e.Decide(0, 1, 0) }
func after(d sim.Time) func(*env, sim.Request) {
	return func(e *env, r sim.Request) { e.After(d, sim.Timer{For: uint64(r.ID)}) }
}
func answers(v sim.Value) func(*env, sim.Timer) { return answersThen(v, func(*env) {}) }
func answersThen(v sim.Value, then func(*env)) func(*env, sim.Timer) {
	return func(e *env, t sim.Timer) {
		if t.Kind == 1 {
			e.Decide(0, 1, 0)
			return
		}
		e.Answer(sim.RequestID(t.For), v)
		then(e)
	}
}

// clerks is a scenario of two actors that do so; each learns after 1000 ticks.
func clerks(ask func(*env, sim.Request), alarm func(*env, sim.Timer), requests ...sim.ScriptedRequest) *sim.Scenario {
	words := *pingPong().Vocabulary()
	words.Timers = []shown.TimerKind{{Name: "answer"}, {Name: "decide"}}
	words.Operations = []string{"get", "put"}
	p := sim.Define[clerk, ball, score](sim.Spec[clerk, ball, score]{Name: "clerks", Vocabulary: words,
		Actor: func(*sim.Scenario, sim.Plan) clerk { return clerk{ask: ask, alarm: alarm} }})
	return &sim.Scenario{Tick: 1000, Actors: 2, Protocol: p, Network: weather.Network{DelayMin: 1, DelayMax: 1},
		Requests: requests, Limits: sim.Limits{Time: 5000}}
}

// operated is how a run ends, its operations as text, and its answers as a trace
// tells them.
func operated(t *testing.T, s *sim.Scenario, source scheduler.Source) (out sim.Outcome, operations, told []string) {
	t.Helper()
	r := runner(t, s)
	l := new(lines)
	r.Observe(l)
	r.Reset(1, source)
	tally.Run()
	out = r.Run()
	for _, x := range out.Operations {
		text := fmt.Sprintf("%d: %d %s %s %s of %d at %d", x.ID, x.Do, r.ValueName(x.Key), r.ValueName(x.Value), r.ValueName(x.Result), x.Actor, x.Asked)
		if x.Answered != faults.Forever {
			text += fmt.Sprintf(" till %d", x.Answered)
		}
		operations = append(operations, text)
	}
	for _, e := range l.list {
		if e.What == observe.Asked || e.What == observe.Answered {
			told = append(told, fmt.Sprintf("%v %d %s", e.What, e.N, e.Text))
		}
	}
	return out, operations, told
}

func same(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestOperations: what was asked, of whom, when, and what came back. To end one is
// not to end another, and a run lasts until all are over.
func TestOperations(t *testing.T) {
	s := clerks(after(700), answers(2), sim.ScriptedRequest{Actor: 1, Do: 1, Key: "k", Name: "v"}, sim.ScriptedRequest{Actor: 2, At: 900}, sim.ScriptedRequest{Actor: 1, At: 30, Key: "k"})
	out, ops, told := operated(t, s, nil)
	// One alarm a kind: the request at 30 took the place of the one before, which so
	// has no answer.
	same(t, "operations", ops, "1: 1 k v - of 1 at 0", "2: 0 k 1a k of 1 at 30 till 730", "3: 0 - 2a k of 2 at 900 till 1600")
	same(t, "told", told, "ask 0 put k v", "ask 2 get k 1a", "answer 2 k", "ask 1 get 2a", "answer 1 k")
	if out.End != observe.EndQuiet || out.Verdict != observe.VerdictDecided {
		t.Errorf("the run ended with %v, %v; one client has no answer", out.End, out.Verdict)
	}
	s = clerks(after(700), answers(2), sim.ScriptedRequest{Actor: 1}, sim.ScriptedRequest{Actor: 2, At: 900})
	if out, _, _ := operated(t, s, nil); out.End != observe.EndGoal || out.Ended != 1600 {
		t.Errorf("the run ended with %v at %d, want with the last answer, at 1600", out.End, out.Ended)
	}
}

// TestAnswerTwice: what is over is over. A second answer, and one to a request that
// the client has let go of, are not there at all.
func TestAnswerTwice(t *testing.T) {
	once, ops, _ := operated(t, clerks(atOnce, nothingElse, sim.ScriptedRequest{Actor: 1}), nil)
	same(t, "operations", ops, "1: 0 - 1a 1a of 1 at 0 till 0")
	twice, _, told := operated(t, clerks(func(e *env, r sim.Request) {
		atOnce(e, r)
		e.Answer(r.ID, 7)
		e.AnswerAll(7)
	}, nothingElse, sim.ScriptedRequest{Actor: 1}), nil)
	same(t, "told", told, "ask 0 get 1a", "answer 0 1a")
	if once.Digest != twice.Digest {
		t.Error("a second answer is in the digest")
	}
}

// TestAnswerOfNobody: an answer to what the actor was not asked is a panic.
func TestAnswerOfNobody(t *testing.T) {
	for _, id := range []sim.RequestID{0, 1, 3, 1 << 30} { // the first is actor 2's
		s := clerks(func(e *env, _ sim.Request) {
			if e.Self() == 1 {
				e.Answer(id, 1)
			}
		}, nothingElse, sim.ScriptedRequest{Actor: 2}, sim.ScriptedRequest{Actor: 1, At: 5})
		out, _, _ := operated(t, s, nil)
		if out.Violation == nil || !strings.Contains(out.Violation.Text, fmt.Sprintf("actor 1 answers request %d, for which nobody has asked it", id)) {
			t.Errorf("%d: %+v", id, out.Violation)
		}
	}
}

// TestAskedAgain: after a crash a client asks for the same operation again if its
// value has a name. Else it asks for another, and lets go of the first.
func TestAskedAgain(t *testing.T) {
	crash := faults.Fault{Name: "crash", At: 50, Until: 60, Crash: aims.These(1)}
	for name, want := range map[string][]string{
		"x": {"1: 0 - x x of 1 at 0 till 160"},
		"":  {"1: 0 - 1a - of 1 at 0", "2: 0 - 1b - of 1 at 60 till 160"},
	} {
		s := clerks(after(100), answers(0), sim.ScriptedRequest{Actor: 1, Name: name})
		if name != "" {
			s = clerks(after(100), answers(1), sim.ScriptedRequest{Actor: 1, Name: name})
		}
		s.Faults = []faults.Fault{crash}
		_, ops, _ := operated(t, s, nil)
		same(t, "value "+name, ops, want...)
	}
	// Who has an answer does not ask again.
	answered := clerks(atOnce, nothingElse, sim.ScriptedRequest{Actor: 1}, sim.ScriptedRequest{Actor: 1, Name: "x"})
	answered.Faults = []faults.Fault{crash}
	_, ops, told := operated(t, answered, nil)
	same(t, "answered", ops, "1: 0 - 1a 1a of 1 at 0 till 0", "2: 0 - x x of 1 at 0 till 0")
	same(t, "answered", told, "ask 0 get 1a", "answer 0 1a", "ask 1 get x", "answer 1 x")
	// It knows of nobody when it comes back, until the client asks again.
	s := clerks(after(100), answers(1), sim.ScriptedRequest{Actor: 1, Name: "x"})
	s.Faults = []faults.Fault{crash}
	p := sim.Define[hurried, ball, score](sim.Spec[hurried, ball, score]{Name: "hurried", Vocabulary: *s.Protocol.Vocabulary(),
		Actor: func(*sim.Scenario, sim.Plan) hurried { return hurried{} }})
	s.Protocol = p
	_, ops, _ = operated(t, s, nil)
	same(t, "hurried", ops, "1: 0 - x x of 1 at 0 till 160")
}

// hurried answers all, also when it starts.
type hurried struct{ clerk }

func (h *hurried) CopyFrom(from *hurried)        { *h = *from }
func (h *hurried) Request(e *env, r sim.Request) { after(100)(e, r) }
func (h *hurried) Timeout(e *env, _ sim.Timer)   { e.AnswerAll(1); e.Decide(0, 1, 0) }
func (h *hurried) Start(e *env) {
	e.AnswerAll(1)
	if e.Self() == 2 {
		e.Decide(0, 1, 0)
	}
}

// TestCrashBeforeAnswer: an actor may crash before it answers. The client does not
// know, and asks again. It is so for each client on its own.
func TestCrashBeforeAnswer(t *testing.T) {
	all := func(e *env, r sim.Request) { e.After(10, sim.Timer{For: uint64(r.ID)}) }
	s := clerks(all, func(e *env, t sim.Timer) {
		if t.Kind == 1 {
			e.Decide(0, 1, 0)
			return
		}
		e.AnswerAll(1)
	}, sim.ScriptedRequest{Actor: 1, Name: "x"}, sim.ScriptedRequest{Actor: 1, Name: "y", At: 2})
	s.Crashes = faults.Crashes{Chance: 1, DownMin: 100, DownMax: 100}
	crash := func(name string) scheduler.Source {
		k, err := s.Protocol.Vocabulary().ParseKey(name)
		if err != nil {
			t.Fatal(err)
		}
		return &scheduler.Edited{Base: scheduler.Calm{}, Answers: map[scheduler.Key]uint32{k: 1}}
	}
	_, ops, _ := operated(t, s, crash("crash-answer 1 #1"))
	same(t, "before the first", ops, "1: 0 - x x of 1 at 0 till 122", "2: 0 - y x of 1 at 2 till 122")
	_, ops, _ = operated(t, s, crash("crash-answer 1 #2"))
	same(t, "before the second", ops, "1: 0 - x x of 1 at 0 till 12", "2: 0 - y x of 1 at 2 till 122")
}

// TestAnswerBehindDisk: an answer waits for the sync before it, as a message does.
func TestAnswerBehindDisk(t *testing.T) {
	for _, all := range []bool{false, true} {
		s := clerks(func(e *env, r sim.Request) {
			e.Save(score{pongs: 1})
			if all {
				e.AnswerAll(r.Value)
			} else {
				e.Answer(r.ID, r.Value)
			}
		}, nothingElse, sim.ScriptedRequest{Actor: 1})
		s.Disk.Sync = 40
		_, ops, _ := operated(t, s, nil)
		same(t, "operations", ops, "1: 0 - 1a 1a of 1 at 0 till 40")
	}
}

// TestBusy: a run lasts while somebody is at work, though the clients have their
// answers. A crash ends the work.
func TestBusy(t *testing.T) {
	work := func(e *env, r sim.Request) {
		atOnce(e, r)
		e.Busy(true)
		e.Busy(true) // it is so already
		e.After(2000, sim.Timer{})
	}
	done := func(e *env, t sim.Timer) {
		if t.Kind == 1 {
			e.Decide(0, 1, 0)
		} else {
			e.Busy(false)
		}
	}
	s := clerks(work, done, sim.ScriptedRequest{Actor: 1})
	if out, _, _ := operated(t, s, nil); out.End != observe.EndGoal || out.Ended != 2000 {
		t.Errorf("ended with %v at %d, want the goal at 2000", out.End, out.Ended)
	}
	s.Faults = []faults.Fault{{Name: "crash", At: 1500, Until: 1600, Crash: aims.These(1)}}
	if out, _, _ := operated(t, s, nil); out.End != observe.EndGoal || out.Ended != 2600 { // it must learn anew
		t.Errorf("ended with %v at %d, want the goal at 2600", out.End, out.Ended)
	}
}

// TestOperationsAreChecked: an operation that the protocol does not have, and names
// that are taken.
func TestOperationsAreChecked(t *testing.T) {
	for want, ask := range map[string]sim.ScriptedRequest{
		"requests.1.do: clerks has no operation 2":         {Actor: 1, Do: 2},
		`requests.1.key: "2a" is a name that clients make`: {Actor: 1, Key: "2a"},
	} {
		s := clerks(atOnce, nothingElse, ask)
		if _, err := s.Protocol.New(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// TestAnswersAreInTheDigest: which operation is over, and with what.
func TestAnswersAreInTheDigest(t *testing.T) {
	seen := map[uint64]string{}
	for name, alarm := range map[string]func(*env, sim.Timer){
		"x": answers(1), "y": answers(2),
		"the other": func(e *env, t sim.Timer) {
			if t.Kind == 0 {
				t.For = 3 - t.For
			}
			answers(1)(e, t)
		},
	} {
		s := clerks(after(100), alarm, sim.ScriptedRequest{Actor: 1, Name: "x"}, sim.ScriptedRequest{Actor: 1, Name: "y"})
		out, _, _ := operated(t, s, nil)
		if other, ok := seen[out.Digest]; ok {
			t.Errorf("%q and %q have the same digest", name, other)
		}
		seen[out.Digest] = name
	}
}
