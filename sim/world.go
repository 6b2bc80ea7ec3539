package sim

import (
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
)

// World is one simulated world: actors, a network between them, a disk and an
// alarm clock for each, and clients. It is made once and runs as often as you
// like. Generic code ends here: outside, a world is a [Runner].
type World[M Message, D Record] struct {
	scenario  *Scenario
	spec      spec
	n         int
	team      team[M, D]
	env       Env[M, D]
	history   History[M, D]
	observers []Observer

	// The run as it stands.
	queue     scheduler.Queue[event[M]]
	chance    chance
	digest    scheduler.Digest
	net       network
	faults    faults
	clients   clients
	slow      []uint8      // by actor: why its effects cannot take the short way
	actors    []actorState // by actor
	disks     []disk[M, D] // by actor
	notes     [MaxKinds]uint64
	events    uint64
	unlearned int // actors that are up or will come back and have not learned
	over      bool
	result    Outcome
	marks     []uint64 // digests at events 64, 128, 256, …
}

// actorState is what the world keeps about an actor, whatever its protocol.
type actorState struct {
	sends    [MaxKinds]uint32 // how often it sent each kind, over restarts too
	choices  [MaxKinds]uint32
	timers   [MaxKinds]alarm
	saves    uint32
	decides  uint32
	downs    uint32           // how often chance took it down
	depth    uint32           // messages on the longest causal chain to here
	learned  Value            // since its last start
	restart  scheduler.Handle // as handle+1 while it is to come back
	restarts Time             // and when
}

type alarm struct {
	handle scheduler.Handle // as handle+1; 0: not set
	count  uint32           // how often it was set
	set    uint64           // Timer.For
}

// event is what waits in the queue.
type event[M Message] struct {
	msg   M
	what  What
	kind  uint8 // of the message or timer
	copy  uint8 // 0: the message itself, 1: its double
	to    ID    // at which actor it happens
	from  ID
	n     uint32 // which of the sender's messages of this kind, or of the actor's alarms
	depth uint32
	cause uint32 // the event that caused it
}

// push adds an event that happens at actor to.
func (w *World[M, D]) push(at Time, what What, to ID) (scheduler.Handle, *event[M]) {
	h, ev := w.queue.Push(at)
	ev.what, ev.to = what, to
	ev.kind, ev.copy, ev.from, ev.n, ev.depth = 0, 0, 0, 0, 0
	ev.cause = uint32(w.events)
	return h, ev
}

// Reset makes the world ready for a run under a seed and a source (nil: the
// seed alone). It keeps its memory.
func (w *World[M, D]) Reset(seed uint64, source scheduler.Source) {
	w.queue.Reset()
	w.chance = chance{seed: scheduler.NewSeed(seed), source: source}
	w.digest = 0
	w.notes = [MaxKinds]uint64{}
	w.events, w.over, w.unlearned = 0, false, w.n
	w.result = Outcome{Seed: seed}
	w.marks = w.marks[:0]
	clear(w.actors)
	for i := range w.disks {
		w.disks[i].reset()
	}
	s := uint8(0)
	if w.scenario.Crashes.Chance > 0 {
		s |= mayCrash
	}
	if w.history != nil {
		w.history.Reset()
	}
	if w.history != nil || len(w.observers) != 0 {
		s |= watched
	}
	for i := range w.slow {
		w.slow[i] = s
	}
	w.slow[0] = 0
	w.team.reset()
	w.faults.reset(w.scenario)
	for i := range w.scenario.Faults {
		f := &w.scenario.Faults[i]
		_, ev := w.push(f.At, FaultBegins, 0)
		ev.n = uint32(i)
		if f.Split != nil && f.Until < Forever {
			_, ev := w.push(f.Until, FaultEnds, 0)
			ev.n = uint32(i)
		}
	}
	for id := 1; id <= w.n; id++ {
		w.push(0, Booted, ID(id))
	}
	w.openRequests()
}

