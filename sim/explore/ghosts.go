package explore

import "github.com/paxsim/paxsim/sim/plain"

// A free packet that is delivered at once to an actor that may still crash leaves a ghost.
// After a crash nothing is left of what the packet had done, and on some way it may have been
// on its way all the time. So then the ghost is a packet again.

// isGhost is the bit of a packet in a world that has been delivered, and may come again.
const isGhost = 1 << 31

// ghostly is the token of a ghost, by that of its packet.
func ghostly(t plain.Sum) plain.Sum {
	var h plain.Hash
	h.Mix(isGhost)
	h.Mix(t[0])
	h.Mix(t[1])
	return h.Sum()
}

// revive makes packets of the ghosts of the actor that has crashed, and drops those of all
// who cannot crash any more.
func (w *walker) revive(world []uint32, crashed int) []uint32 {
	n := w.packetsAt()
	for _, p := range world[n:] {
		i := int(w.to[p&^isGhost]) - 1
		switch {
		case p&isGhost == 0:
		case i == crashed:
			p &^= isGhost
		case !w.prophecy.may(world[w.crashesAt()], i):
			continue
		}
		world[n] = p
		n++
	}
	return world[:n]
}
