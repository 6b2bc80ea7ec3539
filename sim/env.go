package sim

import (
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/triggers"
)

// Env is all that a handler knows of the world and all that it can do to it.
// Effects act at once and in order. If the actor crashes in the middle of a
// handler, what the handler asks for after that does nothing.
//
// Each actor has one of its own, which holds what the world keeps about it.
type Env[M Message, D Record] struct {
	w     *World[M, D]
	actor handlers[M, D]
	self  ID
	mine  scheduler.Key // of its messages, without kind, receiver and count
	alarm scheduler.Key // of its alarms going off, without kind and count
	depth uint32        // messages on the longest causal chain to what is being handled
	cause uint32        // the event that is being handled
	actorState
	disk      disk[M, D]
	stalled   []event[M] // what waits for the end of a pause
	moreSends []uint32   // how often it sent each kind from FewKinds on; nil: none
}

// Self is the number of the actor that is being called.
func (e *Env[M, D]) Self() ID { return e.self }

// N is how many actors there are.
func (e *Env[M, D]) N() int { return e.w.n }

// Leader is the only actor that may take the role of the proposer. An oracle names it once
// the weather has calmed for a core; 0: anybody may ("a distinguished proposer must be
// selected", Paxos Made Simple 2.4; the failure detector Ω of Chandra, Hadzilacos and
// Toueg).
func (e *Env[M, D]) Leader() ID { return e.w.faults.leader }

// Now is the time on the actor's clock.
func (e *Env[M, D]) Now() Time { return e.w.queue.Now() }

// Send sends a message to one actor, itself included. The network may lose,
// delay, reorder or double it, but not one to the sender itself. It panics if
// there is no such actor.
func (e *Env[M, D]) Send(to ID, m M) {
	w := e.w
	if int(to)-1 >= w.n || to == 0 {
		panic(fmt.Sprintf("sim: actor %d sends to actor %d of %d", e.self, to, w.n))
	}
	state := e.slow
	if state&mustWait != 0 {
		w.enqueue(e, effect[M, D]{op: opSend, to: to, msg: m})
		return
	}
	l := w.seal(e, &m)
	if state&mayCrash != 0 && to != e.self && w.crashesBefore(e, l.key.WithTo(uint16(to)).WithWhat(chance.Crash)) {
		return
	}
	w.digest.Mix(uint64(opSend)<<58 | uint64(l.key.WithTo(uint16(to))))
	w.digest.Mix(l.hash)
	if state&(watched|alert) == 0 {
		w.post(e, to, &l)
		return
	}
	if state&watched != 0 {
		w.left(e, observe.Sent, to, &l)
	}
	w.post(e, to, &l)
	if state&alert != 0 {
		w.trigger(e, triggers.Sends, l.key.Kind())
	}
}

// Broadcast sends a message to all actors, in the order of their numbers,
// itself included.
func (e *Env[M, D]) Broadcast(m M) {
	w := e.w
	if e.slow&mustWait != 0 {
		w.enqueue(e, effect[M, D]{op: opBroadcast, msg: m})
		return
	}
	l := w.seal(e, &m)
	w.broadcast(e, &l)
}

// Save puts a record on the disk: [Env.Write] to slot 0, then [Env.Sync].
func (e *Env[M, D]) Save(d D) {
	w := e.w
	state := e.slow
	if state&mustWait != 0 {
		w.enqueue(e, effect[M, D]{op: opSave, rec: d})
		return
	}
	n := w.count(&e.saves)
	if state&mayCrash != 0 && w.crashesBefore(e, scheduler.MakeKey(chance.CrashSave, 0, uint16(e.self), 0, n)) {
		return
	}
	if w.scenario.Disk.Sync == 0 && len(e.disk.Cache) == 0 {
		w.store(e, 0, &d)
		return
	}
	e.disk.Write(0, &d)
	w.sync(e)
}

// Write puts a record under a slot (0, 1, 2, …). It is sure to survive a crash
// only once a later [Env.Sync] is done. It panics if there is no such slot.
func (e *Env[M, D]) Write(slot int, d D) {
	if slot < 0 || slot > MaxSlot {
		panic(fmt.Sprintf("sim: actor %d writes slot %d of 0 to %d", e.self, slot, MaxSlot))
	}
	w := e.w
	if e.slow&mustWait != 0 {
		w.enqueue(e, effect[M, D]{op: opWrite, slot: slot, rec: d})
		return
	}
	e.disk.Write(slot, &d)
}

// Sync is a barrier: what was written before it is on the disk before any
// later effect of this actor can be seen. While it is on its way the effects
// behind it wait, in order; timers and handlers do not.
func (e *Env[M, D]) Sync() {
	w := e.w
	if e.slow&mustWait != 0 {
		w.enqueue(e, effect[M, D]{op: opSync})
		return
	}
	if !w.crashesBefore(e, scheduler.MakeKey(chance.CrashSave, 0, uint16(e.self), 0, w.count(&e.saves))) {
		w.sync(e)
	}
}

