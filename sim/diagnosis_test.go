package sim_test

import (
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/triggers"
)

// TestStuck: a run that does not come to its end says who waits for what, and
// one that did says nothing.
func TestStuck(t *testing.T) {
	for _, c := range []struct {
		name, why string
		change    func(*sim.Scenario)
		want      string
	}{
		{"decided", "there is nothing to wait for", func(*sim.Scenario) {}, ""},
		{"cut", "2 is the one that should answer 1", func(s *sim.Scenario) {
			s.Faults = []faults.Fault{{Name: "cut", Until: faults.Forever, Split: [][]sim.ID{{1}}}}
		}, `actor 1 waits for its alarm "again" at`},
		{"down", "and comes back after the end", func(s *sim.Scenario) {
			s.Faults = []faults.Fault{{Name: "crash", At: 5, Until: 9000, Crash: aims.These(1)}}
		}, "actor 1 is down until 9 ms"},
		{"down until a moment", "that never comes", func(s *sim.Scenario) {
			s.Faults = []faults.Fault{{Name: "crash", At: 5, Until: faults.Forever, UntilWhen: &triggers.Moment{Does: triggers.Decides}, Crash: aims.These(1)}}
		}, "actor 1 is down until a fault is over"},
		{"paused", "for good", func(s *sim.Scenario) {
			s.Faults = []faults.Fault{{Name: "pause", At: 5, Until: faults.Forever, Pause: aims.These(2)}}
		}, "actor 2 is paused"},
		{"disk", "slower than the run", func(s *sim.Scenario) { s.Disk.Sync = 5000 }, "waits for its disk"},
	} {
		s := quiet(2)
		c.change(s)
		r := runner(t, s)
		r.Reset(1, nil)
		r.Run()
		got := strings.Join(r.Diagnosis(), "\n")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s, %s: %q, want %q", c.name, c.why, got, c.want)
		}
	}
}

// TestStuckCounts: those who wait beyond the first five are counted, one as one.
func TestStuckCounts(t *testing.T) {
	for actors, want := range map[int]string{5: "", 6: "so does 1 other", 7: "so do 2 others"} {
		s := quiet(actors)
		var all []sim.ID
		for id := range actors {
			all = append(all, sim.ID(id+1))
		}
		s.Faults = []faults.Fault{{Name: "pause", At: 1, Until: faults.Forever, Pause: aims.These(all...)}}
		r := runner(t, s)
		r.Reset(1, nil)
		r.Run()
		lines := r.Diagnosis()
		switch last := lines[len(lines)-1]; {
		case len(lines) < 5:
			t.Errorf("%d actors: %q", actors, lines)
		case want == "" && len(lines) != 5, want != "" && last != want:
			t.Errorf("%d actors: %q, want %q", actors, last, want)
		}
	}
}

// TestStuckByInstance: of several instances the first that is not learned is named,
// and how many more. These are decided in the order 2, 0, 1.
func TestStuckByInstance(t *testing.T) {
	for limit, want := range map[sim.Time]string{
		1:  "has not learned instance 0 and 2 more",
		12: "has not learned instance 0 and 1 more",
		24: "has not learned instance 1; ",
	} {
		s := slots(3)
		s.Network.DelayMin, s.Network.DelayMax = 5, 5
		s.Limits.Time = limit
		r := runner(t, s)
		r.Reset(1, nil)
		r.Run()
		if got := strings.Join(r.Diagnosis(), "\n"); !strings.Contains(got, "actor 2 "+want) {
			t.Errorf("at %d: %s\nwant %s", limit, got, want)
		}
	}
}
