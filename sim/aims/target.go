// Package aims says whom a fault means: by number, by what they are at that moment,
// or by chance.
package aims

import "github.com/paxsim/paxsim/sim/ids"

// Target says whom a fault strikes: by number, by what they are at that moment,
// or by chance. The zero Target is nobody.
type Target struct {
	Group Group
	IDs   []ids.ID // of Listed, in the order given
	Role  uint8    // of InRole: an index into [sim.Vocabulary].Roles
	Many  int      // of AtRandom: how many, 0 to [MaxDrawn]
}

// Group is a way to say which actors are meant.
type Group uint8

// The groups.
const (
	Nobody   Group = iota // no actor
	Listed                // those with these numbers
	Everyone              // all actors
	AtRandom              // so many of those that are up and not paused, drawn by chance
	InRole                // the one that plays a role of the protocol, in the highest round
	Majority              // the largest side of the cuts in force: those that can reach most others
	Minority              // all actors outside that side
)

// These is the target of the actors with these numbers.
func These(ids ...ids.ID) Target { return Target{Group: Listed, IDs: ids} }

// IsZero says whether the target is [Nobody].
func (t *Target) IsZero() bool { return t.Group == Nobody }

// Links says on which links, and for which messages, a fault is in force. The zero
// Links is all links and all messages.
type Links struct {
	From  Target  // the senders; nobody: everybody
	To    Target  // the receivers; nobody: everybody
	Kinds []uint8 // of messages; nil: all
}
