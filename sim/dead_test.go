package sim_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/weather"
)

// afterlife is an actor that crashes in the middle of a handler and goes on
// asking for things.
type afterlife struct {
	score
	ask func(*env)
}

func (a *afterlife) CopyFrom(b *afterlife)      { *a = *b }
func (a *afterlife) Start(e *env)               { a.score = e.Saved() }
func (a *afterlife) Receive(*env, sim.ID, ball) {}
func (a *afterlife) Timeout(*env, sim.Timer)    {}
func (a *afterlife) Request(e *env, _ sim.Request) {
	e.After(3, sim.Timer{Kind: 1})
	e.Save(score{1}) // the crash falls before this
	a.ask(e)
}

// afterDeath is every method of Env that could do something.
var afterDeath = map[string]func(*env){
	"Send":        func(e *env) { e.Send(2, ball{}) },
	"Broadcast":   func(e *env) { e.Broadcast(ball{}) },
	"Save":        func(e *env) { e.Save(score{2}) },
	"Write":       func(e *env) { e.Write(3, score{2}) },
	"Sync":        func(e *env) { e.Sync() },
	"Decide":      func(e *env) { e.Decide(0, 1, 1) },
	"After":       func(e *env) { e.After(1, sim.Timer{}) },
	"Stop":        func(e *env) { e.Stop(1) },
	"Choose":      func(e *env) { e.Choose(0, fair(9)) },
	"Note":        func(e *env) { e.Note(0) },
	"Answer":      func(e *env) { e.Answer(1, 7) },
	"AnswerAll":   func(e *env) { e.AnswerAll(7) },
	"Reader":      func(e *env) { e.Reader(0, 9).Read(make([]byte, 3)) },
	"Busy":        func(e *env) { e.Busy(true) },
	"AfterChance": func(e *env) { e.AfterChance(0, fair(9), 5, sim.Timer{}) },
	"Fail":        func(e *env) { e.Fail("no") },
}

// TestTheDeadDoNothing: after its crash nothing that an actor asks for happens.
func TestTheDeadDoNothing(t *testing.T) {
	run := func(ask func(*env), chance scheduler.Probability) string {
		p := sim.Define[afterlife, ball, score](sim.Spec[afterlife, ball, score]{
			Name: "afterlife", Vocabulary: *pingPong().Vocabulary(),
			Actor: func(*sim.Scenario, sim.Plan) afterlife { return afterlife{ask: ask} },
		})
		s := &sim.Scenario{Tick: 1000, Actors: 2, Protocol: p, Network: weather.Network{DelayMin: 1, DelayMax: 1},
			Crashes: faults.Crashes{Chance: chance, DownMin: 100, DownMax: 100}, Requests: []sim.ScriptedRequest{{Actor: 1}}, Limits: sim.Limits{Time: 50}}
		rec := new(scheduler.Recording)
		r := runner(t, s)
		r.Reset(1, rec)
		tally.Run()
		return fmt.Sprintf("%+v %v", r.Run(), rec.List)
	}
	dead := run(func(*env) {}, scheduler.Certain)
	alive := run(func(*env) {}, 1)
	for name, ask := range afterDeath {
		if got := run(ask, scheduler.Certain); got != dead {
			t.Errorf("%s did something:\n%s\nwant %s", name, got, dead)
		}
		// A write without a sync shows nowhere, and this run ends by its limit.
		if name != "Write" && name != "Busy" && run(ask, 1) == alive {
			t.Errorf("%s does nothing even to the living: the test is blind to it", name)
		}
	}
	// The table holds every method that could do something.
	harmless := map[string]bool{"Self": true, "N": true, "Now": true, "Saved": true, "Read": true, "Armed": true, "Leader": true}
	for m := range reflect.TypeFor[*env]().Methods() {
		if afterDeath[m.Name] == nil && !harmless[m.Name] {
			t.Errorf("Env.%s is not in the table", m.Name)
		}
	}
}

// hoarder holds memory that an assignment would share, and does not say how to
// copy it.
type hoarder struct {
	inner struct{ heard []sim.ID } //nolint:unused // found by reflection
}

func (*hoarder) Start(*env)                 {}
func (*hoarder) Receive(*env, sim.ID, ball) {}
func (*hoarder) Timeout(*env, sim.Timer)    {}
func (*hoarder) Request(*env, sim.Request)  {}

// TestSharedMemoryIsRefused: such an actor would keep what a crash takes.
func TestSharedMemoryIsRefused(t *testing.T) {
	p := sim.Define[hoarder, ball, score](sim.Spec[hoarder, ball, score]{Name: "hoarder", Actor: func(*sim.Scenario, sim.Plan) hoarder { return hoarder{} }})
	_, err := p.New(&sim.Scenario{Tick: 1000, Actors: 1, Protocol: p})
	if err == nil || !strings.Contains(err.Error(), "inner heard []sim.ID") {
		t.Errorf("got %v, want an error that names the field", err)
	}
}
