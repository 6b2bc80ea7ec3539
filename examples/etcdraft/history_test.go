package etcdraft

import (
	"testing"

	"github.com/paxsim/paxsim/sim"
	"go.etcd.io/raft/v3/raftpb"
)

// watched tells a history what is seen of a run.
type watched struct{ sim.History[message, record] }

func (w watched) leads(id sim.ID, term uint64) *sim.Violation {
	return w.Sent(id, message{&raftpb.Message{Type: raftpb.MsgHeartbeat.Enum(), Term: &term}})
}

// entries are those of these terms, each with another command.
func (w watched) entries(id sim.ID, under, index, term uint64, terms ...uint64) *sim.Violation {
	l := &logRecord{index: index, term: term, under: under}
	for i, t := range terms {
		l.entries = append(l.entries, &raftpb.Entry{Index: new(index + 1 + uint64(i)), Term: new(t), Data: command{sim.Value(t), 1, 1}.encode()})
	}
	return w.Saved(id, slotLog, record{log: l})
}

func (w watched) hard(id sim.ID, term, commit uint64) *sim.Violation {
	return w.Saved(id, slotHard, record{hard: &raftpb.HardState{Term: &term, Commit: &commit}})
}

func (w watched) machine(id sim.ID, indices ...uint64) *sim.Violation {
	m := &machine{}
	for _, index := range indices {
		m.add(applied{command{1, 1, 1}, index, 1})
	}
	return w.Saved(id, slotMachine, record{machine: m})
}

// TestInvariants: what breaks one is noticed, and what looks like it is not.
func TestInvariants(t *testing.T) {
	type steps []func(watched) *sim.Violation
	leads := func(id sim.ID, term uint64) func(watched) *sim.Violation {
		return func(w watched) *sim.Violation { return w.leads(id, term) }
	}
	entries := func(id sim.ID, under, index, term uint64, terms ...uint64) func(watched) *sim.Violation {
		return func(w watched) *sim.Violation { return w.entries(id, under, index, term, terms...) }
	}
	hard := func(id sim.ID, term, commit uint64) func(watched) *sim.Violation {
		return func(w watched) *sim.Violation { return w.hard(id, term, commit) }
	}
	machine := func(id sim.ID, indices ...uint64) func(watched) *sim.Violation {
		return func(w watched) *sim.Violation { return w.machine(id, indices...) }
	}
	decides := func(id sim.ID, of sim.Instance, v sim.Value, term sim.Round) func(watched) *sim.Violation {
		return func(w watched) *sim.Violation { return w.Decided(id, of, v, term) }
	}
	crash := func(id sim.ID) func(watched) *sim.Violation {
		return func(w watched) *sim.Violation { w.Crashed(id); return nil }
	}
	for _, x := range []struct {
		name, broken string
		steps        steps
	}{
		{"one leader in each of two terms", "", steps{leads(1, 1), leads(2, 2), leads(2, 2)}},
		{"two leaders in a term", electionSafety, steps{leads(1, 1), leads(2, 1)}},

		{"a leader appends", "", steps{leads(1, 1), entries(1, 1, 0, 0, 1), entries(1, 1, 0, 0, 1, 1)}},
		{"a leader leaves out what is in a snapshot", "", steps{leads(1, 1), entries(1, 1, 0, 0, 1, 1, 1), entries(1, 1, 2, 1, 1)}},
		{"a leader loses an entry", leaderAppendOnly, steps{leads(1, 1), entries(1, 1, 0, 0, 1, 1), entries(1, 1, 0, 0, 1)}},
		{"an actor that led before it crashed loses one", "", steps{leads(1, 1), entries(1, 1, 0, 0, 1, 1), crash(1), entries(1, 1, 0, 0, 1)}},
		{"an actor that follows in a later term loses one", "", steps{leads(1, 1), entries(1, 1, 0, 0, 1, 1), entries(1, 2, 0, 0, 1)}},

		{"logs of which one goes on", "", steps{entries(1, 1, 0, 0, 1, 1), entries(2, 2, 0, 0, 1, 2)}},
		{"other entries before the same", logMatching, steps{entries(1, 3, 0, 0, 1, 1, 3), entries(2, 3, 0, 0, 1, 2, 3)}},
		{"the same before a log that begins later", logMatching, steps{entries(1, 3, 0, 0, 1, 1, 3), entries(2, 3, 2, 2, 3)}},

		{"a leader that has what is committed", "", steps{entries(1, 1, 0, 0, 1, 1), hard(1, 1, 2), entries(2, 1, 0, 0, 1, 1), leads(2, 2)}},
		{"a leader that has it in a snapshot", "", steps{entries(1, 1, 0, 0, 1, 1), hard(1, 1, 2), entries(2, 1, 2, 1), leads(2, 2)}},
		{"a leader that lacks what is not committed", "", steps{entries(1, 1, 0, 0, 1, 1), hard(1, 1, 1), entries(2, 1, 0, 0, 1), leads(2, 2)}},
		{"a leader that lacks some of it", leaderCompleteness, steps{entries(1, 1, 0, 0, 1, 1), hard(1, 1, 2), entries(2, 1, 0, 0, 1), leads(2, 2)}},
		{"a leader with an empty disk", leaderCompleteness, steps{entries(1, 1, 0, 0, 1), hard(1, 1, 1), leads(2, 2)}},
		{"a late leader of an early term", "", steps{entries(1, 2, 0, 0, 2), hard(1, 2, 1), leads(2, 1)}},
		{"two entries committed at an index", stateMachineSafety, steps{entries(1, 1, 0, 0, 1), hard(1, 1, 1), entries(2, 2, 0, 0, 2), hard(2, 2, 1)}},

		{"two machines that apply the same", "", steps{decides(1, 0, 1, 1), decides(2, 0, 1, 1), decides(2, 1, 2, 1)}},
		{"two that apply different commands", stateMachineSafety, steps{decides(1, 0, 1, 1), decides(2, 0, 2, 1)}},
		{"two that apply a command of different terms", stateMachineSafety, steps{decides(1, 0, 1, 1), decides(2, 0, 1, 2)}},
		{"a machine that goes on", "", steps{machine(1, 2, 3), machine(1, 2, 3, 5), machine(2, 2, 3)}},
		{"a machine that applies an entry twice", stateMachineSafety, steps{machine(1, 2, 3), machine(1, 2, 3, 2)}},
		{"a command of nobody", sim.Validity, steps{decides(1, 0, 9, 1)}},
	} {
		s := load(t, "election")
		w := watched{watch(s, sim.Watch(names{}, nil))}
		w.Reset()
		for v := range sim.Value(4) {
			w.Requested(1, sim.Request{Value: v + 1})
		}
		var got *sim.Violation
		for i, step := range x.steps {
			if got = step(w); got != nil && i < len(x.steps)-1 {
				t.Errorf("%s: step %d breaks %s: %s", x.name, i, got.Invariant, got.Text)
			}
		}
		switch {
		case got == nil && x.broken != "":
			t.Errorf("%s: nothing is noticed", x.name)
		case got != nil && got.Invariant != x.broken:
			t.Errorf("%s: %s: %s", x.name, got.Invariant, got.Text)
		}
	}
}
