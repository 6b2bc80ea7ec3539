package dialogue

import (
	"io"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/trace"
)

// on is a dialogue about a run.
func on(t *testing.T, name string, base trace.Base, set ...string) *Dialogue {
	t.Helper()
	return New(begin(t, name, base, set...), "a scenario", io.Discard, nil)
}

// tell says a line to it.
func tell(t *testing.T, d *Dialogue, line string) {
	t.Helper()
	if _, err := d.Do(line); err != nil {
		t.Fatal(err)
	}
}

// TestComplete: each word of a line can be completed by what may stand there.
func TestComplete(t *testing.T) {
	d := on(t, "happy-path", trace.Base{Calm: true}, "actors=3")
	tell(t, d, "to 4") // actor 1 sends its Prepare here
	for _, c := range []struct{ line, want string }{
		{"ne", "next"},
		{"xyz", ""},
		{"frobnicate ", ""},
		{"to ", "end"},
		{"goto e", "end"},
		{"help un", "until undo"},
		{"show ", "1 2 3"},
		{"lose acc", "Accept Accepted"},
		{"lose Accept ", "1> 2> 3>"},
		{"lose Accept 2", "2>"},
		{"lose Accept 2>", "2>1 2>3 2>all"},
		{"lose Accept 2>3 ", ""},
		{"delay Accept 2>3 ", "by"},
		{"crash ", "1 2 3 before idle for"},
		{"crash 2 before s", "save"},
		{"crash 2 before Prepare 2", "2>"},
		{"until agr", "agreement"},
		{"until agreement ", "breaks"},
		{"until actor ", "1 2 3"},
		{"until actor 2 dec", "decides"},
		{"until Prepare l", "lost"},
		{"choose lost Prepare ", "1>2 1>3"},
		{"choose lost Prepare 1>2 ", "#1"},
		{"cut 1 ", "1 2 3 all > for until"},
		{"heal ", ""},
	} {
		if got := strings.Join(d.Complete(c.line), " "); got != c.want {
			t.Errorf("%q: %q, want %q", c.line, got, c.want)
		}
	}
	tell(t, d, "cut 1 2")
	if got := strings.Join(d.Complete("heal "), " "); got != "cut" {
		t.Errorf("heal: %q", got)
	}
	if got := strings.Join(d.Complete("heal cut "), " "); got != "1" {
		t.Errorf("heal cut: %q", got)
	}
}

// TestCompleteTake: in a searched run the events that may be next are completed.
func TestCompleteTake(t *testing.T) {
	d := New(beginSearched(t, "happy-path", trace.Base{Calm: true}), "a scenario", io.Discard, nil)
	if got := strings.Join(d.Complete("take as"), " "); got != "ask" {
		t.Errorf("%q", got)
	}
}

// TestAgain: an empty line means the last one if that left the run as it is.
func TestAgain(t *testing.T) {
	d := on(t, "happy-path", trace.Base{Calm: true})
	for _, c := range []struct{ line, want string }{
		{"next 2", "next 2"}, {"show", "show"}, {"lose Prepare 1>2", ""}, {"until anybody decides", "until anybody decides"}, {"to 3", ""}, {"nxet", ""},
	} {
		if tell(t, d, c.line); d.Again() != c.want {
			t.Errorf("after %q: %q, want %q", c.line, d.Again(), c.want)
		}
	}
}

// TestBroken: how the run ended when that was last seen.
func TestBroken(t *testing.T) {
	d := on(t, "literal-acks", trace.Base{Calm: true})
	for _, c := range []struct {
		line string
		want bool
	}{{"next", false}, {"to end", true}, {"back 3", true}, {"lose Prepare 2>all", true}, {"crash 2", true}} {
		if tell(t, d, c.line); d.Broken != c.want {
			t.Errorf("after %q: %v", c.line, d.Broken)
		}
	}
}
