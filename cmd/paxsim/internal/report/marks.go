package report

import (
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// Marks are what runs should reach now and then, by the protocol: a campaign in which none
// did has proved less than it seems. Only a history sees them, so that without an
// invariant there are none.

// marksField lists the marks that a run reached.
var marksField = Field{Name: "marks", Text: true, Of: func(r *Row) string {
	var names []string
	for i, m := range marksOf(r.Scenario) {
		if r.Marks&(1<<i) != 0 {
			names = append(names, m.Name)
		}
	}
	return strings.Join(names, " ")
}}

// marksOf lists the marks that are watched for in a scenario.
func marksOf(s *sim.Scenario) []sim.Mark {
	if watching(s) == 0 {
		return nil
	}
	return s.Protocol.Marks()
}

// watching is how many invariants are on.
func watching(s *sim.Scenario) int {
	if s.Invariants == nil {
		return len(s.Protocol.Invariants())
	}
	return len(s.Invariants)
}

// marked counts, by mark, the runs that reached it.
func (m *Summary) marked(r *Row) {
	for i := range m.marks {
		if r.Marks&(1<<i) != 0 {
			m.marks[i]++
		}
	}
}

// markCounts tells how many runs reached each mark, and which none did; "" if nothing is
// watched for.
func (m *Summary) markCounts() string {
	var hit, never, parts []string
	for i, mark := range marksOf(m.scenario) {
		if n := m.marks[i]; n > 0 {
			hit = append(hit, mark.Name+" "+say.Count(n))
		} else {
			never = append(never, mark.Name)
		}
	}
	if len(hit) > 0 {
		parts = append(parts, strings.Join(hit, ", "))
	}
	if len(never) > 0 {
		parts = append(parts, "never: "+strings.Join(never, ", "))
	}
	return strings.Join(parts, "; ")
}

// markMembers is the same for programs, those with 0 too; nil if nothing is
// watched for.
func (m *Summary) markMembers() map[string]uint64 {
	var out map[string]uint64
	for i, mark := range marksOf(m.scenario) {
		if out == nil {
			out = map[string]uint64{}
		}
		out[mark.Name] = m.marks[i]
	}
	return out
}
