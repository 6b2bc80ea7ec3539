package load

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/story"
)

// Differs says that a story is not what its file says it is. A story with a line that
// cannot happen at its place has no run; one that breaks something else, or nothing, is
// played all the same.
type Differs struct {
	Err error // what is not so: a [*scenarios.Errors] of the line, or a sentence
}

// Error tells it.
func (d *Differs) Error() string { return d.Err.Error() }

// Unwrap is what is not so.
func (d *Differs) Unwrap() error { return d.Err }

// Story reads the text of a story file and plays it. name is what its mistakes call the
// file. The result is a run of the searched engine. Its file holds deferrals and answers,
// and no list.
//
// The error is as that of [scenarios.ReadStory], one of ctx, or a [*Differs]: then there
// is a run nevertheless if all lines could be played.
func Story(ctx context.Context, name, text string) (*Run, error) {
	st, err := scenarios.ReadStory(name, text)
	if err != nil {
		return nil, err
	}
	return Tell(ctx, name, st)
}

// Tell plays a story, as [Story] does.
func Tell(ctx context.Context, name string, st *scenarios.Story) (*Run, error) {
	p, err := st.Story().Play(ctx)
	var m *story.Mistake
	switch {
	case errors.As(err, &m) && m.Played:
		return nil, &Differs{st.Mistaken(m)}
	case errors.As(err, &m):
		return nil, st.Mistaken(m)
	case err != nil:
		return nil, err
	}
	s := &scenarios.Scenario{Scenario: *p.Scenario, Teaches: st.Teaches}
	r := &Run{Name: name, Scenario: s, File: p.File(scenarios.Text(s)), Story: st, Played: p}
	words := s.Protocol.Vocabulary()
	if r.Seed, r.Answers, err = r.File.Source(words); err != nil {
		return nil, err
	}
	if r.Search, err = r.File.Search(words); err != nil {
		return nil, err
	}
	for _, choice := range slices.Sorted(maps.Keys(st.Given)) {
		if r.File.Answers[choice] != st.Given[choice] {
			return nil, &Differs{st.Unasked(choice)}
		}
	}
	switch v := p.Outcome.Violation; {
	case v == nil:
		return r, &Differs{fmt.Errorf("breaks: the story says %s, and it breaks nothing", st.Breaks)}
	case v.Invariant != st.Breaks:
		return r, &Differs{fmt.Errorf("breaks: the story says %s, and it breaks %s", st.Breaks, v.Invariant)}
	}
	return r, nil
}
