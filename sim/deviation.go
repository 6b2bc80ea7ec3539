package sim

import (
	"cmp"

	"github.com/paxsim/paxsim/sim/observe"
)

// What a run does differently from what its protocol would do. The actors of the protocol
// get what the actors of the run got, event by event; what they ask for is held against
// what was seen of the run. Up to the first difference both are in the same state, so
// nobody needs to know the state of the actors of the run.

// Deviations implements [Protocol].
func (p *protocol[A, M, D, P]) Deviations(given *Scenario, run []observe.Entry) []observe.Deviation {
	s := *given
	s.Protocol = p
	h, err := NewHandlers[A, M, D, P](&s)
	if err != nil {
		return nil
	}
	f := follower[A, M, D, P]{h: h, run: run, slowDisk: s.Disk.Sync > 0, actors: make([]followed[A, M, D], s.Actors+1)}
	for i := range run {
		f.see(i)
	}
	if len(run) > 0 && run[len(run)-1].What != observe.Violated { // else its handler may have more to do
		f.leftOut()
	}
	return f.found
}

// follower holds a run against the handlers of a protocol.
type follower[A any, M Message, D Record, P Actor[A, M, D]] struct {
	h        *Handlers[A, M, D, P]
	run      []observe.Entry
	actors   []followed[A, M, D]
	leader   ID
	slowDisk bool // a save takes a while, and what is asked for after it waits
	last     observe.Entry
	found    []observe.Deviation
}

// followed is an actor as the handlers know it.
type followed[A any, M Message, D Record] struct {
	Local[A, D]
	disk    []D             // what the run has put there, by slot
	wants   []observe.Entry // what was asked for and was not seen yet, in order
	cache   []observe.Entry // records that were written, and no sync after them
	paused  bool
	unknown bool // nobody knows any more what it should do: it has done something else, or asked a choice
}

// deviates notes what an actor does differently.
func (f *follower[A, M, D, P]) deviates(d observe.Deviation) {
	if a := &f.actors[d.Actor]; !a.unknown {
		a.unknown = true
		f.found = append(f.found, d)
	}
}

// see takes the next entry.
func (f *follower[A, M, D, P]) see(i int) {
	e := f.run[i]
	if e.What == observe.Delivered && e.Event == f.last.Event && f.vanishes(i) {
		return // it had reached an actor that goes down in this event
	}
	if e.What.IsEvent() {
		f.leftOut()
		f.last = e
		f.happens(i)
		return
	}
	a := &f.actors[e.Actor]
	switch e.What {
	case observe.Crashed:
		a.wants, a.cache, a.paused = a.wants[:0], a.cache[:0], false
	case observe.Paused:
		a.paused = true
	case observe.Resumed:
		a.paused = false
	case observe.Elected:
		f.leader = e.Actor
	case observe.Saved:
		f.keep(a, e)
		f.held(a, e)
	case observe.Sent, observe.Broadcast, observe.Decided:
		f.held(a, e)
	case observe.Violated:
		f.last = observe.Entry{}
	}
}

// keep puts a record of the run on the disk.
func (f *follower[A, M, D, P]) keep(a *followed[A, M, D], e observe.Entry) {
	for len(a.disk) <= int(e.N) {
		a.disk = append(a.disk, *new(D))
	}
	a.disk[e.N], _ = e.Said.(D)
}

// happens lets the handler of an actor handle an event of the run.
func (f *follower[A, M, D, P]) happens(i int) {
	e := f.run[i]
	if f.vanishes(i) {
		return
	}
	x := Happening[M]{What: e.What, Now: e.At, Leader: f.leader}
	a := &f.actors[e.Actor]
	switch e.What {
	case observe.Booted:
		if a.disk == nil {
			f.h.New(e.Actor, &a.Local)
		}
	case observe.Restarted:
		a.Disk = append(a.Disk[:0], a.disk...)
		f.h.Crash(e.Actor, &a.Local)
		if f.startsPaused(i) {
			return // it starts when the pause is over
		}
		x.What = observe.Booted
	case observe.Delivered:
		x.Message, _ = e.Said.(M)
		x.From = cmp.Or(e.As, e.Peer)
	case observe.TimedOut:
		t, set := timerOf(a.Timers, e.Kind)
		if !set {
			f.deviates(observe.Deviation{Event: e.Event, Actor: e.Actor, Does: e})
			return
		}
		x.Timer = t
	case observe.Asked:
		x.Request, _ = e.Said.(Request)
	default:
		return
	}
	for _, y := range f.h.Handle(e.Actor, &a.Local, &x, nil) {
		f.want(a, e.Actor, &y)
	}
}

// vanishes says whether an event reaches no handler: it is dropped, or has to wait.
func (f *follower[A, M, D, P]) vanishes(i int) bool {
	if i+1 == len(f.run) {
		return false
	}
	e, next := f.run[i], f.run[i+1]
	return (next.What == observe.Dropped || next.What == observe.Held) && next.Actor == e.Actor && next.Kind == e.Kind && next.N == e.N
}

// startsPaused says whether an actor that restarts is paused when it would start: a pause
// can begin and end in that event before, and begin because of what it does then.
func (f *follower[A, M, D, P]) startsPaused(i int) bool {
	id := f.run[i].Actor
	paused := f.actors[id].paused
	for _, e := range f.run[i+1:] {
		switch {
		case e.What.IsEvent():
			return paused
		case e.Actor == id && e.What == observe.Paused:
			paused = true
		case e.Actor == id && e.What == observe.Resumed:
			paused = false
		case e.Actor == id && !paused:
			return false // it has started
		}
	}
	return paused
}

// timerOf is the alarm of a kind, if it is set.
func timerOf(list []Timer, kind uint8) (Timer, bool) {
	for _, t := range list {
		if t.Kind == kind {
			return t, true
		}
	}
	return Timer{}, false
}
