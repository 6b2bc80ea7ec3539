package sim

import "slices"

// Abstracter tells states apart by what matters: runs that differ in numbers
// alone, such as which actor did what, or in which round, come to the same
// abstract state. A [Runner] is one; a [History] may be one.
type Abstracter interface {
	// Abstract is the abstract state, as a number. It changes nothing.
	Abstract() uint64
}

// Abstract implements [Abstracter]. It is what the history of the protocol
// makes of the run; if that makes nothing of it, what the actors hold on their
// disks and have learned, whoever holds it.
func (w *World[M, D]) Abstract() uint64 {
	if a, ok := w.checks.(Abstracter); ok {
		return a.Abstract()
	}
	each := w.abstracts[:0]
	for i := range w.actors[1:] {
		e := &w.actors[i+1]
		var d Digest
		for slot := range e.disk.records {
			e.disk.records[slot].Words(&d)
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
