package etcdraft

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"go.etcd.io/raft/v3"
	"go.etcd.io/raft/v3/raftpb"
)

// The slots of the disk. The hard state is written after the snapshot and the log: a
// crash loses what was written last, so if a hard state survives, then so do the entries
// that it counts as committed.
const (
	slotHard     = iota // currentTerm and votedFor (Raft paper, figure 2), and what is known to be committed
	slotSnapshot        // the last snapshot
	slotLog             // the entries after it, and some before
	slotMachine         // the state machine
)

// record is what one slot holds: one of these, or nothing. Nobody changes what is in
// it once it has been written.
type record struct {
	hard     *raftpb.HardState
	snapshot *raftpb.Snapshot
	log      *logRecord
	machine  *machine
}

// logRecord is the log from somewhere on.
type logRecord struct {
	index, term uint64 // of the entry before the first
	entries     []*raftpb.Entry
	under       uint64 // the term in which the actor was when it wrote this; for those who watch
}

// last is the index of the last entry.
func (l *logRecord) last() uint64 { return l.index + uint64(len(l.entries)) }

// termAt is the term of the entry at an index, which may be the one before the first;
// ok: the log goes from before it to after it.
func (l *logRecord) termAt(index uint64) (term uint64, ok bool) {
	switch {
	case l == nil || index < l.index || index > l.last():
		return 0, false
	case index == l.index:
		return l.term, true
	}
	return l.entries[index-l.index-1].GetTerm(), true
}

// with is the log with more entries, in place of those at their indices and behind.
// Records share memory, and none writes to what another has.
func (l *logRecord) with(more []*raftpb.Entry, under uint64) *logRecord {
	if first := more[0].GetIndex(); first <= l.index { // what is left out already is committed, and no other
		more = more[min(l.index+1-first, uint64(len(more))):]
	}
	entries := l.entries
	if len(more) > 0 {
		if at := more[0].GetIndex() - l.index - 1; at < uint64(len(entries)) {
			entries = slices.Clip(entries[:at])
		}
	}
	return &logRecord{l.index, l.term, append(entries, more...), under}
}

// after is the log without what is up to an index, which is in it.
func (l *logRecord) after(index uint64) *logRecord {
	term, _ := l.termAt(index)
	return &logRecord{index, term, slices.Clone(l.entries[index-l.index:]), l.under}
}

// Hash implements [sim.Record].
func (r record) Hash(d *sim.Digest) {
	switch {
	case r.hard != nil:
		d.Mix(r.hard.GetTerm())
		d.Mix(r.hard.GetVote())
		d.Mix(r.hard.GetCommit())
	case r.snapshot != nil:
		mixSnapshot(d, r.snapshot)
	case r.log != nil:
		d.Mix(r.log.index)
		d.Mix(r.log.term)
		for _, e := range r.log.entries {
			mixEntry(d, e)
		}
	case r.machine != nil:
		d.Mix(r.machine.index)
		d.Mix(uint64(r.machine.sum))
	}
}

// Text implements [sim.Record].
func (r record) Text(names sim.Names) string {
	for _, f := range r.Fields(names) {
		return f.Name + " " + f.Text
	}
	return "nothing"
}

// Differs implements what [sim.Vocabulary].Saves speaks of.
func (r record) Differs(before record) (news uint8) {
	switch {
	case r.hard != nil:
		if r.hard.GetTerm() != before.hard.GetTerm() {
			news |= savesTerm
		}
		if v := r.hard.GetVote(); v != 0 && (news != 0 || v != before.hard.GetVote()) {
			news |= savesVote
		}
	case r.snapshot != nil:
		news |= savesSnapshot
	case r.log != nil && (before.log == nil || r.log.last() > before.log.last()):
		news |= savesEntries
	}
	return news
}

// logText tells a log in one line: the entry before it, then a word for each entry.
func (l *logRecord) text(names sim.Names) string {
	text := fmt.Sprintf("after %d/%d:", l.term, l.index)
	for _, e := range l.entries {
		text += fmt.Sprintf(" %d/%d", e.GetTerm(), e.GetIndex())
		if name := formatter(names)(e.GetData()); name != "" {
			text += " " + name
		}
	}
	return text
}

// text tells which commands a machine has applied.
func (m *machine) text(names sim.Names) string {
	text := fmt.Sprintf("to %d:", m.index)
	for _, c := range m.commands {
		text += " " + names.ValueName(c.value)
	}
	return text
}

func hardText(h *raftpb.HardState) string { return raft.DescribeHardState(h) }

func snapshotText(s *raftpb.Snapshot) string {
	return fmt.Sprintf("%d/%d", s.GetMetadata().GetTerm(), s.GetMetadata().GetIndex())
}
