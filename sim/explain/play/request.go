package play

// Request is what a page asks for. The doc of the package says which fields a request may
// have, by "do".
type Request struct {
	Do  string `json:"do"`
	Run int    `json:"run,omitempty"`
	At  uint64 `json:"at,omitempty"` // the last event before the place of the page; 0: it is before the first

	// open
	Scenario string   `json:"scenario,omitempty"` // a name of the library
	Text     string   `json:"text,omitempty"`     // of a scenario
	File     string   `json:"file,omitempty"`     // the text of a run file or a story
	Set      []string `json:"set,omitempty"`      // as --set: "actors=5"
	Calm     []string `json:"calm,omitempty"`     // as --calm
	Mutant   string   `json:"mutant,omitempty"`
	Only     []string `json:"only,omitempty"`   // as --only: the invariants, or grades, that are watched; none: all
	Seed     string   `json:"seed,omitempty"`   // a whole number; "": in calm
	Engine   string   `json:"engine,omitempty"` // timed or searched; "": timed

	// page
	From uint64 `json:"from,omitempty"` // the first event of the window; 0: the first of the run

	// moment
	Event  uint64 `json:"event,omitempty"`  // whose acts are meant; 0: that of At
	Effect *int   `json:"effect,omitempty"` // only those about this effect of the event's line
	Actor  int    `json:"actor,omitempty"`  // only those about this actor
	Peer   int    `json:"peer,omitempty"`   // with Actor: only those about the links between the two

	// act
	Act   *Act  `json:"act,omitempty"`   // what counts are Name and Answer, or Take, or Edit
	Ticks int64 `json:"ticks,omitempty"` // how long it lasts; 0: a crash by chance the least time, an edit until it is healed

	// parting
	Other int `json:"other,omitempty"`
}
