package stepper

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
)

// Edits are those that are made to a timed run by hand, in the order of their places.
func (s *Stepper) Edits() []faults.Edit { return slices.Clone(s.scenario.Edits) }

// Edit makes an act the next event, and goes to it: "cut 1 2 for 50ms", "pause 3", see
// [sim.Scenario.ParseAct]. Up to here the run stays as it is. What was done by hand
// at later places stays there, one event later. In a searched run nothing takes time,
// and an act is held back events: see [Stepper.Hold]. there says whether anything has
// happened here. An act that cannot be done here is a [*Mistake]; any other error is
// that of the context.
func (s *Stepper) Edit(act string) (there bool, err error) {
	if s.search != nil {
		return s.hold(act)
	}
	if before, until, is := strings.Cut(act, untilWord); is {
		return false, mistake("until %s: in a timed run it is %q that says for how long, or heal ends it: %s for 50ms", strings.TrimSpace(until), "for", strings.TrimSpace(before))
	}
	e, err := s.scenario.ParseAct(act)
	if err != nil {
		return false, mistake("%v", err)
	}
	if e.After = s.At(); e.Heal != "" {
		if e.Heal, err = s.healable(e.Heal); err != nil {
			return false, err
		}
	}
	if err := s.may(&e); err != nil {
		return false, err
	}
	before := s.remember()
	if err := s.setEdits(with(s.scenario.Edits, e)); err != nil {
		return false, err
	}
	if err := s.GoTo(before.at); err != nil {
		return false, err
	}
	s.past = append(s.past, before)
	return s.one(), nil
}

// with is edits with one more among them, in front of those of its place and after.
// Those come an event later.
func with(edits []faults.Edit, e faults.Edit) []faults.Edit {
	i, _ := slices.BinarySearchFunc(edits, e.After, func(x faults.Edit, after uint64) int {
		if x.After < after {
			return -1
		}
		return 1
	})
	list := slices.Insert(slices.Clone(edits), i, e)
	for j := i + 1; j < len(list); j++ {
		list[j].After++
	}
	return list
}

// may says why an edit cannot be done here; nil: it can.
func (s *Stepper) may(e *faults.Edit) error {
	switch {
	case s.over:
		return mistake("the run is over here")
	case len(s.scenario.Edits) >= faults.MaxEdits:
		return mistake("there are %d edits already: no run has more", faults.MaxEdits)
	}
	core := s.Outcome().Core
	spared := func(t *aims.Target) bool {
		return t.Group == aims.Listed && !slices.ContainsFunc(t.IDs, func(id sim.ID) bool { return !slices.Contains(core, id) })
	}
	switch f := &e.Fault; {
	case e.Restart != 0:
		return s.mayRestart(e.Restart)
	case e.Heal != "":
		return nil
	case !f.Pause.IsZero() && spared(&f.Pause), !f.Crash.IsZero() && spared(&f.Crash):
		return mistake("the weather has calmed for a core of actors, and nothing goes wrong in it any more: %s", list(core))
	}
	return nil
}

// mayRestart says why an actor cannot come back here; nil: it can.
func (s *Stepper) mayRestart(id sim.ID) error {
	switch look := s.world.(observe.Inspector).Inspect(id); look.Status {
	case observe.StatusDown:
		return nil
	case observe.StatusGone:
		return mistake("actor %d is down for good: nothing brings it back", id)
	}
	return mistake("actor %d is not down", id)
}

// list is numbers of actors in a line.
func list(ids []sim.ID) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = fmt.Sprint(id)
	}
	return strings.Join(words, ", ")
}

// InForce are the names of the faults that are in force here and can be healed, the
// last that began at the end.
func (s *Stepper) InForce() []string { return s.world.InForce() }

// healable is the whole name of a fault that can be healed here.
func (s *Stepper) healable(name string) (string, error) {
	inForce := s.InForce()
	if slices.Contains(inForce, name) {
		return name, nil
	}
	if act, err := s.scenario.ParseAct(name); err == nil && slices.Contains(inForce, act.Fault.Name) { // written otherwise
		return act.Fault.Name, nil
	}
	if len(inForce) == 0 {
		return "", mistake("nothing is in force here that could be healed")
	}
	return "", mistake("%q is not in force here: heal one of %s", name, strings.Join(inForce, "; "))
}

// setEdits makes the run one of other edits, and goes to before its first event.
func (s *Stepper) setEdits(edits []faults.Edit) error {
	x := *s.scenario
	x.Edits = edits
	world, err := x.Protocol.New(&x)
	if err != nil {
		return mistake("%v", err)
	}
	s.scenario, s.world = &x, world
	world.Observe(&s.seen)
	s.restart()
	return nil
}
