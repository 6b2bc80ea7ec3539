// Package condition reads what a person looks for in a run, in words of its protocol:
// "actor 2 decides", "Accept lost from 1 to 3", "agreement breaks".
package condition

import (
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// condition says whether a step is the one that is looked for.
type condition func(trace.Step) bool

// Parse reads a condition in the words of a scenario's protocol, in any case of letters.
// It returns a function that says whether a step is the one that is looked for. [Grammar]
// lists what a condition can be. The error says in a line what was expected, and the
// nearest right word.
func Parse(s *sim.Scenario, text string) (func(trace.Step) bool, error) {
	r := &reader{scenario: s, words: strings.Fields(text)}
	c := r.condition()
	if len(r.words) > 0 {
		r.fail("expected the end", nil)
	}
	if r.err != nil {
		return nil, r.err
	}
	return c, nil
}

// condition reads a whole condition.
func (r *reader) condition() condition {
	protocol := r.scenario.Protocol.Vocabulary()
	var names []string
	for _, i := range r.scenario.Protocol.Invariants() {
		names = append(names, i.Name)
	}
	kinds := slices.DeleteFunc(slices.Clone(protocol.Messages), func(w string) bool { return w == "" })
	if kind, ok := r.take(protocol.Messages...); ok {
		return r.message(uint8(kind))
	}
	if _, ok := r.take("actor"); ok {
		return r.does(r.actor())
	}
	if _, ok := r.take("anybody"); ok {
		return r.does(0)
	}
	if _, ok := r.take("action"); ok {
		actions := r.scenario.Protocol.Actions(r.scenario)
		return func(s trace.Step) bool {
			is := actions.IsAction(s.Event)
			for _, e := range s.Effects {
				is = actions.IsAction(e) || is
			}
			return is
		}
	}
	if _, ok := r.take("chosen"); ok {
		return func(s trace.Step) bool {
			return has(s, func(e observe.Entry) bool { return e.What == observe.BecameChosen })
		}
	}
	if i, ok := r.take(append(names, "anything")...); ok {
		if _, ok := r.take("breaks"); !ok {
			r.fail("expected breaks", []string{"breaks"})
		}
		return func(s trace.Step) bool {
			return has(s, func(e observe.Entry) bool {
				v, ok := e.Said.(sim.Violation)
				return ok && (i == len(names) || v.Invariant == names[i])
			})
		}
	}
	if c := r.deed(0); c != nil {
		return c
	}
	r.fail("expected a message ("+strings.Join(kinds, ", ")+"), actor N, anybody, what somebody does, action, chosen, or an invariant",
		slices.Concat(kinds, []string{"actor", "anybody", "action", "chosen", "anything"}, r.deeds(), names))
	return nil
}

// has says whether a step holds an entry, the event itself or an effect.
func has(s trace.Step, is func(observe.Entry) bool) bool {
	return is(s.Event) || slices.ContainsFunc(s.Effects, is)
}
