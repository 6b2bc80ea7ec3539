package load

import (
	"io"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/explain/diff"
	"github.com/paxsim/paxsim/sim/explain/export"
	"github.com/paxsim/paxsim/sim/explain/grid"
	"github.com/paxsim/paxsim/sim/explain/view"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// Grid prints the run event by event, a column an actor, as paxsim replay --trace does.
func (r *Run) Grid(w io.Writer) error {
	g := grid.New(&r.Scenario.Scenario, 0)
	if err := r.steps(g.Measure); err != nil {
		return err
	}
	g.Begin(w)
	if err := r.steps(g.Print); err != nil {
		return err
	}
	return g.End()
}

// steps plays the run and hands on its steps.
func (r *Run) steps(each func(trace.Step)) error {
	steps := &trace.Steps{Each: each}
	_, err := r.Play(steps)
	steps.Flush()
	return err
}

// Diff holds two runs side by side, and prints how far they are the same, where they
// part, and the choice that made it so, as paxsim diff does.
func Diff(w io.Writer, a, b *Run) error {
	x, err := a.side()
	if err != nil {
		return err
	}
	y, err := b.side()
	if err != nil {
		return err
	}
	return diff.Compare(x, y).Print(w, x, y)
}

func (r *Run) side() (*diff.Side, error) {
	w, err := r.world()
	if err != nil {
		return nil, err
	}
	name := r.Scenario.Name + ", " + r.File.Base.String()
	return diff.Play(diff.Side{Name: name, Scenario: &r.Scenario.Scenario, World: scenarios.WorldText(&r.Scenario.Scenario)}, w, r.Seed, r.Answers, r.File.Base), nil
}

// Calm is the same scenario in which nothing happens by chance: what was left to chance
// has its calm answer, and nothing is held back.
func (r *Run) Calm() *Run {
	file := *r.File
	file.Base, file.Answers, file.Deferrals = trace.Base{Calm: true}, map[string]uint32{}, nil
	calm := &Run{Name: r.Name, File: &file, Scenario: r.Scenario, Answers: &scheduler.Edited{Base: scheduler.Calm{}}}
	if r.Search != nil {
		search := *r.Search
		search.Deferrals, search.Turns = nil, nil
		calm.Search = &search
	}
	return calm
}

// Page writes the run as a page for a browser, as paxsim view does.
func (r *Run) Page(out io.Writer) error {
	w, err := r.world()
	if err != nil {
		return err
	}
	head := trace.NewHeader(&r.Scenario.Scenario, scenarios.Text(r.Scenario), r.File.Base)
	head.Answers, head.Engine, head.Budget, head.Deferrals = r.File.Answers, r.File.Engine, r.File.Budget, r.File.Deferrals
	look, _ := w.(observe.Inspector)
	run := export.Run{Scenario: &r.Scenario.Scenario, Head: head, Window: export.Window{From: 1}}
	var told *view.Story
	if r.Story != nil {
		if told, run.Story, err = r.told(&run); err != nil {
			return err
		}
	}
	page := view.NewRecorder(run, look, w)
	w.Observe(page)
	choices := &scheduler.Recording{Base: r.Answers}
	w.Reset(r.Seed, choices)
	for more := true; ; more = w.Step() {
		page.After(choices.List)
		choices.List = choices.List[:0]
		if !more {
			break
		}
	}
	page.End(trace.NewTrailer(head, w.Outcome(), 0))
	page.Tell(told)
	return view.Write(out, []*view.Recorder{page}, nil)
}
