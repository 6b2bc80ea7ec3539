package cli

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/screen"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/trace"
)

const rootText = `paxsim runs %s in a world that you control down to the single message:
a seeded scheduler stands in for time and threads, loses, delays, doubles and
reorders messages, crashes and cuts off actors, and replays every run exactly.

SIGINT (Ctrl-C), SIGTERM and SIGHUP end every command: it tells what it has done
so far, keeps what --resume goes on from, and exits with 130, 143 or 129. A second
signal ends it at once. A file that it was to write is whole or not there.

A terminal that is too narrow gets broken lines, tables without their less important
columns, and traces with one actor a line. --wide shows everything as it is. The
variables COLUMNS and NO_COLOR count. A pipe always gets the same bytes.`

const rootExample = `  paxsim run                                the first scenario, once
  paxsim run --trace                        the same, message by message
  paxsim run lossy --runs 100               a network that loses three messages in ten
  paxsim export lossy --to svg -o run.svg   a picture of one run
  paxsim sweep lossy --vary actors=3,5,7    what comes of a setting
  paxsim view lossy -o run.html             a page to step through it
  paxsim step lossy                         walk through a run, and decide what chance decides
  paxsim play                               the same on a page, by clicks
  paxsim scenarios list                     what else there is to run`

// usualWidth is how wide a screen is on which text is easy to read.
const usualWidth = 80

const usageText = `Usage:
  {{if .HasAvailableSubCommands}}{{.CommandPath}} COMMAND{{else}}{{.UseLine}}{{end}}
{{- if .HasExample}}

Examples:
{{.Example}}
{{- end}}
{{- if .HasAvailableSubCommands}}

Commands:
{{- range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}}  {{.Short}}{{end}}{{end}}

"{{.CommandPath}} COMMAND --help" tells more about each.
{{- end}}
{{- if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}
{{- end}}
{{- if .HasAvailableInheritedFlags}}

Flags of every command:
{{.InheritedFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}
{{- end}}
`

const helpText = `{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}

{{end}}{{.UsageString}}`

// Commands are listed in the order in which they are added. It is a variable of
// cobra's, and so set once: several commands may run side by side.
func init() { cobra.EnableCommandSorting = false }

// root is the command with all its subcommands.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:     terminal.Program(),
		Short:   texts.Short,
		Long:    fmt.Sprintf(rootText, texts.Runs),
		Example: example("", rootExample),
		Version: trace.Tool,
		Args:    commandArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },

		PersistentPreRun: func(cmd *cobra.Command, _ []string) {
			if f := cmd.Flags().Lookup("format"); f != nil {
				a.out.as(f.Value.String())
			}
			if cmd.HasParent() && cmd.Parent().Name() == "completion" || strings.HasPrefix(cmd.Name(), cobra.ShellCompRequestCmd) {
				a.out.exact() // a shell reads it
			}
		},
		SilenceErrors:     true,
		SilenceUsage:      true,
		DisableAutoGenTag: true,
	}
	a.addLook(root)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.errors)
	root.SetUsageTemplate(usageText)
	root.SetHelpTemplate(helpText)
	help := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		a.out.fit.Paint = false // help speaks of what is violated, and nothing is
		cmd.Long = screen.Reflow(cmd.Long, min(a.out.width(), usualWidth))
		help(cmd, args)
	})
	root.SetVersionTemplate("paxsim {{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(a.runCommand(), a.fuzzCommand(), a.checkCommand(), a.mergeCommand(), a.sweepCommand(), a.replayCommand(), a.exportCommand(), a.viewCommand(), a.shrinkCommand(), a.explainCommand(), a.stepCommand(), a.playCommand(), a.diffCommand(), a.scenariosCommand(), a.zooCommand(), a.versionCommand(), a.manCommand())
	root.SetHelpCommand(helpCommand())
	root.InitDefaultCompletionCmd("completion")
	if c, _, err := root.Find([]string{"completion"}); err == nil {
		c.Short = "write the completion script of a shell"
		c.Args = commandArgs
		c.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	}
	once(root)
	rename(root)
	return root
}

