package play

import (
	"errors"
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/explain/stepper"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
)

// edit does something at the place of the page: "pause 3", for so many ticks; 0: until it
// is healed.
func (r *run) edit(act string, ticks int64, reply *Reply) error {
	if ticks < 0 || ticks > int64(sim.MaxTime) {
		return mistake("it cannot last for %d ticks", ticks)
	}
	written, said := act, act
	if ticks > 0 {
		written += fmt.Sprintf(" for %dus", say.Micros(r.scenario(), sim.Time(ticks)))
		said += " for " + say.Span(r.scenario(), sim.Time(ticks))
	}
	if _, err := r.step.Edit(written); err != nil {
		return err
	}
	reply.Event, reply.Said = r.step.At(), "done by hand: "+said
	return nil
}

// edited is an edit in a sentence, with its time as the page writes times.
func (r *run) edited(e faults.Edit) string {
	lasts := ""
	if f := e.Fault.For; f != nil {
		e.Fault.For, lasts = nil, " for "+say.Span(r.scenario(), f.Min)
	}
	return r.scenario().EditText(&e) + lasts
}

// edits lists what can be done at the place of the stepper: to an actor, to the links
// between two, and what is in force and can be healed; 0: no actor is meant.
func (r *run) edits(actor, peer int) (list []Act) {
	if r.step.Over() {
		return nil
	}
	_, searched := r.step.Searched()
	add := func(kind, act, text string, lasts bool) {
		if searched && !r.mayEdit(act) {
			return
		}
		x := Act{Kind: kind, Edit: act, Text: text, Actor: actor, Peer: peer}
		if lasts && !searched {
			x.For = &Range{Least: 1, Most: uint32(min(downMost/r.scenario().Tick, 1<<31)), Unit: "tick", TickUS: r.scenario().Tick / 1000, Text: "it lasts for; without, until it is healed"}
		}
		list = append(list, x)
	}
	switch {
	case peer != 0:
		for _, link := range [][2]int{{actor, peer}, {peer, actor}} {
			way := fmt.Sprintf("%d > %d", link[0], link[1])
			if !searched {
				add("cut", "cut "+way, fmt.Sprintf("cut the link from %d to %d", link[0], link[1]), true)
			}
			add("clog", "clog "+way, fmt.Sprintf("hold up all messages from %d to %d", link[0], link[1]), true)
		}
	case actor != 0 && r.step.MayReturn(sim.ID(actor)):
		add("restart", fmt.Sprintf("restart %d", actor), fmt.Sprintf("let actor %d come back now", actor), false)
	case actor != 0 && r.status(actor) == observe.StatusUp:
		add("pause", fmt.Sprintf("pause %d", actor), fmt.Sprintf("pause actor %d", actor), true)
		if !searched {
			add("cut", fmt.Sprintf("cut %d", actor), fmt.Sprintf("cut actor %d off from all others", actor), true)
			add("crash", fmt.Sprintf("crash %d", actor), fmt.Sprintf("crash actor %d now", actor), true)
		}
	}
	if !searched {
		for _, name := range r.step.InForce() {
			add("heal", "heal "+name, "end this: "+name, false)
		}
	} else if actor != 0 && peer == 0 && r.heldBack(actor) {
		add("heal", fmt.Sprintf("heal pause %d", actor), fmt.Sprintf("hold actor %d back no longer", actor), false)
	}
	return list
}

// mayEdit tries whether an act has a meaning at a place of a searched run: whether it
// holds anything back is known once the run has gone on.
func (r *run) mayEdit(act string) bool {
	here := r.step.Point()
	_, err := r.step.Edit(act)
	var m *stepper.Mistake
	if errors.As(err, &m) {
		return false
	}
	return err != nil || r.step.Return(here) == nil
}

// downMost is the longest that a page offers to let something last, in nanoseconds.
const downMost = 10_000_000_000

// status is whether an actor does anything.
func (r *run) status(actor int) observe.Status {
	look, ok := r.step.World().(observe.Inspector)
	if !ok {
		return observe.StatusUp
	}
	return look.Inspect(sim.ID(actor)).Status
}

// heldBack says whether any event of an actor is held back in a searched run.
func (r *run) heldBack(actor int) bool {
	for _, e := range r.step.Upcoming() {
		if int(e.Actor) == actor && r.step.HeldUntil(e.EventKey()) != 0 && !strings.HasPrefix(r.words().EventText(e.EventKey()), "boot") {
			return true
		}
	}
	return false
}
