package trace_test

import (
	"strconv"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/weather"
)

// A protocol for the tests of this room: actor 1 sends a ball to actor 2, that
// sends it back, and so on. After ten bounces both have learned.
type ball struct{ bounces uint64 }

func (b ball) Kind() uint8              { return 0 }
func (b ball) Hash(d *scheduler.Digest) { d.Mix(b.bounces) }
func (b ball) Text(sim.Names) string    { return "bounce " + strconv.FormatUint(b.bounces, 10) }

type player struct{ value sim.Value }

type env = sim.Env[ball, ball]

func (p *player) Start(e *env)                  { e.After(100, sim.Timer{}) }
func (p *player) Request(e *env, r sim.Request) { p.value = r.Value; e.Broadcast(ball{}) }
func (p *player) Timeout(e *env, t sim.Timer)   { e.Note(0); e.Broadcast(ball{}); e.After(100, t) }

func (p *player) Receive(e *env, from sim.ID, b ball) {
	if b.bounces < 10 {
		e.Save(b)
		e.Send(from, ball{b.bounces + 1})
		return
	}
	e.Stop(0)
	e.Decide(0, 1, sim.Round(b.bounces))
	e.AnswerAll(1)
}

var pingPong = sim.Define(sim.Spec[player, ball, ball]{
	Name:       "ping-pong",
	Vocabulary: sim.Vocabulary{Messages: []string{"Ball"}, Timers: []shown.TimerKind{{Name: "again"}}, Notes: []shown.Note{{Name: "again", Field: "repeats"}}},
	Settings:   []sim.Setting{{Name: "wait", Kind: sim.Duration, Default: 7}, {Name: "fast", Kind: sim.Bool, Default: 1}},
	Actor:      func(*sim.Scenario, sim.Plan) player { return player{} },
})

func match() *sim.Scenario {
	return &sim.Scenario{
		Name: "match", Tick: 100_000, Actors: 2, Protocol: pingPong,
		Network:  weather.Network{DelayMin: 1, DelayMax: 20, Loss: 1e8},
		Requests: []sim.ScriptedRequest{{Actor: 1, Name: "x"}},
		Limits:   sim.Limits{Time: 1_000_000},
	}
}
