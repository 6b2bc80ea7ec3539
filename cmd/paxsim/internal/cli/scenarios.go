package cli

import (
	"cmp"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/table"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
)

func (a *app) scenariosCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "scenarios",
		Short: "the library of scenarios, and your own files",
		Long: `scenarios lists the scenarios that come with paxsim, and shows one of them with every
figure that is computed for it. It explains the fields of files, and tests whether
scenarios do what they say of their runs. It begins and vets files of your own, and
prints the schema of such files.
The page docs/scenario.md has every field.`,
		Example: `  paxsim scenarios list
  paxsim scenarios new mine.yaml --base lossy
  paxsim scenarios vet mine.yaml
  paxsim scenarios test mine.yaml`,
		Args: commandArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.listCommand(), a.showCommand(), a.fieldCommand(), a.vetCommand(), a.testCommand(), a.newCommand(), a.schemaCommand())
	return cmd
}

func (a *app) listCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "the names of the library and what each teaches",
		Long:    `list prints the scenarios that paxsim brings along by group, and what each teaches.`,
		Example: `  paxsim scenarios list`,
		Args:    noArgs,
		RunE:    func(*cobra.Command, []string) error { return a.list(format) },
	}
	addFormat(cmd.Flags(), &format, listFormats)
	completeWords(cmd, "format", listFormats)
	return cmd
}

func (a *app) list(format string) error {
	type entry struct {
		group string
		*scenarios.Scenario
	}
	var entries []entry
	for _, name := range scenarios.Names() {
		s, err := a.openScenario(name, overrides{})
		if err != nil {
			return err
		}
		entries = append(entries, entry{cmp.Or(s.Group, s.Protocol.Name()), s})
	}
	groups := scenarios.Groups()
	slices.SortStableFunc(entries, func(a, b entry) int {
		return slices.Index(groups, a.group) - slices.Index(groups, b.group)
	})
	l := &list{columns: []table.Column{{Name: "group", Drop: 1}, {Name: "scenario"}, {Name: "teaches", Wrap: true}}}
	for _, e := range entries {
		l.rows = append(l.rows, []string{e.group, e.Name, e.Teaches})
		l.members = append(l.members, []member{{"group", e.group}, {"scenario", e.Name}, {"protocol", e.Protocol.Name()}, {"actors", e.Actors}, {"teaches", e.Teaches}})
	}
	return a.printList(l, format)
}

func (a *app) showCommand() *cobra.Command {
	var o overrides
	cmd := &cobra.Command{
		Use:   "show NAME",
		Short: "one scenario, with what is computed for it",
		Long: `show prints a scenario as it would run: its text, with overrides applied, and as
comments what paxsim computes for it. What it prints is a scenario file.`,
		Example: `  paxsim scenarios show lossy
  paxsim scenarios show lossy --set actors=9`,
		Args: exactly(1, "one NAME", ", as paxsim scenarios list has them"),
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := a.openScenario(args[0], o)
			if err != nil {
				return err
			}
			text := scenarios.ShowFit(s, a.out.width())
			a.out.exact() // it can be copied into a file
			terminal.Fprintf(a.out, "%s", terminal.Lines(text))
			return a.out.err
		},
		ValidArgsFunction: completeRun(),
	}
	cmd.Flags().SortFlags = false
	o.add(cmd)
	return cmd
}

func (a *app) vetCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "vet FILE...",
		ValidArgsFunction: completeNames(math.MaxInt, false, scenarioFiles),
		Short:             "say whether scenario files are sound, and every mistake in them",
		Long: `vet reads scenario files and prints "ok" for each sound one. For the others it
prints every mistake with its place, and what was expected there.

Exit code: 0 all are sound · 2 a file has mistakes · 5 the machine failed`,
		Example: `  paxsim scenarios vet mine.yaml`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("%s needs a FILE", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			for _, name := range args {
				err := a.vet(name)
				if stopped := a.interrupted(""); stopped != nil {
					return stopped
				}
				if err != nil {
					a.note(err)
					continue
				}
				terminal.Fprintf(a.out, "ok  %s\n", name)
			}
			return nil
		},
	}
}

func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "the JSON Schema of scenario files, for editors",
		Long: `schema prints the JSON Schema of scenario files (draft 2020-12). An editor that
knows it shows mistakes while you write, and completes the names of fields. The
command vet finds more: a schema cannot see what depends on several fields.`,
		Example: `  paxsim scenarios schema > scenario.schema.json`,
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			a.out.exact()
			_, err := a.out.Write(scenarios.Schema())
			return err
		},
	}
}

// vet opens a scenario and makes a world of it, and reads it without its premise. What is a file here is meant as
// a file, whatever its ending.
func (a *app) vet(name string) error {
	if _, err := os.Stat(name); err == nil && !strings.Contains(name, "/") && !scenarios.IsFile(name) {
		name = "./" + name
	}
	s, err := a.openScenario(name, overrides{})
	if err != nil {
		return err
	}
	if s.Premise.Given() {
		if _, err := scenarios.WithoutPremise(s); err != nil {
			return scenarioError(name, err)
		}
	}
	_, err = newWorld(&s.Scenario)
	return err
}
