package report

import (
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/observe"
)

// TestCalmLine holds that the summary tells how long a core took after the storm
// and how long it may take, and nothing where nobody had calm alone.
func TestCalmLine(t *testing.T) {
	s := scene()
	for _, tt := range []struct {
		name string
		with func(*Row)
		want string
	}{
		{"no core", func(*Row) {}, ""},
		{"in time", func(r *Row) { r.StormOver, r.LearnedTime, r.Deadline = 100, 130, 200 }, "after the storm the core had learned always 3 ms; its bound is always 10 ms"},
		{"before the end of the storm", func(r *Row) { r.StormOver, r.LearnedTime, r.Deadline = 100, 40, 200 }, "after the storm the core had learned always 0 ms; its bound is always 10 ms"},
		{"too late", func(r *Row) {
			r.StormOver, r.Deadline, r.Verdict, r.End = 100, 200, observe.VerdictUndecided, observe.EndBound
		}, "no core learned within its bound after faults end, always 10 ms"},
	} {
		r := decided(s, 1, 40)
		tt.with(&r)
		m := NewSummary(s)
		m.Add(&r)
		got := ""
		for _, line := range m.Lines() {
			if line[0] == "calm" {
				got = line[1]
			}
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		if r.Failed() && !strings.Contains(Sentence(&r), "its bound after faults end") {
			t.Errorf("%s: %s", tt.name, Sentence(&r))
		}
	}
}
