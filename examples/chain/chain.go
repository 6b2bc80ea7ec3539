// Package chain is chain replication of one register (van Renesse and Schneider, 2004). Actor
// 1 is the head. It adds each write to a list and passes that down the chain. What the tail
// has is everywhere, so the tail answers reads. The head takes a silent tail out.
//
// A tail that is taken out need not know. So reads go by the head. With the setting "reads:
// tail" an actor asks the tail that it knows, and a lost tail answers with an old value.
package chain

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
)

// Scenarios is its library.
var Scenarios, _ = fs.Sub(files, "scenarios")

//go:embed scenarios/*.yaml
var files embed.FS

// The kinds of messages. The first two are the operations, too.
const (
	put   uint8 = iota // to the head: write the value
	get                // by the head to the tail: what is the last write?
	write              // down the chain: these are the writes
	wrote              // by the tail to all: it has these writes
	is                 // by the tail to all: these are the writes, for a read
)

// record is what an actor must not forget. It is in messages, too.
type record struct {
	writes []sim.Value
	tail   sim.ID
}

func (r record) add(v sim.Value) record { return record{append(slices.Clip(r.writes), v), r.tail} }
func (r record) last() sim.Value {
	if len(r.writes) == 0 {
		return 0
	}
	return r.writes[len(r.writes)-1]
}
func (r record) Hash(d *sim.Digest) {
	d.Mix(uint64(r.tail))
	for _, v := range r.writes {
		d.Mix(uint64(v))
	}
}
func (r record) Text(x sim.Names) string {
	return fmt.Sprintf("%d writes, the last is %s, tail %d", len(r.writes), x.ValueName(r.last()), r.tail)
}

type message struct {
	kind  uint8
	value sim.Value // of put; of get and is: the value that names the read
	record
}

func (m message) Kind() uint8             { return m.kind }
func (m message) Hash(d *sim.Digest)      { d.Mix(uint64(m.value)); m.record.Hash(d) }
func (m message) Text(x sim.Names) string { return x.ValueName(m.value) + ": " + m.record.Text(x) }

type env = sim.Env[message, record]

const (
	head     = sim.ID(1)
	patience = 200 // before something is said again, in ticks
)

// actor is a part of the chain, and serves clients as well.
type actor struct {
	sim.Base[message, record]
	trusts   bool           // it asks the tail that it knows
	asked    [2]sim.Request // what clients wait for, by operation; zero: nothing
	finished int            // of the head: so many writes are at the tail
}

// Start is also called after a crash: the head passes its writes down again.
func (a *actor) Start(e *env) {
	if e.Saved().tail == 0 {
		e.Save(record{tail: sim.ID(e.N())})
	}
	if e.Self() == head && e.Saved().writes != nil {
		a.pass(e)
	}
}

func (a *actor) Request(e *env, r sim.Request) {
	a.asked[r.Do] = r
	a.ask(e)
}

// ask asks for what clients wait for, and again after a while.
func (a *actor) ask(e *env) {
	for do, r := range a.asked {
		to := head
		if uint8(do) == get && a.trusts {
			to = e.Saved().tail
		}
		if r.ID != 0 {
			e.Send(to, message{kind: uint8(do), value: r.Value})
			e.After(patience, sim.Timer{})
		}
	}
}

func (a *actor) Timeout(e *env, _ sim.Timer) {
	if r := e.Saved(); e.Self() == head && a.finished < len(r.writes) {
		r.tail = max(r.tail-1, head) // the tail is lost
		e.Save(r)
		a.pass(e)
	}
	a.ask(e)
}

// pass passes the writes down the chain. The tail tells all.
func (a *actor) pass(e *env) {
	if r := e.Saved(); e.Self() < r.tail {
		e.Send(e.Self()+1, message{write, 0, r})
	} else {
		e.Broadcast(message{wrote, 0, r})
	}
	if e.Self() == head && !e.Armed(0) {
		e.After(patience, sim.Timer{})
	}
}

func (a *actor) Receive(e *env, _ sim.ID, m message) {
	r := e.Saved()
	switch m.kind {
	case put:
		if !slices.Contains(r.writes, m.value) {
			e.Save(r.add(m.value))
		}
		a.pass(e)
	case get:
		if e.Self() == head && r.tail != head {
			e.Send(r.tail, m)
		} else {
			e.Broadcast(message{is, m.value, r})
		}
	case write:
		if len(m.writes) >= len(r.writes) && m.tail <= r.tail {
			e.Save(m.record)
			a.pass(e)
		}
	case wrote:
		a.finished = max(a.finished, len(m.writes))
		for i, v := range m.writes {
			e.Decide(sim.Instance(i), v, 0) // the writes are in this order
			a.answer(e, put, v, v)
		}
	case is:
		a.answer(e, get, m.value, m.last())
	}
}

