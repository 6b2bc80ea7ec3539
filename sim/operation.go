package sim

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/observe"
)

// RequestID names what a client asks for: 1, 2, …, in the order in which they are
// first asked. [Env.Answer] says which request it ends by this number. A client that asks again after a crash of its actor asks for the same
// if the scenario names the value. Else it asks for a new value, under a new number,
// and lets go of the one before. 0 is no request.
type RequestID uint32

// Request is what a client asks of an actor.
type Request struct {
	ID     RequestID
	Do     uint8 // an index into [Vocabulary].Operations; 0 if the protocol has none
	Key    Value // what it is done to; 0: nothing is named
	Value  Value
	Chance bool // propose when chance says so; else: at once
}

// Operation is a request from its beginning to its end, as its client sees it.
type Operation struct {
	Request
	Actor    ID    // who was asked
	Asked    Time  // when first
	Answered Time  // when the answer came; [faults.Forever]: it has not
	Result   Value // the answer
	asker    int32 // the request of the scenario
}

// Answer gives a client the answer to what it asked for: the operation is over. It
// is an effect that others can see, so a crash may fall before it; then the client
// asks again. result may be any value, none (0) too. It decides nothing: an actor that
// answers with a decision calls [Env.Decide] first. It does nothing if the actor has answered already, if the client has
// let go of the operation, or if the actor has crashed since it was asked. It panics
// if nobody has ever asked the actor for it.
func (e *Env[M, D]) Answer(id RequestID, result Value) {
	w := e.w
	switch c := &w.clients; {
	case e.slow&dead != 0:
	case e.slow&recording != 0:
		w.recordAnswer(id, result)
	case id == 0 || int(id) > len(c.operations) || c.operations[id-1].Actor != e.self:
		panic(fmt.Sprintf("sim: actor %d answers request %d, for which nobody has asked it", e.self, id))
	default:
		if r := &c.requests[c.operations[id-1].asker]; r.op == id && r.known {
			w.reply(e, r, result)
		}
	}
}

// AnswerAll gives the same answer to all that the actor has been asked for since it
// is up and has not answered, in the order in which it was asked first. See
// [Env.Answer].
func (e *Env[M, D]) AnswerAll(result Value) {
	if e.clients != 0 || e.slow&recording != 0 { // small, so that those whom nobody has asked pay little
		e.w.answerAll(e, result)
	}
}

// answerAll gives one answer to all clients of an actor that have none.
func (w *World[M, D]) answerAll(e *Env[M, D], result Value) {
	c := &w.clients
	switch {
	case e.slow&recording != 0:
		w.recordAnswers(result)
	case c.byChance > 0 && c.requests[e.self-1].known && e.clients == 1: // as most are
		w.reply(e, &c.requests[e.self-1], result)
	default:
		for i := 0; i < len(c.operations) && e.clients != 0; i++ {
			if x := &c.operations[i]; x.Actor == e.self {
				if r := &c.requests[x.asker]; r.op == x.ID && r.known {
					w.reply(e, r, result)
				}
			}
		}
	}
}

// reply makes an actor answer what a request has begun: now, or behind what waits.
func (w *World[M, D]) reply(e *Env[M, D], r *request, result Value) {
	r.known = false
	e.clients--
	if e.slow&mustWait != 0 {
		w.enqueue(e, effect[M, D]{op: opAnswer, of: Instance(r.op), value: result})
		return
	}
	w.answer(e, r, result)
}

// Busy says whether the actor is at work on something that the run is to wait for, even if
// its clients have their answers. A crash makes the actor forget it. A run that has
// reached its [Goal] in all else lasts as long as somebody is busy. A coordinator is busy
// until all have acknowledged, for example. It is no effect that others can see: nothing
// is sent, and no crash falls before it.
func (e *Env[M, D]) Busy(is bool) {
	if e.busy != is {
		e.w.work(e, is)
	}
}

// work begins or ends the work of an actor.
func (w *World[M, D]) work(e *Env[M, D], is bool) {
	switch {
	case e.slow&dead != 0:
	case e.slow&recording != 0:
		e.busy = is
		w.rec.add(w, Effect[M, D]{Act: ActBusy, Busy: is})
	case is:
		w.clients.work(&e.actorState)
	default:
		w.clients.rest(&e.actorState)
	}
}

// answer ends what a request has begun.
func (w *World[M, D]) answer(e *Env[M, D], r *request, result Value) {
	n := w.count(&e.answers)
	if e.slow&mayCrash != 0 && w.crashesBefore(e, scheduler.MakeKey(chance.CrashAnswer, 0, uint16(e.self), 0, n)) {
		return
	}
	w.digest.Mix(uint64(opAnswer)<<56 | uint64(e.self)<<32 | uint64(result))
	w.digest.Mix(uint64(r.op))
	r.ended = true
	w.clients.close(r)
	x := &w.clients.operations[r.op-1]
	x.Answered, x.Result = w.queue.Now(), result
	if e.slow&watched == 0 {
		return
	}
	if len(w.observers) != 0 {
		w.emit(observe.Entry{What: observe.Answered, Actor: e.self, N: uint32(x.asker), Cause: uint64(e.cause), Text: w.ValueName(result)})
	}
	if w.history != nil {
		w.breach(w.history.Answered(e.self, r.op, result))
	}
}

// asks tells what a client asks for: "put x 2a", or the value alone where a protocol
// has no operations.
func (w *World[M, D]) asks(r *Request) string {
	var parts []string
	if int(r.Do) < len(w.spec.vocabulary.Operations) {
		parts = append(parts, w.spec.vocabulary.Operations[r.Do])
	}
	if r.Key != 0 {
		parts = append(parts, w.ValueName(r.Key))
	}
	return strings.Join(append(parts, w.ValueName(r.Value)), " ")
}
