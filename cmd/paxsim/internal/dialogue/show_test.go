package dialogue

import (
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/trace"
)

// What an actor's disk holds, what is not on it yet, and what the last event
// changed: told of one actor by lines, of all by a star.
func TestShow(t *testing.T) {
	w := begin(t, "literal-acks", trace.Base{Calm: true}, "disk.sync=1ms")
	for _, c := range []struct{ to, say, want string }{
		{"to 0", "show", "  actor 1: not started\n  actor 2: not started\n  actor 3: not started\n"},
		{"to 2", "show", "  actor 1: up\n* actor 2: up\n  actor 3: not started\n"},
		{"to 4", "show 1", `actor 1, up
  role             phase 1 of 1.1  (was nothing)
  round            1  (was nothing)
  wants            x  (was nothing)
  not on disk yet  round 1  (was nothing)
  held back        1 effect  (was nothing)
  waits            for promises of 1.1 from 1, 2, 3  (was nothing)
  alarm: repeat    at 4.1 ms: it repeats a round  (was nothing)
  alarm: learn     at 7.1 ms: it tries to learn
  to come          disk is done at 1 ms
`},
		{"to 5", "show 1", `actor 1, up
  role             phase 1 of 1.1
  round            1
  wants            x
  on disk          round 1  (was nothing)
  waits            for promises of 1.1 from 1, 2, 3
  alarm: repeat    at 4.1 ms: it repeats a round
  alarm: learn     at 7.1 ms: it tries to learn
  not on disk yet  nothing  (was round 1)
  held back        nothing  (was 1 effect)
  to come          <1 Prepare 1.1 at 2 ms
`},
		{"to 5", "crash 1", "CRASHES"},
		{"to 5", "crash 1\nshow 1", "actor 1, down  (was up)\n"},
	} {
		talk(t, w, c.to)
		if got := talk(t, w, strings.Split(c.say, "\n")...); !strings.Contains(got, c.want) {
			t.Errorf("%s, %s:\n%s\nwant\n%s", c.to, c.say, got, c.want)
		}
	}
}
