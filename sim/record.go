package sim

import (
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
)

// What becomes of what a handler asks for while it runs without a world: it is
// written down, and what the handler can see of it afterwards is as if it were done.
// See [Handlers].

// add writes an effect down. A handler that never stops asking is ended.
func (r *recorder[M, D]) add(w *World[M, D], x Effect[M, D]) {
	if len(r.effects) >= mostWaiting(w.n) {
		panic(scheduler.ErrFull)
	}
	r.effects = append(r.effects, x)
}

// record writes down one of the effects that wait where there is a disk.
func (w *World[M, D]) record(e *Env[M, D], x *effect[M, D]) {
	y := Effect[M, D]{To: x.to, Message: x.msg, Slot: x.slot, Record: x.rec, Value: x.value, Under: x.under}
	switch x.op {
	case opSend:
		y.Act, y.Under = ActSend, 0
	case opBroadcast:
		y.Act, y.Under = ActBroadcast, 0
	case opSave, opWrite:
		y.Act = ActSave
		if x.op == opWrite {
			y.Act = ActWrite
		}
		e.disk.Keep(x.slot, &x.rec)
	case opSync:
		y.Act = ActSync
	case opDecide:
		y.Act, y.Instance = ActDecide, x.of
	}
	w.rec.add(w, y)
}

// recordAnswer writes down the answer to a request, if the actor has still to answer
// it.
func (w *World[M, D]) recordAnswer(id RequestID, result Value) {
	if w.rec.answered(id) {
		w.rec.add(w, Effect[M, D]{Act: ActAnswer, Request: id, Value: result})
	}
}

// recordAnswers writes down one answer to all that the actor has still to answer.
func (w *World[M, D]) recordAnswers(result Value) {
	for len(w.rec.requests) > 0 {
		w.recordAnswer(w.rec.requests[0].ID, result)
	}
}

// recordAfter writes down an alarm that is set.
func (w *World[M, D]) recordAfter(e *Env[M, D], d Time, t Timer) {
	e.timers[t.Kind] = alarm{handle: 1, set: t.For}
	w.rec.add(w, Effect[M, D]{Act: ActAfter, In: d, Timer: t})
}

// recordAfterChance writes down an alarm whose time is left to chance.
func (w *World[M, D]) recordAfterChance(e *Env[M, D], choice uint8, weights scheduler.Weights, calm Time, t Timer) {
	e.timers[t.Kind] = alarm{handle: 1, set: t.For}
	w.rec.add(w, Effect[M, D]{Act: ActAfterChance, Choice: choice, Weights: weights, In: calm, Timer: t})
}

// recordStop writes down an alarm that is taken back. One that is not set is none.
func (w *World[M, D]) recordStop(e *Env[M, D], kind uint8) {
	if e.timers[kind].handle != 0 {
		e.timers[kind].handle = 0
		w.rec.add(w, Effect[M, D]{Act: ActStop, Timer: Timer{Kind: kind}})
	}
}

// recordChoice writes down a choice, and tells the answer that was given for it.
func (w *World[M, D]) recordChoice(choice uint8, weights scheduler.Weights) uint32 {
	r, x := w.rec, Effect[M, D]{Act: ActChoose, Choice: choice, Weights: weights, Open: true}
	if r.given < len(r.answers) {
		x.Answer, x.Open = r.answers[r.given], false
		r.given++
		if n := weights.Outcomes(); x.Answer >= n && x.Answer > 0 {
			panic(answerRange{x.Answer, n})
		}
	}
	r.add(w, x)
	return x.Answer
}

// answerRange is the panic of an answer that is none.
type answerRange struct{ answer, outcomes uint32 }

// Error tells it.
func (r answerRange) Error() string {
	return fmt.Sprintf("sim: a choice answered %d of 0..%d", r.answer, r.outcomes-1)
}
