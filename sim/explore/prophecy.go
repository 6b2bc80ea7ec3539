package explore

import (
	"github.com/paxsim/paxsim/sim"
)

// A packet that is on its way to an actor that may crash is hardly ever free: what it changes
// a crash may undo. So with [Options].Order it is chosen beforehand who may crash. There is
// one first world for each choice, in which nobody else does, and for all others much more is
// free. Whoever crashes on a way is in one of the choices, so no way is lost; and once all
// crashes have been, worlds that differ in the choice alone are one.

// mostChoices is how many choices there may be. If there are more, all may crash.
const mostChoices = 64

// prophecy is who may crash.
type prophecy struct {
	most    int      // crashes, all actors together
	choices []uint64 // each a set of actors, a bit each
}

// newProphecy is all choices of who may crash.
func newProphecy(scope *sim.Scope, actors int) (p prophecy) {
	p.most = scope.Crashes
	if p.most > 0 && p.most < actors && actors <= mostChoices {
		for set := uint64(0); len(p.choices) <= mostChoices; {
			if set = nextSet(set, p.most); set>>actors != 0 {
				break
			}
			p.choices = append(p.choices, set)
		}
	}
	if n := len(p.choices); n == 0 || n > mostChoices {
		p.choices = []uint64{^uint64(0)}
	}
	return p
}

// nextSet is the next larger number with so many bits; of 0 it is the first.
func nextSet(set uint64, bits int) uint64 {
	if set == 0 {
		return 1<<bits - 1
	}
	low := set & -set
	ripple := set + low
	return ripple | (set^ripple)>>2/low
}

// A world has one number for the choice and the crashes so far: see [prophecy.first].

// first is the number with which the worlds of a choice begin.
func (p *prophecy) first(choice int) uint32 { return uint32(choice * (p.most + 1)) }

// after is the number after so many crashes.
func (p *prophecy) after(n uint32, crashes uint16) uint32 {
	if n += uint32(crashes); int(n)%(p.most+1) == p.most {
		return uint32(p.most) // there is none to come, whatever was chosen
	}
	return n
}

// may says whether the actor at a place may still crash.
func (p *prophecy) may(n uint32, i int) bool { return p.affords(n, i, 1) }

// affords says whether the actor at a place may still crash so often.
func (p *prophecy) affords(n uint32, i int, crashes uint16) bool {
	return crashes == 0 || int(n)%(p.most+1)+int(crashes) <= p.most && p.choices[int(n)/(p.most+1)]>>(i&63)&1 != 0
}
