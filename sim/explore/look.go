package explore

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/plain"
)

// look is one look.
type look struct {
	Options
	ctx      context.Context
	w        *walker
	group    []plain.Renaming
	seen     visited
	frontier blocks
	parents  parents
	firsts   []uint32               // of the first worlds: what is spent in each, and who may crash
	acts     *byActions             // nil: the look is not by actions
	actions  func() observe.Actions // those of a run
	batch    batch
	mine     part   // the part that one worker expands alone
	ahead    int    // worlds that it has taken from the frontier, and not expanded yet
	current  uint32 // the number of the world that is gone on from
	level    int    // its depth
	steps    int
	decided  bool
	limit    string
	broken   *sim.Violation
	brokeAt  int // the step of the current world in which it did
	worked   int // what it had done when it looked at the clock last
}

// run looks, from the start on.
func (x *look) run(start *sim.Start) (Result, error) {
	w := x.w
	w.take, w.push, w.fault = x.take, x.push, x.fault
	first, err := w.first(start)
	if err != nil {
		return Result{}, err
	}
	if x.broken = start.Broken; x.broken == nil {
		w.weigh(first, w.sums)
		if err := w.fixed(); err != nil {
			return Result{}, err
		}
		if w.order != nil {
			w.foretell(true, x.group)
		}
		x.all(first)
	}
	if w.err != nil {
		return Result{}, w.err
	}
	r := Result{Progress: x.progress(), Scope: w.scope, Limit: x.limit, Decided: x.decided, Calls: w.m.Calls(), Group: w.g, Dead: x.Dead, Order: w.order != nil, Broken: x.broken}
	if x.acts != nil {
		r.Actions = x.acts.cost
	}
	if w.order != nil {
		r.Decided = r.Decided || w.order.decides
	}
	switch {
	case x.broken != nil:
		r.Verdict = Violated
		if !x.DepthFirst && start.Broken == nil {
			r.Path, err = x.path(first)
		}
	case x.limit != "":
		r.Verdict = NotExhausted
	default:
		r.Verdict = Held
	}
	return r, err
}

// all looks at all worlds.
func (x *look) all(first []uint32) {
	switch {
	case x.Actions:
		x.seen.add(least(x.w.sums))
		x.firsts = append(x.firsts, first[x.w.crashesAt()])
		x.byActions(first)
	case x.DepthFirst:
		x.begins(first)
		x.depthFirst()
	default:
		x.begins(first)
		x.breadthFirst()
	}
}

// begins keeps the first worlds: one for each choice of who may crash.
func (x *look) begins(first []uint32) {
	w := x.w
	for choice := range w.prophecy.choices {
		if x.States > 0 && x.seen.count >= x.States {
			x.limit = "states"
			break
		}
		first[w.crashesAt()] = uint32(choice * w.prophecy.numbers)
		if w.weigh(first, w.sums); !x.seen.add(least(w.sums)) {
			continue // actors that play the same part
		}
		x.firsts = append(x.firsts, first[w.crashesAt()])
		x.parents.add(0, 0)
		x.frontier.push(first)
	}
	first[w.crashesAt()] = 0
}

// depthFirst goes on from the world that was found last.
func (x *look) depthFirst() {
	var world []uint32
	for x.frontier.count > 0 {
		world = x.frontier.pop(world)
		x.w.expand(world, &x.seen)
		if x.ends() {
			return
		}
		x.current++
	}
}

// ends says whether the look is over after the current world, and tells of progress.
func (x *look) ends() bool {
	return x.stopped() || x.current%1024 == 0 && x.told()
}

// stopped says whether an error, a violation or a limit has ended the look.
func (x *look) stopped() bool {
	if x.Memory > 0 && x.w.more() {
		x.mayGrow(0)
	}
	return x.w.err != nil || x.broken != nil || x.limit != ""
}

// told tells of progress, and says whether somebody or the time has ended the look.
func (x *look) told() bool {
	return x.due() && x.over()
}

// over looks at the clock and at interrupts now, due or not, and reports progress.
func (x *look) over() bool {
	switch {
	case x.ctx.Err() != nil:
		x.limit = "interrupt"
	case !x.until.IsZero() && time.Now().After(x.until):
		x.limit = "time"
	}
	if x.Progress != nil {
		x.Progress(x.progress())
	}
	return x.limit != ""
}

func (x *look) progress() Progress {
	return Progress{States: x.seen.count, Steps: x.steps, Depth: x.level, Frontier: x.frontier.count + x.ahead + x.acts.frontier(), Bytes: x.bytes()}
}

// bytes is what the look takes in memory, by its own account. What is used again for each
// batch, a few megabytes, is left out: so the account is the same for any number of workers.
func (x *look) bytes() int {
	return x.seen.bytes() + x.frontier.bytes() + x.parents.bytes() + x.w.bytes() + x.acts.bytes() + x.w.order.bytes()
}

// take counts a step to a world with this fingerprint, and says whether that world is new.
func (x *look) take(f plain.Sum, decides bool) bool {
	x.steps++
	x.decided = x.decided || decides
	if x.limit != "" || x.broken != nil {
		return false
	}
	if x.Memory > 0 {
		if n := x.seen.grows(f); n > 0 && !x.mayGrow(n) {
			return false
		}
	}
	if x.States > 0 && x.seen.count >= x.States || int64(x.seen.count) == math.MaxUint32 {
		if x.seen.has(f) {
			return false
		}
		x.limit = "states"
		return false
	}
	return x.seen.add(f)
}

// mayGrow says whether there is memory for so many bytes more.
func (x *look) mayGrow(n int) bool {
	if x.Memory > 0 && x.bytes()+n > x.Memory {
		x.limit = "memory"
		return false
	}
	return true
}

// push keeps a world to go on from.
func (x *look) push(world []uint32) {
	if len(world) > mostNumbers {
		x.w.err = fmt.Errorf("explore: a world with more than %d packets on their way", mostNumbers)
		return
	}
	if !x.frontier.fits(len(world)) && !x.mayGrow(blockBytes) {
		return
	}
	x.frontier.push(world)
	if x.DepthFirst {
		return
	}
	if x.parents.full() && !x.mayGrow(parentsBlock) {
		return
	}
	x.parents.add(x.current, x.w.at)
}

// fault notes that an invariant breaks in a step.
func (x *look) fault(broken uint32) {
	x.steps++
	if x.broken == nil {
		x.broken, x.brokeAt = x.w.broken[broken], x.w.at
	}
}

// first is the world in which all have started, and all has been handled that is handled
// at once.
func (w *walker) first(start *sim.Start) ([]uint32, error) {
	var world []uint32
	for _, l := range start.Locals[1:] {
		w.meetLocal(l)
		world = append(world, l)
	}
	w.meetHistory(start.History)
	world = append(world, start.History, 0)
	var queue []uint32
	for _, p := range start.Sent {
		w.meetPacket(p)
		if w.instant(p) {
			queue = append(queue, p)
		} else {
			world = w.leave(world, p)
		}
	}
	if len(queue) == 0 {
		return world, nil
	}
	w.settle(0, make([]uint32, len(world)+len(queue)+1), world, queue, &candidate{hop: noHop, arrived: -1})
	if len(w.list) != 1 || w.list[0].after&isBroken != 0 {
		return nil, fmt.Errorf("what actors send at their start is handled at once, and leads to %d worlds: expected 1", len(w.list))
	}
	return slices.Clone(w.arena), nil
}
