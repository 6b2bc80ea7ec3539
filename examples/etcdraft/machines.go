package etcdraft

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
)

// State Machine Safety (Raft paper, 5.4.3): if an actor has applied an entry at an
// index, no other applies another at the same index. Commands are counted, so it shows
// as well in the number that a command has in a machine.

// machines is what was applied.
type machines struct {
	asked    map[sim.Value]bool
	commands []maker          // by instance
	at       map[uint64]maker // by index
}

// maker is the actor that has applied something first.
type maker struct {
	value sim.Value
	term  uint64
	by    sim.ID
	event uint64
}

func (x *machines) reset() {
	if x.asked == nil {
		x.asked, x.at = map[sim.Value]bool{}, map[uint64]maker{}
	}
	clear(x.asked)
	clear(x.at)
	x.commands = x.commands[:0]
}

// decided takes in that an actor has applied a command.
func (x *machines) decided(h *history, id sim.ID, of sim.Instance, v sim.Value, term uint64) *sim.Violation {
	if !x.asked[v] {
		return &sim.Violation{Invariant: sim.Validity, Text: fmt.Sprintf("actor %d applies %s, for which nobody has asked", id, h.run.ValueName(v))}
	}
	for int(of) >= len(x.commands) {
		x.commands = append(x.commands, maker{})
	}
	first := &x.commands[of]
	switch {
	case first.by == 0:
		*first = maker{v, term, id, h.run.Event()}
	case first.value != v || first.term != term:
		broken := breaks(stateMachineSafety, first.event, "actor %d applies %s of term %d as command %d, and actor %d has applied %s of term %d",
			id, h.run.ValueName(v), term, of, first.by, h.run.ValueName(first.value), first.term)
		broken.Chosen = []sim.Chosen{{Value: first.value, Under: sim.Round(first.term), Instance: of}, {Value: v, Under: sim.Round(term), Instance: of}}
		return broken
	}
	return nil
}

// saved takes in that a machine is on a disk, where another was before (nil: none).
func (x *machines) saved(h *history, id sim.ID, before, now *machine) *sim.Violation {
	from := 0
	if before != nil && len(before.commands) <= len(now.commands) {
		from = len(before.commands)
	}
	for i := from; i < len(now.commands); i++ {
		c := &now.commands[i]
		first, known := x.at[c.index]
		switch {
		case i > 0 && c.index <= now.commands[i-1].index:
			return breaks(stateMachineSafety, first.event, "actor %d applies entry %d/%d after entry %d/%d", id, c.term, c.index, now.commands[i-1].term, now.commands[i-1].index)
		case !known:
			x.at[c.index] = maker{c.value, c.term, id, h.run.Event()}
		case first.value != c.value || first.term != c.term:
			return breaks(stateMachineSafety, first.event, "actor %d applies %s of entry %d/%d, and actor %d has applied %s of entry %d/%d",
				id, h.run.ValueName(c.value), c.term, c.index, first.by, h.run.ValueName(first.value), first.term, c.index)
		}
	}
	return nil
}
