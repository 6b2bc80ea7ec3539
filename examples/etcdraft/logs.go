package etcdraft

import "github.com/paxsim/paxsim/sim"

// Log Matching (Raft paper, 5.3): if two logs contain an entry with the same index and
// term, they are identical in all entries up to that one. That is so if for each index
// and term there is one entry, and one term of the entry before it, in all logs that
// ever were.

// place is the index and the term of an entry.
type place struct{ index, term uint64 }

// entry is what is at a place, in whose log first.
type entry struct {
	before uint64 // the term of the entry before it
	data   uint64 // condensed
	by     sim.ID
	event  uint64
}

// logSaved takes in that a log is on a disk.
func (h *history) logSaved(id sim.ID, now *logRecord) *sim.Violation {
	before := h.disks[id].log
	h.disks[id].log = now
	if before != nil && before.lost(now) {
		h.marks |= markOverwritten
	}
	if v := h.judge(h.matches(id, before, now)); v != nil {
		return v
	}
	return h.judge(h.appendsOnly(id, before, now))
}

// matches holds the entries that are new in a log against all that ever were in one.
func (h *history) matches(id sim.ID, before, now *logRecord) *sim.Violation {
	last := now.term
	for i, e := range now.entries {
		index := now.index + uint64(i) + 1
		if before != nil && index > before.index && index <= before.last() && before.entries[index-before.index-1] == e {
			last = e.GetTerm()
			continue // the very same
		}
		var d sim.Digest
		mixEntry(&d, e)
		at := place{index, e.GetTerm()}
		switch known, is := h.entries[at]; {
		case !is:
			h.entries[at] = entry{last, uint64(d), id, h.run.Event()}
		case known.data != uint64(d):
			return breaks(logMatching, known.event, "the entries %d/%d of actors %d and %d differ", at.term, index, id, known.by)
		case known.before != last:
			return breaks(logMatching, known.event, "before entry %d/%d, actor %d has one of term %d, and actor %d has one of term %d", at.term, index, id, last, known.by, known.before)
		}
		last = e.GetTerm()
	}
	return nil
}

// lost says whether a log that took the place of this one has not all of its entries.
func (l *logRecord) lost(now *logRecord) bool {
	last := min(l.last(), now.last())
	had, hadOne := l.termAt(last)
	has, hasOne := now.termAt(last)
	return l.last() > now.last() || hadOne && hasOne && had != has
}
