package etcdraft

import (
	"go.etcd.io/raft/v3"
	"go.etcd.io/raft/v3/raftpb"
)

// apply takes a snapshot of another into the state machine, then applies what is
// committed. An entry that the machine has applied already is left out: the library
// hands out again after a restart what comes after the last snapshot.
func (m *member) apply(e *env, r *raft.Ready) {
	known := len(m.machine.commands)
	before := m.machine.index
	if !raft.IsEmptySnap(r.Snapshot) && r.Snapshot.GetMetadata().GetIndex() > m.machine.index {
		m.machine = decodeMachine(r.Snapshot.GetData())
	}
	for _, x := range r.CommittedEntries {
		if x.GetIndex() <= m.machine.index && m.mistake != appliedTwice {
			continue
		}
		if x.GetType() == raftpb.EntryNormal && len(x.GetData()) > 0 {
			m.machine.add(applied{decode(x.GetData()), x.GetIndex(), x.GetTerm()})
		}
		m.machine.index = x.GetIndex()
	}
	if m.machine.index == before {
		return
	}
	// It need not be synced: what a crash takes of it is applied again from the log.
	saved := m.machine
	e.Write(slotMachine, record{machine: &saved})
	m.learned(e, known)
}

// takeSnapshot makes a snapshot of the machine if enough was applied since the last, and
// then leaves out of the log what is in it. The snapshot is written before, so a crash
// in between leaves more than is needed and never less.
func (m *member) takeSnapshot(e *env) {
	at := m.machine.index
	if m.every == 0 || at < m.snapshot+m.every {
		return
	}
	s, err := m.storage.CreateSnapshot(at, m.voters(), m.machine.encode())
	must(err)
	m.snapshot = at
	e.Write(slotSnapshot, record{snapshot: s})
	if at > m.log.index+m.keep {
		must(m.storage.Compact(at - m.keep))
		m.log = m.log.after(at - m.keep)
		e.Write(slotLog, record{log: m.log})
	}
	e.Sync()
}

// voters is the configuration: all actors, for ever.
func (m *member) voters() *raftpb.ConfState {
	c := &raftpb.ConfState{}
	for id := range m.actors {
		c.Voters = append(c.Voters, uint64(id)+1)
	}
	return c
}
