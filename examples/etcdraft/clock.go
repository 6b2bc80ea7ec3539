package etcdraft

import (
	"github.com/paxsim/paxsim/sim"
	"go.etcd.io/raft/v3"
	"go.etcd.io/raft/v3/raftpb"
)

// The library has no clock. Either an alarm goes off again and again and calls
// RawNode.Tick, or the actor has alarms of its own for what the library would do at
// some tick.

// startClock sets the alarm that an actor starts with.
func (m *member) startClock(e *env) {
	if !m.timers {
		e.After(m.tick, sim.Timer{Kind: alarmTick})
		return
	}
	m.draw(e)
	m.wait(e)
}

// alarm does what an alarm is for.
func (m *member) alarm(e *env, t sim.Timer) {
	switch t.Kind {
	case alarmTick:
		e.After(m.tick, t)
		m.node.Tick()
	case alarmElection:
		_ = m.node.ForgetLeader() // else it would keep to the leader that it does not hear of
		_ = m.node.Campaign()
		m.draw(e)
		m.wait(e)
	case alarmHeartbeat:
		e.After(m.ticks(m.heartbeat), t)
		m.local(raftpb.MsgBeat)
	case alarmQuorum:
		e.After(m.ticks(m.election), t)
		m.local(raftpb.MsgCheckQuorum)
	case alarmRetry:
		e.After(m.retry, t)
		m.proposeAgain(e)
	}
}

// ticks is how long so many ticks take.
func (m *member) ticks(n int) sim.Time { return sim.Time(n) * m.tick }

// local hands the library a message that it else makes for itself at some tick. It takes
// one only as if from one of the two threads of its own.
func (m *member) local(kind raftpb.MessageType) {
	_ = m.node.Step(&raftpb.Message{Type: kind.Enum(), From: new(raft.LocalAppendThread)})
}

// draw leaves to chance how long the actor waits for a leader from now on: from the
// setting election to less than twice as long (Raft paper, 5.2). In calm actors wait for
// different times, by their numbers.
func (m *member) draw(e *env) {
	extra := (e.Choose(choiceJitter, sim.Equal(m.election)) + uint32(e.Self())) % uint32(m.election)
	m.timeout = m.ticks(m.election + int(extra))
}

// wait begins to wait for a leader, by the actor's own timer. A leader does not.
func (m *member) wait(e *env) {
	if m.timers && m.soft.RaftState != raft.StateLeader {
		e.After(m.timeout, sim.Timer{Kind: alarmElection})
	}
}

// heard begins to wait anew if a message is from the leader of this term.
func (m *member) heard(e *env, x *raftpb.Message) {
	switch x.GetType() {
	case raftpb.MsgApp, raftpb.MsgHeartbeat, raftpb.MsgSnap:
		if x.GetTerm() == m.hard.GetTerm() {
			m.wait(e)
		}
	}
}

// turnClock sets the alarms of a role that is new.
func (m *member) turnClock(e *env, before raft.SoftState) {
	leads, led := m.soft.RaftState == raft.StateLeader, before.RaftState == raft.StateLeader
	switch {
	case !m.timers || leads == led:
	case leads:
		e.Stop(alarmElection)
		e.After(m.ticks(m.heartbeat), sim.Timer{Kind: alarmHeartbeat})
		if m.checkQuorum {
			e.After(m.ticks(m.election), sim.Timer{Kind: alarmQuorum})
		}
	default:
		e.Stop(alarmHeartbeat)
		e.Stop(alarmQuorum)
		m.wait(e)
	}
}
