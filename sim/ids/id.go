// Package ids has what actors are called by, and sets of them.
package ids

// ID is the number of an actor, 1..N. 0 is nobody: the outside world.
type ID uint16
