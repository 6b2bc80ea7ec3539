package sim

import (
	"cmp"
	"slices"

	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
)

// Outcome is how a run ended, and what it cost.
type Outcome struct {
	Seed    uint64
	Verdict observe.Verdict
	End     observe.End

	// A value is chosen when a quorum has voted for it, though nobody may know;
	// decided when the first actor learns that; learned when all actors know it that the run
	// waits for.
	Chosen      Chosen // the first value of instance 0 that was chosen, and the round; zero: none
	ChosenTime  Time   // when it was
	Counted     bool   // votes were counted; if not, nothing is known of Chosen
	Value       Value  // the first decision of instance 0 made known; 0: none
	Under       Round  // the round of it
	DecideTime  Time   // when it was
	LearnedTime Time   // since when all have learned that the run waits for; 0 if not AllLearned
	Learned     int    // how many of them have learned, and have not forgotten it in a crash
	Awaited     int    // how many the run waits for: actors that are up or will come back, or those of the core
	LearnedAt   []Time // by actor from 1 on: since when it has learned; -1: it has not. The world's own, see Runner.Run
	Delays      uint32 // messages, also to oneself, on the longest causal chain to the first decision
	Decisions   int    // decisions made known, one an actor, life and instance

	// Instances is the instances above 0 in which a value was chosen or a decision
	// made known, in their order; the world's own, see Runner.Run.
	Instances []Decision
	Instance0 *Decision // where the goal is of more instances than that one; see Decision

	// Operations is what clients have asked for, in the order in which they did
	// first; the world's own, see Runner.Run.
	Operations []Operation

	Asked    uint64 // requests that reached an actor; before the first there is no value
	Proposed bool   // a value was put to the vote, as far as the protocol's history can tell; see Stakes

	Sent       uint64 // messages from one actor to another, copies not counted
	Delivered  uint64 // arrivals, also of copies and of messages to oneself
	Dropped    uint64 // messages and copies: lost, cut off, or arrived at an actor that was down
	Duplicated uint64
	Crashes    uint64
	Families   []faults.Tally // by family of faults
	Core       []ID           // who had calm in the end, if only some had; the world's own, see Runner.Run
	Leader     ID             // who of them kept the role
	StormOver  Time           // when all had arrived that the storm left, also behind disks, if there is a core
	Deadline   Time           // when the core must have learned; 0: there is no bound, or no core
	Events     uint64
	Notes      []uint64 // by Vocabulary.Notes: how often actors noted each
	Marks      Marks    // what the run reached; none if no invariant is watched

	Ended       Time
	Violation   *Violation // nil: no invariant broke
	Digest      uint64
	Checkpoints []uint64 // digests at events 64, 128, 256, …
}

// AllLearned says whether all actors that the run waits for have learned, and there is one
// at least.
func (o *Outcome) AllLearned() bool { return o.Awaited > 0 && o.Learned == o.Awaited }

// Decision is what became of an instance; ok: a value of it was chosen or decided.
// So it is of any instance, whatever the goal. LearnedAt is the world's own.
func (o *Outcome) Decision(i Instance) (d Decision, ok bool) {
	switch k, there := slices.BinarySearchFunc(o.Instances, i, func(d Decision, i Instance) int { return cmp.Compare(d.Instance, i) }); {
	case i != 0 && there:
		return o.Instances[k], true
	case i != 0:
		return Decision{Instance: i}, false
	case o.Instance0 != nil:
		return *o.Instance0, true
	}
	d = Decision{ // the goal is this one alone, or nothing was decided in it
		Chosen: o.Chosen, ChosenTime: o.ChosenTime, Value: o.Value, Under: o.Under, DecideTime: o.DecideTime, Delays: o.Delays,
		AllLearned: o.AllLearned(), LearnedTime: o.LearnedTime, LearnedAt: o.LearnedAt,
	}
	for _, t := range d.LearnedAt[min(1, len(d.LearnedAt)):] {
		if t >= 0 {
			d.Learned++
		}
	}
	return d, d.Value != 0 || d.Chosen.Value != 0
}