// Run runs to the end and tells the outcome. What the outcome points to is good
// until the next Reset.
func (w *World[M, D]) Run() Outcome {
	for w.Step() {
	}
	return w.Outcome()
}

// Step handles the next event and says whether the run goes on.
func (w *World[M, D]) Step() bool {
	if w.over {
		return false
	}
	ev, ok := w.queue.Pop()
	if !ok {
		return w.end(EndQuiet)
	}
	if w.queue.Now() > w.scenario.Limits.Time {
		return w.end(EndTime)
	}
	if ev.what == nothing {
		return true
	}
	w.events++
	w.happen(ev)
	if w.events&(w.events-1) == 0 && w.events >= firstMark {
		w.marks = append(w.marks, w.digest.Sum())
	}
	switch {
	case w.over: // an invariant broke
	case w.unlearned <= 0 && w.faults.toCome == 0 && w.clients.open == 0:
		w.over = true
	case w.events >= w.scenario.Limits.Events:
		w.end(EndEvents)
	}
	return !w.over
}

// happen handles one event. It copies what it needs of ev before a handler
// pushes the next.
func (w *World[M, D]) happen(ev *event[M]) {
	now := w.queue.Now()
	w.digest.Mix(uint64(ev.what)<<60 | uint64(ev.copy)<<58 | uint64(ev.kind)<<54 | uint64(ev.to)<<40 | uint64(ev.from)<<26 | uint64(ev.n))
	w.digest.Mix(uint64(now))
	e := &w.env
	e.self, e.cause = ev.to, uint32(w.events)
	a := &w.actors[ev.to]
	switch ev.what {
	case Delivered:
		w.deliver(e, a, ev)
	case TimedOut:
		w.timeout(e, a, ev)
	case Synced:
		w.synced(e)
	case Booted:
		e.depth = 0
		w.emitEvent(ev, "")
		w.team.start(e)
	case Restarted:
		w.comeBack(e, ev)
	case Asked:
		w.ask(e, ev)
	case FaultBegins:
		w.faultBegins(int(ev.n))
	case FaultEnds:
		w.faultEnds(int(ev.n))
	default:
		panic(fmt.Sprintf("sim: an event %v in the queue", ev.what))
	}
}

// deliver hands a message to its receiver, unless that is down or was cut off
// meanwhile.
func (w *World[M, D]) deliver(e *Env[M, D], a *actorState, ev *event[M]) {
	msg, from := ev.msg, ev.from
	msg.Words(&w.digest)
	if w.slow[e.self] != 0 || w.faults.cut() {
		if why := w.undeliverable(from, e.self); why != arrives {
			w.digest.Mix(uint64(why))
			w.result.Dropped++
			w.dropped(ev, why)
			return
		}
		if len(w.observers) != 0 {
			w.emitEvent(ev, msg.Text(w))
		}
	}
	w.result.Delivered++
	a.depth = max(a.depth, ev.depth)
	e.depth = a.depth
	w.team.receive(e, from, msg)
}

// timeout lets an alarm go off.
func (w *World[M, D]) timeout(e *Env[M, D], a *actorState, ev *event[M]) {
	al := &a.timers[ev.kind]
	al.handle = 0
	t := Timer{Kind: ev.kind, For: al.set}
	w.digest.Mix(t.For)
	e.depth = a.depth
	w.emitEvent(ev, "")
	w.team.timeout(e, t)
}

// arm sets an alarm of the actor that is being called.
func (w *World[M, D]) arm(e *Env[M, D], d Time, t Timer) {
	al := &w.actors[e.self].timers[t.Kind]
	if al.handle != 0 {
		w.queue.At(al.handle - 1).what = nothing
	}
	al.count++
	h, ev := w.push(w.queue.Now()+max(d, 0), TimedOut, e.self)
	ev.kind, ev.n = t.Kind, al.count
	al.handle, al.set = h+1, t.For
}

