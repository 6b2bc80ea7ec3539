package etcdraft

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
	"go.etcd.io/raft/v3"
)

// What is shown of an actor and of its disk.

// Plays is the term of a leader.
func (m *member) Plays(role uint8) uint64 {
	if role == roleLeader && m.soft.RaftState == raft.StateLeader {
		return m.hard.GetTerm()
	}
	return 0
}

// Fields is what an actor holds in memory.
func (m *member) Fields(names sim.Names) []shown.Field {
	leader := ""
	if m.soft.Lead != raft.None {
		leader = fmt.Sprint(m.soft.Lead)
	}
	clients := make([]string, len(m.clients))
	for i, r := range m.clients {
		clients[i] = names.ValueName(r.Value)
	}
	return []shown.Field{
		{Name: "role", Text: strings.ToLower(strings.TrimPrefix(m.soft.RaftState.String(), "State"))},
		{Name: "leader", Text: leader},
		{Name: "hard state", Text: hardText(m.hard)},
		{Name: "applied", Text: m.machine.text(names)},
		{Name: "clients wait for", Text: strings.Join(clients, " ")},
	}
}

// Fields is what a record holds.
func (r record) Fields(names sim.Names) []shown.Field {
	switch {
	case r.hard != nil:
		return []shown.Field{{Name: "hard state", Text: hardText(r.hard)}}
	case r.snapshot != nil:
		return []shown.Field{{Name: "snapshot", Text: snapshotText(r.snapshot)}}
	case r.log != nil:
		return []shown.Field{{Name: "log", Text: r.log.text(names)}}
	case r.machine != nil:
		return []shown.Field{{Name: "machine", Text: r.machine.text(names)}}
	}
	return nil
}
