package dialogue

import (
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/trace"
)

// TestBoard: the board is that after the event at which one stands, forwards and
// backwards, and looking at it changes nothing. The legend comes once.
func TestBoard(t *testing.T) {
	w := begin(t, "literal-acks", trace.Base{Calm: true})
	for _, c := range []struct{ to, say, want string }{
		{"to 0", "board", "  no ballot has begun\n"},
		{"to 12", "board", "  actor 2     x\n  actor 3     open\n  chosen      *x\n"},
		{"to 27", "board", "  actor 3     x      open!\n"},
		{"to 11", "board", "  actor 2     open\n  actor 3     open\n  chosen\n"},
		{"to end", "board 1.1", "  1 more ballot after 1.1\n"},
		{"to end", "board 3.1", "? no ballot 3.1 has begun\n"},
		{"to end", "board all", "? expected a ballot such as 1.2, not \"all\"\n"},
	} {
		talk(t, w, c.to)
		before := w.At()
		if got := talk(t, w, c.say); !strings.Contains(got, c.want) {
			t.Errorf("%s, %s:\n%s\nwant\n%s", c.to, c.say, got, c.want)
		}
		if w.At() != before || w.Step().Event.Event != before {
			t.Errorf("%s, %s: the stepper stood after %d, and stands after %d", c.to, c.say, before, w.At())
		}
	}
	talk(t, w, "to 12")
	if got := talk(t, w, "board", "board"); strings.Count(got, "it has voted for the value x") != 1 {
		t.Errorf("two boards:\n%s", got)
	}
}
