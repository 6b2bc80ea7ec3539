package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/table"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
)

func (a *app) fieldCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "field [PATH]",
		Short: "what a field of a scenario file says, and what can be written there",
		Long: `field explains a field of scenario files, by the path that --set takes: what it says,
what can be written there, and what it is if nobody writes it. Of a section, such as
network, it lists the fields. Without PATH it lists all.

In a path, NAME is the name of a fault, and N the number of an entry, from 1 on.`,
		Example: `  paxsim scenarios field network.loss
  paxsim scenarios field faults
  paxsim scenarios field --format csv`,
		Args: atMost(1, "one PATH"),
		RunE: func(_ *cobra.Command, args []string) error { return a.field(strings.Join(args, ""), format) },
		ValidArgsFunction: func(_ *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return pathsFrom(allFields(), word, ""), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
		},
	}
	addFormat(cmd.Flags(), &format, listFormats)
	completeWords(cmd, "format", listFormats)
	return cmd
}

// allFields are the fields of the files of all protocols, each once.
func allFields() (all []scenarios.Field) {
	seen := map[string]bool{}
	for _, p := range scenarios.Known() {
		for _, f := range scenarios.Fields(p) {
			if !seen[f.Path] {
				seen[f.Path] = true
				all = append(all, f)
			}
		}
	}
	return all
}

// field tells of one field, or lists those of a section.
func (a *app) field(path, format string) error {
	all := allFields()
	f, ok, hint := scenarios.FindField(all, path)
	var some []scenarios.Field
	for _, x := range all {
		if path == "" || strings.HasPrefix(x.Path, path+".") {
			some = append(some, x)
		}
	}
	switch {
	case ok && len(some) == 0 && format == "table":
		a.tellField(path, f)
		return a.out.err
	case ok:
		some = append([]scenarios.Field{f}, some...)
	case len(some) == 0:
		if hint == "" {
			hint = "; paxsim scenarios field lists them"
		}
		return usage("there is no field %s%s", quoteOne(path), hint)
	}
	l := &list{columns: []table.Column{{Name: "field"}, {Name: "default", Drop: 2}, {Name: "takes", Wrap: true, Drop: 1}, {Name: "what it says", Wrap: true}}}
	for _, x := range some {
		usual := x.Default
		if x.Required {
			usual = "(required)"
		}
		l.rows = append(l.rows, []string{x.Path, usual, x.Takes, x.Doc})
		l.members = append(l.members, []member{{"field", x.Path}, {"takes", x.Takes}, {"bounds", orNil(x.Bounds)}, {"default", orNil(x.Default)}, {"required", x.Required}, {"doc", x.Doc}})
	}
	return a.printList(l, format)
}

// orNil is a text, or nothing.
func orNil(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// tellField tells of a field in full.
func (a *app) tellField(path string, f scenarios.Field) {
	terminal.Fprintf(a.out, "%s: %s\n\n", path, f.Doc)
	line := func(name, text string) {
		if text != "" {
			terminal.Fprintf(a.out, "%-9s %s\n", name, text)
		}
	}
	line("takes", f.Takes)
	line("from, to", f.Bounds)
	switch {
	case f.Required:
		line("default", "none: every file must have it")
	case f.Default != "":
		line("default", f.Default)
	}
}
