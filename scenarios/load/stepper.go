package load

import (
	"context"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/explain/stepper"
	"github.com/paxsim/paxsim/sim/trace"
)

// Of is a run of a scenario that no file holds, under a seed or in calm.
func Of(s *scenarios.Scenario, base trace.Base) *Run {
	r := &Run{Name: s.Name, File: &trace.File{Base: base, Answers: map[string]uint32{}}, Scenario: s, Seed: base.Seed, Answers: &scheduler.Edited{}}
	if base.Calm {
		r.Answers.Base = scheduler.Calm{}
	}
	return r
}

// Stepper begins at the start of the run and goes through it event by event, forwards
// and backwards, as paxsim step does. Families of faults that the scenario has switched
// off everywhere are made possible, so that they can be chosen; nothing comes of them
// until they are. ctx ends what takes long.
func (r *Run) Stepper(ctx context.Context) (*stepper.Stepper, error) {
	given := r.Scenario
	opened, families := stepper.Open(&given.Scenario, r.File.Base.Calm && r.Search == nil)
	text := scenarios.Text(&scenarios.Scenario{Scenario: *opened, Teaches: given.Teaches})
	s, err := stepper.New(ctx, opened, text, r.File.Base, r.Answers.Answers)
	if err != nil {
		return nil, err
	}
	if r.Search != nil {
		s.Search(r.Search.Budget, r.Search.Deferrals)
	}
	s.Opened(&given.Scenario, scenarios.Text(given), families)
	s.From(r.File)
	return s, nil
}
