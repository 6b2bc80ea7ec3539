package minimal_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/internal/minimal"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/story"
)

func TestMain(m *testing.M) { tally.Main(m) }

// short is a story of which nothing can go.
func short(t *testing.T) *story.Story {
	t.Helper()
	m, ok := mutants.Find("expiring-promise")
	if !ok {
		t.Fatal("there is no such mutant")
	}
	s := &sim.Scenario{Name: "short", Tick: 100_000, Actors: 2, Protocol: m.Protocol(), Requests: []sim.ScriptedRequest{{Actor: 1}}}
	s.Network.DelayMin, s.Network.DelayMax = 1, 1
	return &story.Story{Scenario: s, Breaks: "promise-rises", Lines: []string{"client asks 1", "Prepare 1.1 reaches 1", "alarm forget of 1 goes off"}}
}

// TestCheck: what can go is found, each thing for itself.
func TestCheck(t *testing.T) {
	minimal.Check(t, short(t))
	tests := []struct {
		name string
		edit func(st *story.Story)
		want string
	}{
		{"a line", func(st *story.Story) { st.Lines = slices.Insert(st.Lines, 2, "Promise 1.1 reaches 1") }, "line 3 can go"},
		{"a receiver", func(st *story.Story) { st.Lines[1] = "Prepare 1.1 reaches 2 and 1" }, `line 2 can be "Prepare 1.1 reaches 1"`},
		{"a mark", func(st *story.Story) {
			st.Scenario.Disk, st.Lines[1] = disks.Disk{Sync: 1}, "Prepare 1.1 reaches 2, and 2 saves slowly"
			st.Lines = slices.Insert(st.Lines, 2, "Prepare 1.1 reaches 1")
		}, `line 2 can be "Prepare 1.1 reaches 2", and not`},
		{"a request", func(st *story.Story) {
			st.Scenario.Requests = append(st.Scenario.Requests, sim.ScriptedRequest{Actor: 2})
		}, "request 2, of actor 2, can go"},
		{"an actor", func(st *story.Story) { st.Scenario.Actors = 3 }, "actor 3 can go"},
		{"a member", func(st *story.Story) { st.Scenario.Actors, st.Scenario.Members = 3, nil }, "3 need not be a member"},
		{"a setting", func(st *story.Story) { set(st.Scenario, "repeats", 9) }, "repeats can be 3"},
		{"half a setting", func(st *story.Story) { set(st.Scenario, "repeats", 9) }, "repeats can be 4"},
		{"a disk", func(st *story.Story) { st.Scenario.Disk = disks.Disk{Sync: 8} }, "saves can take 4 ticks"},
		{"forging", func(st *story.Story) { st.Scenario.Network.Forge = 1 }, "nothing need be forged"},
	}
	for _, tt := range tests {
		st := short(t)
		tt.edit(st)
		r := &report{TB: t}
		minimal.Check(r, st)
		if got := strings.Join(r.errors, "\n"); len(r.errors) == 0 || !strings.Contains(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// set sets a setting.
func set(s *sim.Scenario, name string, v int64) {
	s.Settings = nil
	for _, x := range paxos.Protocol().Settings() {
		if x.Name == name {
			x.Default = v
		}
		s.Settings = append(s.Settings, x.Default)
	}
}

// report keeps what a check finds.
type report struct {
	testing.TB
	errors []string
}

func (r *report) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}
