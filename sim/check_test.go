package sim_test

import (
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/partitions"
	"github.com/paxsim/paxsim/sim/triggers"
	"github.com/paxsim/paxsim/sim/weather"
)

// TestCheckFaults holds what is wrong with faults that no file can say, and that
// a program can.
func TestCheckFaults(t *testing.T) {
	whom := aims.These(1)
	same := weather.Unchanged()
	tests := []struct {
		name, why string
		fault     faults.Fault
		want      string // path and the first words; "": nothing is wrong
	}{
		{"sound", "", faults.Fault{Crash: whom, When: &triggers.Moment{Does: triggers.Sends, Kind: 1}}, ""},
		{"no message", "a moment that never comes", faults.Fault{Crash: whom, When: &triggers.Moment{Does: triggers.Sends, Kind: 9}}, "faults.f.when: ping-pong has no message of kind 9"},
		{"nothing saved", "the protocol has no words for it", faults.Fault{Crash: whom, UntilWhen: &triggers.Moment{Does: triggers.Saves, Kind: 3}}, "faults.f.until_when: ping-pong saves nothing of number 3"},
		{"a kind of decision", "there is one kind", faults.Fault{Crash: whom, When: &triggers.Moment{Does: triggers.Decides, Kind: 1}}, "faults.f.when: nothing of number 1"},
		{"two counts", "which of the two?", faults.Fault{Crash: whom, When: &triggers.Moment{Does: triggers.Decides, Times: 2, Most: true}}, "faults.f.when: a majority of times, or 2"},
		{"two beginnings", "which of the two?", faults.Fault{Crash: whom, At: 5, When: &triggers.Moment{Does: triggers.Decides}}, "faults.f.at: it begins at a moment"},
		{"no weather", "a fault that does nothing tests nothing", faults.Fault{Weather: &same}, "faults.f.weather: changes nothing"},
		{"cut", "what is wrong with a shape is at its key", faults.Fault{Cut: &partitions.Cut{Shape: partitions.Bridge, Who: aims.Target{Group: aims.Everyone}}}, "faults.f.bridge: names everybody"},
		{"clogged", "", faults.Fault{Clog: &aims.Links{From: aims.Target{Group: aims.Listed}}}, "faults.f.clog.from: names nobody"},
	}
	for _, tt := range tests {
		s := &sim.Scenario{Tick: 100_000, Actors: 3, Protocol: pingPong()}
		tt.fault.Name, tt.fault.Until = "f", faults.Forever
		s.Faults = []faults.Fault{tt.fault}
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
