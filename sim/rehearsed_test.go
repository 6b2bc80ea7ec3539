package sim

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/paxsim/paxsim/sim/observe"
)

// Rehearse makes the handlers of a world run apart from it first, by [Handlers]: what
// they ask for is written down, and then done. What is left to chance is asked when
// its turn comes; then the handler runs again from how the actor stood before, with
// one answer more. So a run that is rehearsed is the run itself if recording and
// acting are the same, both ways: what is recorded is all that acting does, in its
// order, and how the actor stands afterwards is all that the next handler finds.
// lab is a world of the same scenario.
func (w *World[M, D]) Rehearse(lab Runner) {
	w.states.(interface{ rehearse(w, lab *World[M, D]) }).rehearse(w, lab.(*World[M, D]))
}

func (c *actorsOf[A, M, D, P]) rehearse(w, lab *World[M, D]) {
	h := newHandlers(lab, lab.states.(*actorsOf[A, M, D, P]))
	for id := 1; id <= w.n; id++ {
		w.actors[id].actor = &rehearsed[A, M, D, P]{w: w, crew: c, handlers: h}
	}
}

// Rehearsals counts what the rehearsals of this process have come to, by what it is.
var Rehearsals = map[string]int{}

type rehearsed[A any, M Message, D Record, P Actor[A, M, D]] struct {
	w           *World[M, D]
	crew        *actorsOf[A, M, D, P]
	handlers    *Handlers[A, M, D, P]
	before, now Local[A, D]
	answers     []uint32
	done        []Effect[M, D]
}

func (r *rehearsed[A, M, D, P]) Start(e *Env[M, D]) { r.play(e, &Happening[M]{What: observe.Booted}) }
func (r *rehearsed[A, M, D, P]) Receive(e *Env[M, D], from ID, m M) {
	r.play(e, &Happening[M]{What: observe.Delivered, From: from, Message: m})
}
func (r *rehearsed[A, M, D, P]) Timeout(e *Env[M, D], t Timer) {
	r.play(e, &Happening[M]{What: observe.TimedOut, Timer: t})
}
func (r *rehearsed[A, M, D, P]) Request(e *Env[M, D], x Request) {
	r.play(e, &Happening[M]{What: observe.Asked, Request: x})
}

// play rehearses a handler and does what it asked for.
func (r *rehearsed[A, M, D, P]) play(e *Env[M, D], x *Happening[M]) {
	x.Now, x.Leader = e.Now(), e.Leader()
	r.see(e, &r.before)
	r.answers, r.done = r.answers[:0], r.done[:0]
	Rehearsals[x.What.String()]++
	for again := true; again; {
		again = false
		r.handlers.Copy(&r.now, &r.before)
		effects := r.handlers.Handle(e.self, &r.now, x, r.answers)
		for i, f := range effects {
			if i < len(r.done) {
				g := r.done[i]
				answered := f.Act == ActChoose && g.Act == ActChoose && g.Open && f.Choice == g.Choice
				if !answered && !reflect.DeepEqual(f, g) {
					panic(fmt.Sprintf("the handler does %+v, and did %+v when it had fewer answers", f, g))
				}
				continue
			}
			r.done = append(r.done, f)
			Rehearsals[f.Act.String()]++
			if f.Open {
				r.answers = append(r.answers, e.Choose(f.Choice, f.Weights))
				again = true
				break
			}
			r.do(e, &f)
		}
	}
	r.crew.copy(&r.crew.actors[e.self], &r.now.Actor)
	if e.slow&dead == 0 && r.w.result.Violation == nil {
		r.see(e, &r.before)
		if !reflect.DeepEqual(&r.before, &r.now) && fmt.Sprintf("%+v", r.before) != fmt.Sprintf("%+v", r.now) {
			panic(fmt.Sprintf("after %v actor %d stands as\n%+v\nand the rehearsal says\n%+v", x.What, e.self, r.before, r.now))
		}
	}
}

// see makes l how an actor of the world stands.
func (r *rehearsed[A, M, D, P]) see(e *Env[M, D], l *Local[A, D]) {
	r.crew.copy(&l.Actor, &r.crew.actors[e.self])
	l.Disk, l.Timers, l.Requests, l.Busy = l.Disk[:0], l.Timers[:0], l.Requests[:0], e.busy
	slots := len(e.disk.Records)
	for _, x := range e.disk.Cache {
		slots = max(slots, x.Slot+1)
	}
	for _, x := range e.disk.outbox.each() {
		if x.op == opSave || x.op == opWrite {
			slots = max(slots, x.slot+1)
		}
	}
	for slot := range slots {
		l.Disk = append(l.Disk, e.Read(slot))
	}
	for kind := range e.timers {
		if al := &e.timers[kind]; al.handle != 0 {
			l.Timers = append(l.Timers, Timer{Kind: uint8(kind), For: al.set})
		}
	}
	for _, q := range r.w.clients.of(e.self) {
		if q.known {
			l.Requests = append(l.Requests, r.w.clients.operations[q.op-1].Request)
		}
	}
	slices.SortFunc(l.Requests, func(a, b Request) int { return int(a.ID) - int(b.ID) })
}

// do does what was written down.
func (r *rehearsed[A, M, D, P]) do(e *Env[M, D], f *Effect[M, D]) {
	switch f.Act {
	case ActSend:
		e.Send(f.To, f.Message)
	case ActBroadcast:
		e.Broadcast(f.Message)
	case ActSave:
		e.Save(f.Record)
	case ActWrite:
		e.Write(f.Slot, f.Record)
	case ActSync:
		e.Sync()
	case ActDecide:
		e.Decide(f.Instance, f.Value, f.Under)
	case ActAnswer:
		e.Answer(f.Request, f.Value)
	case ActAfter:
		e.After(f.In, f.Timer)
	case ActAfterChance:
		e.AfterChance(f.Choice, f.Weights, f.In, f.Timer)
	case ActStop:
		e.Stop(f.Timer.Kind)
	case ActNote:
		e.Note(f.Note)
	case ActBusy:
		e.Busy(f.Busy)
	case ActFail:
		r.w.breach(&Violation{Invariant: PanicInvariant, Text: f.Text})
		r.w.result.Violation.Stack = f.Stack
	}
}
