package paxosspec

import (
	"strconv"

	"github.com/paxsim/paxsim/sim"
)

// Ballot is a ballot number plus one, so that the zero Ballot is the -1 of the
// specification: none, and below every other.
type Ballot uint8

// String is the number that the specification has: -1 for none.
func (b Ballot) String() string { return strconv.Itoa(int(b) - 1) }

// parseRound reads what String printed of a ballot, and nothing else.
func parseRound(text string) (sim.Round, bool) {
	n, err := strconv.Atoi(text)
	return sim.Round(n + 1), err == nil && n >= -1 && n < maxBallots && strconv.Itoa(n) == text
}
