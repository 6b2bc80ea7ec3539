package observe

// A Guide tells a run to readers who are new to the protocol: it finds the events
// that are worth a few sentences. The viewer shows them, beside captions of its own
// for what every protocol has: losses, crashes, faults and broken invariants.
type Guide interface {
	// See takes the entries of a run, one by one and in their order. The arrival of
	// a message that no handler got is left out.
	See(e Entry)

	// Captions lists what is worth saying, the most important first. They are asked
	// for when the run is over. sound says that nothing is broken on purpose and that
	// no invariant broke: only then may a caption state a rule of the protocol.
	Captions(sound bool) []Caption
}

// Caption is a few sentences about an event.
type Caption struct {
	Event uint64 // the number of the event
	Text  string
}
