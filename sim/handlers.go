package sim

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/sim/observe"
)

// Handlers runs the handlers of a protocol without a world. What an actor does is a
// function of its state, of what happens, and of the answers to what it leaves to chance.
// Nothing that it asks for happens; all of it is written down, in order. It does the same
// as in a world. Nobody may use it from two goroutines at once.
type Handlers[A any, M Message, D Record, P Actor[A, M, D]] struct {
	w    *World[M, D]
	crew *actorsOf[A, M, D, P]
	rec  recorder[M, D]
}

// recorder is what an [Env] that writes down keeps of the handler that runs.
type recorder[M Message, D Record] struct {
	effects  []Effect[M, D]
	answers  []uint32
	given    int // how many of them were
	requests []Request
}

// NewHandlers makes the handlers of the actors of a scenario. A, M and D are the
// types that the protocol was defined with, and P is inferred. It is an error if the
// scenario is not sound, if the protocol has other types, or if its actors cannot be
// copied.
func NewHandlers[A any, M Message, D Record, P Actor[A, M, D]](s *Scenario) (*Handlers[A, M, D, P], error) {
	r, err := s.Protocol.New(s)
	if err != nil {
		return nil, err
	}
	w, ok := r.(*World[M, D])
	if !ok {
		return nil, fmt.Errorf("sim: %s has other messages or records than %T", s.Protocol.Name(), *new(M))
	}
	c, ok := w.states.(*actorsOf[A, M, D, P])
	if !ok {
		return nil, fmt.Errorf("sim: the actors of %s are not of the type %T", s.Protocol.Name(), *new(A))
	}
	if err := c.copyable(); err != nil {
		return nil, err
	}
	return newHandlers(w, c), nil
}

func newHandlers[A any, M Message, D Record, P Actor[A, M, D]](w *World[M, D], c *actorsOf[A, M, D, P]) *Handlers[A, M, D, P] {
	h := &Handlers[A, M, D, P]{w: w, crew: c}
	w.rec = &h.rec
	return h
}

// New makes l an actor that is about to start for the first time; Start is still to
// be handled.
func (h *Handlers[A, M, D, P]) New(id ID, l *Local[A, D]) {
	l.Disk = l.Disk[:0]
	h.Crash(id, l)
}

// Crash makes l what a crash leaves of it: what is on the disk. Start is still to be
// handled.
func (h *Handlers[A, M, D, P]) Crash(id ID, l *Local[A, D]) {
	e := &h.w.actors[id]
	e.slow = recording
	h.rec = recorder[M, D]{effects: h.rec.effects[:0]}
	h.w.within(e, func() { h.crew.make(id, &l.Actor) })
	l.Timers, l.Requests, l.Busy = l.Timers[:0], l.Requests[:0], false
}

// Copy makes one actor equal to another, and shares nothing with it.
func (h *Handlers[A, M, D, P]) Copy(to, from *Local[A, D]) {
	h.crew.copy(&to.Actor, &from.Actor)
	to.Disk = append(to.Disk[:0], from.Disk...)
	to.Timers = append(to.Timers[:0], from.Timers...)
	to.Requests = append(to.Requests[:0], from.Requests...)
	to.Busy = from.Busy
}

// Handle lets actor id, in the state l, handle what happens, and changes l to its state
// then. The handler's first choice gets the first of the answers, and so on. A choice
// without an answer gets 0 and is marked as Open. So call it without answers, see what is
// asked, and call it again for each answer that there is. It returns what the handler asks
// for; that is good until the next call. If the handler panics, a [ActFail] is the last of
// it. It panics if there is no such actor, or if What is no event of a handler.
func (h *Handlers[A, M, D, P]) Handle(id ID, l *Local[A, D], x *Happening[M], answers []uint32) []Effect[M, D] {
	w := h.w
	if id == 0 || int(id) > w.n {
		panic(fmt.Sprintf("sim: there is no actor %d: the scenario has %d", id, w.n))
	}
	e := &w.actors[id]
	h.load(e, l, x, answers)
	h.handle(e, P(&l.Actor), x)
	h.store(e, l)
	return h.rec.effects
}

// load makes the env of an actor what the actor is to see.
func (h *Handlers[A, M, D, P]) load(e *Env[M, D], l *Local[A, D], x *Happening[M], answers []uint32) {
	w := h.w
	e.actorState = actorState{slow: recording, busy: l.Busy}
	w.queue.Reset()
	w.queue.Jump(x.Now)
	w.faults.leader = x.Leader
	e.disk.Records = append(e.disk.Records[:0], l.Disk...)
	for _, t := range l.Timers {
		e.timers[t.Kind] = alarm{handle: 1, set: t.For}
	}
	h.rec = recorder[M, D]{effects: h.rec.effects[:0], answers: answers, requests: append(h.rec.requests[:0], l.Requests...)}
	switch x.What {
	case observe.TimedOut:
		e.timers[x.Timer.Kind].handle = 0
	case observe.Asked:
		h.rec.asked(x.Request)
	}
}

// handle calls the handler, and makes a panic of it the last effect.
func (h *Handlers[A, M, D, P]) handle(e *Env[M, D], actor P, x *Happening[M]) {
	defer func() {
		if p := recover(); p != nil {
			stack := stackOf(1)
			if stack.place() == "" || stack.ofOthers() {
				panic(p)
			}
			h.rec.effects = append(h.rec.effects, Effect[M, D]{Act: ActFail, Text: stack.place() + " panics: " + panicText(p), Stack: stack.lines()})
		}
	}()
	h.w.within(e, func() {
		switch x.What {
		case observe.Booted:
			actor.Start(e)
		case observe.Delivered:
			actor.Receive(e, x.From, x.Message)
		case observe.TimedOut:
			actor.Timeout(e, x.Timer)
		case observe.Asked:
			actor.Request(e, x.Request)
		default:
			panic(fmt.Sprintf("sim: no handler handles %v", x.What))
		}
	})
}

// store makes a value of what the handler has changed in its env.
func (h *Handlers[A, M, D, P]) store(e *Env[M, D], l *Local[A, D]) {
	l.Disk = append(l.Disk[:0], e.disk.Records...)
	l.Timers = l.Timers[:0]
	for kind := range e.timers {
		if al := &e.timers[kind]; al.handle != 0 {
			l.Timers = append(l.Timers, Timer{Kind: uint8(kind), For: al.set})
		}
	}
	l.Requests = append(l.Requests[:0], h.rec.requests...)
	l.Busy = e.busy
}

// asked notes a request, if the actor does not know of it already.
func (r *recorder[M, D]) asked(x Request) {
	at := len(r.requests)
	for at > 0 && r.requests[at-1].ID >= x.ID { // in the order in which they were asked first
		at--
	}
	if at == len(r.requests) || r.requests[at].ID != x.ID {
		r.requests = slices.Insert(r.requests, at, x)
	}
}

// answered notes that a request has its answer, and says whether it had none before.
func (r *recorder[M, D]) answered(id RequestID) bool {
	for i, x := range r.requests {
		if x.ID == id {
			r.requests = append(r.requests[:i], r.requests[i+1:]...)
			return true
		}
	}
	return false
}
