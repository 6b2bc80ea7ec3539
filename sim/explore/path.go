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
	Marks []string // what a handler left to chance, likewise, and where a crash cut it short
	Then  []string // lines that follow: the actor restarts
	Stays bool     // the message that arrives stays on its way, to arrive once more
	With  bool     // it is handled in the step of the event before it
}

// path is the steps to the invariant that broke. It goes back over the parents, and then
// makes the steps once more from the start: what a world looked like is not kept.
func (x *look) path(first []uint32) ([]Step, error) {
	chain := []uint32{uint32(x.brokeAt)}
	at := x.current
	for int(at) >= len(x.firsts) {
		before, step := x.parents.of(at)
		chain = append(chain, step)
		at = before
	}
	first[x.w.crashesAt()] = x.firsts[at]
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
		steps = append(steps, Step{Actor: x.actor, Event: x.event, Line: w.m.Line(x.local, x.event), Marks: w.marks[x.hop], Then: w.then[x.hop], Stays: i == 0 && w.stays, With: i > 0})
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
	last := map[sim.ID]int{}           // by actor: the line of its last event
	copies := map[sim.ModelEvent]int{} // by arrival: how many copies are on their way
	for _, step := range r.Path {
		if step.Event.IsCrash() {
			at, ok := last[step.Actor]
			if !ok {
				return nil, fmt.Errorf("explore: actor %d crashes before anything has happened at it since it started, and no story has words for that", step.Actor)
			}
			st.Lines[at] = told(append([]string{st.Lines[at], fmt.Sprintf("%d crashes afterwards", step.Actor)}, step.Marks...))
			st.Lines = append(st.Lines, step.Then...)
			continue
		}
		line := step.Line
		if step.Event.IsArrival() {
			if copies[step.Event] > 0 && !step.With { // with: it was sent once more
				copies[step.Event]--
				line += " again"
			}
			if step.Stays || r.Scope.Network == sim.AnyTimes {
				copies[step.Event]++
			}
		}
		if last[step.Actor] = len(st.Lines); len(step.Then) > 0 {
			delete(last, step.Actor)
		}
		st.Lines = append(append(st.Lines, told(append([]string{line}, step.Marks...))), step.Then...)
	}
	return st, nil
}

// told is a line of a story: an event, and its marks.
func told(parts []string) string { return strings.Join(parts, ", and ") }
