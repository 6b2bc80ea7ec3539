package explore

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/plain"
	"github.com/paxsim/paxsim/sim/story"
)

// Step is one event on the way to a violation.
type Step struct {
	Actor sim.ID
	Event sim.ModelEvent
	Line  string   // as a line of a story has it
	Marks []string // what a handler left to chance, likewise
	With  bool     // it is handled in the step of the event before it
}

// path is the steps to the invariant that broke. It goes back over the parents, and then
// makes the steps once more from the start: what a world looked like is not kept.
func (x *look) path(first []uint32) ([]Step, error) {
	chain := []uint32{uint32(x.brokeAt)}
	for world := x.current; world != 0; {
		before, step := x.parents.of(world)
		chain = append(chain, step)
		world = before
	}
	slices.Reverse(chain)
	w := x.w
	w.traced = true
	var steps []Step
	world := first
	for i, number := range chain {
		var after []uint32
		found := false
		w.take = func(plain.Sum, bool) bool { return w.at == int(number) }
		w.push = func(next []uint32) {
			after, found = slices.Clone(next), true
			steps = w.tell(steps)
		}
		w.fault = func(uint32) {
			if i == len(chain)-1 && w.at == int(number) {
				found = true
				steps = w.tell(steps)
			}
		}
		if w.expand(world, nil); !found {
			return nil, fmt.Errorf("explore: step %d on the way to the violation is not there when it is made again", i+1)
		}
		world = after
	}
	return steps, w.err
}

// tell adds what is handled in the step that is looked at.
func (w *walker) tell(steps []Step) []Step {
	for i, x := range w.made {
		steps = append(steps, Step{Actor: x.actor, Event: x.event, Line: w.m.Line(x.local, x.event), Marks: w.marks[x.hop], With: i > 0})
	}
	return steps
}

// Story is the way to the violation as a story: it is played on the searched engine like
// any other. It is an error if there is no such way, or if no story can tell it.
func (r *Result) Story(s *sim.Scenario) (*story.Story, error) {
	if r.Verdict != Violated || r.Path == nil {
		return nil, fmt.Errorf("explore: there is no way to a violation to tell")
	}
	st := &story.Story{Scenario: s, Breaks: r.Broken.Invariant}
	last := map[sim.ID]int{} // by actor: the line of its last event
	arrived := map[sim.ModelEvent]bool{}
	for _, step := range r.Path {
		if step.Event.IsCrash() {
			at, ok := last[step.Actor]
			if !ok {
				return nil, fmt.Errorf("explore: actor %d crashes before anything has happened at it, and no story has words for that", step.Actor)
			}
			st.Lines[at] += fmt.Sprintf(", and %d crashes afterwards", step.Actor)
			continue
		}
		line := step.Line
		if step.Event.IsArrival() {
			if arrived[step.Event] && r.Scope.Network == sim.AnyTimes && !step.With { // with: it was sent once more
				line += " again"
			}
			arrived[step.Event] = true
		}
		last[step.Actor] = len(st.Lines)
		st.Lines = append(st.Lines, strings.Join(append([]string{line}, step.Marks...), ", and "))
	}
	return st, nil
}
