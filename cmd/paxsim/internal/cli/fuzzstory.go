package cli

import (
	"cmp"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/story"
)

// stories are those of the finds of a hunt.
type stories struct {
	files map[*campaign.Failure]string
	best  *shrunk // of the worst grade, and of these the shortest; nil: there is none
	file  string  // of the best
}

// storiesOf makes a story of the first and of the smallest failure of each find, and
// keeps it beside its run file. It ends early if the command is stopped.
func (a *app) storiesOf(k *keeper, e *campaign.Evidence, most uint64) *stories {
	st := &stories{files: map[*campaign.Failure]string{}}
	for _, x := range e.Finds {
		for _, f := range []*campaign.Failure{&x.First, &x.Smallest} {
			if a.ctx.Err() != nil || k.broken {
				return st
			}
			if f == &x.Smallest && f.Seed == x.First.Seed {
				st.files[f] = st.files[&x.First]
				continue
			}
			name := k.storyFile(x, f)
			y, err := a.storyOf(name, f, most)
			switch {
			case a.ctx.Err() != nil:
				return st
			case err != nil:
				a.remark("no story of %s under seed %d: %v\n", x.Signature, f.Seed, err)
				continue
			}
			if err := k.writeStory(name, y.text); err != nil {
				a.note(err)
				continue
			}
			st.files[f] = name
			if st.best == nil || y.better(st.best) {
				st.best, st.file = y, name
			}
		}
	}
	return st
}

// storyOf makes a story of a failure.
func (a *app) storyOf(name string, f *campaign.Failure, most uint64) (*shrunk, error) {
	s, err := scenarios.Read(f.Variant, f.File.Scenario)
	if err != nil {
		return nil, err
	}
	find, err := story.Of(&s.Scenario, f.File)
	if err != nil {
		return nil, err
	}
	return a.shrinkFind(name, find, most)
}

// better says whether a story is to be shown rather than another.
func (x *shrunk) better(than *shrunk) bool {
	grade := func(y *shrunk) int {
		if y.played.Outcome.Violation.Grade == sim.Safety {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(grade(x), grade(than)), cmp.Compare(x.played.Actions, than.played.Actions), cmp.Compare(x.played.Outcome.Events, than.played.Outcome.Events)) < 0
}

// writeStory keeps a story. It replaces nothing but stories.
func (k *keeper) writeStory(name, text string) error {
	if err := maySaveStory("--out", name); err != nil {
		return err
	}
	err := writeFile(name, []byte(text))
	k.broken = k.broken || err != nil
	return err
}

// storyFile is the name of the file of the story of a failure.
func (k *keeper) storyFile(x *campaign.Find, f *campaign.Failure) string {
	return strings.TrimSuffix(k.file(x, f), ".run.json") + scenarios.StoryEnding
}

// name tells a hunt where its stories are.
func (st *stories) name(m *report.Hunt, e *campaign.Evidence) {
	for i, x := range e.Finds {
		m.Finds[i].First.Story, m.Finds[i].Smallest.Story = st.files[&x.First], st.files[&x.Smallest]
	}
}

// tellStory ends a hunt with the best of its stories.
func (a *app) tellStory(st *stories) {
	if st.best == nil {
		return
	}
	x := st.best
	words, err := x.run().Words(a.ctx)
	if err != nil { // the command is stopped
		return
	}
	v, size := x.played.Outcome.Violation, x.after()
	terminal.Fprintf(a.out, "\nThe shortest story, of %s (%s): %s of %s, in %s.\n\n%s\n%s", v.Invariant, v.Grade,
		say.Plural(uint64(size.Actions), "action"), say.Plural(uint64(size.Actors), "actor"), say.Plural(size.Events, "event"), terminal.Lines(words.Text), terminal.Lines(whatNext(st.file)))
}

// whatNext are the commands that show a story and keep it, and what they do.
func whatNext(file string) string {
	name, p := terminal.File(file), terminal.Program()
	return "Look at it, step through it, or keep it, to be played before each hunt:\n  " +
		quote(p, "view", name) + "\n  " + quote(p, "step", name) + "\n  " + quote("mkdir", "-p", "testdata") + " && " + quote("cp", name, "testdata") + "\n"
}
