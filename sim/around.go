package sim

import (
	"io"
	"sync"
)

// Somebody else's library may keep state that all its actors share: a logger, a
// source of random numbers, a table of what is registered. [Spec].Around puts that in
// order around each handler. While it runs, nothing else of any such protocol does, in
// whatever world of the process. So it does not matter how many workers there are.

// ring is held while the code of a protocol with an Around runs.
var ring sync.Mutex

// ringed are the handlers of an actor whose protocol has an Around. It keeps what a
// handler is called with, so that what the Around is to run is there already and need not
// be made each time.
type ringed[M Message, D Record] struct {
	w     *World[M, D]
	inner handlers[M, D]

	env     *Env[M, D]
	from    ID
	message M
	timer   Timer
	request Request

	start, receive, timeout, ask func() // with these
}

func newRinged[M Message, D Record](w *World[M, D], inner handlers[M, D]) *ringed[M, D] {
	r := &ringed[M, D]{w: w, inner: inner}
	r.start = func() { r.inner.Start(r.env) }
	r.receive = func() { r.inner.Receive(r.env, r.from, r.message) }
	r.timeout = func() { r.inner.Timeout(r.env, r.timer) }
	r.ask = func() { r.inner.Request(r.env, r.request) }
	return r
}

// Start implements [handlers].
func (r *ringed[M, D]) Start(e *Env[M, D]) {
	r.env = e
	r.w.within(e, r.start)
}

// Receive implements [handlers].
func (r *ringed[M, D]) Receive(e *Env[M, D], from ID, m M) {
	r.env, r.from, r.message = e, from, m
	r.w.within(e, r.receive)
}

// Timeout implements [handlers].
func (r *ringed[M, D]) Timeout(e *Env[M, D], t Timer) {
	r.env, r.timer = e, t
	r.w.within(e, r.timeout)
}

// Request implements [handlers].
func (r *ringed[M, D]) Request(e *Env[M, D], x Request) {
	r.env, r.request = e, x
	r.w.within(e, r.ask)
}

// inRing is what an Around is to run, and whether it has. A world keeps it, for the same
// reason.
type inRing struct {
	waits func() // a handler, or what makes an actor
	ran   bool
	run   func() // code, as a value
}

func (c *inRing) code() {
	c.ran = true
	c.waits()
}

// within runs code of a protocol, in its Around if it has one.
func (w *World[M, D]) within(e *Env[M, D], code func()) {
	if w.around == nil {
		code()
		return
	}
	ring.Lock()
	defer ring.Unlock()
	c := &w.inRing
	if c.run == nil {
		c.run = c.code
	}
	c.waits, c.ran = code, false
	w.around(e, c.run)
	if c.waits = nil; !c.ran {
		panic("sim: the Around of " + w.spec.name + " did not run what it was given")
	}
}

// Reader is a source of bytes for a library that draws numbers of its own: each byte is
// the answer to a choice, one of 0..outcomes-1. In calm it is the number of the actor
// modulo outcomes. So of several actors that wait for a time that they draw, one goes
// first. It is good while the handler runs. It panics if outcomes is not from 1 to 256.
func (e *Env[M, D]) Reader(choice uint8, outcomes int) io.Reader {
	if outcomes < 1 || outcomes > 256 {
		panic("sim: a byte is one of 1 to 256 outcomes, not of " + itoa(outcomes))
	}
	return &byteReader[M, D]{e, choice, Equal(outcomes)}
}

type byteReader[M Message, D Record] struct {
	env    *Env[M, D]
	choice uint8
	equal  Equal
}

// Read implements [io.Reader]. It always fills p.
func (r *byteReader[M, D]) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte((r.env.Choose(r.choice, r.equal) + uint32(r.env.self)) % uint32(r.equal))
	}
	return len(p), nil
}
