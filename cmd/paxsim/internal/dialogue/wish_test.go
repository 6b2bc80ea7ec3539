package dialogue

import (
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/trace"
)

// paxos.adopt=false is broken by hand, with two lost messages; with adoption the
// same two do no harm.
func TestBrokenByHand(t *testing.T) {
	for adopt, want := range map[string]string{"false": "the run ends here: agreement (safety) is broken; see also event 17\n", "true": "the run ends here: all have learned x\n"} {
		w := begin(t, "happy-path", trace.Base{Calm: true}, "actors=3", "paxos.adopt="+adopt, "invariants=[agreement]",
			"requests=[{actor: 1, at: 0s, value: x}, {actor: 2, at: 0s, value: y}]")
		got := talk(t, w, "until actor 2 is asked", "lose Prepare 2>1", "lose Prepare 2>3", "to end")
		if !strings.HasSuffix(got, want) {
			t.Errorf("adopt=%s: %s", adopt, got)
		}
	}
}

// Which message is meant, where no count says it: the one that is being sent;
// else one on its way, though another will be sent; else the next; else the
// last.
func TestWhichIsMeant(t *testing.T) {
	for _, c := range []struct{ to, say, want string }{
		{"to 4", "lose Prepare 1>2", "lost Prepare 1>2 #1 = 1"},
		{"to 5", "lose Prepare 1>2", "lost Prepare 1>2 #1 = 1"},
		{"until anybody repeats", "lose Prepare 1>2", "lost Prepare 1>2 #3 = 1"},
		{"to 2", "lose Accept 1>3", "lost Accept 1>3 #3 = 1"},
		{"to end", "lose Prepare 1>2", "lost Prepare 1>2 #3 = 1"},
		{"to end", "lose Prepare 1>2 #1", "lost Prepare 1>2 #1 = 1"},
		{"to 5", "lose Prepare 1>all", "lost Prepare 1>2 #1 = 1\n  lost Prepare 1>3 #1 = 1"},
		{"until anybody repeats", "lose Prepare 1>all", "lost Prepare 1>2 #3 = 1\n  lost Prepare 1>3 #4 = 1"},
		{"until anybody repeats", "lose Prepare 1>all #3", "lost Prepare 1>2 #3 = 1"},
		{"to 9", "lose Prepare 1>all", "lost Prepare 1>2 #3 = 1\n  lost Prepare 1>3 #4 = 1"},
		{"to 5", "crash 1", "crash-save 1 #2 = 1"},
		{"to 5", "crash 3", "crash-save 3 #1 = 1"},
		{"to 1", "choose crash Accept 1>3", "crash Accept 1>3 #3 = 1"},
	} {
		w := begin(t, "happy-path", trace.Base{Calm: true}, "actors=3", "paxos.repeat=1.5ms")
		talk(t, w, c.to)
		if got := talk(t, w, strings.Split(c.say, "\n")...); !strings.HasPrefix(got, "  "+c.want+"\n") {
			t.Errorf("%s, %s: %s", c.to, c.say, got)
		}
	}
}
