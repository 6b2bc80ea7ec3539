package sim

import (
	"cmp"
	"fmt"
	"slices"

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

// Equal is the weights of a choice of so many outcomes, all equally likely.
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
	run       Watched   `state:"fixed"`
	agreement bool      `state:"fixed"`
	validity  bool      `state:"fixed"`
	several   bool      `state:"fixed"` // the goal is of several instances: texts name instance 0 as well
	asked     []Value   `state:"bag"`   // without doubles, in their order
	first     []makerOf // by instance
}

// makerOf is the first decision of an instance, and who made it known.
type makerOf struct {
	instance Instance
	value    Value
	under    Round  `state:"scratch"`
	by       ID     `state:"scratch"`
	event    uint64 `state:"scratch"` // in which it was
}

// find is where an instance is, or belongs.
func (c *Consensus[M, D]) find(of Instance) (int, bool) {
	return slices.BinarySearchFunc(c.first, of, func(x makerOf, of Instance) int { return cmp.Compare(x.instance, of) })
}

// WatchConsensus makes one, as [Spec].History wants it.
func WatchConsensus[M Message, D Record](s *Scenario, run Watched) History[M, D] {
	return &Consensus[M, D]{
		run: run, agreement: s.Watches(Agreement), validity: s.Watches(Validity),
		several: s.Protocol.Goal(s).Instances > 1,
	}
}

// Reset implements [History].
func (c *Consensus[M, D]) Reset() {
	c.asked, c.first = c.asked[:0], c.first[:0]
}

// Requested implements [History].
func (c *Consensus[M, D]) Requested(_ ID, r Request) *Violation {
	if at, there := slices.BinarySearch(c.asked, r.Value); !there {
		c.asked = slices.Insert(c.asked, at, r.Value)
	}
	return nil
}

// Decided implements [History].
func (c *Consensus[M, D]) Decided(id ID, of Instance, v Value, under Round) *Violation {
	if _, asked := slices.BinarySearch(c.asked, v); c.validity && !asked {
		return &Violation{Invariant: Validity, Text: fmt.Sprintf("actor %d decides %s%s, which nobody has asked for", id, c.run.ValueName(v), c.inInstance(of))}
	}
	at, known := c.find(of)
	if !known {
		c.first = slices.Insert(c.first, at, makerOf{of, v, under, id, c.run.Event()})
		return nil
	}
	if first := &c.first[at]; c.agreement && v != first.value {
		return &Violation{
			Invariant: Agreement,
			Text:      fmt.Sprintf("actor %d decides %s%s, and actor %d has decided %s", id, c.run.ValueName(v), c.inInstance(of), first.by, c.run.ValueName(first.value)),
			Events:    []uint64{first.event},
			Chosen:    []Chosen{{Value: first.value, Under: first.under, Instance: of}, {Value: v, Under: under, Instance: of}},
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
