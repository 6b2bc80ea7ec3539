package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/table"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/observe"
)

const testText = `test holds scenarios to what they say of their runs: NAMEs of the library, or
FILEs, as for run; without any, the whole library. It makes as many runs as a
scenario says, under the seeds from 1 on. Then it makes as many again without the
premise. Now the expectation must fail, or the runs before have shown nothing.

A scenario that says nothing is expected to decide in every run. What does not
hold is followed by the first run that shows it, and by a command that plays it.

Where no value was at stake in any run, what held proves nothing, and test says so.

Exit code: 0 all hold · 1 an expectation fails, or holds without the premise ·
2 bad usage or input · 3 the runs proved nothing · 5 the machine failed`

// testFlags is what test gets beside the scenarios.
type testFlags struct {
	limits
	runs   uint64 // 0: as many as each scenario says
	format string
}

func (a *app) testCommand() *cobra.Command {
	var f testFlags
	var measured profiles
	cmd := &cobra.Command{
		Use:   "test [NAME|FILE...]",
		Short: "hold scenarios to what they say of their runs",
		Long:  testText,
		Example: `  paxsim scenarios test
  paxsim scenarios test majority-cut mine.yaml
  paxsim scenarios test --runs 100000 lossy`,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.limits.jobsGiven = cmd.Flags().Changed("jobs")
			if len(args) == 0 {
				args = scenarios.Names()
			}
			if err := a.distinct(measured.files(), pathsIn(args...)); err != nil {
				return err
			}
			return measured.during(func() error { return a.test(args, &f) })
		},
		ValidArgsFunction: completeNames(math.MaxInt, true, scenarioFiles),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.Var(numberFlag{&f.runs, 1, scenarios.MaxExpectRuns}, "runs", "how many runs of each (default as many as each says)")
	f.limits.addJobs(flags)
	formats := []string{"table", "json"}
	addFormat(flags, &f.format, formats)
	f.limits.addMemory(flags)
	measured.add(flags)
	completeWords(cmd, "format", formats)
	return cmd
}

// test holds each scenario to what it says. A file with mistakes does not keep
// the others from being held.
func (a *app) test(names []string, f *testFlags) error {
	defer a.watchMemory(&f.limits)()
	t := &trials{format: f.format, limits: &f.limits}
	for i, name := range names {
		r, err := a.hold(name, f)
		if stopped := a.interrupted(fmt.Sprintf(" after %d of %s", i, say.Plural(uint64(len(names)), "scenario"))); stopped != nil {
			err = errors.Join(t.close(a), stopped)
			return err
		}
		if err != nil {
			a.note(err)
			continue
		}
		switch {
		case r.Failed():
			a.code = worse(a.code, exitViolated)
		case !r.Held():
			a.code = worse(a.code, exitNothing)
		}
		if err := t.add(a, name, r); err != nil {
			return err
		}
	}
	return t.close(a)
}

// hold makes the runs of one scenario, over all workers.
func (a *app) hold(name string, f *testFlags) (*scenarios.Report, error) {
	s, err := a.openScenario(name, overrides{})
	if err != nil {
		return nil, err
	}
	made := &counter{word: "run"}
	defer a.working(f.format, func(took time.Duration) string { return name + ": " + made.text(took) })()
	r, err := scenarios.Verify(s, f.runs, func(s *sim.Scenario, count uint64, each func(*sim.Outcome) error) error {
		workers, err := f.workers(s, count)
		if err != nil {
			return err
		}
		return campaign.Seeds(a.ctx, s, 1, count, workers, ended, func(o sim.Outcome) error {
			made.made.Add(1)
			return each(&o)
		})
	})
	var mistakes *scenarios.Errors
	if errors.As(err, &mistakes) {
		return nil, scenarioError(name, err)
	}
	return r, err
}

// ended is how a run ended, without what belongs to the world.
func ended(w sim.Runner) sim.Outcome {
	o := w.Outcome().Kept()
	o.Notes, o.Checkpoints = nil, nil
	if o.Violation != nil {
		v := *o.Violation
		v.Chosen = nil
		o.Violation = &v
	}
	return o
}

// trials are the reports of some scenarios, as they are printed.
type trials struct {
	format string
	limits *limits
	rows   [][]string
	failed []string // in words, a line each
}

// add takes up one report.
func (t *trials) add(a *app, name string, r *scenarios.Report) error {
	lines := t.failures(name, r)
	if t.format == "json" {
		return writeTrial(a, name, r, lines)
	}
	verdict := "held"
	switch {
	case r.Failed():
		verdict = "failed"
	case !r.Held():
		verdict = "proves nothing"
	}
	t.rows = append(t.rows, []string{name, say.Count(r.Runs), cameText(&r.Came), verdict, r.Expects(), premiseText(r.Premise)})
	for _, l := range lines {
		t.failed = append(t.failed, l.text, "    "+l.label+": "+l.command)
	}
	return nil
}

// close prints the table, and below it what failed.
func (t *trials) close(a *app) error {
	if t.format == "json" || len(t.rows) == 0 {
		return a.out.err
	}
	columns := []table.Column{{Name: "scenario"}, {Name: "runs", Right: true, Drop: 2}, {Name: "results", Wrap: true, Drop: 1}, {Name: "outcome"}, {Name: "expects", Wrap: true, Drop: 3}, {Name: "without its premise", Wrap: true, Drop: 4}}
	_, _ = a.out.Write(table.Fit(columns, t.rows, a.out.width())) // it remembers its error
	if len(t.failed) > 0 {
		terminal.Fprintf(a.out, "\n")
	}
	for _, line := range t.failed {
		terminal.Fprintf(a.out, "%s\n", line)
	}
	return a.out.err
}

