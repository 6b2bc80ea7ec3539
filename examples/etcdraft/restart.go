package etcdraft

import (
	"slices"

	"go.etcd.io/raft/v3"
	"go.etcd.io/raft/v3/raftpb"
)

// restart makes a node of what the disk holds: of nothing, at the first start.
func (m *member) restart(e *env) {
	m.readDisk(e)
	node, err := raft.NewRawNode(&raft.Config{
		ID:              uint64(e.Self()),
		ElectionTick:    m.election,
		HeartbeatTick:   m.heartbeat,
		Storage:         m.storage,
		MaxSizePerMsg:   1 << 20,
		MaxInflightMsgs: 256,
		CheckQuorum:     m.checkQuorum,
		PreVote:         m.preVote,
		Logger:          nobody,
	})
	must(err)
	m.node = node
}

// readDisk builds the log that the library reads, and the state machine. A crash may
// have fallen between two writes, so that a snapshot is there and the log that followed
// is not: then the log goes on behind it only if it holds the entry with which the
// snapshot ends.
func (m *member) readDisk(e *env) {
	snapshot := e.Read(slotSnapshot).snapshot
	if snapshot == nil {
		snapshot = &raftpb.Snapshot{Metadata: &raftpb.SnapshotMetadata{ConfState: m.voters()}}
	}
	index, term := snapshot.GetMetadata().GetIndex(), snapshot.GetMetadata().GetTerm()
	m.snapshot = index
	m.storage = raft.NewMemoryStorage()
	must(m.storage.ApplySnapshot(snapshot))

	l := e.Read(slotLog).log
	m.log = &logRecord{index: index, term: term}
	if t, ok := l.termAt(index); ok && t == term {
		m.log = l.after(index)
		must(m.storage.Append(m.log.entries))
	}
	m.hard = m.hardState(e.Read(slotHard).hard, index)
	must(m.storage.SetHardState(m.hard))

	if saved := e.Read(slotMachine).machine; saved != nil {
		m.machine = machine{slices.Clip(saved.commands), saved.index, saved.sum}
	}
	if index > m.machine.index {
		m.machine = decodeMachine(snapshot.GetData())
	}
}

// hardState is the hard state of what is on the disk, where a crash may have taken the
// one that belongs to the log. What a snapshot holds is committed. An actor that has an
// entry of a term has been in that term; it has not voted there, since it would have
// saved that before. A node whose term is behind its log panics when somebody asks for
// its vote.
func (m *member) hardState(saved *raftpb.HardState, snapshot uint64) *raftpb.HardState {
	term, vote, commit := saved.GetTerm(), saved.GetVote(), max(saved.GetCommit(), snapshot)
	last, _ := m.storage.LastIndex()
	if t, _ := m.storage.Term(last); t > term {
		term, vote = t, raft.None
	}
	return &raftpb.HardState{Term: &term, Vote: &vote, Commit: &commit}
}
