package observe

import "github.com/paxsim/paxsim/sim/ids"

// A Teller tells a short run of its protocol in sentences of plain English, event by
// event. General words are used for what it leaves out.
type Teller interface {
	// Cast is what a reader must know before the first event, such as how many make a
	// quorum.
	Cast() []string
	// Tell takes the entries of the run, one by one and in their order, and gives the
	// sentences about this one. If ok is true, these are all that there is to say, even if
	// there are none. If it is false, general sentences take their place.
	Tell(e Entry) (sentences []string, ok bool)
	// Deviates says in whole sentences what an actor should have done, and why: d is the first
	// thing that it did differently. It is asked after the last entry. nil: general words do.
	Deviates(d Deviation) []string
}

// Deviation is a difference between what an actor did and what its protocol would have
// done.
type Deviation struct {
	Event  uint64 // the number of the event
	Actor  ids.ID
	Does   Entry // what it did: it sent, saved or decided, or an alarm went off; What 0: nothing
	Should Entry // what it should have done, with What, Kind, Peer, Text and Said; What 0: nothing
}

// Cut is where a crash by chance fell.
type Cut struct {
	Before What   // Sent, Saved, Decided or Answered: the effect that did not happen; 0: the crash fell between two events
	Kind   uint8  // of Sent: the kind of the message
	Peer   ids.ID // of Sent: its receiver. A broadcast is cut before one of its receivers
}
