package report

import (
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/table"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/faults"
)

// Text writes a table of the finds, how to see each again, and the evidence. The
// table is no wider than so many columns of a terminal; 0: as wide as it is.
func (m *Hunt) Text(w io.Writer, width int) error {
	var b strings.Builder
	if len(m.Finds) > 0 {
		columns := []table.Column{{Name: "failure"}, {Name: "grade", Drop: 1}, {Name: "runs", Right: true}, {Name: "first seed", Right: true}, {Name: "in", Drop: 3}, {Name: "by", Drop: 4},
			{Name: "events", Right: true, Drop: 5}, {Name: "smallest: events", Right: true, Drop: 2}, {Name: "held back", Right: true, Drop: 6}, {Name: "surprises", Right: true, Drop: 7}}
		var rows [][]string
		for _, x := range m.Finds {
			rows = append(rows, []string{x.Failure, x.Grade, say.Count(x.Runs), number(x.First.Seed), x.First.Scenario, x.First.Strategy, say.Count(x.First.Events),
				say.Count(x.Smallest.Events), say.Count(uint64(x.Smallest.Deferrals)), say.Count(uint64(x.Smallest.Surprises))})
		}
		b.Write(table.Fit(columns, rows, width))
		for _, x := range m.Finds {
			terminal.Fprintf(&b, "\n%s: %s\n", x.Failure, x.Smallest.Text)
			if x.Smallest.File != "" {
				terminal.Fprintf(&b, "    see it again: %s\n", terminal.Quote(terminal.Program(), "replay", "--trace", terminal.File(x.Smallest.File)))
			}
		}
		b.WriteString("\n")
	}
	for _, x := range m.Again {
		if x.Broken != "" {
			terminal.Fprintf(&b, "%s (%s) breaks as before: %s\n    see it again: %s\n\n", x.Broken, x.Grade, x.Text, terminal.Quote(terminal.Program(), "replay", "--trace", terminal.File(x.File)))
		}
	}
	if m.lemma() {
		b.WriteString(lemmaNote + "\n\n")
	}
	for _, line := range m.lines() {
		terminal.Fprintf(&b, "%-9s %s\n", line[0], line[1])
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// lemma says whether a lemma broke.
func (m *Hunt) lemma() bool {
	return m.Broken[sim.Lemma.String()] > 0 || slices.ContainsFunc(m.Again, func(x HuntAgain) bool { return x.Grade == sim.Lemma.String() })
}

// lines is the evidence for people, a fact a line.
func (m *Hunt) lines() [][2]string {
	lines := [][2]string{{"hunted", m.hunted()}}
	if len(m.Again) > 0 {
		lines = append(lines, [2]string{"kept", m.again()})
	}
	lines = append(lines, [2]string{"runs", m.runs()})
	if m.Runs == 0 {
		return lines
	}
	lines = append(lines, [2]string{"proved", m.proved()}, [2]string{"by", m.strategies()})
	if m.Strategies["pct"].Runs > 0 && m.Width > 0 {
		lines = append(lines, [2]string{"pct", m.bound()})
	}
	lines = append(lines, [2]string{"faults", m.faults()}, [2]string{"marks", m.marks()})
	if m.States.Runs > 0 {
		lines = append(lines, [2]string{"states", m.States.text()})
	}
	return append(lines, [2]string{"checked", m.checked()})
}

func (m *Hunt) hunted() string {
	text := m.Of.Protocol
	if m.Of.Mutant != "" {
		text += " with " + m.Of.Mutant
	}
	text += ", in " + m.Of.Scenario
	if m.Of.Variants > 1 {
		text += fmt.Sprintf(", of %d variants", m.Of.Variants)
	}
	b, atMost := m.Of.Budget, "at most "
	if !m.Of.Swarm {
		atMost = ""
	}
	return text + fmt.Sprintf("; a run has %s%s, %s, %s, %s and %s", atMost, say.Plural(uint64(b.Events), "event"), say.Plural(uint64(b.Alarms), "alarm"),
		countLosses(b.Losses), say.Plural(uint64(b.Duplicates), "duplicate"), countCrashes(b.Crashes))
}

func countLosses(n int) string {
	if n == 1 {
		return "1 loss"
	}
	return say.Count(uint64(n)) + " losses"
}

func countCrashes(n int) string {
	if n == 1 {
		return "1 crash"
	}
	return say.Count(uint64(n)) + " crashes"
}

func (m *Hunt) againBroken() (n int) {
	for _, x := range m.Again {
		if x.Broken != "" {
			n++
		}
	}
	return n
}

// again tells of the runs that were kept before.
func (m *Hunt) again() string {
	text := say.Plural(uint64(len(m.Again)), "run") + " of before, made first: "
	if n := m.againBroken(); n > 0 {
		return text + fmt.Sprintf("%d still broken", n)
	}
	return text + "none is broken any more"
}

func (m *Hunt) runs() string {
	if m.Runs == 0 {
		return "none"
	}
	tenth := (10*m.Events + m.Runs/2) / m.Runs
	text := fmt.Sprintf("%s from seed %d on: %s decided, %s partial, %s undecided, %s; %s.%d events a run", say.Count(m.Runs), m.Of.Seed,
		say.Count(m.Decided), say.Count(m.Partial), say.Count(m.Undecided), m.violated(), say.Count(tenth/10), tenth%10)
	switch {
	case m.Shard != "":
		text += "; shard " + m.Shard
	case len(m.Missing) > 0:
		text += "; missing: " + strings.Join(m.Missing, ", ")
	case m.Of.Runs == 0:
		text += fmt.Sprintf("; --runs %d makes the same", m.Runs)
	}
	return text
}

// violated is how many runs broke an invariant, and which grades the invariants have.
func (m *Hunt) violated() string {
	text := say.Count(m.Violated) + " violated"
	if m.Violated > 0 {
		text += " (" + counts(m.Broken, func(grade string) string { return grade }) + ")"
	}
	return text
}

func (m *Hunt) proved() string {
	switch {
	case m.Of.Invariants == 0:
		return "nothing: no invariant is on, so nothing could be seen to break"
	case m.Proved == 0 && m.Vacuous == m.Runs:
		return "nothing: " + noStake + " in any run"
	case m.Proved == 0:
		return fmt.Sprintf("nothing: no round was refused and no fault struck in the %s in which a value was at stake", say.Plural(m.Runs-m.Vacuous, "run"))
	}
	text := fmt.Sprintf("%s: a round was refused in %s, a fault struck in %s", say.Plural(m.Proved, "run"), say.Count(m.Refused), say.Count(m.Struck))
	if m.Vacuous > 0 {
		text += fmt.Sprintf("; %s in %s", noStake, say.Count(m.Vacuous))
	}
	return text
}

func (m *Hunt) strategies() string {
	var parts []string
	for _, name := range m.Of.Strategies {
		s := m.Strategies[name]
		text := fmt.Sprintf("%s %s", name, say.Plural(s.Runs, "run"))
		if m.Violated > 0 {
			text += fmt.Sprintf(", %s violated", say.Count(s.Violated))
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// bound is what pct promises of a run: 1/(w²·n^(d-1)).
func (m *Hunt) bound() string {
	n := big.NewInt(int64(m.Length))
	of := new(big.Int).Exp(n, big.NewInt(int64(m.Of.Depth-1)), nil)
	width := big.NewInt(int64(m.Width))
	of.Mul(of, width.Mul(width, width))
	text := of.String()
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return fmt.Sprintf("at most %s side by side and %s a run, among which the falls are drawn: what takes %s in a certain order, given the faults, shows in at least one of %s of its runs",
		say.Plural(uint64(m.Width), "event"), say.Count(uint64(m.Length)), say.Plural(uint64(m.Of.Depth), "event"), text)
}

func (m *Hunt) faults() string {
	var parts []string
	for f := range faults.Families {
		name := faults.Family(f).String()
		c, ok := m.Families[name]
		if !ok {
			continue
		}
		text := fmt.Sprintf("%s on in %s, struck in %s", name, say.Plural(c.On, "run"), say.Count(c.Hit))
		if c.Hit == 0 {
			text += neverStruck
		}
		parts = append(parts, text)
	}
	if len(parts) == 0 {
		return "none were asked for"
	}
	return strings.Join(parts, "; ")
}

func (m *Hunt) marks() string {
	var hit, never []string
	for name, n := range m.Marks {
		switch {
		case n > 0:
			hit = append(hit, name+" "+say.Count(n))
		case slices.Contains(m.Missed, name):
			never = append(never, name+" (required)")
		default:
			never = append(never, name)
		}
	}
	slices.Sort(hit)
	slices.Sort(never)
	text := strings.Join(hit, ", ")
	if len(never) > 0 {
		text = strings.TrimPrefix(text+"; never: "+strings.Join(never, ", "), "; ")
	}
	if text == "" {
		return "none are watched for"
	}
	return text
}

// checked says what the absence of violations is worth.
func (m *Hunt) checked() string {
	if m.Of.Invariants == 0 {
		return "nothing: no invariant is on"
	}
	text := fmt.Sprintf("%s, after each of %s", say.Plural(uint64(m.Of.Invariants), "invariant"), say.Plural(m.Events, "event"))
	switch {
	case m.Violated > 0:
		return text
	case m.Proved == 0:
		return text + ": that proves nothing"
	case m.independent() < 100:
		return text + ": held"
	}
	return text + fmt.Sprintf(": held; what breaks more than 3 in %s such runs would have shown (95%% confidence)", say.Count(m.independent()))
}

// independent is how many runs proved something that do not follow from others,
// as those of feedback do: what is concluded from how often nothing broke rests on
// these.
func (m *Hunt) independent() (n uint64) {
	for name, s := range m.Strategies {
		if name != campaign.Feedback {
			n += s.Proved
		}
	}
	return n
}
