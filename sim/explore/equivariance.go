package explore

import (
	"errors"
	"fmt"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/plain"
)

// equivariance compares what a protocol says of actors that are alike with its handlers: under new
// numbers, a handler must do the same with these numbers. Say handler x does y. Then
// whoever gets x under new numbers, must do y under new numbers. Both are known by their
// tokens, so nothing is called for it; what never comes up on either side is not seen.
type equivariance struct {
	does map[plain.Sum]plain.Sum // of an event at a local state: what comes of it
}

// ErrNotAlike is in the error of a look with [Options].Symmetry if actors or values are not
// alike although the protocol calls them so. Without symmetry there is none.
var ErrNotAlike = errors.New("explore: the actors or values that the protocol calls alike are not")

// mostHeld is how many events are held against each other.
const mostHeld = 1 << 20

// holds notes what comes of an event, under each renaming, and says what is wrong with it.
func (v *equivariance) holds(x *memo, local uint32, e sim.ModelEvent, list []sim.Hop) error {
	if x.g == 1 || len(v.does) > mostHeld {
		return nil
	}
	if v.does == nil {
		v.does = map[plain.Sum]plain.Sum{}
	}
	for k := range x.g {
		in, out := x.eventToken(local, e, k), x.hopsToken(list, k)
		known, there := v.does[in]
		switch {
		case !there:
			v.does[in] = out
		case known != out:
			return fmt.Errorf("%w: in %q a handler does not do what it does under other numbers", ErrNotAlike, x.m.Line(local, e))
		}
	}
	return nil
}

// eventToken is the token of an event at a local state under a renaming.
func (x *memo) eventToken(local uint32, e sim.ModelEvent, k int) plain.Sum {
	var h plain.Hash
	t := x.locals[int(local)*x.g+k]
	h.Mix(t[0])
	h.Mix(t[1])
	switch {
	case e.IsArrival():
		t = x.packets[int(e.Number())*x.g+k]
	case e.IsAsk():
		t = x.m.AskToken(int(e.Number()), k)
	default:
		t = plain.Sum{uint64(e)}
	}
	h.Mix(t[0])
	h.Mix(t[1])
	return h.Sum()
}

// hopsToken is the token of what comes of an event, whatever the order of the answers to
// what is left to chance.
func (x *memo) hopsToken(list []sim.Hop, k int) (all plain.Sum) {
	for _, hop := range list {
		t := x.locals[int(hop.Next)*x.g+k]
		for _, p := range hop.Sent {
			t = t.Plus(x.packets[int(p)*x.g+k])
		}
		var h plain.Hash
		h.Mix(t[0])
		h.Mix(t[1])
		all = all.Plus(h.Sum())
	}
	return all
}