// answer answers a client whose request has this operation and value.
func (a *actor) answer(e *env, do uint8, of, result sim.Value) {
	if r := a.asked[do]; r.ID != 0 && r.Value == of {
		e.Answer(r.ID, result)
		a.asked[do] = sim.Request{}
	}
}

// history watches that a read tells of every write that a client knew of when it began.
type history struct {
	sim.NoHistory[message, record]
	run    sim.Watched
	watch  bool
	actors int
	number []int     `state:"by-value"` // of writes
	told   []uint64  `state:"scratch"`  // the event in which a client learned of a write, by number
	known  int       // the last write that a client knows of
	reads  []read    `state:"bag"`
	marks  sim.Marks `state:"mark"`
}

// read is a read that was asked for.
type read struct {
	id   sim.RequestID
	knew int // what was known when it was first asked for
}

// of is a read; nil: it was not asked for.
func (h *history) of(id sim.RequestID) *read {
	for i := range h.reads {
		if h.reads[i].id == id {
			return &h.reads[i]
		}
	}
	return nil
}

func (h *history) Reset() {
	h.number, h.told, h.reads = h.number[:0], h.told[:0], h.reads[:0]
	h.known, h.marks = 0, 0
}

// room is a list that has a place i.
func room[T any](list []T, i int) []T {
	for len(list) <= i {
		list = append(list, *new(T))
	}
	return list
}

func (h *history) Marks() sim.Marks { return h.marks }

func (h *history) Saved(_ sim.ID, _ int, r record) *sim.Violation {
	h.number = room(h.number, int(r.last()))
	h.number[r.last()] = len(r.writes)
	if int(r.tail) < h.actors {
		h.marks |= 1 // the first of the marks: tail-lost
	}
	return nil
}

func (h *history) Requested(_ sim.ID, r sim.Request) *sim.Violation {
	if r.Do == get && h.of(r.ID) == nil {
		h.reads = append(h.reads, read{r.ID, h.known})
	}
	return nil
}

func (h *history) Answered(id sim.ID, r sim.RequestID, result sim.Value) *sim.Violation {
	h.number = room(h.number, int(result))
	n := h.number[result]
	if x := h.of(r); x != nil && n < x.knew && h.watch {
		text := fmt.Sprintf("actor %d reads %s, write %d, and a client knew of write %d before", id, h.run.ValueName(result), n, x.knew)
		return &sim.Violation{Invariant: "fresh-reads", Text: text, Events: []uint64{h.told[x.knew]}}
	}
	if n > h.known {
		h.told = room(h.told, n)
		h.known, h.told[n] = n, h.run.Event()
	}
	return nil
}

// Protocol is chain replication as paxsim knows it.
var Protocol = sim.Define(sim.Spec[actor, message, record]{
	Name: "chain",
	Vocabulary: sim.Vocabulary{
		Messages:   []string{"Put", "Get", "Write", "Wrote", "Is"},
		Operations: []string{"put", "get"},
		Timers:     []shown.TimerKind{{Name: "again", Doc: "it says again what it waits for; the head takes a silent tail out"}},
	},
	Settings: []sim.Setting{
		{Name: "reads", Kind: sim.Word, Words: []string{"head", "tail"}, Doc: "whom an actor asks that wants to read: the head, or the tail that it knows",
			Unsafe: "a tail that was taken out answers with an old value", UnsafeAt: 1},
	},
	Invariants: []sim.Invariant{{Name: "fresh-reads", Doc: "a read tells of every write that a client knew of before, or of a later one"}},
	Marks:      []sim.Mark{{Name: "tail-lost", Doc: "the head took a tail out of the chain"}},
	Actor:      func(s *sim.Scenario, _ sim.Plan) actor { return actor{trusts: s.Setting("reads") == 1} },
	History: func(s *sim.Scenario, run sim.Watched) sim.History[message, record] {
		return &history{run: run, watch: s.Watches("fresh-reads"), actors: s.Actors}
	},
	Goal: func(s *sim.Scenario) (g sim.Goal) {
		for _, r := range s.Requests {
			if r.Do != get {
				g.Instances++
			}
		}
		return g
	},
})
