package paxos

import (
	"strconv"

	"github.com/paxsim/paxsim/sim"
)

// Ballot is a proposal number (PMS 2.2): unique, since it holds the number of
// the actor that made it, and ordered by round first. It is two integers and
// prints as 1.3; read as a decimal fraction 1.1 and 1.10 would be one.
//
// The zero Ballot is none, and below every real one.
type Ballot struct {
	Round uint32 // from 1
	Actor sim.ID
}

// Word packs the ballot into a word that orders as ballots do.
func (b Ballot) Word() uint64 { return uint64(b.Round)<<16 | uint64(b.Actor) }

// ballotOf unpacks a word that [Ballot.Word] packed.
func ballotOf(word uint64) Ballot { return Ballot{uint32(word >> 16), sim.ID(word)} }

// Less says whether b is below c.
func (b Ballot) Less(c Ballot) bool { return b.Word() < c.Word() }

// IsZero says whether b is no ballot.
func (b Ballot) IsZero() bool { return b == Ballot{} }

// String prints round.actor, or - for none.
func (b Ballot) String() string {
	if b.IsZero() {
		return "-"
	}
	return strconv.FormatUint(uint64(b.Round), 10) + "." + strconv.Itoa(int(b.Actor))
}
