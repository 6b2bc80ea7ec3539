package etcdraft

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
	"go.etcd.io/raft/v3"
	"go.etcd.io/raft/v3/raftpb"
)

// member is an application around a node of the library. What survives a crash is on the
// disk: see record.go.
type member struct {
	config
	node    *raft.RawNode
	storage *raft.MemoryStorage // the log as the library reads it
	log     *logRecord          // the same log as the disk holds it
	machine machine
	clients []sim.Request // what clients ask for, and have no answer to

	// What the library has said of itself last.
	hard *raftpb.HardState
	soft raft.SoftState

	snapshot uint64       // the index of the last snapshot
	timeout  sim.Time     // how long it waits for a leader, by its own timers
	later    []raft.Ready // of earlyAdvance: what is not done yet
}

// Start implements [sim.Actor].
func (m *member) Start(e *env) {
	m.enter()
	m.restart(e)
	m.startClock(e)
	m.learned(e, 0)
	m.work(e)
}

// Receive implements [sim.Actor].
func (m *member) Receive(e *env, _ sim.ID, x message) {
	m.enter()
	_ = m.node.Step(x.readable()) // an error says that it was dropped, as a message may be
	m.work(e)
	m.heard(e, x.pb)
	if k := x.pb.GetType(); x.pb.GetReject() && (k == raftpb.MsgVoteResp || k == raftpb.MsgPreVoteResp) {
		e.Note(noteRefused)
	}
}

// Timeout implements [sim.Actor].
func (m *member) Timeout(e *env, t sim.Timer) {
	m.enter()
	m.alarm(e, t)
	m.work(e)
}

// Request implements [sim.Actor].
func (m *member) Request(e *env, r sim.Request) {
	m.enter()
	if m.machine.holds(e.Self(), r.ID) { // it asks again, after a crash
		e.Answer(r.ID, r.Value)
		return
	}
	m.clients = append(m.clients, r)
	m.propose(e, r)
	e.After(m.retry, sim.Timer{Kind: alarmRetry})
	m.work(e)
}

// enter says what a byte of the library's source of chance may be. With the actor's own
// timers nothing depends on what the library draws.
func (m *member) enter() {
	door.outcomes = m.election
	if m.timers {
		door.outcomes = 0
	}
}

// propose puts what a client asks for before the leader: the library sends it on if
// that is another. What is lost on the way, or dropped as long as there is no leader, is
// proposed again.
func (m *member) propose(e *env, r sim.Request) {
	_ = m.node.Propose(command{r.Value, e.Self(), r.ID}.encode())
}

// proposeAgain does so for all who have no answer.
func (m *member) proposeAgain(e *env) {
	for _, r := range m.clients {
		m.propose(e, r)
	}
}

// learned makes known what the machine holds from a place on, and answers the actor's own
// clients. Instance i is the i-th command.
func (m *member) learned(e *env, from int) {
	for i := from; i < len(m.machine.commands); i++ {
		c := &m.machine.commands[i]
		e.Decide(sim.Instance(i), c.value, sim.Round(c.term))
		if c.actor != e.Self() {
			continue
		}
		if at := slices.IndexFunc(m.clients, func(r sim.Request) bool { return r.ID == c.request }); at >= 0 {
			e.Answer(c.request, c.value)
			m.clients = slices.Delete(m.clients, at, at+1)
		}
	}
	if len(m.clients) == 0 {
		e.Stop(alarmRetry)
	}
}
