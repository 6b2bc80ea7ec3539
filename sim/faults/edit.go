package faults

import "github.com/paxsim/paxsim/sim/ids"

// Edit is a change that somebody makes to a timed run by hand, at a place in it. Up
// to that place the run is what it was, event by event. The edit is the event that
// follows. Exactly one of Fault, Restart and Heal says what it does.
type Edit struct {
	After   uint64 // how many events come before it; 0: it is the first
	Fault   Fault  // begins here: a cut, a clog, a pause or a crash of listed actors
	Restart ids.ID // comes back here, if it is down and can; 0: nobody
	Heal    string // the name of a fault that is over here, if it is in force
}

// MaxEdits is how many edits a run may have.
const MaxEdits = 1000