// disarm takes an alarm back.
func (w *World[M, D]) disarm(id ID, kind uint8) {
	if al := &w.actors[id].timers[kind]; al.handle != 0 {
		w.queue.At(al.handle - 1).what = nothing
		al.handle = 0
	}
}

// countSend numbers an actor's messages of a kind, from 1.
func (w *World[M, D]) countSend(id ID, kind uint8) uint32 {
	c := &w.actors[id].sends[kind]
	*c++
	return *c
}

// countSave numbers an actor's syncs, from 1.
func (w *World[M, D]) countSave(id ID) uint32 {
	c := &w.actors[id].saves
	*c++
	return *c
}

// mixSend puts a message that leaves into the digest, but for its words.
func (w *World[M, D]) mixSend(what op, from, to ID, kind uint8, n uint32) {
	w.digest.Mix(uint64(what)<<58 | uint64(kind)<<54 | uint64(from)<<40 | uint64(to)<<26 | uint64(n))
}

// post gives one message to the network.
func (w *World[M, D]) post(e *Env[M, D], to ID, kind uint8, n uint32, m M) {
	now := w.queue.Now()
	from := e.self
	if to == from {
		w.enqueue(e, now+w.net.min, to, kind, 0, n, m)
		return
	}
	w.result.Sent++
	if w.faults.cut() && w.faults.separated(from, to) {
		w.lost(e, to, kind, n, m, cutWhenSent)
		return
	}
	if w.net.still {
		w.enqueue(e, now+w.net.min, to, kind, 0, n, m)
		return
	}
	f := w.net.fate(&w.chance, scheduler.MakeKey(0, kind, uint16(from), uint16(to), n))
	if f.lost {
		w.lost(e, to, kind, n, m, lostByChance)
		return
	}
	w.enqueue(e, now+f.delay, to, kind, 0, n, m)
	if f.doubled {
		w.result.Duplicated++
		w.double(e, to, kind, n)
		w.enqueue(e, now+f.second, to, kind, 1, n, m)
	}
}

// enqueue files the arrival of a message. Fields are stored one by one: a whole
// event, built first, would be copied twice.
func (w *World[M, D]) enqueue(e *Env[M, D], at Time, to ID, kind, copy uint8, n uint32, m M) {
	_, ev := w.queue.Push(at)
	ev.msg = m
	ev.what, ev.kind, ev.copy = Delivered, kind, copy
	ev.to, ev.from = to, e.self
	ev.n, ev.depth, ev.cause = n, e.depth+1, e.cause
}

// end ends the run for a reason other than its goal.
func (w *World[M, D]) end(why End) bool {
	w.over = true
	w.result.End = why
	return false
}

// breach ends the run if an invariant broke.
func (w *World[M, D]) breach(b *Breach) {
	if b == nil || w.result.Violation != nil {
		return
	}
	w.over = true
	w.result.End = EndViolation
	w.result.Violation = &Violation{Breach: *b, Event: w.events, At: w.queue.Now()}
	if len(w.observers) != 0 {
		w.emit(Entry{What: Violated, Text: b.Invariant + ": " + b.Text})
	}
}

// Outcome is how the run stands, or ended.
func (w *World[M, D]) Outcome() Outcome {
	r := w.result
	r.Events, r.Ended, r.Digest = w.events, min(w.queue.Now(), w.scenario.Limits.Time), w.digest.Sum()
	r.Notes, r.Marks = w.notes[:len(w.spec.words.Notes)], w.marks
	switch {
	case r.Violation != nil:
		r.Verdict = VerdictViolated
	case w.over && r.End == EndGoal && r.Decisions > 0:
		r.Verdict = VerdictDecided
	case r.End == EndQuiet && w.unlearned <= 0 && r.Decisions > 0:
		r.Verdict = VerdictDecided
	}
	return r
}
