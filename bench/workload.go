// Package bench measures paxsim: how long an event takes, how many instructions, how many
// allocations. It compares paxsim with two naive twins that do the same work. Package
// heaptwin is a simulator written in an afternoon. Package synctwin is goroutines and
// channels under fake time.
//
//	bench/run.sh      all side by side, and their ratios
//	bench/instr.sh    instructions an event, which no noise can move
//	bench/profile.sh  where they go
//	bench/growth.sh   what grows faster than its work: two sizes each
//	go test ./bench   the allocation gate; with -bench . the raw figures
package bench

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/weather"
)

// Variants are the names of the workload's variants.
var Variants = []string{"bare", "invariants", "crashes", "disk", "recorded", "edited"}

// Searched are the names of the variants in the searched engine: the hunting
// ground of the command fuzz at 5 actors with its budgets, all invariants
// watched, under the adversary of that name.
var Searched = []string{"walk", "pct", "pos"}

// FuzzBudget is what a run of the command fuzz has by default. There it is the
// most that a run draws from; here each run has all of it.
var FuzzBudget = campaign.UsualBudget()

// Workload is the work of all measurements: n actors, two of them propose at once; delays
// of 1 to 100 ticks, 1 % loss, 1 % duplicates.
//
//   - bare: the digest and nothing more
//   - invariants: all of them are watched
//   - crashes: before each effect that others can see an actor may crash: one
//     time in a thousand at 5 actors, and so that a broadcast is as dangerous at
//     other sizes
//   - disk: a save takes 10 ticks
//   - recorded: bare, and every choice is written down
//   - edited: bare, and 20 answers are others than the seed's
func Workload(n int, variant string) (*sim.Scenario, error) {
	s := &sim.Scenario{
		Name:       "duel",
		Tick:       100_000,
		Actors:     n,
		Protocol:   paxos.Protocol(),
		Invariants: []string{},
		Network:    weather.Network{DelayMin: 1, DelayMax: 100, Loss: scheduler.Certain / 100, Duplicate: scheduler.Certain / 100},
		Requests:   []sim.ScriptedRequest{{Actor: 1}, {Actor: 2}},
	}
	switch variant {
	case "bare", "recorded", "edited":
	case "invariants":
		s.Invariants = nil
	case "crashes":
		s.Crashes = faults.Crashes{Chance: scheduler.Certain / scheduler.Probability(200*n), DownMin: 100, DownMax: 400}
	case "disk":
		s.Disk.Sync = 10
	case "walk", "pct", "pos":
		return ground(n)
	default:
		return nil, fmt.Errorf("there is no variant %q: expected one of %v", variant, slices.Concat(Variants, Searched))
	}
	return s, nil
}

// ground is the scenario of the hunting ground in which n actors are all asked
// at once.
func ground(n int) (*sim.Scenario, error) {
	list, err := scenarios.Ground()
	if err != nil {
		return nil, err
	}
	for _, g := range list {
		if g.Name == fmt.Sprintf("hunt-%d", n) {
			return &g.Scenario.Scenario, nil
		}
	}
	return nil, fmt.Errorf("the hunting ground has no hunt-%d", n)
}

// searchOf is how the runs of a variant are made: nil in the timed engine.
func searchOf(variant string) *search.Search {
	switch variant {
	case "walk":
		return &search.Search{Picker: new(search.Walk), Budget: FuzzBudget}
	case "pct":
		return &search.Search{Picker: &search.PCT{Depth: 3, Length: 200}, Budget: FuzzBudget}
	case "pos":
		return &search.Search{Picker: new(search.POS), Budget: FuzzBudget}
	}
	return nil
}

// World is the workload's world, and what answers its choices.
type World struct {
	runner    sim.Runner
	recording *scheduler.Recording
	edited    *scheduler.Edited
}

// New makes the workload's world.
func New(n int, variant string) (*World, error) {
	s, err := Workload(n, variant)
	if err != nil {
		return nil, err
	}
	w := &World{}
	if w.runner, err = s.Protocol.New(s); err != nil {
		return nil, err
	}
	if how := searchOf(variant); how != nil {
		w.runner.Search(how)
	}
	switch variant {
	case "recorded":
		w.recording = new(scheduler.Recording)
	case "edited":
		w.edited, err = editedAnswers(s.Protocol.Vocabulary())
	}
	return w, err
}

// Warm makes the workload's world and runs it until its memory has grown to
// what it needs: the given number of runs.
func Warm(n int, variant string, runs uint64) (*World, error) {
	w, err := New(n, variant)
	if err == nil {
		w.Play(0, runs)
	}
	return w, err
}

// editedWays are 20 messages of a duel, by kind and way.
var editedWays = map[string][]string{
	"Prepare":  {"1>2", "1>3", "1>4", "1>5", "2>1", "2>3", "2>4", "2>5"},
	"Promise":  {"3>1", "4>1", "5>1"},
	"Accepted": {"1>2", "1>3", "1>4", "2>1", "2>3", "2>4", "3>1", "3>2", "4>1"},
}

// editedAnswers is the greatest delay for each of them.
func editedAnswers(words *sim.Vocabulary) (*scheduler.Edited, error) {
	e := &scheduler.Edited{Answers: make(map[scheduler.Key]uint32)}
	for kind, ways := range editedWays {
		for _, way := range ways {
			k, err := words.ParseKey(fmt.Sprintf("delay %s %s #1", kind, way))
			if err != nil {
				return nil, err
			}
			e.Answers[k] = 99
		}
	}
	return e, nil
}

// Run makes one run.
func (w *World) Run(seed uint64) sim.Outcome {
	var source scheduler.Source
	switch {
	case w.recording != nil:
		w.recording.List = w.recording.List[:0]
		source = w.recording
	case w.edited != nil:
		w.edited.Reset()
		source = w.edited
	}
	w.runner.Reset(seed, source)
	return w.runner.Run()
}

// Total is the sum of the outcomes of a number of runs.
type Total struct {
	Runs, Events, Decided, Violated uint64
}

// Play runs the seeds from first on.
func (w *World) Play(first, runs uint64) Total {
	t := Total{Runs: runs}
	for seed := first; seed < first+runs; seed++ {
		o := w.Run(seed)
		t.Events += o.Events
		switch o.Verdict {
		case observe.VerdictDecided:
			t.Decided++
		case observe.VerdictViolated:
			t.Violated++
		}
	}
	return t
}
