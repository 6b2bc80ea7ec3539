package observe

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/shown"
)

// Inspector is a [sim.Runner] that can be looked into between two steps. It costs
// nothing while nobody looks.
type Inspector interface {
	// Inspect tells the state of an actor. It panics if there is no such actor.
	Inspect(id ids.ID) Snapshot
}

// Snapshot is the state of an actor between two events, in words. A name means the
// same in Fields, in Disk and in Written, so that the three can be compared.
type Snapshot struct {
	Status  Status
	Fields  []shown.Field // what it knows, the most telling first; nil while it is down
	Disk    []shown.Field // what its disk holds, and a crash leaves
	Written []shown.Field // what has been written and is not yet sure to survive; nil: nothing
	Waiting int           // effects that wait for its disk, or for the end of a pause
	Alarms  []Alarm       // those that are set, by kind
}

// Alarm is an alarm that is set.
type Alarm struct {
	Name string
	At   scheduler.Time  // when it goes off
	Kind shown.TimerKind // what it is for; zero: its protocol does not say
}

// Status says whether an actor does anything.
type Status uint8

// The statuses.
const (
	StatusUp     Status = iota
	StatusPaused        // it handles nothing for now
	StatusDown          // it has crashed, and will come back
	StatusGone          // it has crashed for good
)

// String is the word for a status.
func (s Status) String() string { return [...]string{"up", "paused", "down", "gone"}[s] }

// Upcoming is a [sim.Runner] that can tell what waits to happen. It costs nothing
// while nobody asks.
type Upcoming interface {
	// Foresee lists what waits in the queue, in the order in which it will
	// happen if nothing else comes between: as entries of a trace, with At the
	// time to come and Event 0. What waits for a disk, for the end of a pause or
	// behind a clog is not in it, since it has no time yet. In a searched run it
	// lists what is enabled, in the calm order, with At 0: any of it may be next,
	// once everybody has started. But an actor that has crashed between two events
	// comes back before all else, and then its restart alone is listed.
	Foresee() []Entry
	// InFlight counts by receiver the messages that are on their way, wherever they wait.
	// counts must have room for all actors; its element 0 is nobody's. In a searched run these
	// are the messages that are enabled.
	InFlight(counts []uint64)
}
