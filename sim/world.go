package sim

import (
	"fmt"
	"math"

	"github.com/paxsim/paxsim/scheduler"
)

// World is one simulated world: actors, a network between them, a disk and an
// alarm clock for each, and clients. It is made once and runs as often as you
// like. Generic code ends here: outside, a world is a [Runner].
type World[M Message, D Record] struct {
	scenario  *Scenario
	limits    Limits
	spec      spec
	n         int
	team      team[M, D]
	history   History[M, D]
	observers []Observer

	// The run as it stands.
	queue          scheduler.Queue[event[M]]
	chance         chance
	digest         scheduler.Digest
	net            network
	models         models // of delays that are not uniform
	crashes        coin
	faults         faults
	clients        clients
	many           many
	grouped        event[M]    // the event of the open group of many
	arriving       event[M]    // an arrival by which a moment may come
	actors         []Env[M, D] // by actor
	notes          [MaxKinds]uint64
	events         uint64
	unlearned      int              // actors that are up or will come back and have not learned
	words          scheduler.Digest // of the message that is being sent
	rough          bool             // messages must take the long way: a cut is in force, or rich
	rich           bool             // more can happen to a message than to be lost or doubled
	copies         uint8            // of a message, beside itself, at most
	calmed         bool             // what happens by chance is over
	calmAt         Time             // when it is; 0: never
	weather        Network          // the general one, as it stands
	pairs          *pairs           // what is kept for each link; nil: nothing
	before         D                // what a record replaces that a moment may be about
	specials       []special        // messages with which something is wrong
	clogged        []event[M]       // messages that stand still on clogged links
	meant, spare   []ID             // scratch, for targets
	families       [Families]Happened
	segment        segment            // for what is counted about families of faults
	told           [Families]Happened // what Outcome points to
	coreIDs        []ID
	stormLast      Time   // when the last message so far arrives, if there is to be a core
	bound          Time   // how long the core has to learn, after the storm's last message
	deadline       Time   // when it must have; 0: not known yet
	nextCheckpoint uint64 // the event of the next digest in checkpoints
	nextStop       uint64 // the next event at which stop has something to do
	over           bool
	result         Outcome
	checkpoints    []uint64 // digests at events 64, 128, 256, …
}

// actorState is what the world keeps about an actor, whatever its protocol.
type actorState struct {
	slow     uint8            // why its effects cannot take the short way
	sends    [MaxKinds]uint32 // how often it sent each kind, over restarts too
	choices  [MaxKinds]uint32
	timers   [MaxKinds]alarm
	saves    uint32
	decides  uint32
	downs    uint32           // how often chance took it down
	reached  uint32           // messages on the longest causal chain to here
	learned  Value            // since its last start
	restart  scheduler.Handle // while it is to come back at a time; else 0
	restarts Time             // and when
	holds    int16            // how many faults hold it down until they are over
	pauses   int16            // how many hold it still
	gone     bool             // it is down for ever
}

type alarm struct {
	handle scheduler.Handle // 0: not set
	count  uint32           // how often it was set
	set    uint64           // Timer.For
}

// event is what waits in the queue. Its key says all but what a message says:
//
//	what   a What and, for a message, which copy it is
//	kind   of the message or alarm
//	from   the sender of a message
//	to     at whom it happens
//	count  which of the sender's messages of this kind, of the actor's alarms,
//	       of its syncs, of the scenario's faults or requests (from 0)
type event[M Message] struct {
	msg   M
	words uint64        // of the message, condensed; of an alarm when it goes off
	key   scheduler.Key // 0: taken back, nothing happens
	depth uint32        // of a message: messages on the longest causal chain to it
	cause uint32        // the event that caused it
	group int32         // > 0: of a broadcast to many, as number+1, whom it reaches; < 0: what is wrong with it; 0: nothing to say
}

// eventWhat is the kind of the event that a key names.
func eventWhat(k scheduler.Key) What { return What(k.What() >> 2) }

// eventCopy is which copy of a message an event is: 0 the message itself.
func eventCopy(k scheduler.Key) uint8 { return k.What() & 3 }

