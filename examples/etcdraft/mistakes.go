package etcdraft

// mistake is what an application around the library does wrong, by the setting of that
// name. The library is sound, and relies on its user for what doc.go of it says under
// "Usage". Each of these breaks one sentence of that.
type mistake uint8

const (
	noMistake mistake = iota

	// lateVote: a message that tells of a vote leaves before the vote is saved. After a
	// crash in between the actor votes again in the same term.
	lateVote

	// lateEntries: a leader sends its entries before it has saved them, and leaves the
	// sync to whatever is saved next. It counts itself among those who have an entry,
	// and may forget the entry in a crash once it is committed.
	lateEntries

	// lateSync: a follower acknowledges entries before they are durable: the answer
	// leaves, and then they are saved.
	lateSync

	// earlyAdvance: Advance is called at once, and what is in a Ready is done when the
	// next event comes. The library then looks in its storage for what is not there yet.
	earlyAdvance

	// lostSnapshot: the commands that are in a snapshot are kept, and the snapshot itself
	// is not, with its index and term. After a restart the log ends before what is committed.
	lostSnapshot

	// appliedTwice: after a restart committed entries are applied again to a state that
	// holds them already.
	appliedTwice
)

// mistakes are the words for them.
var mistakes = []string{"none", "late-vote", "late-entries", "late-sync", "early-advance", "lost-snapshot", "applied-twice"}
