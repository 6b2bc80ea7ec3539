package formulas

import (
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// fanOuts are to whom Accept may be sent, as the setting fan_out numbers them,
// and how many messages a calm decision then takes.
var fanOuts = []struct {
	name  string
	law   func(n int) int
	terms string
}{
	{"ackers", func(n int) int { return (n - 1) * (n + 3) }, "(N-1)(N+3)"},
	{"all", func(n int) int { return (n - 1) * (n + 3) }, "(N-1)(N+3)"},
	{"quorum", func(n int) int { return (n-1)*(quorum(n)+2) + quorum(n) - 1 }, "(N-1)(q+2) + q-1"},
}

// count is what a calm decision takes, whoever proposes.
type count struct {
	n, fanOut    int
	sent, delays uint64
	time         sim.Time // in units of the delay
}

func counts(t testing.TB) (out []count) {
	const delay = 10
	for fanOut := range fanOuts {
		for _, n := range []int{3, 5, 7, 9} {
			s := world(n, delay)
			set(s, "fan_out", int64(fanOut))
			s.Requests = []sim.ScriptedRequest{{Actor: 1}}
			o := begun(t, s, 1).Run()
			if o.Verdict != observe.VerdictDecided || o.LearnedTime != o.DecideTime {
				t.Errorf("N = %d, fan-out %s: %v, learned at %d", n, fanOuts[fanOut].name, o.End, o.LearnedTime)
			}
			out = append(out, count{n, fanOut, o.Sent, uint64(o.Delays), o.DecideTime / delay})
		}
	}
	return out
}

// TestCounts: messages and delays of a calm decision, to the one.
func TestCounts(t *testing.T) {
	t.Parallel()
	table := map[string]map[int]uint64{ // found by hand
		"ackers": {3: 12, 5: 32, 7: 60, 9: 96}, "all": {3: 12, 5: 32, 7: 60, 9: 96}, "quorum": {3: 9, 5: 22, 7: 39, 9: 60},
	}
	for _, c := range counts(t) {
		f := fanOuts[c.fanOut]
		if law := uint64(f.law(c.n)); c.sent != law || law != table[f.name][c.n] {
			t.Errorf("N = %d, fan-out %s: %d messages, the law says %d, the table %d", c.n, f.name, c.sent, law, table[f.name][c.n])
		}
		if c.delays != 4 || c.time != 4 {
			t.Errorf("N = %d, fan-out %s: %d delays, %d units of time", c.n, f.name, c.delays, c.time)
		}
	}
}