// cameText tells how many runs had which verdict: "112 decided, 888 undecided", or
// "decided" if all had that.
func cameText(c *scenarios.Came) string {
	var parts []string
	last := ""
	for _, v := range observe.Verdicts {
		if n := c[v]; n > 0 {
			last = v.String()
			parts = append(parts, say.Count(n)+" "+last)
		}
	}
	if len(parts) == 1 {
		return last
	}
	return strings.Join(parts, ", ")
}

// premiseText tells in a few words what comes without the premise.
func premiseText(p *scenarios.Rest) string {
	if p == nil {
		return "-"
	}
	text := quote(overrideArgs(p.Overrides)...)
	if len(p.Unbroken) > 0 {
		return text + " does not break " + strings.Join(p.Unbroken, ", ")
	}
	return text + " breaks " + strings.Join(p.Broken, ", ")
}

func overrideArgs(list []scenarios.Override) (args []string) {
	for _, o := range list {
		args = append(args, o.Args()...)
	}
	return args
}

// shown is one thing that does not hold, and the command that shows it.
type shown struct{ text, label, command string }

// failures tells what does not hold.
func (t *trials) failures(name string, r *scenarios.Report) (lines []shown) {
	command := func(list []scenarios.Override, more ...string) string {
		args := append([]string{terminal.Program(), "run", terminal.File(name)}, overrideArgs(list)...)
		args = append(args, t.limits.args()...)
		return quote(append(args, more...)...)
	}
	all := func(list []scenarios.Override, runs uint64) string { return command(list, "--runs", fmt.Sprint(runs)) }
	if r.Lacks != "" {
		lines = append(lines, shown{name + ": " + r.Lacks, "see the runs", all(nil, r.Runs)})
	}
	for _, f := range r.Findings {
		switch {
		case f.Held:
		case f.Run:
			lines = append(lines, shown{fmt.Sprintf("%s: %s: seed %d: %s", name, f.Expects, f.Seed, f.Came), "see it again", command(nil, "--seed", fmt.Sprint(f.Seed), "--runs", "1")})
		default:
			lines = append(lines, shown{fmt.Sprintf("%s: %s: %s, of %s", name, f.Expects, f.Came, say.Plural(r.Runs, "run")), "see the runs", all(nil, r.Runs)})
		}
	}
	if p := r.Premise; p != nil {
		for _, clause := range p.Unbroken {
			lines = append(lines, shown{fmt.Sprintf("%s: premise: %s still holds in %s with %s", name, clause, say.Plural(p.Runs, "run"), quote(overrideArgs(p.Overrides)...)),
				"see the runs", all(p.Overrides, p.Runs)})
		}
	}
	return lines
}

// The members of a line of --format json.
type (
	trialLine struct {
		Scenario string  `json:"scenario"`
		Group    *string `json:"group"`
		Runs     uint64  `json:"runs"`
		cameLine
		Held    bool          `json:"held"`
		Lacks   *string       `json:"lacks"`
		Expect  []findingLine `json:"expect"`
		Premise *restLine     `json:"premise"`
		Shown   []string      `json:"shown_by"`
	}
	// cameLine is how many runs had each verdict.
	cameLine struct {
		Decided   uint64 `json:"decided"`
		Partial   uint64 `json:"partial"`
		Undecided uint64 `json:"undecided"`
		Violated  uint64 `json:"violated"`
	}
	findingLine struct {
		Clause  string  `json:"clause"`
		Expects string  `json:"expects"`
		Held    bool    `json:"held"`
		Seed    *uint64 `json:"seed"`
		Came    *string `json:"came"`
	}
	restLine struct {
		Overrides []string      `json:"overrides"`
		Runs      uint64        `json:"runs"`
		Broken    []string      `json:"broken"`
		Unbroken  []string      `json:"unbroken"`
		Expect    []findingLine `json:"expect"`
	}
)

func writeTrial(a *app, name string, r *scenarios.Report, lines []shown) error {
	line := trialLine{Scenario: name, Group: textOrNull(r.Scenario.Group), Runs: r.Runs,
		cameLine: cameLine{Decided: r.Came[observe.VerdictDecided], Partial: r.Came[observe.VerdictPartial], Undecided: r.Came[observe.VerdictUndecided], Violated: r.Came[observe.VerdictViolated]},
		Held:     r.Held(), Lacks: textOrNull(r.Lacks),
		Expect: findingLines(r.Findings), Shown: []string{}}
	for _, l := range lines {
		line.Shown = append(line.Shown, l.command)
	}
	if p := r.Premise; p != nil {
		line.Premise = &restLine{overrideArgs(p.Overrides), p.Runs, append([]string{}, p.Broken...), append([]string{}, p.Unbroken...), findingLines(p.Findings)}
	}
	data, err := json.Marshal(line)
	if err != nil {
		return machine("json", err)
	}
	_, err = a.out.Write(append(data, '\n'))
	return err
}

func findingLines(list []scenarios.Finding) []findingLine {
	lines := make([]findingLine, len(list))
	for i, f := range list {
		lines[i] = findingLine{Clause: f.Clause, Expects: f.Expects, Held: f.Held, Came: textOrNull(f.Came)}
		if f.Run {
			lines[i].Seed = &list[i].Seed
		}
	}
	return lines
}

// textOrNull is a text, or nothing if it is empty.
func textOrNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
