package etcdraft

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
	"go.etcd.io/raft/v3/raftpb"
)

// The properties that Raft guarantees at all times: figure 3 of the Raft paper. Users
// rely on the last; the others are steps of its proof.
const (
	electionSafety     = "election-safety"
	leaderAppendOnly   = "leader-append-only"
	logMatching        = "log-matching"
	leaderCompleteness = "leader-completeness"
	stateMachineSafety = "state-machine-safety"
)

var invariants = []sim.Invariant{
	{Name: electionSafety, Grade: sim.Lemma, Doc: "at most one leader is elected in a term"},
	{Name: leaderAppendOnly, Grade: sim.Lemma, Doc: "a leader never overwrites or deletes entries of its log"},
	{Name: logMatching, Grade: sim.Lemma, Doc: "entries of the same index and term are equal, and so are all before them"},
	{Name: leaderCompleteness, Grade: sim.Lemma, Doc: "an entry that is committed in a term is in the log of the leaders of all later terms"},
	{Name: stateMachineSafety, Doc: "no two machines apply different entries at the same index, and none applies one twice"},
	{Name: sim.Validity, Doc: "what is applied, a client asked for"},
}

// What runs should reach.
const (
	markElected sim.Marks = 1 << iota
	markReplaced
	markOverwritten
	markForwarded
	markSnapshotSent
	markSnapshotTaken
	markRestarted
)

var marks = []sim.Mark{
	{Name: "leader-elected", Doc: "somebody is a leader"},
	{Name: "leader-replaced", Doc: "another is the leader of a later term"},
	{Name: "entries-overwritten", Doc: "a log loses entries that no majority had"},
	{Name: "proposal-forwarded", Doc: "a command is sent on to the leader"},
	{Name: "snapshot-sent", Doc: "a follower is so far behind that it gets a snapshot"},
	{Name: "snapshot-taken", Doc: "a follower keeps a snapshot of another"},
	{Name: "restarted-from-snapshot", Doc: "an actor comes back that has a snapshot on its disk"},
}

// history watches them. It knows what is on the disks, who has spoken as a leader, and
// what was applied.
type history struct {
	sim.NoHistory[message, record]
	run      sim.Watched
	watches  map[string]bool
	disks    []onDisk // by actor
	leaders  map[uint64]leader
	newest   uint64 // the greatest term that has a leader
	entries  map[place]entry
	commits  []commit // by index, from 1 on
	machines machines
	marks    sim.Marks
}

// onDisk is what is on the disk of an actor.
type onDisk struct {
	term     uint64
	commit   uint64
	log      *logRecord
	machine  *machine
	snapshot uint64 // its index
	leads    uint64 // the term that it leads; 0: none
}

func watch(s *sim.Scenario, run sim.Watched) sim.History[message, record] {
	h := &history{
		run: run, watches: map[string]bool{},
		disks:   make([]onDisk, s.Actors+1),
		leaders: map[uint64]leader{}, entries: map[place]entry{},
	}
	for _, x := range invariants {
		h.watches[x.Name] = s.Watches(x.Name)
	}
	h.machines.reset()
	return h
}

// Reset implements [sim.History].
func (h *history) Reset() {
	clear(h.disks)
	clear(h.leaders)
	clear(h.entries)
	h.commits = h.commits[:0]
	h.machines.reset()
	h.newest, h.marks = 0, 0
}

// Marks implements [sim.History].
func (h *history) Marks() sim.Marks { return h.marks }

// Requested implements [sim.History].
func (h *history) Requested(_ sim.ID, r sim.Request) *sim.Violation {
	h.machines.asked[r.Value] = true
	return nil
}

// Crashed implements [sim.History].
func (h *history) Crashed(id sim.ID) { h.disks[id].leads = 0 }

// Restarted implements [sim.History].
func (h *history) Restarted(id sim.ID) {
	if h.disks[id].snapshot != 0 {
		h.marks |= markRestarted
	}
}

// Sent implements [sim.History].
func (h *history) Sent(from sim.ID, m message) *sim.Violation {
	switch m.pb.GetType() {
	case raftpb.MsgSnap:
		h.marks |= markSnapshotSent
		return h.leads(from, m.pb.GetTerm())
	case raftpb.MsgApp, raftpb.MsgHeartbeat:
		return h.leads(from, m.pb.GetTerm())
	case raftpb.MsgProp:
		h.marks |= markForwarded
	}
	return nil
}

// Saved implements [sim.History].
func (h *history) Saved(id sim.ID, _ int, r record) *sim.Violation {
	d := &h.disks[id]
	switch {
	case r.hard != nil:
		if d.term = r.hard.GetTerm(); d.term > d.leads {
			d.leads = 0
		}
		return h.knowsCommitted(id, r.hard.GetCommit())
	case r.log != nil:
		return h.logSaved(id, r.log)
	case r.machine != nil:
		before := d.machine
		d.machine = r.machine
		return h.judge(h.machines.saved(h, id, before, r.machine))
	case r.snapshot != nil:
		d.snapshot = r.snapshot.GetMetadata().GetIndex()
		if d.log == nil || d.snapshot > d.log.last() {
			h.marks |= markSnapshotTaken
		}
	}
	return nil
}

// Decided implements [sim.History].
func (h *history) Decided(id sim.ID, of sim.Instance, v sim.Value, under sim.Round) *sim.Violation {
	return h.judge(h.machines.decided(h, id, of, v, uint64(under)))
}

// judge leaves out what breaks an invariant that nobody watches.
func (h *history) judge(v *sim.Violation) *sim.Violation {
	if v == nil || !h.watches[v.Invariant] {
		return nil
	}
	return v
}

// breaks is a violation that speaks of the event that is handled, and of an earlier one.
func breaks(invariant string, earlier uint64, format string, args ...any) *sim.Violation {
	return &sim.Violation{Invariant: invariant, Text: fmt.Sprintf(format, args...), Events: []uint64{earlier}}
}
