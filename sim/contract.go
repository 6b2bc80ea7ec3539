package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/ids"
)

// ID is the number of an actor, 1..N. 0 is nobody: the outside world.
type ID = ids.ID

// Value is what actors decide on: a number that the world's table of names
// turns into text. 0 is no value.
type Value = ids.Value

// Names gives values their names. It is what texts are written with.
type Names = ids.Names

// Instance is the number of one of the decisions that a protocol makes: the place
// in a log, for one that orders commands. A protocol that decides once has instance
// 0 alone.
type Instance = ids.Instance

// Round is a round of a protocol, such as a ballot: what is decided is decided in
// one. [shown.Rounds] turns it into text.
type Round = ids.Round

// Time is virtual time in ticks.
type Time = scheduler.Time

// Digest is what messages and records mix their words into.
type Digest = scheduler.Digest

// A Message is a plain value that one actor sends to another: a struct with a
// kind and no pointer. The world holds it inline in its queue and hands out
// copies, so that nothing that a receiver does can reach the sender. It may hold
// memory (a slice, a pointer, a map) that nobody changes once it has been sent, the
// sender and receivers included. If somebody does, the run is a violation
// ([PanicInvariant]) that names the message and its sender.
type Message interface {
	// Kind is the kind of the message, below [MaxMessages]: an index into
	// [Vocabulary].Messages. A message may also be an [abilities.Rounder].
	Kind() uint8

	// Hash mixes all that the message says into d, field by field, or one number
	// that the message makes of itself. Whatever is left out here is invisible to
	// the digest of a run. Of a message that holds memory it is asked again on
	// every arrival.
	Hash(d *Digest)

	// Text tells the message in a few words, without its kind.
	Text(names Names) string
}

// A Record is a plain value that an actor keeps on its disk. A protocol that saves
// nothing has [NoRecord]. The zero record is what is on an empty disk. Like a message it may
// hold memory that nobody changes once it has been saved; that is looked at when its
// actor comes back from a crash.
type Record interface {
	// Hash mixes all that the record says into d.
	Hash(d *Digest)

	// Text tells the record in a few words.
	Text(names Names) string
}

// Watched is a run as the [History] that watches it may ask about it.
type Watched struct {
	Names `state:"fixed"`
	event *uint64 `state:"fixed"`
}

// Watch is a run with these names. event points to the number of the event that is being
// handled; nil: the number stays 0.
func Watch(names Names, event *uint64) Watched {
	if event == nil {
		event = new(uint64)
	}
	return Watched{names, event}
}

// Event is the number of the event that is being handled, from 1; 0: it is before
// the first. It is for [Violation].Events alone: no invariant may depend on it.
func (w Watched) Event() uint64 { return *w.event }

// Timer is an alarm that an actor set for itself. An actor has at most one
// alarm of each kind: setting it again replaces it.
type Timer struct {
	Kind uint8  // below MaxKinds: an index into Vocabulary.Timers
	For  uint64 // what it was set for, so that a late one is recognised
}

// Actor is the contract with a protocol. A is the state of one actor, a plain
// value; its methods have pointer receivers. They are handlers: each reads the
// actor, the event and env, changes the actor, and asks env for effects. They
// must depend on nothing else: no clock, no chance, no global, no map order.
//
// In a crash an actor loses all that it holds. It comes back as [Spec].Actor made it, with
// no alarm set, no decision known and no client; then Start is called, and clients that
// have no answer ask again. What it saved is still there. No handler runs while the
// actor is down, and none is interrupted by another: one event is handled at a time. The
// actors of a world share no memory.
//
// An actor that holds slices, maps, pointers, interfaces or functions must also be a
// [abilities.Copier]; [Protocol].New returns an error that names the field if it is not.
// What else it may be: [abilities.Fielder], [abilities.Player], [abilities.Waiter]. An
// actor that has no use for some of the handlers embeds [Base].
type Actor[A any, M Message, D Record] interface {
	*A

	// Start is called at time 0 and after every restart, before any other handler. The
	// actor is what the protocol made it; [Env.Saved] is what survived, at first the
	// zero record.
	Start(env *Env[M, D])

	// Receive is called when a message arrives, also one that the actor sent to itself.
	// A message may come late, more than once, or never, and in any order.
	Receive(env *Env[M, D], from ID, m M)

	// Timeout is called when an alarm goes off that [Env.After] or [Env.AfterChance]
	// set. It is no longer set then.
	Timeout(env *Env[M, D], t Timer)

	// Request is called when a client asks. The request ends with [Env.Answer], which
	// may come in this handler or in any later one. The client asks again after a
	// restart, until it has an answer; nothing is asked again while the actor is up.
	Request(env *Env[M, D], r Request)
}

// History watches what a run made visible and says when an invariant breaks.
// It sees effects, never the fields of actors, and what reaches them if it is a
// [Hearer]. Each method returns the first invariant that this call shows to be broken, or
// nil. A violation ends the run, so an invariant that the scenario switches off
// ([Scenario.Watches]) must not be returned. Embed [NoHistory], and write the methods that
// the invariants need. A history may hold maps and slices; it must forget them in Reset,
// which is called before each run.
type History[M Message, D Record] interface {
	Reset()
	Requested(id ID, r Request) *Violation                       // a client asked, first or again
	Crashed(id ID)                                               // an actor went down
	Restarted(id ID)                                             // it came back
	Sent(from ID, m M) *Violation                                // a message left, to one actor or more
	Saved(id ID, slot int, d D) *Violation                       // a record reached the disk
	Decided(id ID, of Instance, v Value, under Round) *Violation // an actor learned
	Answered(id ID, r RequestID, result Value) *Violation        // an actor answered its client
	Marks() Marks                                                // what the run has reached so far
}

// A VoteCounter is a [History] that knows when a value is chosen. It counts votes
// even if no invariant is switched on.
type VoteCounter interface {
	// OnChosen makes the history call f in every run from its next Reset on. The call comes at
	// the vote that makes a value chosen, with the actor that cast it. It comes once for each
	// value, however often the value is chosen. f must not call the history.
	OnChosen(f func(voter ID, c Chosen))
}

// Hearer is a [History] that must know which messages have reached which actors. Effects
// alone do not say whether what an actor does is an answer to a message.
type Hearer[M Message] interface {
	// Hears is the kinds of messages that it wants to know of: bit k is kind k. It
	// is asked once, when a world is made. 0: none.
	Hears() uint64

	// Heard says that an actor is about to handle a message of such a kind. It
	// comes in the order of the actor's effects: those that it asked for before
	// and that waited for a disk are seen before, and what it then does is seen
	// after. A crash swallows both.
	Heard(to ID, m M)
}

// Stakes is a [History] that knows whether a value has been put to the vote.
// Before that nothing that users rely on can break, though lemmas can.
type Stakes interface {
	// Proposed says whether one has, in the run so far.
	Proposed() bool
}

// Marks is a set of things worth reaching: bit i is [Spec].Marks[i].
type Marks uint32

// Chosen is a value, the round under which it was chosen, and the instance.
type Chosen struct {
	Value    Value
	Under    Round // as in [Env.Decide]
	Instance Instance
}
