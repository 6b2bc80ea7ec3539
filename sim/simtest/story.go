package simtest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/tell"
	"github.com/paxsim/paxsim/sim/story"
	"github.com/paxsim/paxsim/sim/trace"
)

// How many events are played at most to make stories, so that a failure is reported within
// a second or so: of one find, and of all finds of one signature that Play makes in a
// test. Fuzzing and rapid may make thousands of these.
var (
	mostOfFind      uint64 = 1_000_000 // changed by tests
	mostOfSignature        = 4 * mostOfFind
)

// shrunk is the story of a find, and the run of it.
type shrunk struct {
	story  *story.Story
	played *story.Played
	work   story.Work
}

// shrink makes a story of a find. What it returns can be written down and read again.
func (x *settings) shrink(f *trace.File) (*shrunk, error) {
	s := x.hunt.Ground[0].Scenario
	find, err := story.Of(s, f)
	if err != nil {
		return nil, err
	}
	st, work, err := story.Shrink(context.Background(), find, story.Options{Cap: mostOfFind, Fixed: true})
	if err != nil {
		return nil, err
	}
	out, err := x.written(st.File())
	if err != nil {
		return nil, err
	}
	out.work = work
	return out, nil
}

// written writes a story down, reads and plays that, and looks whether it breaks what it
// says.
func (x *settings) written(f *story.File) (s *shrunk, err error) {
	again, err := story.ReadFile([]byte(f.Text()))
	if err != nil {
		return nil, err
	}
	s = &shrunk{}
	if s.story, err = again.Story(x.hunt.Ground[0].Scenario); err != nil {
		return nil, err
	}
	if s.played, err = s.story.Play(context.Background()); err != nil {
		return nil, err
	}
	if v := s.violation(); v == nil || v.Invariant != f.Breaks {
		return nil, errors.New("it breaks nothing once it is written down")
	}
	return s, nil
}

// violation is what breaks in the run of the story; nil: nothing does.
func (s *shrunk) violation() *sim.Violation { return s.played.Outcome.Violation }

// smaller says whether a story is smaller than another; nil is the largest.
func (s *shrunk) smaller(than *shrunk) bool {
	switch {
	case s == nil || than == nil:
		return s != nil
	case s.played.Actions != than.played.Actions:
		return s.played.Actions < than.played.Actions
	}
	return s.played.Outcome.Events < than.played.Outcome.Events
}

// tell tells a story: how much there is to it, what happens, and what breaks.
func (s *shrunk) tell() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Its story: %s, %s of the protocol.\n", count(s.played.Outcome.Events, "event"), count(s.played.Actions, "action"))
	if s.work.Capped {
		fmt.Fprintf(&b, "(It may not be the shortest: the work ended after %d events.)\n", s.work.Events)
	}
	for _, choice := range slices.Sorted(maps.Keys(s.story.Given)) {
		fmt.Fprintf(&b, "It is given that %s is %d.\n", choice, s.story.Given[choice])
	}
	b.WriteString("\n" + visible(s.sentences()))
	return b.String()
}

// sentences are the story in words. Without words there are its lines.
func (s *shrunk) sentences() string {
	var run trace.Recorder
	_, err := s.story.Play(context.Background(), &run)
	if err == nil {
		var text *tell.Text
		decisive, _ := s.played.Decisive(context.Background()) // 0 is none
		if text, err = tell.Of(s.played.Scenario, run.Entries, tell.Options{Decisive: decisive, Clock: s.story.Clock}); err == nil {
			return text.String()
		}
	}
	return fmt.Sprintf("(%v)\n%s\n", err, strings.Join(s.story.Lines, "\n"))
}