// eventKey names an event that is no message.
func eventKey(what What, kind uint8, at ID, count uint32) scheduler.Key {
	return scheduler.MakeKey(uint8(what)<<2, kind, 0, uint16(at), count)
}

// push adds an event that is no message.
func (w *World[M, D]) push(at Time, key scheduler.Key) scheduler.Handle {
	h, ev := w.queue.Push(at)
	ev.key, ev.cause, ev.group = key, uint32(w.events), 0
	return h
}

// takeBack makes an event that waits do nothing.
func (w *World[M, D]) takeBack(h scheduler.Handle) { w.queue.At(h).key = 0 }

// Reset makes the world ready for a run under a seed and a source (nil: the
// seed alone). It keeps its memory.
func (w *World[M, D]) Reset(seed uint64, source scheduler.Source) {
	w.queue.Reset()
	w.chance = chance{seed: scheduler.NewSeed(seed), source: source}
	w.digest = 0
	w.notes = [MaxKinds]uint64{}
	w.events, w.over, w.unlearned = 0, false, w.n
	w.result = Outcome{Seed: seed}
	w.families = [Families]Happened{}
	w.checkpoints = w.checkpoints[:0]
	w.nextCheckpoint = firstCheckpoint
	w.nextStop = min(w.nextCheckpoint, w.limits.Events)
	s := uint8(0)
	if w.scenario.Crashes.Chance > 0 {
		s |= mayCrash
	}
	w.calmed, w.stormLast, w.deadline = false, 0, 0
	w.segment = segment{}
	w.coreIDs = w.coreIDs[:0]
	w.limits = w.scenario.Limits
	w.specials, w.clogged = w.specials[:0], w.clogged[:0]
	if w.pairs != nil {
		w.pairs.reset()
	}
	if w.history != nil {
		w.history.Reset()
	}
	if w.history != nil || len(w.observers) != 0 {
		s |= watched
	}
	if len(w.observers) != 0 {
		s |= observed
	}
	for i := range w.actors {
		e := &w.actors[i]
		e.actorState = actorState{}
		e.stalled = e.stalled[:0]
		e.slow = s
		e.disk.reset()
	}
	w.actors[0].slow = 0
	w.team.reset()
	w.faults.reset(w.scenario)
	w.many.reset()
	w.roughen()
	if w.calmAt > 0 {
		w.setWeather(w.scenario.Network, w.scenario.Crashes.Chance)
		w.push(w.calmAt, eventKey(Calmed, 0, 0, 0))
	}
	if len(w.scenario.Seasons) > 0 {
		w.season(0)
	}
	w.scheduleFaults()
	w.expectMoments()
	for id := 1; id <= w.n; id++ {
		w.push(0, eventKey(Booted, 0, ID(id), 0))
	}
	w.openRequests()
}

// Run runs to the end and tells the outcome. What the outcome points to is good
// until the next Reset.
func (w *World[M, D]) Run() Outcome {
	for w.steps(math.MaxInt) {
	}
	return w.Outcome()
}

// Step handles the next event and says whether the run goes on.
func (w *World[M, D]) Step() bool { return w.steps(1) }

