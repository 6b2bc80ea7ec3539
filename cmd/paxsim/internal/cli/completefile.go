package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/scenarios"
)

// Endings of the files that commands take, as a shell completes them.
var (
	scenarioFiles = []string{".yaml"}
	savedFiles    = []string{".run.json", scenarios.StoryEnding}
	traceFiles    = []string{".jsonl"}
)

// completeRun completes a run: a scenario by its name or file, or what a run was
// saved as.
func completeRun(endings ...[]string) func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return completeNames(1, true, append(endings, scenarioFiles)...)
}

// completeNames completes up to most arguments, each the name of a scenario if named
// says so, or a file with one of the endings. A name has beside it what the scenario
// teaches.
func completeNames(most int, named bool, endings ...[]string) func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return func(_ *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
		if len(args) >= most {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var found []string
		if named && !strings.Contains(word, "/") {
			for _, name := range scenarios.Names() {
				if strings.HasPrefix(name, word) {
					found = append(found, name+teaches(name))
				}
			}
		}
		files, inFolders := filesFrom(word, endings)
		rule := cobra.ShellCompDirectiveNoFileComp
		if inFolders && len(found) == 0 {
			rule |= cobra.ShellCompDirectiveNoSpace // what is in the folder comes next
		}
		return append(found, files...), rule
	}
}

// teaches is what a scenario teaches, as shells show it beside a name.
func teaches(name string) string {
	s, err := scenarios.Load(name)
	if err != nil || s.Teaches == "" {
		return ""
	}
	return "\t" + s.Teaches
}

// filesFrom are the files and folders that a word can become, and whether they are
// folders alone. A file of another kind is left out.
func filesFrom(word string, endings [][]string) (found []string, folders bool) {
	folder, begin := filepath.Split(word)
	entries, err := os.ReadDir(filepath.Clean("./" + folder))
	if filepath.IsAbs(folder) {
		entries, err = os.ReadDir(folder)
	}
	if err != nil {
		return nil, false
	}
	folders = true
	for _, e := range entries {
		name := e.Name()
		if !strings.HasPrefix(name, begin) || begin == "" && strings.HasPrefix(name, ".") {
			continue
		}
		switch {
		case e.IsDir():
			found = append(found, folder+name+"/")
		case endsWith(name, endings):
			found = append(found, folder+name)
			folders = false
		}
	}
	return found, folders && len(found) > 0
}

// endsWith says whether a file is of one of the kinds. A story is no scenario.
func endsWith(name string, endings [][]string) bool {
	is := func(ending string) bool { return strings.HasSuffix(name, ending) }
	all := slices.Concat(endings...)
	if is(scenarios.StoryEnding) {
		return slices.Contains(all, scenarios.StoryEnding)
	}
	return slices.ContainsFunc(all, is)
}
