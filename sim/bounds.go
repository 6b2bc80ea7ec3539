package sim

import "github.com/paxsim/paxsim/scheduler"

// The bounds of a protocol and of a scenario.
const (
	MaxActors   = scheduler.MaxActor    // actors of a world: a [scheduler.Key] has room for as many
	MaxMessages = scheduler.MaxKind + 1 // kinds of messages of a protocol
	MaxKinds    = scheduler.FewKinds    // kinds of timers, of choices and of notes of a protocol
	MaxInstance = 1<<20 - 1             // the greatest number of an instance
	MaxSlot     = 1<<20 - 1             // the greatest number of a slot of a disk
	MaxTime     = scheduler.MaxTime     // the latest time that a scenario may name, in ticks
	MaxEvents   = 1<<32 - 1             // the greatest limit on events
	maxTick     = 1_000_000_000         // nanoseconds: MaxTime of them still fit into a count of microseconds
)
