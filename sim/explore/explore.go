package explore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/plain"
)

// Options say how to look. The zero Options look breadth first, without limits and
// without a reduction.
type Options struct {
	DepthFirst bool // keep no way to each world: less memory, and no counterexample but its last step
	Actions    bool // the shortest way by actions of the protocol, not by events. Not with DepthFirst, Depth and Symmetry
	Symmetry   bool // worlds that differ in the names of interchangeable actors and values count as one
	Dead       bool // worlds that differ only in what nobody will ever use count as one, see [sim.Spec].Fade
	Order      bool // of events that may come in either order without a difference, one order is looked at

	Workers int // how many expand worlds at the same time; 0: one. Nothing that is found depends on it. Depth first, one does

	Memory int           // bytes that it may take, by its own account; 0: any number
	States int           // worlds that it may look at; 0: likewise
	Depth  int           // steps from the start that it may go; 0: likewise. Not with DepthFirst
	For    time.Duration // 0: likewise

	Progress func(Progress) // called now and then; nil: never

	until time.Time                       // zero: for any time
	met   func(w *walker, world []uint32) // for tests: called for each world, with one worker; nil: never
}

// Progress is how far a look has come.
type Progress struct {
	States   int
	Steps    int // from a world to one after it, whether or not that was known
	Depth    int // of the worlds that are gone on from; 0 where worlds are looked at depth first
	Frontier int // worlds to go on from
	Bytes    int // by its own account
}

// Verdict is what has come of a look.
type Verdict uint8

// The verdicts.
const (
	Held         Verdict = iota + 1 // all worlds of the scope were looked at, and nothing is broken
	Violated                        // an invariant breaks
	NotExhausted                    // a limit came first, or an interrupt: nothing is proved
)

// Result is what has come of a look.
type Result struct {
	Progress
	Scope   sim.Scope
	Verdict Verdict
	Limit   string   // which limit came first: "states", "memory", "depth", "time" or "interrupt"; "": none
	Decided bool     // somebody decides in one of the worlds
	Calls   int      // distinct calls of handlers
	Group   int      // how many renamings there are under which worlds count as one; 1: none but itself
	Dead    bool     // worlds that differ only in dead state counted as one
	Order   bool     // of events that may come in either order, one order was looked at
	Without []string // reductions that were asked for and that could not be used, each with the reason

	Broken *sim.Violation
	// Actions is, of a look by them, that of the way to a violation; else how many each
	// violation there may still be has at least.
	Actions int

	Path []Step // of a violation: a shortest list of events that lead to it; nil: it was looked at depth first
}

// Check looks at all worlds of a scenario within a scope. It is an error if the protocol
// cannot be looked at so.
func Check(ctx context.Context, s *sim.Scenario, scope sim.Scope, o Options) (Result, error) {
	if o.DepthFirst && o.Depth > 0 {
		return Result{}, fmt.Errorf("a limit on depth goes with breadth first alone: depth first, a world may be found on a long way first")
	}
	if o.Actions && (o.DepthFirst || o.Depth > 0 || o.Symmetry) {
		return Result{}, fmt.Errorf("a look by actions goes without symmetry, breadth first and without a limit on depth")
	}
	if o.Actions && s.Invariants != nil && len(s.Invariants) == 0 {
		return Result{}, fmt.Errorf("a look by actions needs an invariant that can break")
	}
	group := make([]plain.Renaming, 1)
	if o.Symmetry {
		group = Group(s, &scope)
	}
	var without []string
	if why := unordered(&scope, &o); o.Order && why != "" {
		o.Order, without = false, []string{"order: " + why}
	}
	if o.For > 0 {
		o.until = time.Now().Add(o.For)
	}
	r, err := check(ctx, s, scope, o, group)
	if fade := (*sim.FadeError)(nil); errors.As(err, &fade) {
		o.Dead, without = false, append(without, "dead: "+fade.Text)
		r, err = check(ctx, s, scope, o, group)
	}
	r.Without = without
	return r, err
}

// unordered says why order cannot be used; "": it can.
func unordered(scope *sim.Scope, o *Options) string {
	switch {
	case o.Actions:
		return "the shortest way by actions is looked for in every order"
	case scope.Network == sim.InOrder:
		return "a message that is postponed would hold up those behind it"
	case len(scope.Instant) > 0, scope.Inline:
		return "it is for messages that are not handled at once"
	}
	return ""
}

// check is Check with the reductions that are tried.
func check(ctx context.Context, s *sim.Scenario, scope sim.Scope, o Options, group []plain.Renaming) (Result, error) {
	m, err := s.Protocol.Model(s, scope, group, o.Dead)
	if err != nil {
		return Result{}, err
	}
	start, err := m.Start()
	if err != nil {
		return Result{}, err
	}
	x := &look{Options: o, ctx: ctx, group: group, actions: func() observe.Actions { return s.Protocol.Actions(s) }}
	x.w = newWalker(newMemo(m, scope, s.Actors, len(group)))
	x.w.room = x.mayGrow
	x.w.met = o.met
	if o.Order {
		x.w.order = newOrder(x.w)
	}
	return x.run(&start)
}