// Kept is the outcome in memory of its own, so that it is good after the next
// Reset: nothing that it points to is the world's.
func (o Outcome) Kept() Outcome {
	o.Notes, o.Checkpoints, o.Core = slices.Clone(o.Notes), slices.Clone(o.Checkpoints), slices.Clone(o.Core)
	o.Families, o.LearnedAt = slices.Clone(o.Families), slices.Clone(o.LearnedAt)
	if o.Instance0 != nil {
		zero := *o.Instance0
		zero.LearnedAt = slices.Clone(zero.LearnedAt)
		o.Instance0 = &zero
	}
	o.Instances = slices.Clone(o.Instances)
	for i := range o.Instances {
		o.Instances[i].LearnedAt = slices.Clone(o.Instances[i].LearnedAt)
	}
	return o
}

// FirstChosen is when a value was first chosen, of any instance; ok: one was.
func (o *Outcome) FirstChosen() (at Time, ok bool) {
	at, ok = o.ChosenTime, o.Chosen.Value != 0
	for i := range o.Instances {
		if d := &o.Instances[i]; d.Chosen.Value != 0 && (!ok || d.ChosenTime < at) {
			at, ok = d.ChosenTime, true
		}
	}
	return at, ok
}

// FirstDecided is when a decision was first made known, of any instance, and how
// many messages led to it (see Delays); ok: one was.
func (o *Outcome) FirstDecided() (at Time, delays uint32, ok bool) {
	at, delays, ok = o.DecideTime, o.Delays, o.Decisions > 0 && (o.Value != 0 || len(o.Instances) == 0)
	for i := range o.Instances {
		if d := &o.Instances[i]; d.Value != 0 && (!ok || d.DecideTime < at) {
			at, delays, ok = d.DecideTime, d.Delays, true
		}
	}
	return at, delays, ok
}

// AtStake says whether the run had anything to lose: a request had reached an actor,
// so that there was a value, and a message was handled after that; or something was
// decided, or broke. A run without that is vacuous. Whatever held in it held because
// nothing could break.
func (o *Outcome) AtStake() bool {
	return o.Decisions > 0 || o.Violation != nil || o.Asked > 0 && o.Delivered > 0
}

// firstCheckpoint is the number of the event of the first digest in Outcome.Checkpoints.
const firstCheckpoint = 64

// Violation says that an invariant does not hold. A [History] says which, and how it
// broke; the world adds the rest.
type Violation struct {
	Invariant string // its name
	Text      string // how it was broken, with the actors and the values named

	// Events is the numbers of the events that it speaks of, in their order. The last is the
	// one in which it broke. A history lists the earlier ones, in any order: 0 and what is
	// there twice is left out, and the world adds the last.
	Events []uint64

	// Chosen is the values in conflict, if that is what is wrong: for two values chosen, both.
	Chosen []Chosen

	// What follows is the world's.

	Grade Grade  // of the invariant: what is lost
	Event uint64 // the number of the event in which it broke
	At    Time

	// Of [PanicInvariant]: the function of the protocol that panicked, and the
	// calls that led to it, the innermost first, with their files and lines.
	Place string
	Stack []string
}

// spokenOf is the events that a breach speaks of, in their order, with the one in
// which it broke as the last.
func spokenOf(earlier []uint64, now uint64) []uint64 {
	list := []uint64{now}
	for _, e := range earlier {
		if e > 0 && e < now {
			list = append(list, e)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Earlier is the events before the last that it speaks of, in their order.
func (v *Violation) Earlier() []uint64 {
	return v.Events[:max(len(v.Events)-1, 0)]
}

// Broke names the invariant that broke and its grade: "agreement (safety)".
func (v *Violation) Broke() string { return v.Grade.Of(v.Invariant) }

// Panicked says whether it is no invariant, but something that no handler may do:
// see [PanicInvariant].
func (v *Violation) Panicked() bool { return v.Invariant == PanicInvariant }