// commandArgs refuses the name of a command that does not exist.
func commandArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	if len(names) == 0 {
		return usage("%q has no commands, and %q is none", cmd.CommandPath(), args[0])
	}
	meant := names
	if !cmd.HasParent() {
		meant = append(slices.Clip(names), "help")
	}
	if hint := didYouMean(args[0], meant, "%s"); hint != "" {
		return usage("unknown command %q for %q%s", args[0], cmd.CommandPath(), hint)
	}
	if !cmd.HasParent() && looksLikeScenario(args[0]) {
		return usage("unknown command %q for %q; did you mean paxsim run %s?", args[0], cmd.CommandPath(), quoteOne(args[0]))
	}
	return usage("unknown command %q for %q; there are %s", args[0], cmd.CommandPath(), strings.Join(names, ", "))
}

// looksLikeScenario says whether somebody means to run a scenario.
func looksLikeScenario(arg string) bool {
	return strings.Contains(arg, "/") || scenarios.IsFile(arg) || slices.Contains(scenarios.Names(), arg)
}

func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "tell what a command does, with an example",

		ValidArgsFunction: commandsOf,
		RunE: func(cmd *cobra.Command, args []string) error {
			c, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				if c == nil || len(rest) == 0 {
					c, rest = cmd.Root(), args
				}
				return commandArgs(c, rest)
			}
			c.InitDefaultHelpFlag()
			return c.Help()
		},
	}
}

// flagError tells in one line what is wrong with a flag, and the nearest right
// word.
func flagError(cmd *cobra.Command, err error) error {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "":
		name := unknown.GetSpecifiedName()
		return usage("unknown flag --%s%s", name, orHelp(didYouMean(name, names, "--%s"), cmd))
	case errors.As(err, &unknown):
		short := unknown.GetSpecifiedShortnames()
		name, _, _ := strings.Cut(short, "=")
		return usage("unknown flag -%s%s", short, orHelp(didYouMean(name, names, "--%s"), cmd))
	case errors.As(err, &missing):
		if missing.GetSpecifiedShortnames() != "" {
			return usage("-%s needs a value", missing.GetSpecifiedName())
		}
		return usage("--%s needs a value", missing.GetSpecifiedName())
	case errors.Is(err, errTwice) && errors.As(err, &invalid):
		return usage("--%s is given twice: it takes one value", invalid.GetFlag().Name)
	case errors.As(err, &invalid):
		text := invalid.Unwrap().Error()
		if invalid.GetFlag().Value.Type() == "bool" {
			text = "expected true or false"
		}
		return usage("--%s %s: %s", invalid.GetFlag().Name, quoteOne(invalid.GetValue()), text)
	case errors.Is(err, pflag.ErrHelp):
		return err
	}
	return usage("%v", err)
}

// orHelp is a hint, or where to look if there is none.
func orHelp(hint string, cmd *cobra.Command) string {
	if hint == "" {
		return "; " + cmd.CommandPath() + " --help lists them"
	}
	return hint
}

// commandInText is a command of paxsim in a text.
var commandInText = regexp.MustCompile(`\bpaxsim (run|fuzz|check|merge|sweep|replay|export|view|shrink|explain|step|play|diff|zoo|scenarios|man)\b`)

// byItsName is a text in which commands are those of the program, where that has
// another name than paxsim.
func byItsName(text string) string {
	name := terminal.Program()
	if name == "paxsim" {
		return text
	}
	return commandInText.ReplaceAllString(text, strings.ReplaceAll(name, "$", "$$")+" $1")
}

// rename calls the command by its name in its help, where it has another than paxsim.
func rename(cmd *cobra.Command) {
	name := terminal.Program()
	if name == "paxsim" {
		return
	}
	cmd.Long, cmd.Example = strings.ReplaceAll(cmd.Long, "paxsim ", name+" "), strings.ReplaceAll(cmd.Example, "paxsim ", name+" ")
	for _, c := range cmd.Commands() {
		rename(c)
	}
}
