package cli

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scenarios/load"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/story"
	"github.com/paxsim/paxsim/sim/trace"
)

// saved is a run file or a story file, ready to be played.
type saved struct {
	name   string
	file   *trace.File
	s      *scenarios.Scenario
	w      sim.Runner
	seed   uint64
	source *watched
	search *search.Search   // nil: the run is a timed one
	story  *scenarios.Story // that was played to make the run; nil: the file is a run file
	played *story.Played    // the story, played; nil with it
	wrong  string           // what the story says that is not so; "": nothing
}

// readSaved reads a run file or a story file and makes the world that it speaks of.
func (a *app) readSaved(name string, l *limits) (*saved, error) {
	data, err := a.readInput(name, runFile)
	if err != nil {
		return nil, err
	}
	return a.decodeSaved(name, data, l)
}

// ofTest says that a file is one that a Go test has kept, and that it alone can play.
type ofTest struct{ error }

// Unwrap is the error that people see.
func (e ofTest) Unwrap() error { return e.error }

// decodeSaved reads the text of a run file or of a story file, which mistakes call by a name.
func (a *app) decodeSaved(name string, data []byte, l *limits) (*saved, error) {
	var wrong string
	var r *load.Run
	var err error
	if load.IsStory(name, data) {
		r, wrong, err = a.decodeStory(name, data, l)
	} else {
		r, err = load.Decode(name, data)
	}
	var inTrace *trace.Error
	var inScenario *scenarios.Errors
	switch {
	case err == nil:
	case load.IsStory(name, data):
		return nil, err
	case errors.Is(err, load.ErrNoScenario):
		return nil, ofTest{usage("%s: %v", name, err)}
	case errors.As(err, &inTrace):
		return nil, traceError(name, err)
	case errors.As(err, &inScenario):
		return nil, scenarioError(name, err)
	default:
		return nil, usage("%s: %v", name, err)
	}
	if _, err := l.workers(&r.Scenario.Scenario, 1); err != nil {
		return nil, err
	}
	w, err := newWorld(&r.Scenario.Scenario)
	if err != nil {
		return nil, err
	}
	w.Search(r.Search)
	return &saved{name, r.File, r.Scenario, w, r.Seed, newWatched(r.Answers), r.Search, r.Story, r.Played, wrong}, nil
}

// run is the same for what explains runs.
func (v *saved) run() *load.Run {
	return &load.Run{Name: v.name, File: v.file, Scenario: v.s, Seed: v.seed, Answers: v.source.Edited, Search: v.search, Story: v.story, Played: v.played}
}

// replayed is how a saved run came out this time.
type replayed struct {
	name  string
	row   report.Row
	diff  *trace.Difference
	lines []string // what is not as saved, a sentence each
}

// playSaved plays a run file and compares.
func (a *app) playSaved(v *saved) (*replayed, error) {
	v.source.Reset()
	v.w.Reset(v.seed, v.source)
	done := a.working("table", doing("playing "+v.name))
	err := a.play(v.w)
	if done(); err != nil {
		return nil, err
	}
	return v.compare(report.NewRow(&v.s.Scenario, v.w.Outcome(), v.w)), nil
}

// maxUnused is how many answers and holds that no longer apply are listed one by one.
const maxUnused = 100

// compare holds a run against the file that it was played from.
func (v *saved) compare(row report.Row) *replayed {
	row.Calm = v.file.Base.Calm
	p := &replayed{name: v.name, row: row, diff: v.file.Compare(row.Outcome)}
	add := func(format string, args ...any) { p.lines = append(p.lines, fmt.Sprintf(format, args...)) }
	if v.wrong != "" {
		add("%s", v.wrong)
	}
	if v.file.Trace != trace.TraceVersion {
		add("trace: saved under trace version %d, and this paxsim has %d: digests cannot agree", v.file.Trace, trace.TraceVersion)
	}
	now := trace.Settings(&v.s.Scenario)
	for _, name := range slices.Sorted(maps.Keys(v.file.Settings)) {
		if is, ok := now[name]; !ok {
			add("settings.%s: this paxsim has no such setting", name)
		} else if was := v.file.Settings[name]; is != was {
			add("settings.%s: the file says %s, the run has %s", name, was, is)
		}
	}
	if p.diff != nil {
		for _, text := range p.diff.Texts {
			add("%s", text)
		}
	}
	unused := v.source.Unused()
	for _, k := range unused[:min(len(unused), maxUnused)] {
		text := v.s.Protocol.Vocabulary().KeyText(k)
		if n := v.source.outcomes[k]; n > 0 {
			add("no longer applies: %s: %d, of the outcomes 0 to %d", text, v.source.Answers[k], n-1)
		} else {
			add("no longer applies: %s: the run does not ask for it", text)
		}
	}
	words := v.s.Protocol.Vocabulary()
	unheld := v.w.VoidDeferrals()
	for _, h := range unheld[:min(len(unheld), maxUnused)] {
		add("no longer applies: %s is not held back until %s: one of the two does not come, or comes too late", words.EventText(h.Event), words.EventText(h.Until))
	}
	for i := range v.s.Edits {
		if e := &v.s.Edits[i]; e.After >= row.Outcome.Events {
			add("no longer applies: %s: the run ends before", v.s.EditText(e))
		}
	}
	if more := max(0, len(unused)-maxUnused) + max(0, len(unheld)-maxUnused); more > 0 {
		add("no longer apply: %d more", more)
	}
	return p
}

func (p *replayed) verdict() string {
	if len(p.lines) > 0 {
		return "no"
	}
	return "yes"
}

func (p *replayed) differences() string {
	text := ""
	for i, line := range p.lines {
		if i > 0 {
			text += "; "
		}
		text += line
	}
	return text
}

func (p *replayed) exit() int {
	if len(p.lines) > 0 {
		return exitOtherwise
	}
	if !p.row.Proved() {
		return exitNothing
	}
	return p.row.Exit()
}
