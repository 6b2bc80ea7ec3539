// Package diagram lays a run out as a space-time diagram: time runs down, an
// actor is a column, a message is an arrow from where it left to where it
// arrived. It knows pixels, not files: [SVG] draws a layout, and other pages can.
//
//	trace.Step --Builder.Add--> rows of ticks --Builder.Layout--> Layout --SVG--> picture
//
// All is whole numbers, so that a picture is the same bytes everywhere. Virtual
// time is not to scale: every tick at which something happens has the room that
// its labels need, and long silences are a little longer than short ones.
package diagram

import "github.com/paxsim/paxsim/sim"

// Layout is a run, or a part of it, in pixels. Y grows downwards.
type Layout struct {
	Title    string   // which run it is
	Summary  string   // what came of it, in a sentence
	Note     string   // what is not shown; "": all is
	Actors   []Column // by number - 1
	Kinds    []Kind   // of messages that are there, in the order of their numbers
	Width    int
	Height   int
	Top      int // where the columns begin
	Bottom   int // and end
	Times    []Mark
	Events   []Event
	Messages []Message
	Downs    []Span // actors that are down or paused
	Cuts     []Band // faults of the network
	Saves    bool   // somebody saves

	// Of a story: its events have numbers in the place of times, and the actors that are
	// shown are numbered anew, in the order of their columns.
	Story    bool
	Foot     []Line // the lines below the columns
	Decisive *Band  // the event from which on the rule breaks even in calm; nil: not known
}

// Column is an actor.
type Column struct {
	Name string
	X    int // of its line
}

// Kind is a kind of messages.
type Kind struct {
	Number uint8
	Word   string
}

// Mark is a text at the side.
type Mark struct {
	Y    int
	Text string
}

// Event is a point of a column, with labels beside it.
type Event struct {
	Number  uint64 // several may have the same: a fault that takes actors down
	Actor   sim.ID // 0: it concerns all
	Y       int
	Full    string // all that happened, for a reader who points at it
	Lines   []Line
	Saved   bool
	Decided bool
	Crashed bool
	Own     bool // the event itself, not what happened elsewhere because of it

	FromRight bool // an arrow comes in from the side of the labels
}

// Line is a label.
type Line struct {
	Y     int
	Text  string
	Class Class
}

// Class says how a label is drawn.
type Class uint8

// The classes of labels.
const (
	Plain Class = iota
	Quiet       // what an actor notes for itself
	Good        // a decision
	Bad         // a crash, a violation, what did not arrive
	World       // what concerns all
)

// Fate is what became of a message.
type Fate uint8

// The fates of messages.
const (
	Arrived  Fate = iota
	Lost          // when it was sent, or cut off then
	Refused       // when it would have arrived
	UnderWay      // not settled when the picture ends
)

// Message is an arrow.
type Message struct {
	Kind     uint8
	Copy     bool // the double of a message
	From, To sim.ID
	Sent     uint64 // the event in which it left; 0: before the picture
	Event    uint64 // in which it arrived or was lost; 0: none
	Y1, Y2   int    // where it leaves and arrives
	Fate     Fate
	Text     string // what it says, and what became of it
}

// Span is a part of a column.
type Span struct {
	Actor  sim.ID
	Paused bool // it stands still; else it is down
	Y1, Y2 int
}

// Band is a part of all columns.
type Band struct {
	Name   string
	Y1, Y2 int
}