// Saved is [Env.Read] of slot 0.
func (e *Env[M, D]) Saved() D { return e.Read(0) }

// Read is the record that the actor has written to a slot last, whether or not it is
// sure to survive yet; after a crash, what survived of it; or the zero record.
func (e *Env[M, D]) Read(slot int) (rec D) {
	if len(e.disk.Cache)|len(e.disk.outbox.list) != 0 {
		return e.disk.written(slot)
	}
	if slot < len(e.disk.Records) {
		rec = e.disk.Records[slot]
	}
	return rec
}

// Decide makes known that the actor has learned that v is the decision of an instance. A
// protocol that decides once has instance 0 alone. under says in which round of the
// protocol; [shown.Rounds] turns it into text. It panics if the number of the instance is
// above [MaxInstance], or if v is no value.
//
// A decision is what a run waits for ([Goal]), what its verdict is about, and what
// [Consensus] compares. It answers no client: see [Env.Answer]. To make it known again
// changes nothing for the run, and is shown again. A crash makes the actor forget it, so an
// actor that has saved a decision makes it known again in its Start.
func (e *Env[M, D]) Decide(of Instance, v Value, under Round) {
	w := e.w
	if v == 0 || of > MaxInstance {
		panic(fmt.Sprintf("sim: actor %d decides value %d in instance %d", e.self, v, of))
	}
	if e.slow&mustWait != 0 {
		w.enqueue(e, effect[M, D]{op: opDecide, of: of, value: v, under: under})
		return
	}
	n := w.count(&e.decides)
	if !w.crashesBefore(e, scheduler.MakeKey(chance.CrashDecide, 0, uint16(e.self), 0, n)) {
		w.decide(e, of, v, under)
	}
}

// After sets the alarm t.Kind to go off d ticks from now, instead of when it
// was to go off before.
func (e *Env[M, D]) After(d Time, t Timer) {
	if w := e.w; e.slow&dead == 0 {
		w.arm(e, d, t)
	}
}

// AfterChance sets the alarm t.Kind, and leaves to chance when it goes off. The answer k
// of the choice, of 1..weights.Outcomes()-1, stands for k-1 ticks from now. 0, the calm
// one, stands for calm ticks from now. The handler never learns the answer, so nothing but
// the alarm can depend on it.
func (e *Env[M, D]) AfterChance(choice uint8, weights scheduler.Weights, calm Time, t Timer) {
	if e.slow&recording != 0 {
		e.w.recordAfterChance(e, choice, weights, calm, t)
		return
	}
	if answer := e.Choose(choice, weights); answer > 0 {
		calm = Time(answer) - 1
	}
	e.After(calm, t)
}

// Stop takes the alarm of this kind back, if it is set.
func (e *Env[M, D]) Stop(kind uint8) {
	if w := e.w; e.slow&worldless == 0 {
		w.disarm(&e.timers[kind])
	} else if e.slow&recording != 0 {
		w.recordStop(e, kind)
	}
}

// Armed says whether the alarm of this kind is set.
func (e *Env[M, D]) Armed(kind uint8) bool {
	return e.timers[kind].handle != 0
}

// Choose leaves a question to chance. choice is an index into [Vocabulary].Choices.
// The answer is one of 0..weights.Outcomes()-1; 0 is the calm one, and must be
// safe.
func (e *Env[M, D]) Choose(choice uint8, weights scheduler.Weights) uint32 {
	w := e.w
	if e.slow&worldless != 0 {
		if e.slow&recording != 0 {
			return w.recordChoice(choice, weights)
		}
		return 0
	}
	n := w.count(&e.choices[choice])
	return w.chance.Choose(scheduler.MakeKey(chance.Protocol+choice, 0, uint16(e.self), 0, n), weights)
}

// Note counts that something worth counting happened, and shows it in a trace.
// note is an index into [Vocabulary].Notes. Nobody else can see it.
func (e *Env[M, D]) Note(note uint8) {
	w := e.w
	s := e.slow
	if s&worldless != 0 {
		if s&recording != 0 {
			w.rec.add(w, Effect[M, D]{Act: ActNote, Note: note})
		}
		return
	}
	w.notes[note]++
	if s&watched != 0 {
		w.emit(observe.Entry{What: observe.Noted, Actor: e.self, Kind: note, Cause: uint64(e.cause)})
	}
}

// Fail says that something is wrong that the protocol itself has noticed: the run
// is a violation ([PanicInvariant]), and ends with this handler. text says what, in
// words that are the same in every run.
func (e *Env[M, D]) Fail(text string) {
	w := e.w
	if e.slow&dead != 0 {
		return
	}
	stack := stackOf(1)
	text = stack.place() + " fails: " + text
	if e.slow&recording != 0 {
		w.rec.add(w, Effect[M, D]{Act: ActFail, Text: text, Stack: stack.lines()})
		return
	}
	w.blame(text, stack)
}
