package cli

import (
	"errors"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
)

func (a *app) newCommand() *cobra.Command {
	var base string
	cmd := &cobra.Command{
		Use:   "new FILE",
		Short: "begin a scenario file of your own",
		Long: `new writes a scenario file that runs as it is, with comments that say what can be
changed. With --base it is like a scenario of the library, and says only what is
different. A file that is there is not touched.`,
		Example: `  paxsim scenarios new mine.yaml
  paxsim scenarios new mine.yaml --base lossy`,
		Args: exactly(1, "one FILE", ", such as mine.yaml"),
		RunE: func(_ *cobra.Command, args []string) error { return a.begin(args[0], base) },
	}
	cmd.Flags().Var(textFlag{&base, "NAME"}, "base", "a scenario of the library that this one is like")
	completeWords(cmd, "base", scenarios.Names())
	return cmd
}

// begin writes a file to go on from.
func (a *app) begin(name, base string) error {
	if !scenarios.IsFile(name) {
		return usage("%s: a scenario file ends in .yaml or .yml", quoteOne(name))
	}
	text, err := scenarios.Starter(base)
	if err != nil {
		return scenarioError("--base "+base, err)
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	switch {
	case errors.Is(err, fs.ErrExist):
		return usage("%s: the file is there: choose another name", quoteOne(name))
	case err != nil:
		return fileError(name, err)
	}
	_, err = f.WriteString(text)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return machine(name, errors.Join(err, os.Remove(name))) // half a file is none
	}
	terminal.Fprintf(a.out, "%s is there; try:\n  %s\n  %s\n", name, quote(terminal.Program(), "run", terminal.File(name)), quote(terminal.Program(), "scenarios", "test", terminal.File(name)))
	return a.out.err
}
