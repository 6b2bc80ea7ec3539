package story

import (
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/observe"
)

// schedule is a run as a list of the events that happen in it. All else that could happen
// never does, except what happens by itself: everybody starts, saves are done, and an
// actor that crashed between two events comes back.
type schedule struct {
	steps []step
	given map[scheduler.Key]uint32 // answers about faults of the scenario, which no step has; nil: none
}

// step is an event that is to happen.
type step struct {
	id    int           // which step it is, however many others are cut out
	cause int           // the id of the step that it follows from; 0: none
	name  scheduler.Key // what it is, see nameOf
	round ids.Round     // of its message, when the find was recorded; 0: none
	marks []mark        // what else is to be answered differently from calm, until the next step
	slow  bool          // the saves that begin until the next step are done only when a step says so
}

// mark is the answer to a question that is asked from a step on and before the next.
type mark struct {
	ask    scheduler.Key // the question, without its count, see askOf
	nth    int           // of those questions, from 1
	answer uint32        // never 0, which is calm
}

// nameOf is the key of an event without what numbers it: two messages of one kind from
// one actor to another have one name.
func nameOf(k scheduler.Key) scheduler.Key {
	switch what := observe.WhatOf(k); what {
	case observe.Delivered, observe.TimedOut:
		return k &^ scheduler.MaxCount
	case observe.Asked:
		return k.WithFrom(0)
	case observe.FaultBegins, observe.FaultEnds:
		fault := k.Count()
		if from := k.From(); from != 0 {
			fault = uint32(from) - 1
		}
		return scheduler.MakeKey(k.What(), 0, 0, 0, fault)
	default:
		return scheduler.MakeKey(k.What(), 0, 0, k.To(), 0)
	}
}

// askOf is the key of a question without what numbers it. Whether an actor crashes
// after a message, a request or an alarm is one question: the step says after what.
func askOf(k scheduler.Key) scheduler.Key {
	switch what := k.What(); {
	case what >= chance.CrashIdle && what < chance.CrashOwn:
		return scheduler.MakeKey(chance.CrashOwn, 0, k.To(), 0, 0)
	default:
		return k &^ scheduler.MaxCount
	}
}

// ofWorld says whether a question is about the world as a whole, and not about what an
// actor does. Such questions are faults by chance, and which actor is asked.
func ofWorld(k scheduler.Key) bool {
	switch what := k.What(); what {
	case chance.Gap, chance.Spell, chance.Victim, chance.Side, chance.Core, chance.Leader, chance.Pick, chance.Bias, chance.When:
		return true
	}
	return false
}

// crashes says whether a question is whether an actor crashes.
func crashes(ask scheduler.Key) bool {
	switch ask.What() {
	case chance.Crash, chance.CrashSave, chance.CrashDecide, chance.CrashAnswer, chance.CrashOwn:
		return true
	}
	return false
}

// copies says whether a question is whether a message is doubled.
func copies(ask scheduler.Key) bool {
	what := ask.What()
	return what >= chance.Doubled && what < chance.Delay
}

// size is how much there is to a schedule: its steps and its marks. Marks that only make a
// copy do not count, because the copy is a step of its own.
func (s *schedule) size() int {
	n := len(s.steps) + len(s.given)
	for i := range s.steps {
		for _, m := range s.steps[i].marks {
			if !copies(m.ask) {
				n++
			}
		}
		if s.steps[i].slow {
			n++
		}
	}
	return n
}

// count is how many marks of some kind there are.
func (s *schedule) count(is func(ask scheduler.Key) bool) (n int) {
	for i := range s.steps {
		for _, m := range s.steps[i].marks {
			if is(m.ask) {
				n++
			}
		}
	}
	return n
}

// without is the schedule without some of its steps.
func (s *schedule) without(out func(i int, x *step) bool) *schedule {
	c := &schedule{given: s.given, steps: make([]step, 0, len(s.steps))}
	for i := range s.steps {
		if !out(i, &s.steps[i]) {
			c.steps = append(c.steps, s.steps[i])
		}
	}
	return c
}

// edited is the schedule with its steps changed. Marks are to be replaced, not written
// to.
func (s *schedule) edited(edit func(i int, x *step)) *schedule {
	c := &schedule{given: s.given, steps: slices.Clone(s.steps)}
	for i := range c.steps {
		edit(i, &c.steps[i])
	}
	return c
}

// concerns says whether a step is about an actor.
func (x *step) concerns(id ids.ID) bool {
	if ids.ID(x.name.To()) == id {
		return true
	}
	return observe.WhatOf(x.name) == observe.Delivered && ids.ID(x.name.From()) == id
}

// hardly is the least chance there is, one in 10^9: enough for a choice to be asked.
const hardly scheduler.Probability = 1