// steps handles the next n events, if the run is not over before, and says
// whether it goes on. What is needed of an event is copied before a handler
// pushes the next.
func (w *World[M, D]) steps(n int) bool {
	for ; n > 0 && !w.over; n-- {
		var ev *event[M]
		var key scheduler.Key
		if w.many.open.from == w.many.open.to {
			var ok bool
			if ev, ok = w.queue.Pop(); !ok {
				return w.end(EndQuiet)
			}
			if key = ev.key; key == 0 {
				continue
			}
			if w.queue.Now() > w.limits.Time {
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
		if eventWhat(key) == Delivered { // the way of most events, in one piece
			d.Mix(ev.words)
			w.digest = d
			if e.slow&(dead|observed|paused|alert) == 0 && !w.rough || w.arrive(e, ev, key) {
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
func (w *World[M, D]) late() End {
	if w.deadline != 0 && w.limits.Time == w.deadline {
		return EndBound
	}
	return EndTime
}

// stop is called at the events at which there is more to do: to note the digest
// at a mark, or to end the run at its limit.
func (w *World[M, D]) stop() {
	if w.events == w.nextCheckpoint {
		w.checkpoints = append(w.checkpoints, w.digest.Sum())
		w.nextCheckpoint *= 2
	}
	if w.events >= w.limits.Events && !w.over {
		w.end(EndEvents)
	}
	w.nextStop = min(w.nextCheckpoint, w.limits.Events)
}

// arrive says whether a message is to be handled now: its receiver may be down,
// paused or cut off meanwhile. It tells whoever watches.
func (w *World[M, D]) arrive(e *Env[M, D], ev *event[M], key scheduler.Key) bool {
	if len(w.faults.clogs) != 0 && key.From() != key.To() {
		if i := w.faults.clogged(w.scenario, ID(key.From()), e.self, key.Kind()); i >= 0 {
			w.clog(i, ev, key)
			return false
		}
	}
	if w.pairs != nil && key.From() != key.To() {
		w.pairs.leave(key)
	}
	if why := w.undeliverable(ID(key.From()), e.self); why != arrives {
		w.digest.Mix(uint64(why))
		w.result.Dropped++
		w.dropped(ev, key, why)
		return false
	}
	if e.slow&paused != 0 {
		w.stall(e, ev, key)
		return false
	}
	if e.slow&alert != 0 {
		w.arriving = *ev // whose place in the queue the moment may need
		w.arriveNoticed(e, key)
		return false
	}
	if ev.group < 0 {
		w.arriveSpecial(e, ev, key)
		return false
	}
	if len(w.observers) != 0 {
		w.emitEvent(ev, key, ev.msg.Text(w))
	}
	return true
}

// arriveNoticed is arrive where a moment may come by what arrives, and change
// what becomes of it.
func (w *World[M, D]) arriveNoticed(e *Env[M, D], key scheduler.Key) {
	ev := &w.arriving
	w.notice(e, Receives, key.Kind())
	switch {
	case e.slow&(dead|paused) != 0:
		w.arrive(e, ev, key)
	case ev.group < 0:
		w.arriveSpecial(e, ev, key)
	default:
		if len(w.observers) != 0 {
			w.emitEvent(ev, key, ev.msg.Text(w))
		}
		w.receive(e, ID(key.From()), ev)
	}
}

// receive lets an actor handle a message, by the long way.
func (w *World[M, D]) receive(e *Env[M, D], from ID, ev *event[M]) {
	w.result.Delivered++
	e.reached = max(e.reached, ev.depth)
	e.depth = e.reached
	e.actor.Receive(e, from, ev.msg)
}

// happen handles an event that is no message.
func (w *World[M, D]) happen(e *Env[M, D], ev *event[M]) {
	if e.slow&paused != 0 && eventWhat(ev.key).waits() {
		if eventWhat(ev.key) == TimedOut {
			e.timers[ev.key.Kind()].handle = 0
		}
		w.stall(e, ev, ev.key)
		return
	}
	switch eventWhat(ev.key) {
	case TimedOut:
		w.timeout(e, ev)
	case Synced:
		w.synced(e, ev)
	case Booted:
		e.depth = 0
		if e.slow&dead == 0 { // else it starts when it comes back
			w.emitEvent(ev, ev.key, "")
			e.actor.Start(e)
		}
	case Restarted:
		w.comeBack(e, ev)
	case Asked:
		w.ask(e, ev)
	case FaultBegins:
		w.faultBegins(ev)
	case FaultEnds:
		w.faultEnds(ev)
	case Calmed:
		w.calm(ev)
	case SeasonBegins:
		w.emitEvent(ev, ev.key, "")
		w.season(int(ev.key.Count()))
	case StormOver:
		w.stormOver(ev)
	default:
		panic(fmt.Sprintf("sim: an event %v in the queue", eventWhat(ev.key)))
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
	al := &e.timers[t.Kind]
	if al.handle != 0 {
		w.takeBack(al.handle)
	}
	at := w.queue.Now() + max(d, 0)
	al.handle = w.push(at, e.alarm.Numbered(t.Kind, w.count(&al.count)))
	al.set = t.For
	w.queue.At(al.handle).words = uint64(at) // for whoever asks what is waited for
}

// disarm takes an alarm back.
func (w *World[M, D]) disarm(al *alarm) {
	if al.handle != 0 {
		w.takeBack(al.handle)
		al.handle = 0
	}
}

// count goes one up. Where a key has no room for more the run ends: two things
// would share a name.
func (w *World[M, D]) count(c *uint32) uint32 {
	if *c == scheduler.MaxCount {
		w.end(EndCount)
		return *c
	}
	*c++
	return *c
}

// letter is a message that is being sent: its key still lacks the receiver.
type letter[M Message] struct {
	msg   *M
	words uint64 // of the message, condensed
	key   scheduler.Key
}

// seal names a message that the actor e.self sends, by a key that still lacks
// its receiver, and condenses its words, once for all receivers.
func (w *World[M, D]) seal(e *Env[M, D], m *M) letter[M] {
	w.words = 0
	(*m).Words(&w.words)
	kind := (*m).Kind()
	n := w.count(&e.sends[kind])
	return letter[M]{m, uint64(w.words), e.mine.Numbered(kind, n)}
}

// post gives one letter to the network. The way of most messages is here in one
// piece: nothing is cut, the seed alone says, and it says neither lost nor
// doubled.
func (w *World[M, D]) post(e *Env[M, D], to ID, l *letter[M]) {
	key := l.key.WithTo(uint16(to))
	delay := w.net.min
	if to != e.self {
		w.result.Sent++
		var smooth bool
		delay, smooth = w.net.smooth(w.chance.seed.Hash(key))
		if !smooth || w.chance.source != nil || w.rough {
			w.postAny(e, key, l)
			return
		}
	}
	_, ev := w.queue.Push(w.queue.Now() + delay)
	ev.msg = *l.msg
	ev.words = l.words
	ev.key = key + deliveredKey
	ev.depth, ev.cause, ev.group = e.depth+1, e.cause, 0
}

// postAny gives one letter to the network, whatever befalls it.
func (w *World[M, D]) postAny(e *Env[M, D], key scheduler.Key, l *letter[M]) {
	if w.faults.cut() && w.faults.separated(w.scenario, e.self, ID(key.To())) {
		w.lost(e, key, cutWhenSent)
		return
	}
	if w.rich {
		w.postRich(e, key, l)
		return
	}
	switch f := w.net.fate(&w.chance, key); {
	case f.lost:
		w.struck(FamilyLoss)
		w.lost(e, key, lostByChance)
	case f.doubled:
		w.double(e, key, f, l)
	default:
		w.enqueue(e, f.delay, key, l, 0)
	}
}

// enqueue files the arrival of a copy of a letter: which one is in the what of
// the key. group is that of the event. Fields are stored one by one: a whole
// event, built first, would be copied twice.
func (w *World[M, D]) enqueue(e *Env[M, D], delay Time, key scheduler.Key, l *letter[M], group int32) scheduler.Handle {
	at := w.queue.Now() + delay
	w.stormLast = max(w.stormLast, at)
	h, ev := w.queue.Push(at)
	ev.msg = *l.msg
	ev.words = l.words
	ev.key = key + deliveredKey
	ev.depth, ev.cause, ev.group = e.depth+1, e.cause, group
	return h
}

// copyKeyShift is where the number of a copy stands in the key of an arrival.
const copyKeyShift = 58

// deliveredKey, added to the key of a message, names its arrival.
const deliveredKey = scheduler.Key(Delivered) << (copyKeyShift + 2)

// eventText is what an event is about, in words.
func (w *World[M, D]) eventText(ev *event[M], key scheduler.Key) string {
	if eventWhat(key) == Delivered {
		return ev.msg.Text(w)
	}
	return ""
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
	r.Events, r.Ended, r.Digest = w.events, min(w.queue.Now(), w.limits.Time), w.digest.Sum()
	if w.history != nil {
		r.Marks = w.history.Marks()
	}
	r.Families, r.Core, r.Leader = w.tally(), w.coreIDs, w.faults.leader
	r.Notes, r.Checkpoints = w.notes[:len(w.spec.words.Notes)], w.checkpoints
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
