// Package commit is two-phase commit: all actors commit a transaction, or all abort it.
// Actor 1 is the coordinator. It asks everybody to vote. If all say yes, it decides to
// commit, saves that, and tells everybody. If somebody says no, or says nothing in time, it
// decides to abort. If it crashes before it has decided, it aborts when it comes back.
//
// The mutants are in mutants.go. One of them tells everybody and saves nothing.
package commit

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"maps"

	"github.com/paxsim/paxsim/sim"
)

// Scenarios is its library.
var Scenarios, _ = fs.Sub(files, "scenarios")

//go:embed scenarios/*.yaml
var files embed.FS

// The kinds of messages.
const (
	prepare uint8 = iota // vote, please
	vote                 // yes or no
	outcome              // commit or abort
	ack                  // the outcome is saved
)

// What an actor votes, and what becomes of the transaction. These are also the rounds of
// its decisions.
const (
	none   uint8 = iota
	commit       // as a vote: yes
	abort        // as a vote: no
)

var words = [...]string{"-", "commit", "abort"}

// message is about the one transaction that there is.
type message struct {
	kind, is uint8
	txn      sim.Value
}

func (m message) Kind() uint8             { return m.kind }
func (m message) Hash(d *sim.Digest)      { d.Mix(uint64(m.is)<<32 | uint64(m.txn)) }
func (m message) Text(x sim.Names) string { return x.ValueName(m.txn) + " " + words[m.is] }

// record is what an actor must not forget.
type record struct {
	txn           sim.Value
	vote, outcome uint8
}

func (r record) Hash(d *sim.Digest) { d.Mix(uint64(r.txn)<<32 | uint64(r.vote)<<8 | uint64(r.outcome)) }
func (r record) Text(x sim.Names) string {
	return fmt.Sprintf("%s: voted %s, outcome %s", x.ValueName(r.txn), words[r.vote], words[r.outcome])
}

type env = sim.Env[message, record]

const (
	coordinator = sim.ID(1)
	patience    = 500 // how long the coordinator waits for votes, and for acks, in ticks
)

// actor is a voter, and actor 1 is the coordinator as well.
type actor struct {
	sim.Base[message, record]
	bug     bug
	told    uint8           // the outcome that the coordinator has told
	refused bool            // somebody has voted no
	missing map[sim.ID]bool // of whom it waits for a vote, then for an ack
	knows   bool            // the outcome is made known
}

// CopyFrom is needed because of the map: an assignment would share it.
func (a *actor) CopyFrom(from *actor) {
	*a = *from
	a.missing = maps.Clone(from.missing)
}

// Start is also called after a crash.
func (a *actor) Start(e *env) {
	r := e.Saved()
	if r.outcome != none {
		a.learn(e, r)
	}
	if e.Self() == coordinator && r.txn != 0 {
		a.conclude(e, cmp.Or(r.outcome, abort))
	}
}

// Request is a client's: it wants a transaction done. There is one in a run. Clients of the
// other actors wait for what becomes of it.
func (a *actor) Request(e *env, r sim.Request) {
	saved := e.Saved()
	switch {
	case a.knows:
		e.Answer(r.ID, saved.txn)
	case e.Self() == coordinator && saved.txn == 0:
		e.Save(record{txn: r.Value})
		a.tell(e, message{prepare, none, r.Value})
	}
}

func (a *actor) Timeout(e *env, _ sim.Timer) {
	if a.told == none {
		a.conclude(e, abort)
	} else {
		a.tell(e, message{outcome, a.told, e.Saved().txn})
	}
}

func (a *actor) Receive(e *env, from sim.ID, m message) {
	r := e.Saved()
	switch {
	case m.kind == prepare:
		if r.vote == none {
			r.txn, r.vote = m.txn, commit
			if e.Choose(0, sim.Equal(8)) == 1 {
				r.vote = abort
			}
			e.Save(r)
		}
		e.Send(from, message{vote, r.vote, r.txn})
	case m.kind == vote && a.told == none:
		delete(a.missing, from)
		a.refused = a.refused || m.is == abort
		switch {
		case a.refused && (!a.bug.patient || len(a.missing) == 0):
			a.conclude(e, abort)
		case len(a.missing) == 0:
			a.conclude(e, commit)
		}
	case m.kind == outcome:
		if r.outcome == none {
			r.txn, r.outcome = m.txn, m.is
			e.Save(r)
		}
		a.learn(e, r)
		e.Send(from, message{ack, none, m.txn})
	case m.kind == ack && a.told != none:
		if delete(a.missing, from); len(a.missing) == 0 {
			e.Stop(0)
			e.Busy(false)
		}
	}
}

// conclude is the coordinator's: the transaction has this outcome.
func (a *actor) conclude(e *env, is uint8) {
	r := e.Saved()
	if r.outcome = is; !a.bug.unsaved {
		e.Save(r)
	}
	a.told = is
	a.tell(e, message{outcome, is, r.txn})
}

// tell sends all a message to which each has to react. The run lasts until all have.
func (a *actor) tell(e *env, m message) {
	e.Busy(true)
	a.missing = map[sim.ID]bool{}
	for id := sim.ID(1); int(id) <= e.N(); id++ {
		a.missing[id] = true
	}
	e.Broadcast(m)
	e.After(patience, sim.Timer{})
}

// learn makes the outcome known.
func (a *actor) learn(e *env, r record) {
	if !a.knows {
		a.knows = true
		e.Decide(0, r.txn, sim.Round(r.outcome))
		e.AnswerAll(r.txn)
	}
}
