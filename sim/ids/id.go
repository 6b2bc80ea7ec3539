// Package ids has the numbers by which a run names things: actors and sets of them,
// values, instances and rounds. Authors of protocols know them by their names in sim.
package ids

// ID is the number of an actor, 1..N. 0 is nobody: the outside world.
type ID uint16

// Value is what actors decide on: a number that the world's table of names
// turns into text. 0 is no value.
type Value uint32

// Names gives values their names. Texts are written with it.
type Names interface {
	// ValueName is the name of a value; "-" for 0.
	ValueName(v Value) string
}

// Instance is the number of one of the decisions that a protocol makes: the place
// in a log, for one that orders commands. A protocol that decides once has instance
// 0 alone.
type Instance uint32

// Round is a round of a protocol, such as a ballot: what is decided is decided in
// one. 0 is none. [shown.Rounds] turns it into text.
type Round uint64
