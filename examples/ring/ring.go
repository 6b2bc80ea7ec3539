// Package ring elects a leader on a ring (Chang and Roberts, 1979). A candidate draws a rank
// and sends a token around. Every actor bows to the highest rank that it has seen, and stops
// lower tokens. A candidate whose own token comes back is the leader.
//
// Two candidates can draw the same rank. Then they compare their numbers. With the setting
// "ties" off a candidate takes the token of another for its own: there are two leaders.
package ring

import (
	"embed"
	"fmt"
	"io/fs"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
)

// Scenarios is its library.
var Scenarios, _ = fs.Sub(files, "scenarios")

//go:embed scenarios/*.yaml
var files embed.FS

// The kinds of messages.
const (
	token   uint8 = iota // an actor wants to be the leader
	elected              // it is
)

// message tells of a candidate. Its token is also what is on the disks of those that bow.
type message struct {
	kind  uint8
	rank  uint32 // that the candidate has drawn, from 1 on
	id    sim.ID
	value sim.Value // that its client asked for
}

func (m message) Kind() uint8             { return m.kind }
func (m message) Hash(d *sim.Digest)      { d.Mix(uint64(m.rank)<<48 | uint64(m.id)<<32 | uint64(m.value)) }
func (m message) Text(x sim.Names) string { return fmt.Sprintf("rank %d of actor %d", m.rank, m.id) }

type env = sim.Env[message, message]

const longest = 300 // that an actor waits before it sends its token again, in ticks

// actor bows to the highest candidate that it has seen. That is on its disk: an actor that
// forgot it would become a candidate behind the back of a leader.
type actor struct {
	sim.Base[message, message]
	ranks int64
	ties  bool
}

// Start is also called after a crash. An actor that bows to somebody asks who is elected.
func (a *actor) Start(e *env) {
	if e.Saved().rank != 0 {
		a.pass(e)
	}
}

// Request is a client's: it wants a leader. An actor that has seen a candidate helps that.
func (a *actor) Request(e *env, r sim.Request) {
	if e.Saved().rank == 0 {
		drawn := int64(e.Choose(0, sim.Equal(a.ranks))) // 0 if nothing happens by chance: ranks by number
		e.Save(message{token, uint32(1 + (int64(e.Self())-1+drawn)%a.ranks), e.Self(), r.Value})
	}
	a.pass(e)
}

// pass sends the token to which the actor bows, and again until somebody is elected.
func (a *actor) pass(e *env) {
	a.next(e, e.Saved())
	e.AfterChance(1, sim.Equal(longest), longest, sim.Timer{})
}

func (a *actor) Timeout(e *env, _ sim.Timer) { a.pass(e) }

func (a *actor) Receive(e *env, _ sim.ID, m message) {
	bowsTo := e.Saved()
	switch {
	case m.kind == elected && m.id == e.Self(): // it has been around
	case m.kind == elected:
		a.lead(e, m)
	case m.rank < bowsTo.rank || a.ties && m.rank == bowsTo.rank && m.id < bowsTo.id: // it has lost
	case m.rank == bowsTo.rank && bowsTo.id == e.Self() && (m.id == e.Self() || !a.ties):
		a.lead(e, bowsTo)
	default:
		e.Save(m)
		a.pass(e)
	}
}

// lead takes a candidate for the leader, and tells the neighbour.
func (a *actor) lead(e *env, m message) {
	e.Stop(0)
	e.Decide(0, m.value, sim.Round(m.rank))
	e.AnswerAll(m.value)
	m.kind = elected
	a.next(e, m)
}

// next sends a message to the next actor of the ring.
func (a *actor) next(e *env, m message) { e.Send(e.Self()%sim.ID(e.N())+1, m) }

// history watches that there is one leader.
type history struct {
	sim.NoHistory[message, message]
	run    sim.Watched
	watch  bool
	drawn  []sim.ID `state:"mark"` // who has drawn a rank, by rank
	leader sim.ID
	event  uint64    `state:"mark"` // in which it was elected
	marks  sim.Marks `state:"mark"`
}

func (h *history) Reset()           { *h = history{run: h.run, watch: h.watch, drawn: h.drawn[:0]} }
func (h *history) Marks() sim.Marks { return h.marks }

func (h *history) Sent(from sim.ID, m message) *sim.Violation {
	switch {
	case m.id != from: // only passed on
	case m.kind == token:
		for int(m.rank) >= len(h.drawn) {
			h.drawn = append(h.drawn, 0)
		}
		if id := h.drawn[m.rank]; id != 0 && id != from {
			h.marks |= 1 // a tie
		}
		h.drawn[m.rank] = from
	case h.leader == 0:
		h.leader, h.event = from, h.run.Event()
	case h.watch && h.leader != from:
		text := fmt.Sprintf("actor %d is elected, and so is actor %d", from, h.leader)
		return &sim.Violation{Invariant: "one-leader", Text: text, Events: []uint64{h.event}}
	}
	return nil
}

// Protocol is the ring as paxsim knows it.
var Protocol = sim.Define(sim.Spec[actor, message, message]{
	Name: "ring",
	Vocabulary: sim.Vocabulary{
		Messages: []string{"Token", "Elected"}, Operations: []string{"elect"}, Choices: []string{"rank", "wait"},
		Timers: []shown.TimerKind{{Name: "again", Doc: "it sends its token again"}},
	},
	Settings: []sim.Setting{
		{Name: "ranks", Kind: sim.Count, Default: 8, Min: 1, Max: 60_000, Doc: "how many ranks there are"},
		{Name: "ties", Kind: sim.Bool, Default: 1, Doc: "whether actors of the same rank compare their numbers", Unsafe: "two actors can become the leader", UnsafeAt: 0},
	},
	Invariants: []sim.Invariant{{Name: "one-leader", Doc: "no two actors become the leader"}},
	Marks:      []sim.Mark{{Name: "tie", Doc: "two candidates drew the same rank"}},
	Actor: func(s *sim.Scenario, _ sim.Plan) actor {
		return actor{ranks: s.Setting("ranks"), ties: s.Setting("ties") == 1}
	},
	History: func(s *sim.Scenario, run sim.Watched) sim.History[message, message] {
		return &history{run: run, watch: s.Watches("one-leader")}
	},
})
