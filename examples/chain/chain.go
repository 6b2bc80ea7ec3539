// Package chain is chain replication of one register. Actor 1 is the head. It gives each
// write a number and passes it down the chain. The tail has every write last, so what the
// tail has is everywhere. Reads are for the tail alone (van Renesse and Schneider, 2004).
//
// If a write gets lost, the head passes it down again. If that does not help, it takes the
// tail out of the chain, and the actor before is the tail. A tail that is taken out need not
// know. So the head says who is the tail, for each read. With the setting "reads: tail" an
// actor asks the tail that it knows. Then a lost tail answers with what is no longer true.
package chain

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// Scenarios is its library.
var Scenarios, _ = fs.Sub(files, "scenarios")

//go:embed scenarios/*.yaml
var files embed.FS

// The kinds of messages.
const (
	put   uint8 = iota // to the head: write the value
	write              // down the chain: write number n is the value
	done               // to the head: the tail has write n
	wrote              // to all: write n is the value, and the tail has it
	ask                // to the head: have the tail tell me the value
	get                // to the tail: tell it to the actor that asks
	is                 // the value after n writes
)

// message is one of these.
type message struct {
	kind  uint8
	n     uint32
	value sim.Value
	tail  sim.ID    // as the sender knows it
	asks  sim.ID    // of get: the actor that asks
	read  sim.Value // of ask, get and is: the value of the request, which names the read
}

func (m message) Kind() uint8 { return m.kind }
func (m message) Hash(d *sim.Digest) {
	d.Mix(uint64(m.n)<<32 | uint64(m.value))
	d.Mix(uint64(m.read)<<32 | uint64(m.asks)<<16 | uint64(m.tail))
}
func (m message) Text(x sim.Names) string {
	return fmt.Sprintf("%d: %s, tail %d", m.n, x.ValueName(m.value), m.tail)
}

// record is what an actor must not forget. Nobody changes the writes after they were saved:
// see add.
type record struct {
	writes []sim.Value
	tail   sim.ID // 0: the last actor
}

func (r record) n() uint32 { return uint32(len(r.writes)) }
func (r record) last() (v sim.Value) {
	if len(r.writes) > 0 {
		v = r.writes[len(r.writes)-1]
	}
	return v
}
func (r record) add(v sim.Value) record { return record{append(slices.Clip(r.writes), v), r.tail} }
func (r record) Hash(d *sim.Digest) {
	d.Mix(uint64(r.n())<<32 | uint64(r.tail))
	for _, v := range r.writes {
		d.Mix(uint64(v))
	}
}
func (r record) Text(x sim.Names) string {
	return fmt.Sprintf("%d writes, the last is %s, tail %d", r.n(), x.ValueName(r.last()), r.tail)
}

type env = sim.Env[message, record]

const (
	head  = sim.ID(1)
	opGet = 1 // an operation; 0 is to put
)

// actor is a part of the chain, and serves clients as well.
type actor struct {
	sim.Base[message, record]
	trusts   bool // it asks the tail that it knows
	patience sim.Time
	asked    [2]sim.Request // what clients wait for, by operation; zero: nothing
	finished uint32         // of the head: so many writes are at the tail
	tried    bool           // of the head: it has passed the last write down twice
}

// state is what is on the disk, with the tail filled in.
func state(e *env) record {
	r := e.Saved()
	r.tail = cmp.Or(r.tail, sim.ID(e.N()))
	return r
}

// Start is also called after a crash: the head goes on with its last write.
func (a *actor) Start(e *env) {
	if e.Self() == head && e.Saved().n() > 0 {
		a.pass(e, state(e))
	}
}

func (a *actor) Request(e *env, r sim.Request) {
	a.asked[r.Do] = r
	a.ask(e)
}

// ask asks for what clients wait for, and again after a while.
func (a *actor) ask(e *env) {
	p, g, tail := a.asked[0], a.asked[opGet], state(e).tail
	if p.ID != 0 {
		e.Send(head, message{kind: put, value: p.Value, tail: tail})
	}
	if g.ID != 0 && a.trusts {
		e.Send(tail, message{kind: get, asks: e.Self(), read: g.Value, tail: tail})
	} else if g.ID != 0 {
		e.Send(head, message{kind: ask, read: g.Value, tail: tail})
	}
	e.After(a.patience, sim.Timer{})
}

func (a *actor) Timeout(e *env, _ sim.Timer) {
	if r := state(e); e.Self() == head && a.finished < r.n() {
		if a.tried && r.tail > head {
			r.tail-- // the tail is lost
			e.Save(r)
		}
		a.tried = !a.tried
		a.pass(e, r)
	}
	if a.asked != [2]sim.Request{} {
		a.ask(e)
	}
}

// pass passes the last write down the chain. The tail tells the head.
func (a *actor) pass(e *env, r record) {
	m := message{kind: write, n: r.n(), value: r.last(), tail: r.tail}
	switch {
	case e.Self() < r.tail:
		e.Send(e.Self()+1, m)
	case e.Self() == r.tail:
		m.kind = done
		e.Send(head, m)
	}
	if e.Self() == head {
		e.After(a.patience, sim.Timer{})
	}
}

func (a *actor) Receive(e *env, from sim.ID, m message) {
	r := state(e)
	switch m.kind {
	case put:
		i := slices.Index(r.writes, m.value)
		if i < 0 && a.finished == r.n() { // one after the other
			a.tried = false
			e.Save(r.add(m.value))
			a.pass(e, state(e))
		} else if i >= 0 && uint32(i) < a.finished {
			e.Send(from, message{kind: wrote, n: uint32(i + 1), value: m.value, tail: r.tail})
		}
	case write:
		r.tail = min(r.tail, m.tail)
		if m.n == r.n()+1 {
			r = r.add(m.value)
		}
		if m.n == r.n() {
			e.Save(r)
			a.pass(e, r)
		}
	case done:
		if m.n == r.n() && m.n > a.finished {
			a.finished = m.n
			e.Broadcast(message{kind: wrote, n: m.n, value: m.value, tail: r.tail})
		}
	case wrote:
		e.Decide(sim.Instance(m.n-1), m.value, 0) // the n-th write is this one
		a.answer(e, 0, m.value, m.value)
	case ask:
		e.Send(r.tail, message{kind: get, asks: from, read: m.read, tail: r.tail})
	case get:
		if e.Self() <= r.tail {
			e.Send(m.asks, message{kind: is, n: r.n(), value: r.last(), tail: r.tail, read: m.read})
		}
	case is:
		a.answer(e, opGet, m.read, m.value)
	}
}

// answer answers a client whose request has this operation and value.
func (a *actor) answer(e *env, do uint8, of, result sim.Value) {
	if r := a.asked[do]; r.ID != 0 && r.Value == of {
		e.Answer(r.ID, result)
		a.asked[do] = sim.Request{}
	}
}
