package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/explore"
)

// least is how few actions a violation takes within a scope.
type least struct {
	rung    *rung
	actions int
	proved  bool // that many are enough; else no way has fewer
	none    bool // nothing breaks in the scope
	note    string
}

// lookByActions looks for the ways with the fewest actions: to the first invariant that
// breaks, and to two values. It does so in the scope in which the way with the fewest events
// has the fewest actions; if there is none, in that of the story that is kept.
func (r *row) lookByActions(ctx context.Context, o *options) (err error) {
	if r.leastFirst, err = r.leastOf(ctx, r.first, o, false); err != nil || !r.Splits || !o.agreement {
		return err
	}
	r.leastAgreement, err = r.leastOf(ctx, r.agreement, o, true)
	return err
}

// leastOf is the least number of actions within the scope of the best of some cells.
func (r *row) leastOf(ctx context.Context, among []cell, o *options, alone bool) (*least, error) {
	c := best(among)
	x := &least{rung: &ladder[len(ladder)-1]}
	if c != nil {
		x.rung = c.rung
	}
	for i := range among {
		if d := &among[i]; c != nil && d.inline && d.verdict == explore.Violated && d.actions == c.actions {
			x.rung = d.rung // there are fewer worlds
			break
		}
	}
	s, scope, err := x.rung.of(&r.Mutant, o)
	if err != nil {
		return nil, err
	}
	watched := *s
	watched.Invariants = nil
	if alone {
		watched.Invariants = []string{paxos.Agreement}
	}
	begun := time.Now()
	got, err := explore.Check(ctx, &watched, scope, explore.Options{Actions: true, States: o.actions, Memory: o.limit.Memory, For: o.limit.For})
	switch {
	case err != nil:
		x.note = err.Error()
	case got.Limit == "interrupt":
		return nil, ctx.Err()
	default:
		x.actions, x.proved, x.none = got.Actions, got.Verdict == explore.Violated, got.Verdict == explore.Held
	}
	if !o.quiet {
		fmt.Fprintf(os.Stderr, "%-22s %-22s by actions %-12s %9d worlds, %v %s\n", r.Name, x.rung.name, x.String(), got.States, time.Since(begun).Round(time.Millisecond), x.note)
	}
	return x, nil
}

// String is what the table has: the least number; how many are too few; or that nothing breaks.
func (x *least) String() string {
	switch {
	case x == nil, x.note != "":
		return "–"
	case x.proved:
		return fmt.Sprintf("**%d**", x.actions)
	case x.none:
		return "none"
	}
	return fmt.Sprintf("> %d", x.actions-1)
}

// actionsTable is how few actions each mutant takes, and in which scope.
func actionsTable(rows []row) string {
	var b strings.Builder
	line(&b, []string{"mutant", "alias", "known", "first", "in", "known", "two values", "in", "par"})
	line(&b, []string{":--", ":--", "--:", "--:", ":--", "--:", "--:", ":--", "--:"})
	for i := range rows {
		r := &rows[i]
		if r.leastFirst == nil {
			continue
		}
		cells := []string{r.Name, aliasOf(r.Mutant), orDash(r.known.first), r.leastFirst.String(), r.leastFirst.rung.name, "–", "–", "–", "–"}
		if x := r.leastAgreement; x != nil {
			copy(cells[5:], []string{orDash(r.known.agreement), x.String(), x.rung.name, fmt.Sprint(r.Par)})
		}
		line(&b, cells)
	}
	return b.String()
}
