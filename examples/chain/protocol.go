package chain

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
)

// The marks: what some run should come to.
const (
	tailLost sim.Marks = 1 << iota
	readAfterLoss
)

// history watches that reads are fresh: a read tells of every write that a client knew of
// before the read was asked for, or of a later one.
type history struct {
	sim.NoHistory[message, record]
	run    sim.Watched
	actors int
	watch  bool
	number map[sim.Value]uint32     // of writes
	reads  map[sim.RequestID]newest // what clients knew of when a read was first asked for
	known  newest                   // what they know of now
	marks  sim.Marks
}

// newest is the last write that a client knows of, and the event in which it was told.
type newest struct {
	n     uint32
	value sim.Value
	event uint64
}

func (h *history) Reset() {
	h.number, h.reads = map[sim.Value]uint32{}, map[sim.RequestID]newest{}
	h.known, h.marks = newest{}, 0
}

func (h *history) Marks() sim.Marks { return h.marks }

func (h *history) Sent(_ sim.ID, m message) *sim.Violation {
	if m.kind == write || m.kind == done {
		h.number[m.value] = m.n
	}
	if int(m.tail) < h.actors {
		h.marks |= tailLost
	}
	return nil
}

func (h *history) Requested(_ sim.ID, r sim.Request) *sim.Violation {
	if _, again := h.reads[r.ID]; r.Do == opGet && !again {
		h.reads[r.ID] = h.known
	}
	return nil
}

func (h *history) Answered(id sim.ID, r sim.RequestID, result sim.Value) *sim.Violation {
	n := h.number[result]
	if knew, read := h.reads[r]; read {
		if h.marks&tailLost != 0 {
			h.marks |= readAfterLoss
		}
		if h.watch && n < knew.n {
			text := fmt.Sprintf("actor %d reads %s, and a client knew of %s before", id, h.run.ValueName(result), h.run.ValueName(knew.value))
			return &sim.Violation{Invariant: "fresh-reads", Text: text, Events: []uint64{knew.event}}
		}
	}
	if n > h.known.n {
		h.known = newest{n, result, h.run.Event()}
	}
	return nil
}

// Protocol is chain replication as paxsim knows it.
var Protocol = sim.Define(sim.Spec[actor, message, record]{
	Name: "chain",
	Vocabulary: sim.Vocabulary{
		Messages:   []string{"Put", "Write", "Done", "Wrote", "Ask", "Get", "Is"},
		Operations: []string{"put", "get"},
		Timers:     []shown.TimerKind{{Name: "again", Doc: "it says again what it waits for; the head takes a silent tail out"}},
	},
	Settings: []sim.Setting{
		{Name: "patience", Kind: sim.Duration, Default: 200, Min: 1, Max: 1 << 20, Doc: "how long an actor waits before it says something again"},
		{Name: "reads", Kind: sim.Word, Words: []string{"head", "tail"}, Doc: "whom an actor asks that wants to read: the head, or the tail that it knows",
			Unsafe: "a tail that was taken out answers with an old value", UnsafeAt: 1},
	},
	Invariants: []sim.Invariant{{Name: "fresh-reads", Doc: "a read tells of every write that a client knew of before, or of a later one"}},
	Marks: []sim.Mark{
		{Name: "tail-lost", Doc: "the head took a tail out of the chain"},
		{Name: "read-after-loss", Doc: "after that a client read the value"},
	},
	Actor: func(s *sim.Scenario, _ sim.Plan) actor {
		return actor{patience: sim.Time(s.Setting("patience")), trusts: s.Setting("reads") == 1}
	},
	History: func(s *sim.Scenario, run sim.Watched) sim.History[message, record] {
		return &history{run: run, actors: s.Actors, watch: s.Watches("fresh-reads")}
	},
	Goal: func(s *sim.Scenario) (g sim.Goal) {
		for _, r := range s.Requests {
			if r.Do != opGet {
				g.Instances++
			}
		}
		return g
	},
})
