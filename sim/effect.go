package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/triggers"
)

// An effect is something that a handler asks of the world and that others can see. While a
// sync is on its way, effects wait in the actor's outbox as values of this type.
type effect[M Message, D Record] struct {
	op    op
	to    ID
	slot  int
	under Round // of a message that holds memory: what it says, condensed
	value Value
	of    Instance // or the RequestID
	msg   M
	rec   D
	depth uint32 // of the handler that asked
	cause uint32
}

// op is what an effect is. The numbers go into digests.
type op uint8

const (
	opSend op = iota + 1
	opBroadcast
	opSave
	opWrite
	opSync
	opDecide
	opAnswer
	opCrash // this and those below are not asked for: they just happen
	opPause
	opResume
	opStall
	opStrike
	opHeal
	opSpecial
	opCore
	opHear // a message that the history is to hear of; nobody else sees it
)

// Why an actor's effects cannot take the short way, as bits of actorState.slow.
const (
	dead      = 1 << iota // it has crashed: nothing that it asks for happens
	waiting               // a sync is on its way: effects queue up behind it
	mayCrash              // a crash may fall before each effect
	watched               // a history or an observer wants to know
	recording             // it runs without a world: what it asks for is written down
	paused                // it handles nothing, and its effects wait
	alert                 // a moment may come by what it does
	overheard             // the history wants to know what reaches it
	observed              // an observer wants to know
	unborn                // it has not started, since a pause fell before that: what comes waits for its start
	handles               // messages or records hold memory: they are looked at, see strict.go
)

// mustWait is the reasons for which an effect does not happen when it is asked for.
const mustWait = dead | waiting | paused | recording

// worldless is those for which nothing of the world changes, whatever is asked for.
const worldless = dead | recording

// enqueue makes an effect wait for the end of the sync that is on its way, or of a
// pause; a dead actor's is forgotten, and without a world it is written down.
func (w *World[M, D]) enqueue(e *Env[M, D], x effect[M, D]) {
	x.depth, x.cause = e.depth, e.cause
	if o := &e.disk.outbox; e.slow&(worldless|handles) != 0 || len(o.list) >= w.queue.Most {
		w.enqueueSlow(e, &x)
	} else {
		o.list = append(o.list, x)
	}
}

// enqueueSlow is hold where an effect is forgotten, or written down, or of a message
// that holds memory, or where too many may wait.
func (w *World[M, D]) enqueueSlow(e *Env[M, D], x *effect[M, D]) {
	switch {
	case e.slow&recording != 0:
		w.record(e, x)
		return
	case e.slow&dead != 0:
		return
	case e.slow&handles != 0 && (x.op == opSend || x.op == opBroadcast):
		x.under = Round(w.hashOf(x.msg))
	}
	if len(e.disk.outbox.each()) >= mostWaiting(w.n) {
		panic(scheduler.ErrFull)
	}
	e.disk.outbox.push(*x)
}

// perform asks once more for an effect that has waited: it happens now.
func (w *World[M, D]) perform(e *Env[M, D], x *effect[M, D]) {
	if e.slow&handles != 0 && (x.op == opSend || x.op == opBroadcast) && !w.stillWaits(e, x) {
		return
	}
	switch x.op {
	case opSend:
		e.Send(x.to, x.msg)
	case opBroadcast:
		e.Broadcast(x.msg)
	case opSave:
		e.Save(x.rec)
	case opWrite:
		e.Write(x.slot, x.rec)
	case opSync:
		e.Sync()
	case opDecide:
		e.Decide(x.of, x.value, x.under)
	case opAnswer:
		w.answer(e, &w.clients.requests[w.clients.operations[x.of-1].asker], x.value)
	case opHear:
		w.ear.Heard(e.self, x.msg)
	}
}

// broadcast makes an envelope leave to all actors. To the crash choice each
// destination is an effect of its own: a crash can leave a broadcast half sent.
// A pause cannot: it holds from the next effect on.
func (w *World[M, D]) broadcast(e *Env[M, D], l *envelope[M]) {
	w.digest.Mix(uint64(opBroadcast)<<58 | uint64(l.key))
	w.digest.Mix(l.hash)
	if w.n >= batchActors && w.net.DelayCount <= maxSpan && !w.slowSend && e.slow&alert == 0 {
		w.broadcastBatch(e, l)
		return
	}
	s := e.slow
	for to := ID(1); int(to) <= w.n; to++ {
		if s&mayCrash != 0 && to != e.self && w.crashesBefore(e, l.key.WithTo(uint16(to)).WithWhat(chance.Crash)) {
			return
		}
		if s&(watched|alert) == 0 {
			w.post(e, to, l)
			continue
		}
		if s&watched != 0 { // once, when the first has left
			s &^= watched
			w.left(e, observe.Broadcast, 0, l)
		}
		w.post(e, to, l)
		if s&alert != 0 {
			w.trigger(e, triggers.Sends, l.key.Kind())
			if e.slow&dead != 0 {
				return
			}
		}
	}
}

// left tells whoever watches that a message has left.
func (w *World[M, D]) left(e *Env[M, D], what observe.What, to ID, l *envelope[M]) {
	if len(w.observers) != 0 {
		w.emit(w.told(observe.Entry{What: what, Actor: e.self, Peer: to, Kind: l.key.Kind(), N: l.key.Count(), Cause: uint64(e.cause)}, *l.msg))
	}
	if w.history != nil {
		w.breach(w.history.Sent(e.self, *l.msg))
	}
}

// learned notes, if it is so, that from now on all have learned that the run
// waits for. before: they had already before it waited for fewer.
func (w *World[M, D]) learned(before bool) {
	if w.unlearned <= 0 && !before {
		w.result.LearnedTime = w.queue.Now()
	}
}

// outbox is a first-in-first-out list that keeps its memory.
type outbox[T any] struct {
	list []T
	head int
}

func (o *outbox[T]) push(x T) { o.list = append(o.list, x) }

func (o *outbox[T]) pop() (x T, ok bool) {
	if o.head == len(o.list) {
		o.clear()
		return x, false
	}
	x = o.list[o.head]
	o.head++
	return x, true
}

// each is the things in it, in their order.
func (o *outbox[T]) each() []T { return o.list[o.head:] }

func (o *outbox[T]) clear() { o.list, o.head = o.list[:0], 0 }
