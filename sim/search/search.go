package search

import "github.com/paxsim/paxsim/scheduler"

// The searched engine: what is next is not a matter of time. There are no
// latencies; any event that is enabled may be the next, and an adversary picks.
// Handlers, messages, faults and invariants are those of the timed engine.
//
// Events are enabled in a calm order: messages, ends of syncs and requests by
// their age, the oldest first; then alarms, restarts and what happens by the
// script, by their age. In calm the first of this order is the next. A pick of
// another is a surprise, and reads "X held back until Y was handled": every
// event before it in the order is held back. So a searched run is a set of
// [Deferral]s over the calm order, besides the answers to its choices, and needs no
// adversary to be played again.

// Search says how the searched engine runs.
type Search struct {
	Picker    Picker     // picks the next event; nil: the first that is not held back
	Deferrals []Deferral // what is held back until when; of runs without a picker
	Record    bool       // keep what a picker held back, for [sim.Runner].Deferrals
	Turns     []Turn     // where the run leaves the seed that it began with; in the order of their events
	Budget    Budget
}

// Turn makes a searched run go on under another seed. Up to the event and including it,
// the run is what it would have been. From there on chance and the picker are as at the
// start of a run of that seed. So a run can go back to a state that another reached, and
// on from there.
type Turn struct {
	After uint64 // how many events come before it
	Seed  uint64 // under which the run continues
}

// Budget is how much of what could go on for ever a searched run has. What is
// spent is off: it is not asked for any more.
type Budget struct {
	Events     int // that are handled; 0: 1000
	Alarms     int // that go off, except those that tick ([shown.TimerKind].Ticks)
	Losses     int // messages that are lost or damaged
	Duplicates int // messages that arrive once more
	Crashes    int // crashes by chance
}

// Deferral says that an event is not handled before another was. It is void if that
// other cannot come any more: if all that is enabled is held back, the first is
// handled.
type Deferral struct{ Event, Until scheduler.Key }

// Picker is an adversary: it picks which of the enabled events is next.
type Picker interface {
	// Begin is called at the start of a run, and at each of its turns. At a turn, Born is
	// called next for all enabled events, as if they were new.
	Begin(seed uint64)
	// Born gives an event that is newly enabled a tag of the picker's own.
	Born(key scheduler.Key, cause uint32) (tag uint64)
	// Pick is the position of the event that is next. One at least is enabled. Below 0
	// there is none: the run ends.
	Pick(p *Pending) int
}
