package board

import "github.com/paxsim/paxsim/sim/observe"

// A Keeper follows a run and tells what changes on its board. A protocol that votes in
// rounds can bring one: see [sim.Spec].Board. What it says follows from the entries
// alone, so every road to a run shows the same board.
type Keeper interface {
	// See takes the entries of a run, one by one and in their order. The arrival of a
	// message that no handler got is left out.
	See(e observe.Entry)
	// Changes is what has changed since the last call, in order. It is called when an
	// event is over. The slice is good until the next See.
	Changes() []Change
	// Legend says in the words of the protocol what the signs of a board mean.
	Legend() Legend
}

// Legend is what a board says below itself.
type Legend struct {
	Open, Past, Voted string // a cell: "it may still vote there"
	Reported          string // what a report is: "what each promise reports"
	Choosable, Safe   string
}
