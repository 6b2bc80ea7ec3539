package sim

import (
	"fmt"
	"math"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
)

// World is one simulated world: actors, a network between them, a disk and an
// alarm clock for each, and clients. It is made once and runs as often as you
// like. Generic code ends here: outside, a world is a [Runner].
type World[M Message, D Record] struct {
	scenario *Scenario
	limits   Limits
	spec     spec
	n        int                                 // actors
	states   actors[M, D]                        // of the protocol, by actor
	actors   []Env[M, D]                         // what the world keeps, by actor
	around   func(env *Env[M, D], handle func()) // Spec.Around
	plain    bool                                // no code of the protocol makes actors, but for CopyFrom
	handles  bool                                // messages or records hold memory
	rec      *recorder[M, D]                     // of what handlers ask for that run without the world; else nil

	// The run as it stands.
	queue     scheduler.Queue[event[M]]
	search    *searched[M] // what takes the queue's place in the searched engine; else nil
	chance    chance.Door
	digest    scheduler.Digest
	hash      scheduler.Digest // of the message that is being sent
	crashes   scheduler.Coin
	faults    faultStates
	after     aftermath
	clients   clients
	batches   batches
	instances instances
	arriving  event[M]  // an arrival by which a moment may come
	before    D         // what a record replaces that a moment may be about
	aim       aim[M, D] // whom faults mean
	reach     reach     // who can reach whom

	ways[M, D]
	watchers[M, D]
	membership
	calming
	counters
	stops
}

// actorState is what the world keeps about an actor, whatever its protocol.
type actorState struct {
	slow     uint16                     // why its effects cannot take the short way
	sends    [scheduler.FewKinds]uint32 // how often it sent each of the first kinds, over restarts too
	choices  [MaxKinds]uint32
	timers   [MaxKinds]alarm
	saves    uint32
	decides  uint32
	answers  uint32
	clients  uint32           // how many it knows of that have no answer
	downs    uint32           // how often chance took it down
	reached  uint32           // messages on the longest causal chain to here
	learned  Value            // of instance 0, since its last start
	missing  Instance         // of how many instances of the goal it has not learned the decision
	restart  scheduler.Handle // while it is to come back at a time; else 0
	restarts Time             // and when
	holds    int16            // how many faults hold it down until they are over
	pauses   int16            // how many hold it still, whenever it is up
	gone     bool             // it is down for ever
	started  bool             // since it was last down
	busy     bool             // the run lasts for it
	starts   uint32           // how often its start had to wait for the end of a pause
	again    uint16           // how often it came back or was asked, in a searched run
	own      uint32           // how many requests, alarms and ends of saves a crash could follow, in a searched run
}

type alarm struct {
	handle scheduler.Handle // 0: not set
	count  uint32           // how often it was set
	set    uint64           // Timer.For
}

// counters are what is counted for the outcome of the run.
type counters struct {
	events    uint64
	notes     [MaxKinds]uint64
	families  [faults.Families]faults.Tally
	segment   segment  // for what is counted about families of faults
	abstracts []uint64 // scratch, for Abstract
	result    Outcome
}

// stops are the events at which the loop has more to do.
type stops struct {
	nextCheckpoint uint64   // of the next digest in checkpoints
	nextStop       uint64   // of the next thing that stop has to do
	checkpoints    []uint64 // digests at events 64, 128, 256, …
	over           bool
}

// Reset makes the world ready for a run under a seed and a source (nil: the
// seed alone). It keeps its memory.
func (w *World[M, D]) Reset(seed uint64, source scheduler.Source) {
	w.queue.Reset()
	w.chance = chance.Door{Seed: scheduler.NewSeed(seed), Source: source}
	w.digest = 0
	w.notes = [MaxKinds]uint64{}
	w.events, w.over, w.awaited, w.unlearned = 0, false, w.n, w.n
	w.result = Outcome{Seed: seed}
	w.families = [faults.Families]faults.Tally{}
	w.checkpoints = w.checkpoints[:0]
	w.nextCheckpoint = firstCheckpoint
	w.nextStop = min(w.nextCheckpoint, w.limits.Events)
	s := uint16(0)
	if w.scenario.Crashes.Chance > 0 && (w.search == nil || w.search.Budget.Crashes > 0) {
		s |= mayCrash
	}
	w.calmed, w.awaitingCalm, w.stormLast, w.deadline = false, false, 0, 0
	w.segment = segment{}
	w.coreIDs, w.goneMembers = w.coreIDs[:0], 0
	w.limits = w.scenario.Limits
	w.specials, w.clogged = w.specials[:0], w.clogged[:0]
	if w.links != nil {
		w.links.Reset()
	}
	if w.history = w.checks; w.history == nil && len(w.observers) != 0 {
		w.history = w.counter()
	}
	if w.history != nil {
		w.history.Reset()
	}
	w.listen()
	if w.history != nil || len(w.observers) != 0 {
		s |= watched
	}
	if w.hears != 0 {
		s |= overheard
	}
	if w.handles {
		s |= handles
	}
	if len(w.observers) != 0 {
		s |= observed
	}
	for i := range w.actors {
		e := &w.actors[i]
		e.actorState = actorState{missing: w.instances.goal}
		w.learnedAt[i] = -1
		e.stalled = e.stalled[:0]
		e.slow = s
		e.disk.reset()
	}
	w.actors[0].slow = 0
	if len(w.spec.vocabulary.Messages) > scheduler.FewKinds {
		for i := range w.actors {
			clear(w.actors[i].moreSends)
		}
	}
	w.faults.reset(w.scenario)
	w.after.reset()
	w.batches.reset()
	w.instances.reset()
	if w.search != nil {
		w.search.reset(seed, w.n)
		w.limits = Limits{Time: faults.Forever, Events: MaxEvents}
	}
	w.chooseWays()
	if w.calmAt > 0 {
		w.setWeather(w.scenario.Network, w.scenario.Crashes.Chance)
	}
	if w.calmAt > 0 && w.search == nil {
		w.push(w.calmAt, eventKey(observe.Calmed, 0, 0, 0))
	}
	if len(w.scenario.Periods) > 0 && w.search == nil {
		w.period(0)
	}
	w.scheduleFaults()
	w.expectTriggers()
	for id := 1; id <= w.n; id++ {
		w.push(0, eventKey(observe.Booted, 0, ID(id), 0))
	}
	w.openRequests()
	w.renewAll()
}

