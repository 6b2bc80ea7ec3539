package sim_test

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
)

// Ping-pong: the smallest protocol that uses the whole contract. An actor that
// is asked pings, and the next one answers, until it has had so many pongs, counts them on
// its disk, and then tells everybody. It imports sim alone, and so holds that
// nothing in the engine knows Paxos.

type ball struct {
	kind uint8 // 0 ping, 1 pong, 2 over
	n    uint32
	v    sim.Value
}

func (b ball) Kind() uint8             { return b.kind }
func (b ball) Hash(d *sim.Digest)      { d.Mix(uint64(b.n)<<32 | uint64(b.v)) }
func (b ball) Text(x sim.Names) string { return fmt.Sprintf("%d %s", b.n, x.ValueName(b.v)) }

type score struct{ pongs uint32 }

func (s score) Hash(d *sim.Digest)      { d.Mix(uint64(s.pongs)) }
func (s score) Text(_ sim.Names) string { return fmt.Sprintf("%d pongs", s.pongs) }

type player struct {
	score
	value sim.Value
	over  bool
}

type env = sim.Env[ball, score]

func (p *player) Start(e *env) { p.score = e.Saved() }

func (p *player) Request(e *env, r sim.Request) {
	p.value = r.Value
	if p.over {
		e.AnswerAll(p.value)
	}
	p.serve(e)
}

func (p *player) serve(e *env) {
	if p.pongs >= rallies {
		e.Broadcast(ball{kind: 2, v: p.value})
	} else {
		e.Broadcast(ball{kind: 0, n: p.pongs + 1, v: p.value})
	}
	if !p.over {
		e.After(50+sim.Time(e.Choose(0, fair(8))), sim.Timer{For: uint64(p.pongs)})
	}
}

func (p *player) Timeout(e *env, t sim.Timer) {
	e.Note(0)
	p.serve(e)
}

func (p *player) Receive(e *env, from sim.ID, b ball) {
	switch {
	case b.kind == 0 && e.Self() == from%sim.ID(e.N())+1:
		e.Send(from, ball{1, b.n, b.v})
	case b.kind == 1 && b.n == p.pongs+1:
		p.pongs++
		e.Save(p.score)
		p.serve(e)
	case b.kind == 2 && !p.over:
		p.over = true
		e.Stop(0)
		e.Decide(0, max(b.v, 1), sim.Round(p.pongs)) // who has crashed does not know what it was asked for
		e.AnswerAll(max(b.v, 1))
	}
}

const rallies = 4

// fair is n equal outcomes.
type fair uint32

func (n fair) Outcomes() uint32       { return uint32(n) }
func (n fair) Seeded(u uint64) uint32 { return uint32(u % uint64(n)) }

func pingPong() sim.Protocol {
	return sim.Define[player, ball, score](sim.Spec[player, ball, score]{
		Name: "ping-pong",
		Vocabulary: sim.Vocabulary{Messages: []string{"Ping", "Pong", "Over"}, Timers: []shown.TimerKind{{Name: "again"}},
			Choices: []string{"pause"}, Roles: []string{"server"}, Saves: []string{"pongs"}, Notes: []shown.Note{{Name: "again", Field: "agains"}}},
		Actor: func(*sim.Scenario, sim.Plan) player { return player{} },
	})
}

// Plays tells who serves: whoever was asked and has not come to the end.
func (p *player) Plays(uint8) uint64 {
	if p.value == 0 || p.over {
		return 0
	}
	return uint64(p.pongs) + 1
}

func (s score) Differs(before score) uint8 {
	if s.pongs > before.pongs {
		return 1
	}
	return 0
}
