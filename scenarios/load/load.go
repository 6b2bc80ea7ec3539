// Package load makes a run of a run file or of a story file: what paxsim kept, a test
// found or somebody sent. It is for tests and tools that want to look at it, in a few lines:
//
//	r, err := load.File("testdata/agreement.run.json")
//	...
//	err = r.Grid(os.Stdout)
package load

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/story"
	"github.com/paxsim/paxsim/sim/trace"
)

// Run is a run as its file has it, ready to be played.
type Run struct {
	Name     string // of the file, for messages
	File     *trace.File
	Scenario *scenarios.Scenario
	Seed     uint64
	Answers  *scheduler.Edited // of its choices; it says afterwards which were not asked
	Search   *search.Search    // nil: the run is a timed one

	Story  *scenarios.Story // that was played to make it; nil: the file is a run file
	Played *story.Played    // the story, played; nil with it
}

// File is [Decode] of a file. What is larger than [trace.MaxSize] is not read.
func File(name string) (*Run, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.Size() > trace.MaxSize {
		return nil, fmt.Errorf("%s: %d bytes: a run file has at most %d", name, info.Size(), trace.MaxSize)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return Decode(name, data)
}

// ErrNoScenario says that a file holds no scenario: sim/simtest has kept it for a
// test whose scenario is Go code. That test alone can play it.
var ErrNoScenario = scenarios.ErrNoScenario

// IsStory says whether a story file is meant: by its name, or, if its name is none of a
// run file, by how it begins.
func IsStory(name string, data []byte) bool {
	switch {
	case scenarios.IsFile(name):
		return true
	case strings.HasSuffix(name, ".json"):
		return false
	}
	begin := bytes.TrimLeft(data, " \t\r\n\ufeff")
	return slices.ContainsFunc([]string{"#", "paxsim:", "breaks:", "story:"}, func(text string) bool { return bytes.HasPrefix(begin, []byte(text)) })
}

// Decode reads the text of a run file. name is what its mistakes call the file. Its protocol
// must be known: one of paxsim's own, or of a guest ([scenarios.Join]). The error is a
// [*trace.Error], [ErrNoScenario], a [*scenarios.Errors] of the scenario in it, or says which
// parts of the two do not fit together. A story file is played by [Story].
func Decode(name string, data []byte) (*Run, error) {
	if IsStory(name, data) {
		return Story(context.Background(), name, string(data))
	}
	f, err := trace.Decode(data)
	if err != nil {
		return nil, err
	}
	if f.Scenario == "" {
		return nil, ErrNoScenario
	}
	s, err := scenarios.Read(name+": scenario", f.Scenario)
	if err != nil {
		return nil, err
	}
	if p := s.Protocol.Name(); p != f.Protocol {
		return nil, fmt.Errorf("protocol: it says %q, and its scenario says %q", f.Protocol, p)
	}
	if f.Mutant != s.Mutant {
		return nil, fmt.Errorf("mutant: it says %q, and its scenario says %q", f.Mutant, s.Mutant)
	}
	if err := trace.Edited(&s.Scenario, f.Edits); err != nil {
		return nil, err
	}
	r := &Run{Name: name, File: f, Scenario: s}
	if r.Seed, r.Answers, err = f.Source(s.Protocol.Vocabulary()); err != nil {
		return nil, err
	}
	if r.Search, err = f.Search(s.Protocol.Vocabulary()); err != nil {
		return nil, err
	}
	return r, nil
}

// Play makes the run, shows it to observers, and tells how it came out. It can be made
// as often as one likes.
func (r *Run) Play(observers ...observe.Observer) (sim.Outcome, error) {
	w, err := r.world()
	if err != nil {
		return sim.Outcome{}, err
	}
	for _, o := range observers {
		w.Observe(o)
	}
	w.Reset(r.Seed, r.Answers)
	return w.Run(), nil
}

func (r *Run) world() (sim.Runner, error) {
	w, err := r.Scenario.Protocol.New(&r.Scenario.Scenario)
	if err != nil {
		return nil, err
	}
	w.Search(r.Search)
	r.Answers.Reset()
	return w, nil
}
