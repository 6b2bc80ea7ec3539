package play

// Request is what a page asks for. Which fields a request may have is told by the doc
// of the package, by "do".
type Request struct {
	Do  string `json:"do"`
	Run int    `json:"run,omitempty"`
	At  uint64 `json:"at,omitempty"` // the event after which the page stands; 0: before the first

	// open
	Scenario string   `json:"scenario,omitempty"` // a name of the library
	Text     string   `json:"text,omitempty"`     // of a scenario
	File     string   `json:"file,omitempty"`     // the text of a run file or a story
	Set      []string `json:"set,omitempty"`      // as --set: "actors=5"
	Calm     []string `json:"calm,omitempty"`     // as --calm
	Mutant   string   `json:"mutant,omitempty"`
	Seed     string   `json:"seed,omitempty"`   // a whole number; "": in calm
	Engine   string   `json:"engine,omitempty"` // timed or searched; "": timed

	// page
	From uint64 `json:"from,omitempty"` // the first event of the window; 0: the first of the run

	// moment
	Event  uint64 `json:"event,omitempty"`  // whose acts are meant; 0: that of At
	Effect *int   `json:"effect,omitempty"` // only those about this effect of the event's line
	Actor  int    `json:"actor,omitempty"`  // only those about this actor

	// act
	Act *Deed `json:"act,omitempty"`

	// parting
	Other int `json:"other,omitempty"`
}

// Deed is what an act does: an answer to a choice, or the event that is next. The fields
// of an [Act] may stand beside these, and are passed over.
type Deed struct {
	Name   string  `json:"name,omitempty"`   // of a choice, as run files have it
	Answer *uint32 `json:"answer,omitempty"` // nil: that of the act, 1
	For    int64   `json:"for,omitempty"`    // of a crash: for how many ticks; 0: the least
	Take   string  `json:"take,omitempty"`   // the name of an event of a searched run
}
