package cli

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/internal/terminal"
)

func (a *app) manCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use: "man [COMMAND...]",

		ValidArgsFunction: commandsOf,
		Short:             "print the manual page of a command",
		Long: `man prints the manual page of a command, made of its help, in the form that the
program man reads. Without COMMAND it is the page of the whole.

With -o it writes the pages of all commands into a folder: paxsim.1, paxsim-run.1
and so on. A folder man1 below one of MANPATH makes them known to man.`,
		Example: `  paxsim man run | man -l -
  paxsim man -o ~/.local/share/man/man1`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if dir != "" {
				if len(args) > 0 {
					return usage("-o writes the pages of all commands; leave out %s", quoteOne(args[0]))
				}
				return a.writeManuals(cmd.Root(), dir)
			}
			c, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return commandArgs(cmd.Root(), args)
			}
			a.out.exact()
			if _, err := a.out.Write([]byte(manual(c))); err != nil {
				return a.out.err
			}
			return nil
		},
	}
	cmd.Flags().VarP(textFlag{&dir, "DIR"}, "output", "o", "write the pages of all commands into this folder")
	return cmd
}

// writeManuals writes the page of a command and of those below it.
func (a *app) writeManuals(cmd *cobra.Command, dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fileError(dir, err)
	}
	written := 0
	for _, c := range withManual(cmd) {
		if err := writeFile(filepath.Join(dir, manualName(c)+".1"), []byte(manual(c))); err != nil {
			return err
		}
		written++
	}
	terminal.Fprintf(a.out, "%d pages are in %s; try:\n  man %s\n", written, terminal.File(dir), quoteOne(filepath.Join(dir, manualName(cmd)+".1")))
	return a.out.err
}

// withManual are a command and those below it that a person may call.
func withManual(cmd *cobra.Command) []*cobra.Command {
	list := []*cobra.Command{cmd}
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() && c.Name() != "help" {
			list = append(list, withManual(c)...)
		}
	}
	return list
}

// manualName is what man calls the page: paxsim-run.
func manualName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// manual is the page of a command in the language of man.
func manual(cmd *cobra.Command) string {
	cmd.InitDefaultHelpFlag()
	var p page
	p.line(".TH %s 1", strings.ToUpper(manualName(cmd)))
	p.line(".SH NAME")
	p.line("%s \\- %s", manualName(cmd), roff(cmd.Short))
	p.line(".SH SYNOPSIS")
	if cmd.HasAvailableSubCommands() {
		p.line(".B %s", roff(cmd.CommandPath()+" COMMAND"))
	} else {
		p.line(".B %s", roff(cmd.UseLine()))
	}
	p.line(".SH DESCRIPTION")
	p.text(cmd.Long)
	if cmd.HasAvailableSubCommands() {
		p.line(".SH COMMANDS")
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() {
				p.item(c.Name(), c.Short)
			}
		}
	}
	p.flags("OPTIONS", cmd.LocalFlags())
	p.flags("OPTIONS OF EVERY COMMAND", cmd.InheritedFlags())
	if cmd.HasExample() {
		p.line(".SH EXAMPLES")
		p.asIs(cmd.Example)
	}
	p.line(".SH SEE ALSO")
	p.line("%s", roff(strings.Join(seeAlso(cmd), ", ")))
	return p.String()
}

// seeAlso names the pages above a command and below it; for one that has neither,
// those beside it.
func seeAlso(cmd *cobra.Command) (names []string) {
	if cmd.HasParent() {
		names = append(names, manualName(cmd.Parent())+"(1)")
	}
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() && c.Name() != "help" {
			names = append(names, manualName(c)+"(1)")
		}
	}
	return names
}
