package scenarios_test

import (
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
)

func TestTicks(t *testing.T) {
	s := &sim.Scenario{Tick: 100_000}
	for _, c := range []struct {
		text string
		want sim.Time
		err  string
	}{
		{text: "20ms", want: 200},
		{text: "0", want: 0},
		{text: "2.5ms", want: 25},
		{text: "1s", want: 10_000},
		{text: "soon", err: `"soon" is no time such as 20ms`},
		{text: "", err: `"" is no time such as 20ms`},
		{text: "20", err: "20 has no unit: write 20ms, 20s or 20us"},
		{text: "1.25ms", err: "1.25ms is no multiple of the tick, 100us: the nearest are 1.2ms and 1.3ms"},
	} {
		got, err := scenarios.Ticks(s, c.text)
		if got != c.want || (err == nil) != (c.err == "") || err != nil && err.Error() != c.err {
			t.Errorf("%q: %d, %v", c.text, got, err)
		}
	}
}
