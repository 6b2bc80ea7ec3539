// Package ring elects a leader on a ring. Each actor talks to its neighbour alone. A
// candidate draws a rank and sends a token around the ring. Every actor bows to the
// highest rank that it has seen, and stops lower tokens. A candidate whose own token
// comes back is the leader (Chang and Roberts, 1979).
//
// Two candidates can draw the same rank. The sound protocol then compares their numbers.
// With the setting "ties" off it does not: a candidate takes the token of another for its
// own, and there are two leaders.
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

// candidate is an actor that wants to be the leader. The zero candidate is nobody.
type candidate struct {
	rank  uint32 // that it has drawn, from 1 on
	id    sim.ID
	value sim.Value // that its client asked for
}

func (c candidate) word() uint64            { return uint64(c.rank)<<48 | uint64(c.id)<<32 | uint64(c.value) }
func (c candidate) Hash(d *sim.Digest)      { d.Mix(c.word()) }
func (c candidate) Text(x sim.Names) string { return fmt.Sprintf("rank %d of actor %d", c.rank, c.id) }

// message tells of a candidate.
type message struct {
	kind uint8
	candidate
}

func (m message) Kind() uint8 { return m.kind }

// actor bows to the highest candidate that it has seen. That is on its disk: an actor that
// forgot it would become a candidate behind the back of a leader.
type actor struct {
	sim.Base[message, candidate]
	ranks, repeat int64
	ties          bool
	leader        candidate
}

type env = sim.Env[message, candidate]

// Start is also called after a crash. An actor that bows to somebody asks who is elected.
func (a *actor) Start(e *env) {
	if e.Saved().rank != 0 {
		a.pass(e, e.Saved())
	}
}

// Request is a client's: it wants a leader. An actor that has seen a candidate helps that.
func (a *actor) Request(e *env, r sim.Request) {
	if a.leader.rank != 0 {
		e.Answer(r.ID, a.leader.value)
		return
	}
	if e.Saved().rank == 0 {
		drawn := int64(e.Choose(0, sim.Equal(a.ranks))) // 0 if nothing happens by chance: ranks by number
		e.Save(candidate{uint32(1 + (int64(e.Self())-1+drawn)%a.ranks), e.Self(), r.Value})
	}
	a.pass(e, e.Saved())
}

// pass sends the token of a candidate, and again as long as the actor knows no leader. How
// long it waits is left to chance.
func (a *actor) pass(e *env, c candidate) {
	a.next(e, message{token, c})
	if a.leader.rank == 0 {
		e.AfterChance(1, sim.Equal(a.repeat), sim.Time(a.repeat), sim.Timer{})
	}
}

func (a *actor) Timeout(e *env, _ sim.Timer) {
	if a.leader.rank == 0 {
		a.pass(e, e.Saved())
	}
}

func (a *actor) Receive(e *env, _ sim.ID, m message) {
	bowsTo := e.Saved()
	switch {
	case m.kind == elected && m.id == e.Self(): // it has been around
	case m.kind == elected:
		a.lead(e, m.candidate)
	case m.rank < bowsTo.rank || a.ties && m.rank == bowsTo.rank && m.id < bowsTo.id:
		// The candidate has lost.
	case m.rank == bowsTo.rank && bowsTo.id == e.Self() && (m.id == e.Self() || !a.ties):
		a.lead(e, bowsTo)
	default:
		e.Save(m.candidate)
		a.pass(e, m.candidate)
	}
}

// lead makes a candidate the leader, if it is not, and tells the neighbour.
func (a *actor) lead(e *env, c candidate) {
	if a.leader != c {
		a.leader = c
		e.Decide(0, c.value, sim.Round(c.rank))
		e.AnswerAll(c.value)
	}
	a.next(e, message{elected, c})
}

// next sends a message to the next actor of the ring.
func (a *actor) next(e *env, m message) { e.Send(e.Self()%sim.ID(e.N())+1, m) }

// The marks: what some run should come to.
const tied = 0

// history watches that there is one leader.
type history struct {
	sim.NoHistory[message, candidate]
	run    sim.Watched
	watch  bool
	ranks  map[uint32]sim.ID // who has drawn a rank
	leader sim.ID
	event  uint64 // in which it was elected
	marks  sim.Marks
}

func (h *history) Reset() {
	clear(h.ranks)
	h.leader, h.event, h.marks = 0, 0, 0
}

func (h *history) Marks() sim.Marks { return h.marks }

func (h *history) Sent(from sim.ID, m message) *sim.Violation {
	switch {
	case m.id != from: // only passed on
	case m.kind == token:
		if id, drawn := h.ranks[m.rank]; drawn && id != from {
			h.marks |= 1 << tied
		}
		h.ranks[m.rank] = from
	case h.leader == 0:
		h.leader, h.event = from, h.run.Event()
	case h.watch && h.leader != from:
		text := fmt.Sprintf("actor %d is elected, and so is actor %d", from, h.leader)
		return &sim.Violation{Invariant: "one-leader", Text: text, Events: []uint64{h.event}}
	}
	return nil
}

// Protocol is the ring as paxsim knows it.
var Protocol = sim.Define(sim.Spec[actor, message, candidate]{
	Name: "ring",
	Vocabulary: sim.Vocabulary{
		Messages: []string{"Token", "Elected"}, Operations: []string{"elect"}, Choices: []string{"rank", "wait"},
		Timers: []shown.TimerKind{{Name: "again", Purpose: shown.RepeatsRound, Doc: "it sends its token again"}},
	},
	Settings: []sim.Setting{
		{Name: "ranks", Kind: sim.Count, Default: 8, Min: 1, Max: 60_000, Doc: "how many ranks there are"},
		{Name: "repeat", Kind: sim.Duration, Default: 500, Min: 1, Max: 1 << 20, Doc: "how long an actor waits at most before it sends its token again"},
		{Name: "ties", Kind: sim.Bool, Default: 1, Doc: "whether actors of the same rank compare their numbers", Unsafe: "two actors can become the leader", UnsafeAt: 0},
	},
	Invariants: []sim.Invariant{{Name: "one-leader", Doc: "no two actors become the leader"}},
	Marks:      []sim.Mark{{Name: "tie", Doc: "two candidates drew the same rank"}},
	Actor: func(s *sim.Scenario, _ sim.Plan) actor {
		return actor{ranks: s.Setting("ranks"), repeat: s.Setting("repeat"), ties: s.Setting("ties") == 1}
	},
	History: func(s *sim.Scenario, run sim.Watched) sim.History[message, candidate] {
		return &history{run: run, watch: s.Watches("one-leader"), ranks: map[uint32]sim.ID{}}
	},
})
