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
// have fallen between two writes, so that a snapshot is there and what followed is not:
// then the log goes on behind it only if it holds the entry with which the snapshot
// ends, and what the snapshot holds counts as committed.
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
	if t, ok := l.termAt(index); ok && t == term {
		must(m.storage.Append(l.entries[index-l.index:]))
	}
	if m.hard = e.Read(slotHard).hard; m.hard != nil {
		commit := max(m.hard.GetCommit(), index)
		m.hard = &raftpb.HardState{Term: m.hard.Term, Vote: m.hard.Vote, Commit: &commit}
		must(m.storage.SetHardState(m.hard))
	}

	if saved := e.Read(slotMachine).machine; saved != nil {
		m.machine = machine{slices.Clip(saved.commands), saved.index}
	}
	if index > m.machine.index {
		m.machine = decodeMachine(snapshot.GetData())
	}
}
