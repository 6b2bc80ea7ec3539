package etcdraft

import "github.com/paxsim/paxsim/sim"

// Election Safety, Leader Append-Only and Leader Completeness (Raft paper, 5.2, 5.3, 5.4).

// leader is the actor that has spoken as the leader of a term.
type leader struct {
	id    sim.ID
	event uint64 // in which it did so first
}

// commit is an entry that is known to be committed, by the term of the entry.
type commit struct {
	term  uint64 // 0: nobody has seen the entry on a disk
	in    uint64 // the term of the actor from which it is known: it was committed in that or before
	event uint64
}

// leads takes in that an actor speaks as the leader of a term.
func (h *history) leads(id sim.ID, term uint64) *sim.Violation {
	if known, is := h.leaders[term]; is {
		if known.id != id {
			return h.judge(breaks(electionSafety, known.event, "actor %d leads in term %d, and actor %d does", id, term, known.id))
		}
		return nil
	}
	h.leaders[term] = leader{id, h.run.Event()}
	h.marks |= markElected
	if term > h.newest {
		if h.newest != 0 && h.leaders[h.newest].id != id {
			h.marks |= markReplaced
		}
		h.newest = term
	}
	h.disks[id].leads = term
	return h.judge(h.complete(id, term))
}

// complete says whether a new leader has all that was committed in terms before. What
// it has compacted it has.
func (h *history) complete(id sim.ID, term uint64) *sim.Violation {
	l := h.disks[id].log
	for i, c := range h.commits {
		index := uint64(i) + 1
		if c.term == 0 || c.in >= term || l != nil && index <= l.index {
			continue
		}
		if has, ok := l.termAt(index); !ok || has != c.term {
			return breaks(leaderCompleteness, c.event, "actor %d leads in term %d without entry %d/%d, which was committed in term %d or before", id, term, c.term, index, c.in)
		}
	}
	return nil
}

// knowsCommitted takes in that an actor has saved what is committed.
func (h *history) knowsCommitted(id sim.ID, to uint64) *sim.Violation {
	d := &h.disks[id]
	for index := d.commit + 1; index <= to; index++ {
		if uint64(len(h.commits)) < index {
			h.commits = append(h.commits, commit{})
		}
		c := &h.commits[index-1]
		term, ok := d.log.termAt(index)
		switch {
		case !ok:
		case c.term == 0:
			*c = commit{term, d.term, h.run.Event()}
		case c.term != term:
			return h.judge(breaks(stateMachineSafety, c.event, "actor %d has entry %d/%d committed, and %d/%d was committed", id, term, index, c.term, index))
		case d.term < c.in:
			c.in = d.term
		}
	}
	d.commit = max(d.commit, to)
	return nil
}

// appendsOnly says whether the log of an actor that leads still has all that it had.
func (h *history) appendsOnly(id sim.ID, before, now *logRecord) *sim.Violation {
	if before == nil || h.disks[id].leads == 0 || h.disks[id].leads != now.under {
		return nil
	}
	for index := max(before.index, now.index); index <= before.last(); index++ {
		had, _ := before.termAt(index)
		if has, ok := now.termAt(index); !ok || has != had {
			return breaks(leaderAppendOnly, h.leaders[now.under].event, "actor %d leads in term %d, and entry %d/%d is in its log no more", id, now.under, had, index)
		}
	}
	return nil
}
