package simtest

import (
	"context"
	"errors"
	"fmt"

	"github.com/paxsim/paxsim/sim/story"
)

// againStory plays the story of a find, and says whether nothing is wrong with it: it
// holds, or what it says no longer applies, on which the run of the find has the last
// word.
func (x *settings) againStory(t T, find *keptFind) (holds bool) {
	t.Helper()
	if find.story == "" {
		return true
	}
	data, err := read(find.story)
	if err != nil {
		t.Errorf("simtest: %s: %v", find.story, err)
		return false
	}
	f, err := story.ReadFile(data)
	s := &shrunk{}
	if err == nil {
		s.story, err = f.Story(x.hunt.Ground[0].Scenario)
	}
	if err == nil {
		s.played, err = s.story.Play(context.Background())
	}
	var unreadable story.FileMistakes
	var m *story.Mistake
	switch {
	case errors.As(err, &unreadable):
		t.Errorf("simtest: %s", visible(unreadable.In(find.story)))
		return false
	case errors.As(err, &m) && m.Broke != nil:
		find.broke = true
		t.Errorf("simtest: %s still breaks: %s\n%s", m.Broke.Broke(), m.Broke.Text, visible(f.Mistake(m).In(find.story)))
		return false
	case errors.As(err, &m):
		where := f.Mistake(m)
		where.Text = "the story no longer applies here: " + where.Text
		find.stale = visible(where.In(find.story))
		return true
	case err != nil:
		t.Errorf("simtest: %s: %v", find.story, err)
		return false
	}
	v := s.violation()
	if v == nil {
		return true
	}
	find.broke = true
	found := told{head: broken(v), run: s.played.File(x.text), story: s, file: find.run, storyFile: find.story}
	if v.Invariant != f.Breaks {
		found.notes = append(found.notes, fmt.Sprintf("the file says that %s breaks, and it is %s", f.Breaks, v.Invariant))
	}
	x.artifacts(&found, find.name+".story", find.name)
	t.Errorf("%s", x.tell(&found))
	return false
}
