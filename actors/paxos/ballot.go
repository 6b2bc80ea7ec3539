package paxos

import (
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/plain"
)

// Ballot is a proposal number (PMS 2.2): unique, since it holds the number of
// the actor that made it, and ordered by round first. It is two whole numbers
// in one word, so that < orders it, and prints as 1.3; read as a decimal
// fraction 1.1 and 1.10 would be one.
//
// The zero Ballot is none, and below every real one.
type Ballot uint64

// MakeBallot is the ballot of an actor in a round, from 1.
func MakeBallot(round uint32, actor sim.ID) Ballot { return Ballot(round)<<16 | Ballot(actor) }

// Round is the round of b; 0: b is none.
func (b Ballot) Round() uint32 { return uint32(b >> 16) }

// Actor is the actor that made b; 0: b is none.
func (b Ballot) Actor() sim.ID { return sim.ID(b) }

// Renamed implements [plain.Renamer].
func (b Ballot) Renamed(r *plain.Renaming) Ballot {
	if b == 0 {
		return 0
	}
	return MakeBallot(b.Round(), r.Actor(b.Actor()))
}

// parseRound reads what String printed of a ballot, and nothing else.
func parseRound(text string) (sim.Round, bool) {
	round, actor, _ := strings.Cut(text, ".")
	r, err1 := strconv.ParseUint(round, 10, 32)
	a, err2 := strconv.ParseUint(actor, 10, 16)
	b := MakeBallot(uint32(r), sim.ID(a))
	return sim.Round(b), err1 == nil && err2 == nil && b.String() == text
}

// String prints round.actor, or - for none.
func (b Ballot) String() string {
	if b == 0 {
		return "-"
	}
	return strconv.FormatUint(uint64(b.Round()), 10) + "." + strconv.Itoa(int(b.Actor()))
}
