package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/observe"
)

// Summary is the results of many runs of one scenario.
type Summary struct {
	scenario *sim.Scenario
	fields   []Field

	Runs, Decided, Partial, Undecided, Violated uint64

	Proved  uint64                 // runs in which something was at stake
	counted uint64                 // runs in which votes were counted
	ends    map[observe.End]uint64 // of undecided runs
	halted  map[observe.End]uint64 // of partial runs
	broken  map[string]uint64      // by invariant
	grades  map[string]uint64      // by the grade of what broke
	sums    []uint64               // by field
	marks   []uint64               // by mark
	struck  families               // by family of faults
	chosen  spread                 // of runs in which a value was chosen
	decide  spread                 // of runs in which an actor decided
	learn   spread                 // of runs in which all learned
	storm   spread                 // from the storm's last message to the last learner, of runs with a core
	bound   spread                 // and how long that may have taken
	sent    spread
}

// NewSummary is the summary of no runs yet.
func NewSummary(s *sim.Scenario) *Summary {
	fields := Fields(s.Protocol)
	return &Summary{
		scenario: s, fields: fields, sums: make([]uint64, len(fields)), marks: make([]uint64, len(marksOf(s))),
		ends: map[observe.End]uint64{}, halted: map[observe.End]uint64{}, broken: map[string]uint64{}, grades: map[string]uint64{},
		chosen: spread{}, decide: spread{}, learn: spread{}, storm: spread{}, bound: spread{}, sent: spread{},
	}
}

// Add counts a run.
func (m *Summary) Add(r *Row) {
	m.Runs++
	m.sent.add(int64(r.Sent))
	m.struck.add(&r.Outcome)
	for i, f := range m.fields {
		if f.sum != nil {
			n, _ := f.sum(r)
			m.sums[i] += n
		}
	}
	m.marked(r)
	if r.Deadline > 0 {
		m.bound.add(int64(r.Deadline - r.StormOver))
		if !r.Failed() {
			m.storm.add(int64(max(r.LearnedTime-r.StormOver, 0)))
		}
	}
	if r.Proved() {
		m.Proved++
	}
	if r.Counted {
		m.counted++
	}
	if at, ok := r.FirstChosen(); ok {
		m.chosen.add(int64(at))
	}
	if at, _, ok := r.FirstDecided(); ok {
		m.decide.add(int64(at))
	}
	if r.AllLearned() {
		m.learn.add(int64(r.LearnedTime))
	}
	switch r.Verdict {
	case observe.VerdictDecided:
		m.Decided++
	case observe.VerdictPartial:
		m.Partial++
		m.halted[r.End]++
	case observe.VerdictViolated:
		m.Violated++
		m.broken[r.Violation.Invariant]++
		m.grades[r.Violation.Grade.String()]++
	default:
		m.Undecided++
		m.ends[r.End]++
	}
}

// Exit is the exit code that the runs ask for.
func (m *Summary) Exit() int {
	switch {
	case m.Violated > 0:
		return 1
	case m.Undecided+m.Partial > 0 || m.Proved == 0:
		return 3
	}
	return 0
}

// Lines is the summary for people, a fact a line: a word and its figure.
func (m *Summary) Lines() [][2]string {
	lines := [][2]string{{"runs", m.verdicts()}}
	if m.Runs == 0 {
		return lines // interrupted before the first was over
	}
	add := func(name, text string) {
		if text != "" {
			lines = append(lines, [2]string{name, text})
		}
	}
	add("chosen", m.whenChosen())
	add("decided", m.when(m.decide))
	add("learned", m.when(m.learn))
	add("calm", m.calm())
	add("messages", m.messages())
	add("faults", m.faults())
	add("marks", m.markCounts())
	add("checked", m.checked())
	return lines
}

// when tells when something happened, and in how many runs if not in all.
func (m *Summary) when(s spread) string {
	text := s.text(func(t int64) string { return say.Span(m.scenario, sim.Time(t)) })
	if n := s.total(); n > 0 && n < m.Runs {
		return fmt.Sprintf("in %s of %s: %s", say.Count(n), say.Plural(m.Runs, "run"), text)
	}
	return text
}

// whenChosen tells when a value was chosen, which is not known where nobody
// counted votes.
func (m *Summary) whenChosen() string {
	if m.counted == 0 && watching(m.scenario) == 0 {
		return "not known: no invariant is on, so nobody counted votes"
	}
	return m.when(m.chosen)
}

// calm tells, of runs that calmed for a core, how long it took after the storm
// until all of it had learned, and how long that may take.
func (m *Summary) calm() string {
	times := func(t int64) string { return say.Span(m.scenario, sim.Time(t)) }
	bound, took := m.bound.text(times), m.storm.text(times)
	switch {
	case bound == "":
		return ""
	case took == "":
		return "no core learned within its bound after faults end, " + bound
	}
	return "after the storm the core had learned " + took + "; its bound is " + bound
}

// graded names an invariant with its grade before it, so that those of a grade are
// side by side.
func (m *Summary) graded(invariant string) string {
	return sim.GradeOf(m.scenario.Protocol, invariant).String() + " " + invariant
}

func (m *Summary) verdicts() string {
	var parts []string
	if m.Decided > 0 {
		parts = append(parts, say.Count(m.Decided)+" decided")
	}
	if m.Violated > 0 {
		parts = append(parts, say.Count(m.Violated)+" violated ("+counts(m.broken, m.graded)+")")
	}
	if m.Partial > 0 {
		parts = append(parts, say.Count(m.Partial)+" partial ("+counts(m.halted, observe.End.String)+")")
	}
	if m.Undecided > 0 {
		parts = append(parts, say.Count(m.Undecided)+" undecided ("+counts(m.ends, observe.End.String)+")")
	}
	text := say.Count(m.Runs) + ": " + strings.Join(parts, ", ")
	switch {
	case m.Runs == 0:
		return "none"
	case m.Proved == 0:
		return text + "; " + noStake + ": this proves nothing"
	case m.Proved < m.Runs:
		return text + "; " + say.Count(m.Runs-m.Proved) + " proved nothing: " + noStake
	}
	return text
}

func (m *Summary) messages() string {
	text := m.sent.text(func(n int64) string { return say.Count(uint64(n)) }) + " a run; all runs: sent " + say.Count(m.sum("sent"))
	for _, n := range m.scenario.Protocol.Vocabulary().Notes {
		if n.InTables() {
			text += ", " + n.Field + " " + say.Count(m.sum(n.Field))
		}
	}
	return text
}

// checked says what the absence of violations is worth.
func (m *Summary) checked() string {
	n := watching(m.scenario)
	if n == 0 {
		return "nothing: no invariant is on"
	}
	text := fmt.Sprintf("%s, after each of %s", say.Plural(uint64(n), "invariant"), say.Plural(m.sum("events"), "event"))
	switch {
	case m.Violated > 0:
		return text
	case m.Proved == 0:
		return text + ": that proves nothing"
	case m.Proved < 100:
		return text + ": held"
	}
	return text + fmt.Sprintf(": held; what breaks more than 3 in %s runs would have shown (95%% confidence)", say.Count(m.Proved))
}

// sum is a counter's sum over all runs.
func (m *Summary) sum(name string) uint64 {
	for i, f := range m.fields {
		if f.Name == name {
			return m.sums[i]
		}
	}
	return 0
}

// counts lists how often each came, in the order of their texts.
func counts[K comparable](m map[K]uint64, text func(K) string) string {
	var parts []string
	for k, n := range m {
		parts = append(parts, text(k)+" "+say.Count(n))
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}