// Run runs to the end and tells the outcome. What the outcome points to is good
// until the next Reset.
func (w *World[M, D]) Run() (o Outcome) {
	for w.Steps(math.MaxInt) {
	}
	w.tell(&o)
	return o
}

// Step handles the next event and says whether the run goes on.
func (w *World[M, D]) Step() bool { return w.Steps(1) }

// Steps handles the next n events, if the run is not over before, and says
// whether it goes on. If the protocol panics, it does not.
func (w *World[M, D]) Steps(n int) (goesOn bool) {
	defer func() {
		if p := recover(); p != nil {
			w.caught(p)
		}
	}()
	if w.search != nil {
		return w.searchSteps(n)
	}
	return w.steps(n)
}

// steps is the loop. What is needed of an event is copied before a handler
// pushes the next.
func (w *World[M, D]) steps(n int) bool {
	for ; n > 0 && !w.over; n-- {
		var ev *event[M]
		var key scheduler.Key
		if w.batches.open.from == w.batches.open.to {
			var ok bool
			if ev, ok = w.queue.Pop(); !ok {
				return w.end(observe.EndQuiet)
			}
			if key = ev.key; key == 0 {
				continue
			}
			if w.queue.Now() > w.limits.Time && !w.extend() {
				return w.end(w.late())
			}
			if ev.group > 0 {
				w.openGroup(ev)
				ev, key = w.nextOfGroup()
			}
		} else {
			ev, key = w.nextOfGroup()
		}
		w.events++
		d := w.digest
		d.Mix(uint64(key))
		d.Mix(uint64(w.queue.Now()))
		e := &w.actors[key.To()]
		e.cause = uint32(w.events)
		if observe.WhatOf(key) == observe.Delivered { // the way of most events, in one piece
			d.Mix(ev.hash)
			w.digest = d
			if e.slow&(dead|observed|paused|alert|overheard|unborn|handles) == 0 && !w.slowSend || w.unheard(e, key) || w.arrive(e, ev, key) {
				w.result.Delivered++
				e.reached = max(e.reached, ev.depth)
				e.depth = e.reached
				e.actor.Receive(e, ID(key.From()), ev.msg)
			}
		} else {
			w.digest = d
			w.happen(e, ev)
		}
		if w.unlearned <= 0 && w.faults.toCome == 0 && w.clients.open == 0 {
			w.over = true
		}
		if w.events >= w.nextStop {
			w.stop()
		}
	}
	return !w.over
}

// late is why a run ends that has come to its limit on time.
func (w *World[M, D]) late() observe.End {
	if w.deadline != 0 && w.limits.Time == w.deadline {
		return observe.EndBound
	}
	return observe.EndTime
}

// stop is called at the events at which there is more to do: to note the digest
// at a mark, or to end the run at its limit.
func (w *World[M, D]) stop() {
	if w.events == w.nextCheckpoint {
		w.checkpoints = append(w.checkpoints, w.digest.Sum())
		w.nextCheckpoint *= 2
	}
	if w.events >= w.limits.Events && !w.over {
		w.end(observe.EndEvents)
	}
	w.nextStop = min(w.nextCheckpoint, w.limits.Events)
}

