// Package abilities has the interfaces that a type of a protocol may have beside what
// the contract asks of it. The world finds them by their methods, so an author need not
// import it.
package abilities

import (
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/shown"
)

// Copier is an actor that an assignment would share memory with: one that holds
// slices, maps or pointers to what it changes.
type Copier[A any] interface {
	// CopyFrom makes the actor equal to another and shares nothing with it that either
	// changes. It must set every field: the actor may hold what a run before left in
	// it, and may reuse that memory. It is called for each actor at the start of every
	// run, and for one that comes back from a crash before its Start. from is then
	// what [sim.Spec].Actor made, or the zero actor, and stays as it is.
	// [sim.Handlers] also calls it with an actor in the middle of a run, so what
	// handlers have put into from is copied too. It asks for nothing and has no Env.
	CopyFrom(from *A)
}

// Fielder is an actor or a record that tells what it holds, field by field, for
// the viewer and for those who step through a run.
type Fielder interface {
	// Fields is what it holds, the most telling first. A name means the same
	// in every list.
	Fields(names ids.Names) []shown.Field
}

// Player is an actor that tells which roles of its protocol it plays, so that a
// fault can aim at the one that plays a role.
type Player interface {
	// Plays is the rank with which the actor plays a role (an index into
	// [sim.Vocabulary].Roles), such as its round; 0: it does not.
	Plays(role uint8) uint64
}

// Waiter is an actor that tells what it is waiting for. It is asked when somebody wants
// to know why a run ended without a decision.
type Waiter interface {
	// Waits is what the actor waits for, such as "promises of 1.3", and from
	// whom; "": for no message of anybody.
	Waits() (what string, from []ids.ID)
}

// Differ is a record that tells what is new in it, so that a fault can strike when
// somebody saves that.
type Differ[D any] interface {
	// Differs is the things that are new since the record before, as bits:
	// bit i is [sim.Vocabulary].Saves[i].
	Differs(before D) uint8
}

// Rounder is a message that tells the round that it belongs to. Traces, conditions
// and the viewer then know the round of a message as a value, and never read it from
// the message's text.
type Rounder interface {
	// Round is the round that the message belongs to; 0: none. Rounds are compared as
	// numbers, so a later or higher round is a greater number.
	Round() ids.Round
}

// Abstracter tells states apart by what matters. Runs may differ in numbers alone, such as
// which actor did what, or in which round. Such runs have the same abstract state. A
// [sim.Runner] is one; a [sim.History] may be one.
type Abstracter interface {
	// Abstract is the abstract state, as a number. It changes nothing.
	Abstract() uint64
}
