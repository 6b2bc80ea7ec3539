package cli

import (
	"errors"
	"io/fs"
	"maps"
	"os"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scenarios/load"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/story"
)

// shrunk is a find that was made short.
type shrunk struct {
	story  *scenarios.Story
	text   string // of its file
	played *story.Played
	work   story.Work
}

// run is the story as a run.
func (x *shrunk) run() *load.Run {
	return &load.Run{Name: x.story.Name, Story: x.story, Played: x.played}
}

// after is how long the story is.
func (x *shrunk) after() story.Size {
	return story.Size{Events: x.played.Outcome.Events, Actions: x.played.Actions, Actors: x.played.Scenario.Actors}
}

// shrinkFind makes a story of a find of a name. The name is not told by errors of the
// package story: they are as Shrink says.
func (a *app) shrinkFind(name string, f story.Find, most uint64) (*shrunk, error) {
	defer a.working("table", doing("making a story of "+name))()
	st, work, err := story.Shrink(a.ctx, f, story.Options{Cap: most})
	if err != nil {
		return nil, err
	}
	if x, err := st.Play(a.ctx); err != nil {
		return nil, err
	} else if answers := x.File("").Answers; len(st.Given) > 0 {
		maps.DeleteFunc(st.Given, func(choice string, answer uint32) bool { return answers[choice] != answer }) // the run does not ask for it any more
	}
	x := &shrunk{work: work}
	x.text = scenarios.StoryText(scenarios.NewStory(st))
	if x.story, err = scenarios.ReadStory(name, x.text); err != nil {
		return nil, err
	}
	if x.played, err = x.story.Story().Play(a.ctx); err != nil {
		return nil, err
	}
	return x, nil
}

// shrinkError tells why there is no story of a run.
func (a *app) shrinkError(what string, err error) error {
	if stopped := a.interrupted(""); stopped != nil {
		return stopped
	}
	var clock *story.ByTheClock
	switch {
	case errors.Is(err, story.ErrHolds):
		return usage("%s: the run breaks no invariant: there is nothing to shrink", what)
	case errors.As(err, &clock):
		return &failure{exitNothing, what + ": " + clock.Error()}
	}
	return &failure{exitNothing, what + ": no story can be made of this run: " + err.Error()}
}

// maySaveStory says whether a story may be written to a file: there is none yet, or it
// holds a story. flag names it in an error.
func maySaveStory(flag, name string) error {
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return mayCreate(flag, name)
	}
	if err != nil {
		return fileError(name, err)
	}
	if !info.Mode().IsRegular() {
		return usage("%s %s: that is no ordinary file", flag, quoteOne(name))
	}
	data, err := runFile.read(name)
	if err != nil {
		return err
	}
	if len(data) > 0 && !scenarios.IsStory(string(data)) {
		return usage("%s %s: the file is there, and no story file: choose another name", flag, quoteOne(name))
	}
	return mayWrite(name)
}

// sizes is how long a run is, and the story of it.
func (x *shrunk) sizes() string {
	before, after := x.work.Before, x.after()
	out := terminal.Sprintf("%-8s  %7s  %7s\n", "", "run", "story")
	for _, row := range []struct {
		what          string
		before, after uint64
	}{
		{"events", before.Events, after.Events},
		{"actions", uint64(before.Actions), uint64(after.Actions)},
		{"actors", uint64(before.Actors), uint64(after.Actors)},
	} {
		out += terminal.Sprintf("%-8s  %7s  %7s\n", row.what, say.Count(row.before), say.Count(row.after))
	}
	return out
}
