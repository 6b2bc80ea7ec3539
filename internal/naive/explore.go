package naive

import (
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
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
	again   bool          // it is a copy of a packet that has arrived before
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

// Explore visits all states, the nearest first. It ends at the first violation.
func Explore(s Scope) (Result, error) {
	e, err := newEngine(s)
	if err != nil {
		return Result{}, err
	}
	x := explorer{engine: e, scope: s, seen: map[string]bool{}, result: Result{Whole: true}}
	if err := x.try(nil, step{}); err != nil {
		return x.result, err
	}
	for len(x.queue) > 0 && x.result.Violation == nil {
		p := x.queue[0]
		x.queue = x.queue[1:]
		at, err := x.engine.play(p.steps())
		if err != nil {
			return x.result, err
		}
		for _, next := range at.enabled {
			if err := x.try(p, next); err != nil {
				return x.result, err
			}
			if x.result.Violation != nil || !x.result.Whole {
				break
			}
		}
		if !x.result.Whole {
			break
		}
	}
	x.result.States, x.result.Runs = len(x.seen), e.runs
	return x.result, nil
}

type explorer struct {
	*engine
	scope  Scope
	seen   map[string]bool
	queue  []*path
	result Result
}

// try takes a step from a state, with all answers that its choices have.
func (x *explorer) try(from *path, next step) error {
	depth := 0
	if from != nil {
		depth = from.depth + 1
	}
	for more := true; more; {
		p := &path{from, next, depth}
		at, err := x.engine.play(p.steps())
		if err != nil {
			return err
		}
		p.step.answers = at.answers()
		x.result.Steps++
		key := at.text
		if x.scope.Key != nil {
			key = x.scope.Key(key)
		}
		if !x.seen[key] {
			if x.scope.Most > 0 && len(x.seen) == x.scope.Most {
				x.result.Whole = false
				return nil
			}
			x.seen[key] = true
			x.result.Depth = depth
			x.queue = append(x.queue, p)
		}
		if at.violation != nil {
			x.result.Violation = at.violation
			x.result.Path = x.engine.tell(p.steps())
			return nil
		}
		next.answers, more = at.others()
	}
	return nil
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
	words := e.scope.Scenario.Protocol.Vocabulary()
	for _, s := range steps[1:] {
		text := words.EventText(s.event)
		if s.again {
			text += " again"
		}
		if len(s.answers) > 0 {
			text += fmt.Sprint(" ", s.answers)
		}
		list = append(list, text)
	}
	return list
}
