package naive

import (
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
)

// path is how a state was reached: its last step, and the state before.
type path struct {
	before *path
	step   step
	depth  int
}

// step is what was picked, and what the choices answered that were asked in it.
type step struct {
	event   scheduler.Key // 0: the beginning, in which everybody starts
	packet  string        // that arrives; "": none does
	again   bool          // it is a copy of a packet that has arrived before
	stays   bool          // a copy of it stays on its way
	answers []uint32
}

// steps lists the steps of a path from the beginning.
func (p *path) steps() []step {
	list := make([]step, p.depth+1)
	for ; p != nil; p = p.before {
		list[p.depth] = p.step
	}
	return list
}

// Explore visits all states of a scenario within a scope, the nearest first. It ends at
// the first violation.
func Explore(s *sim.Scenario, scope sim.Scope, o Options) (Result, error) {
	e, err := newEngine(s, scope, o)
	if err != nil {
		return Result{}, err
	}
	x := explorer{engine: e, seen: map[string]bool{}}
	x.result.Whole = true
	err = x.visit()
	x.result.States, x.result.Runs = len(x.seen), e.runs
	return x.result, err
}

type explorer struct {
	*engine
	seen   map[string]bool
	queue  []*path
	result Result
}

// visit visits all states, until one is broken or there are too many.
func (x *explorer) visit() error {
	if err := x.try(nil, nil, step{}); err != nil {
		return err
	}
	for len(x.queue) > 0 && x.result.Violation == nil && x.result.Whole {
		p := x.queue[0]
		x.queue = x.queue[1:]
		at, err := x.play(p.steps())
		if err != nil {
			return err
		}
		for _, next := range at.enabled {
			if err := x.try(p, &at, next); err != nil {
				return err
			}
			if x.result.Violation != nil || !x.result.Whole {
				break
			}
		}
	}
	return nil
}

// try takes a step from a state, with all answers that its choices have.
func (x *explorer) try(from *path, before *place, next step) error {
	p := &path{before: from, step: next}
	if from != nil {
		p.depth = from.depth + 1
	}
	for more := true; more; {
		at, err := x.play(p.steps())
		if err != nil {
			return err
		}
		p.step.answers = at.answers()
		if !at.isSame(before, x.scope.Network, next) {
			x.result.Steps++
			x.reach(p, &at)
		}
		if at.violation != nil || !x.result.Whole {
			return nil
		}
		p = &path{before: from, step: next, depth: p.depth}
		p.step.answers, more = at.others()
	}
	return nil
}

// reach notes that a path leads to a state.
func (x *explorer) reach(p *path, at *place) {
	if at.violation != nil {
		x.result.Violation, x.result.Path, x.result.Depth = at.violation, x.tell(p.steps()), p.depth
		return
	}
	key := at.text()
	if x.options.Key != nil {
		key = x.options.Key(key)
	}
	switch {
	case x.seen[key]:
	case x.options.Most > 0 && len(x.seen) == x.options.Most:
		x.result.Whole = false
	default:
		x.seen[key] = true
		x.result.Depth = p.depth
		x.queue = append(x.queue, p)
	}
}

// others is the next list of answers to the choices of the last step, in the manner of
// an odometer; false: all were tried.
func (a *place) others() ([]uint32, bool) {
	for i := len(a.asked) - 1; i >= 0; i-- {
		if c := a.asked[i]; c.answer+1 < c.outcomes {
			list := a.answers()[:i+1]
			list[i]++
			return list, true
		}
	}
	return nil, false
}

// answers are those of the last step.
func (a *place) answers() (list []uint32) {
	for _, c := range a.asked {
		list = append(list, c.answer)
	}
	return list
}

// tell lists the steps of a path in words.
func (e *engine) tell(steps []step) (list []string) {
	words := e.scenario.Protocol.Vocabulary()
	for _, s := range steps[1:] {
		text := words.EventText(s.event)
		if s.again {
			text += " again"
		}
		if s.stays {
			text += " and stays"
		}
		if len(s.answers) > 0 {
			text += fmt.Sprint(" ", s.answers)
		}
		list = append(list, text)
	}
	return list
}
