package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/paxsim/paxsim/scenarios"
)

// write keeps the shortest story as a file, which is named after the mutant and the
// invariant.
func (r *row) write(folder string) error {
	if r.best == nil {
		return nil
	}
	head := fmt.Sprintf("# The shortest of the stories of %d finds: %d actions of the protocol.\n", len(r.finds), r.size.Actions)
	name := filepath.Join(folder, r.mutant+"."+r.invariant+scenarios.StoryEnding)
	return os.WriteFile(name, []byte(head+scenarios.StoryText(scenarios.NewStory(r.best))), 0o644)
}
