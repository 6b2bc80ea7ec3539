package etcdraft

import (
	"slices"
	"testing"

	"go.etcd.io/raft/v3"
	"go.etcd.io/raft/v3/raftpb"
)

// logOf is a log after an entry, with entries of these terms.
func logOf(index, term uint64, terms ...uint64) *logRecord {
	l := &logRecord{index: index, term: term}
	for i, t := range terms {
		l.entries = append(l.entries, &raftpb.Entry{Index: new(index + 1 + uint64(i)), Term: new(t)})
	}
	return l
}

func (l *logRecord) terms() (list []uint64) {
	for _, e := range l.entries {
		list = append(list, e.GetTerm())
	}
	return list
}

// TestLogRecord: entries go behind a log, or take the place of those at their indices.
// What was a record before stays as it was.
func TestLogRecord(t *testing.T) {
	for _, x := range []struct {
		name   string
		before *logRecord
		more   []*raftpb.Entry
		want   []uint64
	}{
		{"behind", logOf(4, 1, 1, 1), logOf(6, 1, 2).entries, []uint64{1, 1, 2}},
		{"behind nothing", logOf(0, 0), logOf(0, 0, 1).entries, []uint64{1}},
		{"in place of the last", logOf(4, 1, 1, 1), logOf(5, 1, 2).entries, []uint64{1, 2}},
		{"in place of all", logOf(4, 1, 1, 1), logOf(4, 1, 2).entries, []uint64{2}},
		{"from before the first on", logOf(4, 1, 1, 1), logOf(2, 1, 1, 1, 2).entries, []uint64{2}},
	} {
		had := x.before.terms()
		now := x.before.with(x.more, 3)
		if !slices.Equal(now.terms(), x.want) || now.index != x.before.index || now.under != 3 {
			t.Errorf("%s: %v, want %v", x.name, now.terms(), x.want)
		}
		x.before.with(logOf(x.before.last(), 9, 9, 9).entries, 9) // what is appended to the same record elsewhere
		if !slices.Equal(x.before.terms(), had) {
			t.Errorf("%s: the record before has become %v", x.name, x.before.terms())
		}
	}
	l := logOf(4, 1, 1, 2, 2).after(6)
	if term, ok := l.termAt(6); l.index != 6 || term != 2 || !ok || !slices.Equal(l.terms(), []uint64{2}) {
		t.Errorf("after 6 it is %d/%d %v", l.term, l.index, l.terms())
	}
	for _, index := range []uint64{5, 8} {
		if _, ok := l.termAt(index); ok {
			t.Errorf("it has an entry %d", index)
		}
	}
}

// TestHardState: after a restart an actor is in no earlier term than its log, in which it
// has not voted, and what is in its snapshot is committed.
func TestHardState(t *testing.T) {
	hard := func(term, vote, commit uint64) *raftpb.HardState {
		return &raftpb.HardState{Term: &term, Vote: &vote, Commit: &commit}
	}
	for _, x := range []struct {
		name        string
		saved, want *raftpb.HardState
		snapshot    uint64
	}{
		{"what was saved", hard(3, 2, 5), hard(3, 2, 5), 4},
		{"a term of the log that was not saved", hard(1, 2, 5), hard(2, 0, 5), 4},
		{"nothing was saved", nil, hard(2, 0, 4), 4},
		{"a snapshot behind what was committed", hard(2, 1, 1), hard(2, 1, 4), 4},
	} {
		m := member{storage: raft.NewMemoryStorage()}
		must(m.storage.ApplySnapshot(&raftpb.Snapshot{Metadata: &raftpb.SnapshotMetadata{Index: &x.snapshot, Term: new(uint64(1))}}))
		must(m.storage.Append(logOf(4, 1, 1, 2).entries))
		if got := m.hardState(x.saved, x.snapshot); hardText(got) != hardText(x.want) {
			t.Errorf("%s: %s, want %s", x.name, hardText(got), hardText(x.want))
		}
	}
}
