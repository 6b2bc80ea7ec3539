package sim_test

import (
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
)

// TestCheckFaults holds what is wrong with faults that no file can say, and that
// a program can.
func TestCheckFaults(t *testing.T) {
	whom := sim.These(1)
	same := sim.Unchanged()
	tests := []struct {
		name, why string
		fault     sim.Fault
		want      string // path and the first words; "": nothing is wrong
	}{
		{"sound", "", sim.Fault{Crash: whom, When: &sim.Moment{Does: sim.Sends, Kind: 1}}, ""},
		{"no message", "a moment that never comes", sim.Fault{Crash: whom, When: &sim.Moment{Does: sim.Sends, Kind: 9}}, "faults.f.when: ping-pong has no message of kind 9"},
		{"nothing saved", "the protocol has no words for it", sim.Fault{Crash: whom, UntilWhen: &sim.Moment{Does: sim.Saves, Kind: 3}}, "faults.f.until_when: ping-pong saves nothing of number 3"},
		{"a kind of decision", "there is one kind", sim.Fault{Crash: whom, When: &sim.Moment{Does: sim.Decides, Kind: 1}}, "faults.f.when: nothing of number 1"},
		{"two counts", "which of the two?", sim.Fault{Crash: whom, When: &sim.Moment{Does: sim.Decides, Times: 2, Most: true}}, "faults.f.when: a majority of times, or 2"},
		{"two beginnings", "which of the two?", sim.Fault{Crash: whom, At: 5, When: &sim.Moment{Does: sim.Decides}}, "faults.f.at: it begins at a moment"},
		{"no weather", "a fault that does nothing tests nothing", sim.Fault{Weather: &same}, "faults.f.weather: changes nothing"},
		{"cut", "what is wrong with a shape is at its key", sim.Fault{Cut: &sim.Cut{Shape: sim.Bridge, Who: sim.Target{Group: sim.Everyone}}}, "faults.f.bridge: names everybody"},
		{"clogged", "", sim.Fault{Clog: &sim.Links{From: sim.Target{Group: sim.Listed}}}, "faults.f.clog.from: names nobody"},
	}
	for _, tt := range tests {
		s := &sim.Scenario{Tick: 100_000, Actors: 3, Protocol: pingPong()}
		tt.fault.Name, tt.fault.Until = "f", sim.Forever
		s.Faults = []sim.Fault{tt.fault}
		var got []string
		for _, p := range s.Check() {
			got = append(got, p.Path+": "+p.Text)
		}
		switch {
		case tt.want == "" && len(got) > 0:
			t.Errorf("%s: %q", tt.name, got)
		case tt.want != "" && (len(got) != 1 || !strings.HasPrefix(got[0], tt.want)):
			t.Errorf("%s: %q, want %q: %s", tt.name, got, tt.want, tt.why)
		}
	}
}
