package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explore"
)

// cell is what has come of a mutant within a scope.
type cell struct {
	rung    *rung
	verdict explore.Verdict
	inline  bool
	decided bool
	states  int
	depth   int

	events  int // of a shortest way to a violation
	actions int // in it, as a story; 0: no story can tell it
	broken  string
	note    string
}

// mostAlike is with how many actors symmetry is worth its while.
const mostAlike = 5

// measure looks at a scenario within a scope. A violation is played once more as a story,
// on the searched engine, and must break the same there.
func measure(ctx context.Context, s *sim.Scenario, scope sim.Scope, limit explore.Options, alone bool) (cell, error) {
	watched := *s
	watched.Invariants = nil
	if alone {
		watched.Invariants = []string{paxos.Agreement}
	}
	limit.Symmetry, limit.Dead, limit.Order = s.Actors <= mostAlike, true, true
	r, err := explore.Check(ctx, &watched, scope, limit)
	if errors.Is(err, explore.ErrNotAlike) { // the actors of some mutants are not as alike as those of Paxos
		limit.Symmetry = false
		r, err = explore.Check(ctx, &watched, scope, limit)
	}
	if err != nil {
		return cell{}, err
	}
	if r.Limit == "interrupt" {
		return cell{}, ctx.Err()
	}
	c := cell{verdict: r.Verdict, inline: scope.Inline, decided: r.Decided, states: r.States, depth: r.Depth}
	if r.Verdict != explore.Violated {
		return c, nil
	}
	c.events, c.broken = len(r.Path), r.Broken.Invariant
	st, err := r.Story(&watched)
	if err != nil {
		c.note = err.Error()
		return c, nil
	}
	p, err := st.Play(ctx)
	switch {
	case err != nil:
		c.note = fmt.Sprintf("%q: %v", st.Lines, err)
		return c, nil
	case p.Outcome.Violation == nil || p.Outcome.Violation.Invariant != c.broken:
		return c, fmt.Errorf("the story of %q does not break %s", st.Lines, c.broken)
	}
	c.actions = p.Actions
	return c, nil
}

// String is what the table has: actions and events of a shortest way; how many steps deep
// there is none; or that there is none.
func (c *cell) String() string {
	switch {
	case c.verdict == explore.Violated && c.actions > 0:
		return fmt.Sprintf("**%d** / %d", c.actions, c.events)
	case c.verdict == explore.Violated:
		return fmt.Sprintf("**?** / %d", c.events)
	case c.verdict == explore.NotExhausted:
		return fmt.Sprintf("> %d", c.depth)
	case c.inline:
		return "(none)"
	case !c.decided:
		return "never decides"
	}
	return "none"
}
