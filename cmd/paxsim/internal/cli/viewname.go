package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/paxsim/paxsim/scenarios"
)

// pageName is the name of a page that nobody has named, in the current directory:
// lossy-7.html is lossy under seed 7, and found.html is found.run.json.
func pageName(what []string, f *viewFlags) string {
	first := runName(what[0], f.seedOf(0))
	switch {
	case len(what) == 2:
		return first + "-and-" + runName(what[1], f.seedOf(1)) + ".html"
	case len(f.seeds) == 2:
		return fmt.Sprintf("%s-and-%d.html", first, f.seeds[1])
	case len(f.but) > 0:
		return first + "-but.html"
	}
	return first + ".html"
}

// seedOf is the seed of one of the runs, if it is one of a scenario.
func (f *viewFlags) seedOf(number int) uint64 {
	if len(f.seeds) == 0 {
		return 1
	}
	return f.seeds[min(number, len(f.seeds)-1)]
}

// runName is a short name for a run: that of its scenario and its seed, or that of
// the file that it is in.
func runName(what string, seed uint64) string {
	if what == "-" {
		return "run"
	}
	base := filepath.Base(what)
	if isFile(what) {
		return bareName(base)
	}
	return fmt.Sprintf("%s-%d", strings.TrimSuffix(base, ".yaml"), seed)
}

// bareName is the name of a file without its folder and without what it is.
func bareName(file string) string {
	base := filepath.Base(file)
	for _, ending := range []string{".jsonl", ".json", ".trace", ".run", scenarios.StoryEnding} {
		base = strings.TrimSuffix(base, ending)
	}
	return base
}
