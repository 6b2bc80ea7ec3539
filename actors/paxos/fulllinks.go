package paxos

import "github.com/paxsim/paxsim/sim"

// full says why links that hold few messages may keep a run from deciding for ever;
// "": they do not. A message that was dropped because a link was full is no bad luck:
// where nothing else changes, the next round drops the same one (docs/liveness.md, "A link
// that is full for ever").
func (h *hopes) full() string {
	n := &h.trouble.Steady
	if n.Capacity == 0 || h.s.Actors == 1 {
		return ""
	}
	if sim.Time(n.Capacity)*h.t.repeat <= 2*h.d+2*h.save {
		return "links hold few messages, and a proposer repeats before an answer can be there"
	}
	if n.Capacity == 1 && n.EvictOldest && h.s.Setting("repeats") == 0 {
		return "a proposer's own vote pushes its Accept off a full link, and nobody repeats it"
	}
	return ""
}
