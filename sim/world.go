package sim

import (
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
	inRing   inRing                              // what it is to run
	plain    bool                                // no code of the protocol makes actors, except CopyFrom
	handles  bool                                // messages or records hold memory
	rec      *recorder[M, D]                     // of what handlers ask for that run without the world; else nil

	// The state of the run.
	queue     scheduler.Queue[event[M]]
	search    *searched[M] // what takes the queue's place in the searched engine; else nil
	chance    chance.Door
	digest    scheduler.Digest
	cut       scheduler.Key    // the question by which an actor crashes just now; else 0
	hash      scheduler.Digest // of the message that is being sent
	sum       scheduler.Digest // of what is looked at that holds memory
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
	at     Time             // when it goes off, for those who ask
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
	edited         int      // how many of the scenario's edits have come
	over           bool
	lingering      bool // the run has reached its goal and goes on: limits.Time is when that ends
}

// Reset makes the world ready for a run under a seed and a source (nil: the
// seed alone). It keeps its memory.
func (w *World[M, D]) Reset(seed uint64, source scheduler.Source) {
	w.queue.Reset()
	w.chance = chance.Door{Seed: scheduler.NewSeed(seed), Source: source}
	w.digest = 0
	w.notes = [MaxKinds]uint64{}
	w.events, w.over = 0, false
	w.awaitLearners()
	w.result = Outcome{Seed: seed}
	w.families = [faults.Families]faults.Tally{}
	w.checkpoints = w.checkpoints[:0]
	w.nextCheckpoint = firstCheckpoint
	w.nextStop = min(w.nextCheckpoint, w.limits.Events)
	s := uint16(0)
	if w.scenario.Crashes.Chance > 0 && (w.search == nil || w.search.Budget.Crashes > 0) {
		s |= mayCrash
	}
	w.calmed, w.awaitingCalm, w.lingering, w.stormLast, w.deadline = false, false, false, 0, 0
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
	w.edited = 0
	w.after.reset()
	w.batches.reset()
	w.instances.reset()
	if w.search != nil {
		w.search.reset(seed)
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
