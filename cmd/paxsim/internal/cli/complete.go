package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// wordsKey is where a flag keeps the words that a shell can complete.
const wordsKey = "paxsim_words"

// completeWords lets a shell complete the values of a flag.
func completeWords(cmd *cobra.Command, flag string, words []string) {
	if err := cmd.Flags().SetAnnotation(flag, wordsKey, words); err != nil {
		panic("cli: " + err.Error())
	}
}

// completes says whether a shell asks for words.
func completes(args []string) bool {
	return len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd)
}

// register hands the words of all flags to cobra, which keeps them as long as the
// process lives: so only for a shell that asks.
func register(cmd *cobra.Command) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if words := f.Annotations[wordsKey]; words != nil {
			if err := cmd.RegisterFlagCompletionFunc(f.Name, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)); err != nil {
				panic("cli: " + err.Error())
			}
		}
	})
	for _, c := range cmd.Commands() {
		register(c)
	}
}
