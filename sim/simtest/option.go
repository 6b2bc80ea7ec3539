package simtest

import (
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/search"
)

// Option changes how runs are made.
type Option func(*settings)

type settings struct {
	name       string // of the test by which runs are kept
	hunt       campaign.Hunt
	repetition uint64
	subtests   bool
	text       string
	dir        string // for run files; "": none are kept
	out        string // for artifacts; "": none are wanted

	key      string            // of [Play]: by which its finds of one signature are known; "": all are told apart
	wanted   uint64            // how many runs the code asks for
	explores bool              // the first seed is from the clock
	said     map[string]string // by variable of the environment that is set: its value
}

const (
	usualRuns = 2000 // how many runs there are by default
	shortRuns = 200  // how many there are at most under go test -short
	all       = "all"
)

// apply is the settings of a test. If they make no sense, the test fails, and ok is
// false.
func apply(t T, s *sim.Scenario, options []Option) (x *settings, ok bool) {
	t.Helper()
	x = &settings{name: owner(t.Name()), repetition: 1, dir: filepath.Join("testdata", "paxsim"), hunt: campaign.Hunt{
		Strategies: []string{all}, Budget: campaign.UsualBudget(), First: 1, Runs: usualRuns, StopAtFirst: true, Workers: runtime.GOMAXPROCS(0),
	}}
	for _, o := range options {
		o(x)
	}
	x.hunt.Ground = []campaign.Variant{{Scenario: s, Text: x.text}}
	if x.wanted = x.hunt.Runs; short() {
		x.hunt.Runs = min(x.hunt.Runs, shortRuns)
	}
	err := x.environment(t)
	if err == nil {
		err = x.strategies()
		if value := x.said["PAXSIM_STRATEGY"]; err != nil && value != "" {
			err = fmt.Errorf("PAXSIM_STRATEGY is %q: %w", value, err)
		}
	}
	if err == nil {
		err = x.repeat()
	}
	if err != nil {
		t.Fatalf("simtest: %v", err)
		return nil, false
	}
	return x, true
}

// fewer says whether the runs may show less than those that the code asks for would.
func (x *settings) fewer() bool {
	return x.hunt.Runs < x.wanted || x.hunt.For > 0 || x.said["PAXSIM_STRATEGY"] != ""
}

// short says whether go test -short runs.
func short() bool { return testing.Testing() && testing.Short() }

// repeat moves the first seed to that of the repetition.
func (x *settings) repeat() error {
	first, ok := campaign.Repetition(x.hunt.First, x.repetition, x.hunt.Runs)
	if !ok {
		return fmt.Errorf("there are no %d seeds for repetition %d from %d on", x.hunt.Runs, x.repetition, x.hunt.First)
	}
	x.hunt.First = first
	return nil
}

// strategies looks whether there are such, and says which all are.
func (x *settings) strategies() error {
	names, known := x.hunt.Strategies, campaign.Strategies()
	if slices.Equal(names, []string{all}) || len(names) == 0 {
		x.hunt.Strategies = known
		if x.subtests { // a run of feedback follows from others
			x.hunt.Strategies = slices.DeleteFunc(known, func(n string) bool { return n == campaign.Feedback })
		}
		return nil
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return fmt.Errorf("there is no strategy %q: expected some of %s, or %s alone", name, strings.Join(known, ", "), all)
		}
		if x.subtests && name == campaign.Feedback {
			return fmt.Errorf("a run under %s follows from the runs before it, so no seed of it can be a subtest", name)
		}
	}
	return nil
}

// Seeds is how many runs are made, and from which seed on; left out: 2,000 from 1. A
// run has the seed after that of the one before it: from 1 and from 2 they are nearly
// the same runs. For others see [Repetition].
func Seeds(first, count uint64) Option {
	return func(x *settings) { x.hunt.First, x.hunt.Runs = first, count }
}

// Repetition makes the runs others than those of any other number, from 1 on, that
// begin at the same seed: the first seed is that of [Seeds] + (number-1)·2³². Left
// out: 1. The test fails if there are no seeds there.
func Repetition(number uint64) Option {
	return func(x *settings) { x.repetition = number }
}

// Subtests makes each seed a subtest, so that go test -run 'TestMine/seed=17' plays
// that run alone. The runs are made one after the other. Feedback is left out, because
// its runs follow from others, so a seed is another run than without Subtests.
// Handlers that are not deterministic go unnoticed. It needs a *testing.T.
func Subtests() Option {
	return func(x *settings) { x.subtests = true }
}

// Strategies are the adversaries, in rotation by seed: walk, pct (of depth 3), pos
// and feedback. "all", none and left out: all of them. A name that is not known
// fails the test.
func Strategies(names ...string) Option {
	return func(x *settings) { x.hunt.Strategies = slices.Clone(names) }
}

// Budget is the most that a run has of what could go on for ever; left out: 400
// events, 8 alarms, 3 losses, 3 duplicates, 4 crashes. Each run of [Run] draws
// what it has of that, [Play] has all of it.
func Budget(b search.Budget) Option {
	return func(x *settings) { x.hunt.Budget = b }
}

// Marks are the marks of the protocol that must each be hit by some run; left out: none.
func Marks(names ...string) Option {
	return func(x *settings) { x.hunt.Required = names }
}

// Text is the text of the scenario as a file has it. With it, a command that knows
// the protocol can play what is kept; left out: the test alone can.
func Text(text string) Option {
	return func(x *settings) { x.text = text }
}

// Keep is the folder for run files, from the folder of the package on; left out:
// testdata/paxsim. "": none are kept, and none are played first.
func Keep(dir string) Option {
	return func(x *settings) { x.dir = dir }
}
