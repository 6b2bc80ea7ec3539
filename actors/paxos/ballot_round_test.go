package paxos

import (
	"testing"

	"github.com/paxsim/paxsim/sim"
)

// TestRoundsReadBack: the round of a message is its ballot, and its text reads back;
// what is no such text is no round.
func TestRoundsReadBack(t *testing.T) {
	rounds := Protocol().Rounds()
	for _, x := range []Ballot{b(1, 1), b(1, 10), b(10, 1), b(2, 0), MakeBallot(1<<32-1, sim.MaxActors)} {
		r := accept(x, 1).Round()
		if got, ok := rounds.Parse(rounds.Text(r)); !ok || got != r || rounds.Text(r) != x.String() {
			t.Errorf("%v: %s, %v %v", x, rounds.Text(r), got, ok)
		}
	}
	for _, text := range []string{"", "1", "1.", ".1", "01.1", "1.01", "1.1x", "1.1.1", "-1.1", "+1.1", "1.65536", "4294967296.1", "-", "0.0"} {
		if r, ok := rounds.Parse(text); ok {
			t.Errorf("%q is %v", text, r)
		}
	}
	if ask().Round() != 0 || !Protocol().TellsRounds() {
		t.Error("an Ask belongs to a round, or no message does")
	}
	if _, ok := rounds.Parse(rounds.Example); !ok {
		t.Errorf("%q is no example", rounds.Example)
	}
}
