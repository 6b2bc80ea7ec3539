// Package playhost is what a session of paxsim play can open: the scenarios of the
// library and of guests, texts of scenarios, and run files. It reads no file: whatever
// a page asks for, nothing of the machine gets into it.
package playhost

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/internal/words"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scenarios/load"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/explain/play"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
)

// Host implements [play.Host].
type Host struct {
	library *play.Library // nil: not read yet
}

// Library implements [play.Host].
func (h *Host) Library() play.Library {
	if h.library == nil {
		x := read()
		h.library = &x
	}
	return *h.library
}

// read makes the list of what there is.
func read() play.Library {
	x := play.Library{First: scenarios.First(), Families: scenarios.Families()}
	for _, name := range scenarios.Names() {
		_, text, err := scenarios.Open(name)
		if err != nil {
			continue
		}
		about := head(name, text)
		if wrongs := tooMany(name, about.Actors, play.Usual.Actors); wrongs != nil {
			about.Refused = wrongs[0].Text
		}
		x.Scenarios = append(x.Scenarios, about)
	}
	for _, p := range scenarios.Known() {
		m, ok := p.(sim.Mutable)
		if !ok {
			continue
		}
		for _, m := range m.Mutants() {
			x.Mutants = append(x.Mutants, play.Mutant{Protocol: p.Name(), Name: m.Name, Doc: m.Doc, Kind: m.Kind.String(), First: m.First, Splits: m.Splits})
		}
	}
	return x
}

// tooMany refuses more actors than a page can show.
func tooMany(name string, actors, most int) []play.Mistake {
	if actors <= most {
		return nil
	}
	return one("%s has %s: play takes at most %d. Open it with fewer, as by actors=%d", name, say.Plural(uint64(actors), "actor"), most, 9)
}

// one is a single mistake.
func one(format string, args ...any) []play.Mistake {
	return []play.Mistake{{Text: terminal.Text(fmt.Sprintf(format, args...))}}
}

// Load implements [play.Host].
func (h *Host) Load(ctx context.Context, q *play.Request, mostActors int) (*play.Loaded, []play.Mistake) {
	r, wrongs := run(q)
	if wrongs != nil {
		return nil, wrongs
	}
	s := &r.Scenario.Scenario
	if wrongs := tooMany(r.Scenario.Name, s.Actors, mostActors); wrongs != nil {
		return nil, wrongs
	}
	if why := campaign.Unsearchable(s); r.Search != nil && why != "" {
		return nil, one("%s: %s", r.Scenario.Name, why)
	}
	step, err := r.Stepper(ctx)
	if err != nil {
		return nil, mistakes(err)
	}
	return &play.Loaded{Name: r.Scenario.Name, Stepper: step}, nil
}

// run is the run that is meant.
func run(q *play.Request) (*load.Run, []play.Mistake) {
	given := 0
	for _, text := range []string{q.Scenario, q.Text, q.File} {
		if text != "" {
			given++
		}
	}
	switch {
	case given != 1:
		return nil, one("expected one of a scenario, a text and a file, not %d", given)
	case q.File == "":
		return fromScenario(q)
	case q.Set != nil || q.Calm != nil || q.Mutant != "" || q.Only != nil || q.Seed != "" || q.Engine != "":
		return nil, one("a seed, an engine and changes are for a scenario: a run file holds a run of its own")
	}
	r, err := load.Decode("file", []byte(q.File))
	if err != nil {
		return nil, mistakes(err)
	}
	return r, nil
}

// fromScenario is a run of a scenario.
func fromScenario(q *play.Request) (*load.Run, []play.Mistake) {
	base := trace.Base{Calm: true}
	if q.Seed != "" {
		seed, err := strconv.ParseUint(q.Seed, 10, 64)
		if err != nil {
			return nil, one("seed %q: expected a whole number from 0 to 18446744073709551615", words.Clip(q.Seed))
		}
		base = trace.Base{Seed: seed}
	}
	if engines := []string{trace.Timed, trace.Searched}; q.Engine != "" && !slices.Contains(engines, q.Engine) {
		return nil, one("engine %q: expected timed or searched", words.Clip(q.Engine))
	}
	s, err := scenario(q)
	if err != nil {
		return nil, mistakes(err)
	}
	r := load.Of(s, base)
	if q.Engine == trace.Searched {
		r.Search = &search.Search{Budget: campaign.UsualBudget()}
	}
	return r, nil
}

// scenario is the one that is meant, with overrides.
func scenario(q *play.Request) (*scenarios.Scenario, error) {
	var list []scenarios.Override
	for _, text := range q.Set {
		list = append(list, scenarios.Set(text))
	}
	for _, text := range q.Calm {
		list = append(list, scenarios.Calm(text))
	}
	if q.Mutant != "" {
		list = append(list, scenarios.Mutant(q.Mutant))
	}
	var s *scenarios.Scenario
	var err error
	switch {
	case q.Text != "":
		s, err = scenarios.Read("scenario", q.Text, list...)
	case !slices.Contains(scenarios.Names(), q.Scenario): // it would be looked for among files
		return nil, fmt.Errorf("there is no scenario %q%s", words.Clip(q.Scenario), words.Hint(q.Scenario, scenarios.Names()))
	default:
		s, err = scenarios.Load(q.Scenario, list...)
	}
	if err != nil || q.Only == nil {
		return s, err
	}
	return s, watchOnly(s, q.Only)
}

// watchOnly switches all invariants off but some, by their names or grades. What the
// scenario says of its runs is then no longer said of these.
func watchOnly(s *scenarios.Scenario, some []string) error {
	names := slices.Clone(sim.Grades)
	for _, i := range s.Protocol.Invariants() {
		names = append(names, i.Name)
	}
	for _, name := range some {
		if !slices.Contains(names, name) {
			return fmt.Errorf("only %q: %s has no such invariant%s", words.Clip(name), s.Protocol.Name(), words.Hint(name, names))
		}
	}
	if s.Invariants = sim.ExpandInvariants(s.Protocol, some); len(s.Invariants) == 0 {
		return fmt.Errorf("only %q: %s has no invariant of that grade", some, s.Protocol.Name())
	}
	s.Group, s.Expect, s.Premise = "", scenarios.Expect{}, scenarios.Premise{}
	return nil
}

// mistakes are those that an error tells.
func mistakes(err error) []play.Mistake {
	var in *scenarios.Errors
	if !errors.As(err, &in) {
		return one("%v", err)
	}
	var list []play.Mistake
	for _, m := range in.Mistakes {
		list = append(list, play.Mistake{Text: terminal.Text(m.Message), File: terminal.Text(m.File), Line: m.Line, Column: m.Column, Excerpt: m.Excerpt})
	}
	return list
}