// happen handles an event that is no message.
func (w *World[M, D]) happen(e *Env[M, D], ev *event[M]) {
	if what := observe.WhatOf(ev.key); e.slow&(paused|unborn) != 0 && what.Waits() && (what != observe.Booted || e.slow&paused != 0) {
		if observe.WhatOf(ev.key) == observe.TimedOut {
			e.timers[ev.key.Kind()].handle = 0
		}
		w.stall(e, ev, ev.key)
		return
	}
	switch observe.WhatOf(ev.key) {
	case observe.TimedOut:
		w.timeout(e, ev)
	case observe.Synced:
		w.synced(e, ev)
	case observe.Booted:
		w.boot(e, ev)
	case observe.Restarted:
		w.comeBack(e, ev)
	case observe.Asked:
		w.ask(e, ev)
	case observe.FaultBegins:
		w.faultBegins(ev)
	case observe.FaultEnds:
		w.faultEnds(ev)
	case observe.Calmed:
		w.calm(ev)
	case observe.PeriodBegins:
		w.emitEvent(ev, ev.key, "")
		w.period(int(ev.key.Count()))
	case observe.StormOver:
		w.stormOver(ev)
	default:
		panic(fmt.Sprintf("sim: an event %v in the queue", observe.WhatOf(ev.key)))
	}
}

// timeout lets an alarm go off.
func (w *World[M, D]) timeout(e *Env[M, D], ev *event[M]) {
	kind := ev.key.Kind()
	al := &e.timers[kind]
	al.handle = 0
	t := Timer{Kind: kind, For: al.set}
	w.digest.Mix(t.For)
	e.depth = e.reached
	w.emitEvent(ev, ev.key, "")
	e.actor.Timeout(e, t)
}

// arm sets an alarm of the actor that is being called.
func (w *World[M, D]) arm(e *Env[M, D], d Time, t Timer) {
	if e.slow&recording != 0 {
		w.recordAfter(e, d, t)
		return
	}
	al := &e.timers[t.Kind]
	if al.handle != 0 {
		w.takeBack(al.handle)
	}
	at := w.queue.Now() + max(d, 0)
	al.handle = w.push(at, e.alarm.Numbered(t.Kind, w.count(&al.count)))
	al.set = t.For
	w.eventAt(al.handle).hash = uint64(at) // for whoever asks what is waited for
}

// disarm takes an alarm back.
func (w *World[M, D]) disarm(al *alarm) {
	if al.handle != 0 {
		w.takeBack(al.handle)
		al.handle = 0
	}
}

// count goes one up. Where a key has no room for more the run ends, at once: two
// things would share a name, and the handler may be asking for ever.
func (w *World[M, D]) count(c *uint32) uint32 {
	if *c == scheduler.MaxCount {
		panic(errCount)
	}
	*c++
	return *c
}

// end ends the run for a reason other than its goal.
func (w *World[M, D]) end(why observe.End) bool {
	w.over = true
	w.result.End = why
	return false
}

// breach ends the run if an invariant broke. It is asked at every effect that is
// watched, and small enough to be inlined there.
func (w *World[M, D]) breach(b *Violation) {
	if b != nil {
		w.broke(b)
	}
}

// broke ends the run: an invariant broke.
func (w *World[M, D]) broke(b *Violation) {
	if w.result.Violation != nil {
		return
	}
	w.over = true
	w.result.End = observe.EndViolation
	v := *b
	v.Grade, v.Event, v.At = gradeOf(w.spec.invariants, b.Invariant), w.events, w.queue.Now()
	v.Events = spokenOf(b.Events, w.events)
	w.result.Violation = &v
	if len(w.observers) != 0 {
		w.emit(observe.Entry{What: observe.Violated, Text: v.Broke() + ": " + b.Text, Said: v})
	}
}

// Outcome is how the run stands, or ended.
func (w *World[M, D]) Outcome() (o Outcome) {
	w.tell(&o)
	return o
}

// tell makes r how the run stands: in place, since it is large.
func (w *World[M, D]) tell(r *Outcome) {
	*r = w.result
	r.Events, r.Ended, r.Digest = w.events, min(w.queue.Now(), w.limits.Time), w.digest.Sum()
	if w.checks != nil {
		r.Marks = w.checks.Marks()
	}
	if w.stakes != nil {
		r.Proposed = w.stakes.Proposed()
	} else {
		r.Proposed = r.AtStake()
	}
	r.Families, r.Core, r.Leader = w.tally(), w.coreIDs, w.faults.leader
	r.Notes, r.Checkpoints = w.notes[:len(w.spec.vocabulary.Notes)], w.checkpoints
	r.Instance0, r.Instances = w.instances.outcomes()
	r.Operations = w.clients.operations
	r.Awaited, r.Learned, r.LearnedAt = w.awaited, max(w.awaited-w.unlearned, 0), w.learnedAt
	if !r.AllLearned() {
		r.LearnedTime = 0
	}
	switch {
	case r.Violation != nil:
		r.Verdict = observe.VerdictViolated
	case r.AllLearned():
		r.Verdict = observe.VerdictDecided
	case r.Decisions > 0:
		r.Verdict = observe.VerdictPartial
	}
}
