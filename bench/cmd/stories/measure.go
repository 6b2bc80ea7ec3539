package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/paxsim/paxsim/bench/clock"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/story"
)

// groundOf is the hunting ground of a mutant, with proposals sent to all and one
// invariant watched.
func groundOf(mutant, invariant string) ([]campaign.Variant, error) {
	list, err := scenarios.Ground(scenarios.Mutant(mutant), scenarios.Set("paxos.fan_out=all"), scenarios.Set("invariants=["+invariant+"]"))
	if err != nil {
		return nil, err
	}
	var ground []campaign.Variant
	for _, g := range list {
		ground = append(ground, campaign.Variant{Scenario: &g.Scenario.Scenario, Weight: g.Weight})
	}
	return ground, nil
}

// find is one find, before and after.
type find struct {
	before, after story.Size
	work          story.Work
	took          time.Duration // of a processor
}

// measure hunts and shrinks. It keeps the shortest story: the first of those.
func (r *row) measure(ctx context.Context, ground []campaign.Variant, o *options) error {
	for k := range uint64(o.finds) {
		h := &campaign.Hunt{Ground: ground, Strategies: campaign.Strategies(), Budget: campaign.UsualBudget(),
			First: 1 + k<<32, Runs: o.runs, StopAtFirst: true, Workers: 2}
		e, err := h.Run(ctx)
		switch {
		case err != nil:
			return err
		case len(e.Finds) == 0:
			r.none++
			continue
		}
		if err := r.shrink(ctx, ground, &e.Finds[0].First, o); err != nil {
			return fmt.Errorf("hunt %d: %w", k, err)
		}
	}
	return nil
}

// shrink makes a story of a failure, and counts it.
func (r *row) shrink(ctx context.Context, ground []campaign.Variant, failure *campaign.Failure, o *options) error {
	i := slices.IndexFunc(ground, func(v campaign.Variant) bool { return v.Name == failure.Variant })
	f, err := story.Of(ground[i].Scenario, failure.File)
	if err != nil {
		return err
	}
	begun := clock.Used()
	st, work, err := story.Shrink(ctx, f, story.Options{Cap: o.cap})
	took := clock.Used() - begun
	if err != nil {
		return err
	}
	p, err := st.Play(ctx)
	switch {
	case err != nil:
		return err
	case p.Outcome.Violation == nil || p.Outcome.Violation.Invariant != r.invariant:
		return errors.New("its story breaks something else")
	}
	after := story.Size{Events: p.Outcome.Events, Actions: p.Actions, Actors: st.Scenario.Actors}
	r.finds = append(r.finds, find{work.Before, after, work, took})
	if r.best == nil || shorter(after, r.size) {
		r.best, r.size = st, after
	}
	return nil
}

// shorter compares by actions, then events, then actors.
func shorter(a, b story.Size) bool {
	return cmp.Or(cmp.Compare(a.Actions, b.Actions), cmp.Compare(a.Events, b.Events), cmp.Compare(a.Actors, b.Actors)) < 0
}
