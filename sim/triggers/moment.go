// Package triggers has moments: points of a run that are defined by what happens, not by a
// time. They begin and end faults.
package triggers

import "github.com/paxsim/paxsim/sim/ids"

// Moment is a point in a run told by what happens, not by a time: "actor 2 has
// sent Accept to a majority", "a vote exists". It comes once a run, at the very
// effect: what its actor asks for after that already happens in the world that
// the moment changed. The zero Moment is none.
type Moment struct {
	Who   ids.ID // 0: anybody
	Does  Doing
	Kind  uint8 // of the message sent or received, or of what is saved (an index into Vocabulary.Saves)
	Times int   // it comes at this time that it is done, from 1; 0 counts as 1. A send counts once for every receiver, also the sender itself
	Most  bool  // as many times as are a majority of all actors, in place of Times

	// Quorum: as many times as are a quorum of members, of the phase to which what
	// is done belongs, or of every phase; in place of Times.
	Quorum bool
}

// MaxTimes is how often at most something must be done for a [Moment] to come.
const MaxTimes = 1_000_000_000

// Doing is what somebody does at a [Moment].
type Doing uint8

// What somebody can do.
const (
	Never    Doing = iota // nothing: of the zero Moment
	Sends                 // a message of a kind leaves for one receiver
	Receives              // a message of a kind arrives and is handled
	Saves                 // something reaches the disk
	Decides               // a decision is made known
	Falls                 // it goes down
	Returns               // it comes back from a crash
)

var doingWords = [...]string{Never: "never", Sends: "sends", Receives: "receives", Saves: "saves", Decides: "decides", Falls: "crashes", Returns: "returns"}

// String is the word for what is done, as files say it. It panics if d is none of the
// above.
func (d Doing) String() string { return doingWords[d] }

// Link is the word that files put before "majority" and "quorum": "to" for sends,
// "from" for receives, "by" for all else.
func (d Doing) Link() string {
	switch d {
	case Sends:
		return "to"
	case Receives:
		return "from"
	}
	return "by"
}
