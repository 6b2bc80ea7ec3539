package sim

import (
	"slices"

	"github.com/paxsim/paxsim/sim/abilities"
)

// Abstract implements [abilities.Abstracter]. It is what the history of the protocol
// makes of the run; if that makes nothing of it, what the actors hold on their
// disks and have learned, whoever holds it.
func (w *World[M, D]) Abstract() uint64 {
	if a, ok := w.checks.(abilities.Abstracter); ok {
		return a.Abstract()
	}
	each := w.abstracts[:0]
	for i := range w.actors[1:] {
		e := &w.actors[i+1]
		var d Digest
		for slot := range e.disk.Records {
			e.disk.Records[slot].Hash(&d)
		}
		d.Mix(uint64(e.learned))
		w.instances.mix(&d, e.self)
		d.Mix(uint64(e.slow & dead))
		each = append(each, uint64(d))
	}
	w.abstracts = each
	slices.Sort(each)
	var d Digest
	for _, x := range each {
		d.Mix(x)
	}
	return d.Sum()
}
