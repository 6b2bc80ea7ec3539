// Package commit is two-phase commit: all actors commit a transaction, or all abort it. Actor
// 1 is the coordinator. It asks everybody to vote. If all say yes, it decides to commit. If
// one says no, or nothing in time, it decides to abort; so it does when it comes back from a
// crash undecided. It saves the outcome, and then tells everybody. A mutant does not save it.
package commit

import (
	"embed"
	"fmt"
	"io/fs"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/zoo"
)

// Scenarios is its library.
var Scenarios, _ = fs.Sub(files, "scenarios")

//go:embed scenarios/*.yaml
var files embed.FS

// How far the transaction is, for an actor. These are the kinds of messages, too.
const (
	prepare uint8 = iota // vote, please
	yes                  // a vote
	no
	abort // an outcome
	commit
	ack // the outcome is saved
)

var words = []string{"Prepare", "Yes", "No", "Abort", "Commit", "Ack"}

// record is what an actor must not forget: its vote, and then the outcome.
type record struct {
	is  uint8
	txn sim.Value
}

func (r record) Hash(d *sim.Digest)      { d.Mix(uint64(r.is)<<32 | uint64(r.txn)) }
func (r record) Text(x sim.Names) string { return words[r.is] + " " + x.ValueName(r.txn) }

type message struct{ record }

func (m message) Kind() uint8             { return m.is }
func (m message) Text(x sim.Names) string { return x.ValueName(m.txn) }

type env = sim.Env[message, record]

const (
	coordinator = sim.ID(1)
	patience    = 500 // how long the coordinator waits for votes, and for acks, in ticks
)

// actor is a voter, and actor 1 is the coordinator as well.
type actor struct {
	sim.Base[message, record]
	mutant string
	told   uint8   // what the coordinator has told
	heard  ids.Set // who has voted yes, and then who has sent an ack
}

// CopyFrom is needed because of the set: an assignment may share its memory.
func (a *actor) CopyFrom(from *actor) {
	heard := a.heard
	heard.CopyFrom(&from.heard)
	*a = *from
	a.heard = heard
}

// Start is also called after a crash.
func (a *actor) Start(e *env) {
	a.learn(e)
	if r := e.Saved(); e.Self() == coordinator && r.txn != 0 {
		a.tell(e, max(r.is, abort))
	}
}

// Request is a client's: it wants the transaction done. A run has one transaction.
func (a *actor) Request(e *env, r sim.Request) {
	a.learn(e)
	if e.Self() == coordinator && e.Saved().txn == 0 {
		e.Save(record{prepare, r.Value})
		a.tell(e, prepare)
	}
}

func (a *actor) Timeout(e *env, _ sim.Timer) { a.tell(e, max(a.told, abort)) }

func (a *actor) Receive(e *env, from sim.ID, m message) {
	switch {
	case m.is == prepare && e.Saved().is == prepare:
		voted := record{yes + uint8(e.Choose(0, sim.Equal(8))/7), m.txn} // one in eight says no
		e.Save(voted)
		e.Send(from, message{voted})
	case m.is == yes && a.told == prepare:
		if a.heard.Add(from); a.heard.Len() == e.N() {
			a.tell(e, commit)
		}
	case m.is == no && a.told == prepare && a.mutant != "slow-abort":
		a.tell(e, abort)
	case m.is == abort || m.is == commit:
		e.Save(m.record)
		a.learn(e)
		e.Send(from, message{record{ack, m.txn}})
	case m.is == ack:
		if a.heard.Add(from); a.heard.Len() == e.N() {
			e.Stop(0)
			e.Busy(false)
		}
	}
}

// tell is the coordinator's. All have to react, and the run lasts until they have.
func (a *actor) tell(e *env, is uint8) {
	r := record{is, e.Saved().txn}
	if is >= abort && a.mutant != "unsaved-outcome" {
		e.Save(r)
	}
	a.told = is
	a.heard.Clear()
	e.Broadcast(message{r})
	e.After(patience, sim.Timer{})
	e.Busy(true)
}

// learn makes the outcome known, if there is one.
func (a *actor) learn(e *env) {
	if r := e.Saved(); r.is >= abort {
		e.Decide(0, r.txn, sim.Round(r.is))
		e.AnswerAll(r.txn)
	}
}

// history watches that there is one outcome.
type history struct {
	sim.NoHistory[message, record]
	run   sim.Watched
	watch bool
	known [commit + 1]bool   // an outcome was made known
	since [commit + 1]uint64 `state:"scratch"` // the event in which it was first
}

func (h *history) Reset() {
	clear(h.known[:])
	clear(h.since[:])
}

func (h *history) Decided(id sim.ID, _ sim.Instance, _ sim.Value, is sim.Round) *sim.Violation {
	if !h.known[is] {
		h.known[is], h.since[is] = true, h.run.Event()
	}
	if h.watch && h.known[abort] && h.known[commit] {
		text := fmt.Sprintf("actor %d learns %s, and another actor learned the contrary", id, words[is])
		return &sim.Violation{Invariant: "one-outcome", Text: text, Events: []uint64{min(h.since[abort], h.since[commit])}}
	}
	return nil
}

// Protocol is two-phase commit as paxsim knows it, with its mutants.
var Protocol sim.Protocol = mutable{define("")}

// define makes the protocol with a mutant, or with none.
func define(mutant string) sim.Protocol {
	return sim.Define(sim.Spec[actor, message, record]{
		Name: "commit",
		Vocabulary: sim.Vocabulary{
			Messages: words, Operations: []string{"commit"}, Choices: []string{"vote"},
			Timers: []shown.TimerKind{{Name: "late", Doc: "the coordinator aborts without the votes, or tells the outcome again"}},
		},
		Invariants: []sim.Invariant{{Name: "one-outcome", Doc: "no actor commits if another aborts"}},
		Actor:      func(*sim.Scenario, sim.Plan) actor { return actor{mutant: mutant} },
		History: func(s *sim.Scenario, run sim.Watched) sim.History[message, record] {
			return &history{run: run, watch: s.Watches("one-outcome")}
		},
	})
}

// mutable is the protocol with its mutants. It implements [sim.Mutable].
type mutable struct{ sim.Protocol }

// Mutants implements [sim.Mutable].
func (mutable) Mutants() []zoo.Mutant {
	return []zoo.Mutant{
		{Name: "unsaved-outcome", Kind: zoo.Unsafe, First: "one-outcome", Splits: true, Doc: "the coordinator tells the outcome before it is on its disk"},
		{Name: "slow-abort", Kind: zoo.Control, Doc: "the coordinator aborts when its time is up, and not at a no"},
	}
}

// Mutate implements [sim.Mutable].
func (m mutable) Mutate(name string) (sim.Protocol, bool) {
	if name == "" {
		return mutable{define("")}, true
	}
	for _, known := range m.Mutants() {
		if known.Name == name {
			return mutable{define(name)}, true
		}
	}
	return nil, false
}
