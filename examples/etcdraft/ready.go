package etcdraft

import (
	"github.com/paxsim/paxsim/sim"
	"go.etcd.io/raft/v3"
	"go.etcd.io/raft/v3/raftpb"
)

// work does what the library wants done, until it wants nothing more.
//
// The order is that of doc.go of the library, "Usage": write what is to be kept, send
// the messages, apply what is committed, call Advance. Nothing that is asked for after
// [sim.Env.Sync] is seen before that is done, so a handler need not wait for the disk.
func (m *member) work(e *env) {
	if m.mistake == earlyAdvance {
		m.workLater(e)
		return
	}
	for m.node.HasReady() {
		r := m.node.Ready()
		m.do(e, &r)
		m.node.Advance(r)
		m.after(e, &r)
	}
}

// workLater does what was to be done when the event before this one was handled. What
// is to be done now it does with the next, and says already that it has.
func (m *member) workLater(e *env) {
	late := m.later
	m.later = nil
	for i := range late {
		m.do(e, &late[i])
		m.after(e, &late[i])
	}
	for m.node.HasReady() {
		r := m.node.Ready()
		m.node.Advance(r)
		m.later = append(m.later, r)
	}
}

// do does what is to be done before Advance.
func (m *member) do(e *env, r *raft.Ready) {
	m.keepInMemory(r)
	if m.tellsFirst(r) {
		m.send(e, r.Messages)
		m.save(e, r)
	} else {
		m.save(e, r)
		m.send(e, r.Messages)
	}
	m.apply(e, r)
}

// tellsFirst says whether messages leave before what they rest on is saved, by mistake.
func (m *member) tellsFirst(r *raft.Ready) bool {
	switch m.mistake {
	case lateVote:
		return r.HardState.GetVote() != 0 && len(r.Entries) == 0
	case lateEntries, lateSync:
		return len(r.Entries) > 0 && (m.mistake == lateEntries) == (m.soft.RaftState == raft.StateLeader)
	}
	return false
}

// keepInMemory keeps the log for the library to read, and what it says of itself.
func (m *member) keepInMemory(r *raft.Ready) {
	if r.HardState != nil {
		m.hard = r.HardState
	}
	if !raft.IsEmptySnap(r.Snapshot) {
		must(m.storage.ApplySnapshot(r.Snapshot))
		meta := r.Snapshot.GetMetadata()
		m.snapshot = meta.GetIndex()
		m.log = &logRecord{index: meta.GetIndex(), term: meta.GetTerm(), under: m.hard.GetTerm()}
	}
	if len(r.Entries) > 0 {
		must(m.storage.Append(r.Entries))
		m.log = m.log.with(r.Entries, m.hard.GetTerm())
	}
}

// save writes what a Ready wants kept, and syncs where it says so (Ready.MustSync). A
// snapshot is synced in any case: the answer to it is that it is there.
func (m *member) save(e *env, r *raft.Ready) {
	snapshot := !raft.IsEmptySnap(r.Snapshot)
	if snapshot && m.mistake != lostSnapshot {
		e.Write(slotSnapshot, record{snapshot: r.Snapshot})
	}
	if snapshot || len(r.Entries) > 0 {
		e.Write(slotLog, record{log: m.log})
	}
	if r.HardState != nil {
		e.Write(slotHard, record{hard: r.HardState})
	}
	if late := m.mistake == lateEntries && m.tellsFirst(r); (r.MustSync || snapshot) && !late {
		e.Sync()
	}
}

// send sends messages.
func (m *member) send(e *env, messages []*raftpb.Message) {
	for _, x := range messages {
		e.Send(sim.ID(x.GetTo()), message{x})
		if x.GetType() == raftpb.MsgVoteResp && !x.GetReject() {
			m.wait(e)
		}
	}
}

// after does what a Ready leads to, once it is done.
func (m *member) after(e *env, r *raft.Ready) {
	for _, x := range r.Messages {
		if x.GetType() == raftpb.MsgSnap { // the library wants to hear what became of it; if it is lost, it asks for it again
			m.node.ReportSnapshot(x.GetTo(), raft.SnapshotFinish)
		}
	}
	if r.SoftState != nil {
		m.turn(e, *r.SoftState)
	}
	m.takeSnapshot(e)
}

// turn takes in that the actor has another role, or another leader.
func (m *member) turn(e *env, now raft.SoftState) {
	before := m.soft
	m.soft = now
	m.turnClock(e, before)
	if now.RaftState == raft.StateCandidate && before.RaftState != raft.StateCandidate {
		e.Note(noteCampaign)
	}
	if now.Lead != raft.None && now.Lead != before.Lead {
		m.proposeAgain(e)
	}
}

// must panics if the memory does not hold what it should: it is a find.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
