package sim

// Moment is a point in a run told by what happens, not by a time: "actor 2 has
// sent Accept to a majority", "a vote exists". It comes once a run, at the very
// effect: what its actor asks for after that already happens in the world that
// the moment changed. The zero Moment is none.
type Moment struct {
	Who   ID    // 0: anybody
	Does  Doing //
	Kind  uint8 // of the message sent or received, or of what is saved (an index into Words.Saves)
	Times int   // the how-manieth time; 0 counts as 1. Of sends every receiver counts, also the sender itself
	Most  bool  // as many times as are a majority of all actors, in place of Times

	// Quorum: as many times as are a quorum of members, of the phase to which what
	// is done belongs, or of every phase; in place of Times.
	Quorum bool
}

// Doing is what somebody does at a [Moment].
type Doing uint8

// What somebody can do.
const (
	Never    Doing = iota
	Sends          // a message of a kind leaves for one receiver
	Receives       // a message of a kind arrives and is handled
	Saves          // something reaches the disk
	Decides        // a decision is made known
	Falls          // it goes down
	Returns        // it comes back from a crash
)
