package sim

import (
	"strconv"

	"github.com/paxsim/paxsim/scheduler"
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
	FaultEnds         // a scripted cut heals
	Calmed            // what happens by chance is over
	SeasonBegins      // another weather begins
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
	Paused                        // an actor stands still from here on
	Resumed                       // it goes on
	Held                          // an event must wait: its actor is paused or has not started, or the link is clogged
	FaultStruck                   // a fault begins, at a moment that has come
	FaultHealed                   // it is over, at a moment that has come
	Elected                       // a core has calm, and one of it keeps the role
	BecameChosen                  // the actor's vote completes a quorum: a value is chosen, and nobody may know
	Answered                      // a client has its answer
)

var whatWords = [...]string{
	nothing: "nothing", Booted: "boot", Delivered: "deliver", TimedOut: "timeout", Asked: "ask", Synced: "synced",
	Restarted: "restart", FaultBegins: "fault", FaultEnds: "heal", Calmed: "calm", SeasonBegins: "season", StormOver: "storm-over", Sent: "send", Broadcast: "broadcast", Saved: "save",
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

// waits says whether an event of this kind waits while its actor is paused.
func (w What) waits() bool { return w == Booted || w == TimedOut || w == Asked }

// Entry is one line of a trace: an event, or something that happened during it.
type Entry struct {
	Event uint64 // the number of the event, from 1; 0: before the first
	Cause uint64 // the number of the event that led to it; 0: none did
	At    Time
	What  What
	Kind  uint8  // of the message, timer or note
	Copy  uint8  // 0: the message itself, 1: its double
	Actor ID     // at whom it happens
	Peer  ID     // the other one: the sender of what is delivered, the receiver of what is sent; 0: none, or all
	N     uint32 // which of the sender's messages of this kind; which alarm; which request or fault (from 0); which slot

	Text string // the message, the record, the value or the reason in words

	// What follows is known only while the run is played: a file does not hold it.

	// Round is the round that the message belongs to, if it is a [Rounder], or that
	// of a decision or of a value that was chosen; 0: none.
	Round Round
	// As is the sender that a message with a forged sender names; 0: the true one.
	As ID
	// Said is what the entry is about, for the protocol that made it: a message or a
	// record of its own type; of a decision and of a value that was chosen, a [Chosen];
	// of an invariant that broke, the [Violation]. nil: nothing of these, or not known.
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
	Observe(e Entry)
}

// Observe attaches an observer. It takes effect at the next Reset. A world that
// nobody observes pays nothing for it.
func (w *World[M, D]) Observe(o Observer) { w.observers = append(w.observers, o) }

// emit shows an entry to all observers.
func (w *World[M, D]) emit(x Entry) {
	x.Event, x.At = w.events, w.queue.Now()
	for _, o := range w.observers {
		o.Observe(x)
	}
}

// told is an entry with what a message or a record tells of itself. It is asked
// while somebody observes, so a panic in it is no find: it would not be there in the
// same run without an observer.
func (w *World[M, D]) told(e Entry, x interface{ Text(names Names) string }) Entry {
	e.Text, e.Said = x.Text(w), x
	if m, ok := x.(Rounder); ok {
		e.Round = m.Round()
	}
	return e
}

// emitEvent shows an event itself, which k names.
func (w *World[M, D]) emitEvent(ev *event[M], k scheduler.Key, text string) {
	if len(w.observers) == 0 {
		return
	}
	e := w.entryOf(ev, k)
	e.Text = text
	w.emit(e)
}

// emitArrival shows the arrival of a message, which k names. as is the sender that
// it names, if that is forged; 0: it is not.
func (w *World[M, D]) emitArrival(ev *event[M], k scheduler.Key, as ID) {
	e := w.told(w.entryOf(ev, k), ev.msg)
	if e.As = as; as != 0 {
		e.Text += " as if from " + itoa(int(as))
	}
	w.emit(e)
}

// entryOf is an event as an entry, without what it says.
func (w *World[M, D]) entryOf(ev *event[M], k scheduler.Key) Entry {
	peer := ID(k.From())
	if what := eventWhat(k); what == Asked || what == Restarted {
		peer = 0 // see World.unique
	}
	return Entry{What: eventWhat(k), Actor: ID(k.To()), Peer: peer, Kind: k.Kind(), Copy: eventCopy(k), N: k.Count(), Cause: uint64(ev.cause)}
}

func itoa(n int) string { return strconv.Itoa(n) }

// placed tells a value and the round under which it was decided.
func (w *World[M, D]) placed(v Value, under Round) string {
	return w.ValueName(v) + " (" + w.spec.rounds.Text(under) + ")"
}
