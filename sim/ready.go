package sim

import (
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
)

// Parts that a small protocol takes instead of writing them.

// Base is an actor that does nothing. Embed it, and write the handlers that the
// protocol has.
type Base[M Message, D Record] struct{}

// Start implements [Actor].
func (Base[M, D]) Start(*Env[M, D]) {}

// Receive implements [Actor].
func (Base[M, D]) Receive(*Env[M, D], ID, M) {}

// Timeout implements [Actor].
func (Base[M, D]) Timeout(*Env[M, D], Timer) {}

// Request implements [Actor].
func (Base[M, D]) Request(*Env[M, D], Request) {}

// NoRecord is the record of a protocol that saves nothing.
type NoRecord struct{}

// Hash implements [Record].
func (NoRecord) Hash(*Digest) {}

// Text implements [Record].
func (NoRecord) Text(Names) string { return "nothing" }

// Equal is the weights of a choice of so many outcomes, all of which are as likely.
type Equal = scheduler.Uniform

// NoHistory is a history that watches nothing. Embed it, and write the methods for
// what the history watches.
type NoHistory[M Message, D Record] struct{}

// Reset implements [History].
func (NoHistory[M, D]) Reset() {}

// Requested implements [History].
func (NoHistory[M, D]) Requested(ID, Request) *Violation { return nil }

// Crashed implements [History].
func (NoHistory[M, D]) Crashed(ID) {}

// Restarted implements [History].
func (NoHistory[M, D]) Restarted(ID) {}

// Sent implements [History].
func (NoHistory[M, D]) Sent(ID, M) *Violation { return nil }

// Saved implements [History].
func (NoHistory[M, D]) Saved(ID, int, D) *Violation { return nil }

// Decided implements [History].
func (NoHistory[M, D]) Decided(ID, Instance, Value, Round) *Violation { return nil }

// Answered implements [History].
func (NoHistory[M, D]) Answered(ID, RequestID, Value) *Violation { return nil }

// Marks implements [History].
func (NoHistory[M, D]) Marks() Marks { return 0 }

// The names of invariants that are not the protocol's own.
const (
	Agreement = "agreement" // [Consensus] watches it
	Validity  = "validity"  // the same

	// PanicInvariant is the one that breaks where a handler panics, fails or never
	// stops sending. Its grade is [Safety]; every protocol has it, and no scenario
	// switches it off.
	PanicInvariant = "panic"
)

// ConsensusInvariants lists those that [Consensus] watches, for [Spec].Invariants.
func ConsensusInvariants() []Invariant {
	return []Invariant{
		{
			Name: Agreement, Doc: "no two actors decide different values",
			Why:    "Whoever acts on one decision contradicts whoever acts on the other.",
			Source: "Lynch, Distributed Algorithms, 1996, chapter 6",
		},
		{
			Name: Validity, Doc: "what is decided, a client asked for",
			Why:    "A value that nobody asked for is of no use, whoever agrees on it.",
			Source: "Lynch, Distributed Algorithms, 1996, chapter 6",
		},
	}
}

// Consensus is a history for any protocol that decides: it watches that in each
// instance all decide the same, and only what somebody asked for. It looks at no
// message, so it knows of a broken rule only once two have decided.
type Consensus[M Message, D Record] struct {
	NoHistory[M, D]
	run       Watched
	agreement bool
	validity  bool
	several   bool // the goal is of several instances: texts name instance 0 as well
	asked     map[Value]bool
	first     map[Instance]makerOf
}

// makerOf is the first decision of an instance, and who made it known.
type makerOf struct {
	Chosen
	by    ID
	event uint64 // in which it was
}

// WatchConsensus makes one, as [Spec].History wants it.
func WatchConsensus[M Message, D Record](s *Scenario, run Watched) History[M, D] {
	return &Consensus[M, D]{
		run: run, agreement: s.Watches(Agreement), validity: s.Watches(Validity),
		several: s.Protocol.Goal(s).Instances > 1,
		asked:   map[Value]bool{}, first: map[Instance]makerOf{},
	}
}

// Reset implements [History].
func (c *Consensus[M, D]) Reset() {
	clear(c.asked)
	clear(c.first)
}

// Requested implements [History].
func (c *Consensus[M, D]) Requested(_ ID, r Request) *Violation {
	c.asked[r.Value] = true
	return nil
}

// Decided implements [History].
func (c *Consensus[M, D]) Decided(id ID, of Instance, v Value, under Round) *Violation {
	if c.validity && !c.asked[v] {
		return &Violation{Invariant: Validity, Text: fmt.Sprintf("actor %d decides %s%s, which nobody has asked for", id, c.run.ValueName(v), c.inInstance(of))}
	}
	now := Chosen{Value: v, Under: under, Instance: of}
	first, known := c.first[of]
	if !known {
		c.first[of] = makerOf{now, id, c.run.Event()}
		return nil
	}
	if c.agreement && v != first.Value {
		return &Violation{
			Invariant: Agreement,
			Text:      fmt.Sprintf("actor %d decides %s%s, and actor %d has decided %s", id, c.run.ValueName(v), c.inInstance(of), first.by, c.run.ValueName(first.Value)),
			Events:    []uint64{first.event},
			Chosen:    []Chosen{first.Chosen, now},
		}
	}
	return nil
}

// inInstance says which instance a text is about, if it is not the only one.
func (c *Consensus[M, D]) inInstance(of Instance) string {
	if of == 0 && !c.several {
		return ""
	}
	return " in instance " + itoa(int(of))
}
