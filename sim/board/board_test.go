package board_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim/board"
)

func TestMain(m *testing.M) { tally.Main(m) }

// Example is a round in which actor 2 may no longer vote, and a value that actor 1 has
// voted for.
func Example() {
	var b board.Board
	for i, c := range []board.Change{
		{What: board.Begun, Round: 4, Actor: 1},
		{What: board.Cast, Round: 4, Actor: 1, Value: 7},
		{What: board.Bound, Round: 5, Actor: 2},
		{What: board.Cast, Round: 4, Actor: 3, Value: 8, Text: "it should not"},
	} {
		b.Apply(uint64(i+1), c)
	}
	for id := range b.Rows {
		how, votes := b.Cell(b.Rows[id].Actor, b.Column(4))
		fmt.Println(id+1, how == board.Past, votes)
	}
	fmt.Println(b.Wrongs)
	// Output:
	// 1 false [{1 7 false}]
	// 2 true []
	// 3 false [{3 8 true}]
	// [{4 4 3 it should not}]
}

// TestNet: what is superseded is left out, and what is wrong is not.
func TestNet(t *testing.T) {
	for _, c := range []struct {
		why        string
		list, want []board.Change
	}{
		{"the last ballot that binds an actor", []board.Change{{What: board.Bound, Round: 1, Actor: 1}, {What: board.Bound, Round: 2, Actor: 2}, {What: board.Bound, Round: 3, Actor: 1}},
			[]board.Change{{What: board.Bound, Round: 2, Actor: 2}, {What: board.Bound, Round: 3, Actor: 1}}},
		{"taken back", []board.Change{{What: board.CanBe, Round: 1, Value: 1}, {What: board.CanBe, Round: 1, Value: 2}, {What: board.CannotBe, Round: 1, Value: 1}},
			[]board.Change{{What: board.CanBe, Round: 1, Value: 2}}},
		{"and given again", []board.Change{{What: board.CanBe, Round: 1, Value: 1}, {What: board.CannotBe, Round: 1, Value: 1}, {What: board.CanBe, Round: 1, Value: 1}},
			[]board.Change{{What: board.CanBe, Round: 1, Value: 1}}},
		{"one safety a round", []board.Change{{What: board.SafeAny, Round: 1, Text: "a"}, {What: board.SafeNone, Round: 2, Text: "b"}, {What: board.SafeOnly, Round: 1, Value: 3, Text: "c"}},
			[]board.Change{{What: board.SafeNone, Round: 2, Text: "b"}, {What: board.SafeOnly, Round: 1, Value: 3, Text: "c"}}},
		{"a report that was false", []board.Change{{What: board.Reported, Round: 1, Actor: 1}, {What: board.Reported, Round: 1, Actor: 1, Text: "false"}, {What: board.Reported, Round: 1, Actor: 1, Of: 1, Value: 1}},
			[]board.Change{{What: board.Reported, Round: 1, Actor: 1, Text: "false"}, {What: board.Reported, Round: 1, Actor: 1, Of: 1, Value: 1}}},
	} {
		if got := board.Net(c.list); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.why, got, c.want)
		}
	}
}

// TestWhats: every change has a word, and no two the same.
func TestWhats(t *testing.T) {
	seen := map[string]bool{}
	for i, word := range board.Whats() {
		if (word == "") != (i == 0) || seen[word] || word != board.What(i).String() {
			t.Errorf("change %d is called %q", i, word)
		}
		seen[word] = true
	}
	if board.What(len(seen)-1) != board.Misses {
		t.Errorf("%d words", len(seen))
	}
}
