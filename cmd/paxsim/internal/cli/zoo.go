package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/table"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/zoo"
)

const zooText = `zoo lists the mutants: the protocol with one thing wrong in each. They are kept so
that a search can be measured by what it finds. There are four kinds.

  unsafe        some run breaks an invariant; the one that breaks first is
                named, with its grade
  safe control  looks wrong, and must never be flagged
  safe variant  breaks a lemma, a step of the proof, and nothing that users rely
                on; with --only safety it must never be flagged
  liveness      decides late, or never

"paxsim zoo NAME" describes one in full, with a command line that shows it if one is
known. NAME is a name or an alias. --mutant NAME puts it into a run, as does
"mutant: NAME" in a scenario.

--bench measures how soon each adversary of paxsim fuzz finds each unsafe mutant.
It appends its measurements to --rows FILE, and continues from there when it is
started again. At the end it prints the table; --report does so at any time.`

const zooExample = `  paxsim zoo
  paxsim zoo brooker
  paxsim run lossy --mutant adopt-first --runs 100
  paxsim zoo --bench --mutants brooker,torn-vote --repetitions 3
  paxsim zoo --bench --report --oracles agreement --plot agreement.svg`

func (a *app) zooCommand() *cobra.Command {
	var format string
	var f benchFlags
	var ofBench []string
	cmd := &cobra.Command{
		Use:     "zoo [NAME]",
		Short:   "the mutants: protocols with a known bug",
		Long:    zooText,
		Example: zooExample,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return tooMany(cmd.CommandPath()+" takes one NAME", args)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			f.limits.jobsGiven = cmd.Flags().Changed("jobs")
			switch {
			case f.on && len(args) > 0:
				return usage("--bench is of all mutants; for %s alone say --mutants %[1]s", quoteOne(args[0]))
			case f.on && !slices.Contains(benchFormats, format):
				return usage("--format %s: the table of a bench is printed as %s; its rows are JSON", format, orList(benchFormats))
			case f.on:
				return a.bench(&f, format)
			}
			for _, name := range ofBench {
				if cmd.Flags().Changed(name) {
					return usage("--%s goes with --bench", name)
				}
			}
			list := mutants()
			if len(args) == 0 {
				return a.zoo(list, format)
			}
			m, err := findMutant(list, args[0])
			switch {
			case err != nil:
				return err
			case format != "table":
				return a.zoo([]zoo.Mutant{m}, format)
			}
			a.tellMutant(m)
			return a.out.err
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return mutantNames(), cobra.ShellCompDirectiveNoFileComp
		},
	}
	cmd.Flags().SortFlags = false
	addFormat(cmd.Flags(), &format, listFormats)
	ofBench = f.add(cmd)
	completeWords(cmd, "format", listFormats)
	return cmd
}

// mutants is those of all protocols, of guests too.
func mutants() []zoo.Mutant { return mutantsOf(scenarios.Known()) }

func mutantsOf(protocols []sim.Protocol) (list []zoo.Mutant) {
	for _, p := range protocols {
		if m, ok := p.(sim.Mutable); ok {
			list = append(list, m.Mutants()...)
		}
	}
	return list
}

func mutantNames() (names []string) {
	for _, m := range mutants() {
		names = append(names, m.Name)
	}
	return names
}

// findMutant is the mutant of a name or an alias.
func findMutant(list []zoo.Mutant, name string) (zoo.Mutant, error) {
	var names []string
	for _, m := range list {
		if m.Name == name || slices.Contains(m.Aliases, name) {
			return m, nil
		}
		names = append(append(names, m.Name), m.Aliases...)
	}
	hint := didYouMean(name, names, "%s")
	if hint == "" {
		hint = "; paxsim zoo lists them"
	}
	return zoo.Mutant{}, usage("there is no mutant %s%s", quoteOne(name), hint)
}

// zoo prints a row a mutant.
func (a *app) zoo(mutants []zoo.Mutant, format string) error {
	l := &list{columns: []table.Column{{Name: "mutant"}, {Name: "alias", Drop: 3}, {Name: "kind", Drop: 1}, {Name: "breaks first", Drop: 2}, {Name: "what is wrong", Wrap: true}}}
	for _, m := range mutants {
		l.rows = append(l.rows, []string{m.Name, strings.Join(m.Aliases, " "), m.Kind.String(), breaks(m), m.Doc})
		l.members = append(l.members, membersOf(m))
	}
	return a.printList(l, format)
}

// breaks names the invariant that breaks first and its grade; "": none does.
func breaks(m zoo.Mutant) string {
	if m.First == "" {
		return ""
	}
	return gradeOf(m.First).Of(m.First)
}

// gradeOf is the grade of an invariant of any protocol.
func gradeOf(invariant string) sim.Grade {
	for _, p := range scenarios.Known() {
		if g := sim.GradeOf(p, invariant); g != sim.Safety {
			return g
		}
	}
	return sim.Safety
}

// membersOf is a mutant as programs read it.
func membersOf(m zoo.Mutant) []member {
	var first, grade, par, shown any
	if m.First != "" {
		first, grade = m.First, gradeOf(m.First).String()
	}
	if m.Par != 0 {
		par = m.Par
	}
	if m.Try != nil {
		shown = shownBy(m)
	}
	return []member{{"mutant", m.Name}, {"aliases", m.Aliases}, {"kind", m.Kind.String()}, {"first_invariant", first}, {"first_grade", grade}, {"splits", m.Splits},
		{"par", par}, {"doc", m.Doc}, {"source", m.Source}, {"least", m.Least}, {"scope", m.Scope}, {"shown_by", shown}}
}

// shownBy is the command line that shows a mutant.
func shownBy(m zoo.Mutant) string {
	args := append([]string{terminal.Program(), "run"}, m.Try...)
	return quote(append(args, "--mutant", m.Name)...)
}

// tellMutant tells a mutant in full.
func (a *app) tellMutant(m zoo.Mutant) {
	name := m.Name
	if len(m.Aliases) > 0 {
		name += " (" + strings.Join(m.Aliases, ", ") + ")"
	}
	terminal.Fprintf(a.out, "%s: %s\n\n", name, m.Doc)
	line := func(name, text string) {
		if text != "" {
			terminal.Fprintf(a.out, "%-14s%s\n", name, text)
		}
	}
	line("kind", m.Kind.String())
	line("breaks first", breaks(m))
	if m.Kind == zoo.Variant {
		line("lemma", sim.Lemma.Means())
		line("safe", "--only "+sim.Safety.String()+" finds nothing: two values are never decided")
	}
	if m.Splits {
		line("splits", "two values can be decided")
	}
	if m.Par != 0 {
		line("par", say.Plural(uint64(m.Par), "action")+": the shortest story in which they are that is known")
	}
	line("met in", m.Source)
	line("least", m.Least)
	line("scope", m.Scope)
	if m.Try != nil {
		line("shown by", shownBy(m))
	}
}
