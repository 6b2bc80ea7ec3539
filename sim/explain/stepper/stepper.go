// Package stepper goes through a run event by event, forwards and backwards, and
// answers by hand what chance would answer.
//
//	Stepper --Next--> sim.Runner
//	   |                 ^ answers: base, and those chosen
//	   +-- GoTo, Answer, Edit, Take, Undo: the same run again, from its start
//
// A run is its answers, in the timed engine the edits made by hand as well, and in the
// searched engine what is held back. A step
// back is the run made again up to the event before. An answer chosen or an event
// taken is the run made again with it. So none is ever off by anything.
package stepper

import (
	"context"
	"maps"
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// Stepper is a run and a place in it. The place is after an event; before the first
// it is event 0. The zero Stepper is not usable: see [New].
type Stepper struct {
	ctx      context.Context
	scenario *sim.Scenario
	text     string // of the scenario, as a run file holds it
	world    sim.Runner
	base     trace.Base
	answers  map[scheduler.Key]uint32
	search   *searching // nil: the run is a timed one

	given     *sim.Scenario // what scenario was before it was opened; nil: it was not
	givenText string
	families  []string                 // that were opened
	opened    []string                 // how their choices begin
	calmed    map[scheduler.Key]uint32 // choices of these that the seed would not have answered with 0
	from      *trace.File              // the file whose run it is, if nothing is changed; or nil

	edited *scheduler.Edited
	asked  scheduler.Recording // the choices of the event under way
	seen   trace.Recorder      // its entries
	step   trace.Step          // the last event
	over   bool
	past   []past
}

// New begins at the start of a run of a scenario. text is that of the scenario as a run
// file holds it; "" if no file is to be made. answers are those that are chosen already;
// nil: none. ctx ends what takes long: see [Stepper.Err]. The error is that of the
// protocol, which may refuse the scenario.
func New(ctx context.Context, scenario *sim.Scenario, text string, base trace.Base, answers map[scheduler.Key]uint32) (*Stepper, error) {
	world, err := scenario.Protocol.New(scenario)
	if err != nil {
		return nil, err
	}
	s := &Stepper{ctx: ctx, scenario: scenario, text: text, world: world, base: base, answers: maps.Clone(answers)}
	if s.answers == nil {
		s.answers = map[scheduler.Key]uint32{}
	}
	world.Observe(&s.seen)
	s.restart()
	return s, nil
}

// restart goes back to before the first event.
func (s *Stepper) restart() {
	s.edited = &scheduler.Edited{Answers: s.answers}
	if s.base.Calm {
		s.edited.Base = scheduler.Calm{}
	}
	s.calmed = map[scheduler.Key]uint32{}
	s.asked = scheduler.Recording{Base: unmoved{s}, List: s.asked.List[:0]}
	s.seen.Reset()
	s.step, s.over = trace.Step{}, false
	if s.search != nil {
		s.search.hand.deferrals = s.search.deferrals
	}
	s.world.Reset(s.base.Seed, &s.asked)
}

// Scenario is what the run is of: the opened one, if it was opened. An edit makes
// another.
func (s *Stepper) Scenario() *sim.Scenario { return s.scenario }

// Families are the families of faults that were opened: made possible, and left to be
// chosen by hand.
func (s *Stepper) Families() []string { return slices.Clone(s.families) }

// Under makes another context end what takes long. Whoever keeps a stepper between two
// calls of somebody else gives it the context of each.
func (s *Stepper) Under(ctx context.Context) { s.ctx = ctx }

// Base is what answers the choices for which no answer is chosen.
func (s *Stepper) Base() trace.Base { return s.base }

// World is the world of the run, to be asked. A caller that makes it go on breaks the
// stepper. An edit makes another.
func (s *Stepper) World() sim.Runner { return s.world }

// At is the number of the last event that the stepper has gone through.
func (s *Stepper) At() uint64 { return s.world.Outcome().Events }

// Now is the virtual time there.
func (s *Stepper) Now() sim.Time { return s.step.Event.At }

// Over says whether the run has ended there.
func (s *Stepper) Over() bool { return s.over }

// Step is the last event, and what happened during it; before the first it is the
// zero Step. It is good until the stepper moves.
func (s *Stepper) Step() trace.Step { return s.step }

// Asked is what the last event asked of chance; before the first, what the run
// asked at its start. It is good until the stepper moves.
func (s *Stepper) Asked() []scheduler.Asked { return s.asked.List }

// Upcoming lists what waits to happen, in the order in which it will if nothing comes
// between. In a searched run any of it may be next, see [Stepper.Take]. At the end
// nothing waits.
func (s *Stepper) Upcoming() []observe.Entry {
	if f, ok := s.world.(observe.Upcoming); ok && !s.over {
		return f.Foresee()
	}
	return nil
}

// Outcome is the state of the run so far. What it points to is good until the stepper
// moves.
func (s *Stepper) Outcome() sim.Outcome { return s.world.Outcome() }

func (s *Stepper) words() *sim.Vocabulary { return s.scenario.Protocol.Vocabulary() }
