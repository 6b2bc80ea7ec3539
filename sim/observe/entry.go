// Package observe has what an observer sees of a run: every event and effect, once and
// in order, the state of the actors between two events, and how the run ended.
package observe

import (
	"strconv"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/ids"
)

// What says what an [Entry] of a trace is about.
type What uint8

// The events. Their numbers go into digests and into keys: never change them.
const (
	nothing      What = iota
	Booted            // an actor starts: for the first time, or after a pause into which it came back
	Delivered         // a message arrives
	TimedOut          // an alarm goes off
	Asked             // a client asks
	Synced            // a sync is done
	Restarted         // an actor comes back from a crash
	FaultBegins       // a scripted fault begins
	FaultEnds         // a scripted fault is over
	Calmed            // what happens by chance is over
	PeriodBegins      // another weather begins
	StormOver         // the storm's last message has arrived
)

// What happens during an event.
const (
	Sent         What = iota + 16 // a message left, to one actor
	Broadcast                     // a message left, to all
	Saved                         // a record reached the disk
	Decided                       // an actor learned the decision
	Dropped                       // a message will not arrive, or did not
	Doubled                       // a copy of a message travels as well
	Crashed                       // an actor went down
	Noted                         // an actor noted something
	Violated                      // an invariant broke
	Paused                        // an actor handles nothing from here on
	Resumed                       // an actor goes on after a pause
	Held                          // an event must wait: its actor is paused or has not started, or the link is clogged
	FaultStruck                   // a fault begins, at a moment that has come
	FaultHealed                   // a fault is over, at a moment that has come
	Elected                       // a core has calm, and one of its actors keeps the role
	BecameChosen                  // the actor's vote completes a quorum: a value is chosen, and nobody may know
	Answered                      // a client has its answer
)

var whatWords = [...]string{
	nothing: "nothing", Booted: "boot", Delivered: "deliver", TimedOut: "timeout", Asked: "ask", Synced: "synced",
	Restarted: "restart", FaultBegins: "fault", FaultEnds: "heal", Calmed: "calm", PeriodBegins: "period", StormOver: "storm-over", Sent: "send", Broadcast: "broadcast", Saved: "save",
	Decided: "decide", Dropped: "drop", Doubled: "double", Crashed: "crash", Noted: "note", Violated: "violated",
	Paused: "pause", Resumed: "resume", Held: "hold", FaultStruck: "strike", FaultHealed: "relent", Elected: "elect", BecameChosen: "chosen", Answered: "answer",
}

// String is the word for w that files use.
func (w What) String() string {
	if int(w) < len(whatWords) && whatWords[w] != "" {
		return whatWords[w]
	}
	return "what(" + strconv.Itoa(int(w)) + ")"
}

// IsEvent says whether w is an event itself, not something that happens during
// one.
func (w What) IsEvent() bool { return w > nothing && w < Sent }

// Waits says whether an event of this kind waits while its actor is paused.
func (w What) Waits() bool { return w == Booted || w == TimedOut || w == Asked }

// Entry is one line of a trace: an event, or something that happened during it.
type Entry struct {
	Event uint64 // the number of the event, from 1; 0: before the first
	Cause uint64 // the number of the event that led to it; 0: none did
	At    scheduler.Time
	What  What
	Kind  uint8  // of the message, timer or note
	Copy  uint8  // 0: the message itself, 1: its double
	Actor ids.ID // which it is about
	Peer  ids.ID // the other one: the sender of what is delivered, the receiver of what is sent; 0: none, or all
	N     uint32 // which of the sender's messages of this kind; which alarm; which request or fault (from 0); which slot

	Text string // the message, the record, the value or the reason in words

	// What follows is known only while the run is played: a file does not hold it.

	// Round is the round that the message belongs to, if it is a [abilities.Rounder], or that
	// of a decision or of a value that was chosen; 0: none.
	Round ids.Round
	// As is the sender that a message with a forged sender names; 0: the true one.
	As ids.ID
	// Said is what the entry is about, in the types of the protocol that made it. For a
	// message or a record it is a value of its own type. For a decision, or a value that was
	// chosen, it is a [sim.Chosen]; for an invariant that broke, the [sim.Violation]; for a
	// request, the [sim.Request]; for a crash by chance, the [Cut]. nil: nothing of these, or
	// not known.
	Said any
}

// Plain is the entry as a file holds it. Two plain entries can be compared by ==;
// others may hold what Go cannot compare.
func (e Entry) Plain() Entry {
	e.As, e.Said = 0, nil
	return e
}

// Observer sees every event and effect of a run once, in order.
type Observer interface {
	// Observe is called with each entry, at once when it happens.
	Observe(e Entry)
}

// EventKey is the key of an event that [Upcoming.Foresee] lists; what a trace
// says of an event need not be all of it.
func (e Entry) EventKey() scheduler.Key {
	return scheduler.MakeKey(uint8(e.What)<<2|e.Copy, e.Kind, uint16(e.Peer), uint16(e.Actor), e.N)
}

// WhatOf is the kind of the event that a key names.
func WhatOf(k scheduler.Key) What { return What(k.What() >> 2) }
