package cli

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/paxsim/paxsim/scenarios"
)

// wordsKey is where a flag keeps the words that a shell can complete.
const wordsKey = "paxsim_words"

// completeWords lets a shell complete the values of a flag.
func completeWords(cmd *cobra.Command, flag string, words []string) {
	if err := cmd.Flags().SetAnnotation(flag, wordsKey, words); err != nil {
		panic("cli: " + err.Error())
	}
}

// settingKey is how a flag says that it takes the path of a field, and what it takes
// behind that.
const settingKey = "paxsim_setting"

// completeSettings lets a shell complete the paths of fields, for a flag that takes
// path=value.
func completeSettings(cmd *cobra.Command, flag string) {
	if err := cmd.Flags().SetAnnotation(flag, settingKey, []string{"="}); err != nil {
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
		if f.Annotations[settingKey] != nil {
			if err := cmd.RegisterFlagCompletionFunc(f.Name, settingsOf); err != nil {
				panic("cli: " + err.Error())
			}
		}
		if f.Name == "alarm" {
			if err := cmd.RegisterFlagCompletionFunc(f.Name, alarmsOf); err != nil {
				panic("cli: " + err.Error())
			}
		}
		if f.Name == "calm" {
			if err := cmd.RegisterFlagCompletionFunc(f.Name, calmsOf); err != nil {
				panic("cli: " + err.Error())
			}
		}
	})
	for _, c := range cmd.Commands() {
		register(c)
	}
}

// scenarioOf is the scenario that a command line names so far, or nil.
func scenarioOf(args []string) *scenarios.Scenario {
	name := scenarios.First()
	if len(args) > 0 {
		name = args[0]
	}
	s, err := scenarios.Load(name)
	if err != nil {
		return nil
	}
	return s
}

// mostActors is how many actors a shell lists.
const mostActors = 20

// settingsOf completes path=value for the scenario of a command line.
func settingsOf(_ *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	const rule = cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	fields := allFields()
	if s := scenarioOf(args); s != nil {
		fields = s.Entries(scenarios.Fields(s.Protocol))
	}
	path, _, valued := strings.Cut(word, "=")
	if !valued {
		return pathsFrom(fields, word, "="), rule
	}
	f, ok, _ := scenarios.FindField(fields, path)
	if !ok {
		return nil, rule
	}
	var words []string
	for _, w := range f.Words {
		words = append(words, path+"="+w)
	}
	if s := scenarioOf(args); s != nil && strings.HasPrefix(f.Takes, "the number of an actor") {
		for id := 1; id <= min(s.Actors, mostActors); id++ {
			words = append(words, path+"="+strconv.Itoa(id))
		}
	}
	if f.Default != "" && !slices.Contains(f.Words, f.Default) && !strings.Contains(f.Default, " ") {
		words = append(words, path+"="+f.Default)
	}
	return words, rule
}

// commandsOf completes the names of commands below those that a line names.
func commandsOf(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	c, rest, err := cmd.Root().Find(args)
	if err != nil || len(rest) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() && strings.HasPrefix(sub.Name(), word) {
			names = append(names, sub.Name()+"\t"+sub.Short)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// alarmsOf completes the alarms of the protocol, for NAME=N.
func alarmsOf(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var words []string
	if s := scenarioOf(args); s != nil {
		for _, name := range s.Protocol.Vocabulary().TimerNames() {
			words = append(words, name+"=")
		}
	}
	return words, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// calmsOf completes the families of faults, and the faults of the scenario.
func calmsOf(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	words := scenarios.Families()
	if s := scenarioOf(args); s != nil {
		for i := range s.Faults {
			words = append(words, s.Faults[i].Name)
		}
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}

// pathsFrom are the paths of fields that begin with a word, up to the next point: a
// section ends in a point, a field in an end of its own, and with what it says.
func pathsFrom(fields []scenarios.Field, word, end string) (found []string) {
	seen := map[string]bool{}
	for _, f := range fields {
		rest, ok := strings.CutPrefix(f.Path, word)
		if !ok || f.Path == "paxsim" || f.Path == "base" {
			continue
		}
		if at := strings.IndexByte(rest, '.'); at >= 0 {
			if section := word + rest[:at+1]; !seen[section] {
				seen[section] = true
				found = append(found, section)
			}
			continue
		}
		found = append(found, f.Path+end+"\t"+f.Doc)
	}
	return found
}
