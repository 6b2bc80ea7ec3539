package play

import "encoding/json"

// Reply is what the session says. Mistakes are alone: a reply that has some has nothing
// else.
type Reply struct {
	Do       string    `json:"do,omitempty"`
	Mistakes []Mistake `json:"mistakes,omitempty"`

	Library *Library          `json:"library,omitempty"`
	State   *State            `json:"state,omitempty"`
	Page    json.RawMessage   `json:"-"`               // "page", written last: see the doc of the package
	Whats   map[string]string `json:"whats,omitempty"` // the words for kinds of events, by number
	Event   uint64            `json:"event,omitempty"` // that asks for what was chosen, or was taken
	Said    string            `json:"said,omitempty"`  // what came of an act, in a sentence
	Moment  *Moment           `json:"moment,omitempty"`
	Parting *Parting          `json:"parting,omitempty"`
	Board   string            `json:"board,omitempty"`
	Saved   *Saved            `json:"saved,omitempty"`
}

// Mistake is what is wrong with a request, in words for people.
type Mistake struct {
	Text    string `json:"text"`              // a line
	File    string `json:"file,omitempty"`    // where it is: "scenario", or an override as "--set actors=x"
	Line    int    `json:"line,omitempty"`    // in the text of the scenario, from 1
	Column  int    `json:"column,omitempty"`  // in characters, from 1
	Excerpt string `json:"excerpt,omitempty"` // the line, and below it a caret
}

// Library is what can be opened.
type Library struct {
	Version   int        `json:"version"` // of the protocol
	Tool      string     `json:"tool"`    // "paxsim 0.1.0"
	Limits    Limits     `json:"limits"`
	First     string     `json:"first"` // the scenario that a page opens with
	Scenarios []Scenario `json:"scenarios"`
	Mutants   []Mutant   `json:"mutants"`
	Families  []string   `json:"families"` // of faults, for "calm"
}

// Scenario is one of the library.
type Scenario struct {
	Name     string `json:"name"`
	Group    string `json:"group"`
	Teaches  string `json:"teaches"`
	Protocol string `json:"protocol"`
	Actors   int    `json:"actors"`
	Text     string `json:"text"`              // to write another from
	Refused  string `json:"refused,omitempty"` // why play does not open it as it is
}

// Mutant is a protocol with one thing changed.
type Mutant struct {
	Protocol string `json:"protocol"`
	Name     string `json:"name"`
	Doc      string `json:"doc"`
	Kind     string `json:"kind"`            // unsafe, safe control, liveness, safe variant
	First    string `json:"first,omitempty"` // the invariant that breaks first, as a rule
	Splits   bool   `json:"splits"`          // two values can be decided
}

// State is how a run is.
type State struct {
	Run       int      `json:"run"`
	Name      string   `json:"name"`               // of the scenario
	Engine    string   `json:"engine"`             // timed or searched
	Base      string   `json:"base"`               // "calm" or "seed 7"
	Digest    string   `json:"digest"`             // of the whole run
	Events    uint64   `json:"events"`             // how many it has
	Outcome   string   `json:"outcome"`            // decided, partial, undecided or violated
	Broke     string   `json:"broke,omitempty"`    // the invariant that broke
	BrokeAt   uint64   `json:"broke_at,omitempty"` // in which event
	Opened    []string `json:"opened,omitempty"`   // families of faults that were off, and can be chosen here
	Chosen    []Chosen `json:"chosen,omitempty"`
	Surprises int      `json:"surprises"` // how many chosen answers, held events and edits there are
	Undos     int      `json:"undos"`     // how many acts can be taken back
}

// Chosen is an answer that is chosen, an event that is held back, or an edit.
type Chosen struct {
	Name   string `json:"name"`             // of the choice or of the event; of an edit its text: "after 12: pause 3"
	Answer uint32 `json:"answer,omitempty"` // of a choice
	Until  string `json:"until,omitempty"`  // of a held event: until this one was handled
	Text   string `json:"text"`             // in plain words
	Event  uint64 `json:"event,omitempty"`  // that asks, or is the edit; 0: the run does not reach it now
}

// Moment is the state of all between two events.
type Moment struct {
	At     uint64     `json:"at"`   // after this event; 0: before the first
	Time   string     `json:"time"` // "12.5 ms"; "" in a searched run
	Actors []Standing `json:"actors"`
	Next   []Next     `json:"next"` // what waits to happen, in order
	More   int        `json:"more,omitempty"`
	Acts   []Act      `json:"acts"`
	Over   bool       `json:"over"` // the run ends here
}

// Standing is the state of an actor.
type Standing struct {
	Actor  int         `json:"actor"`
	Status string      `json:"status"`
	Line   string      `json:"line"`  // in one line
	Facts  [][2]string `json:"facts"` // name and text, the most telling first
}

// Next is an event that waits to happen. In a searched run each can be taken.
type Next struct {
	Name  string `json:"name"`           // "deliver Accept 2>5 #1"
	Text  string `json:"text"`           // in plain words: "Accept 2.1 arrives at 5"
	Actor int    `json:"actor"`          // 0: nobody
	Peer  int    `json:"peer,omitempty"` // of a message: its sender
	Sent  uint64 `json:"sent,omitempty"` // of a message: the event that sent it
	Time  string `json:"time,omitempty"` // when, in a timed run: "13.0 ms"
	Held  string `json:"held,omitempty"` // until which event it is held back
	Takes bool   `json:"takes"`          // it can be taken
}

// Act is what can be done.
type Act struct {
	Kind   string `json:"kind"`             // lose, double, delay, damage, forge, crash, restart, pause, cut, clog, heal, take, answer; calm: as if nothing were
	Text   string `json:"text"`             // in plain words
	Name   string `json:"name,omitempty"`   // of the choice; "": it is no choice
	Take   string `json:"take,omitempty"`   // of the event that is taken
	Edit   string `json:"edit,omitempty"`   // what is done at the place of the page: "pause 3"
	Answer uint32 `json:"answer,omitempty"` // to send, if the page asks for no number; left out it is 0
	Now    uint32 `json:"now,omitempty"`    // the answer that the run has
	Chosen bool   `json:"chosen,omitempty"` // it was chosen by hand
	Event  uint64 `json:"event,omitempty"`  // that asks
	Effect *int   `json:"effect,omitempty"` // of that event's line; none: it is about no effect
	Actor  int    `json:"actor,omitempty"`  // who sends, or crashes
	Peer   int    `json:"peer,omitempty"`   // to whom a message goes
	Range  *Range `json:"range,omitempty"`  // which answers there are, in words
	For    *Range `json:"for,omitempty"`    // of what lasts: how long it may
}

// Range is a number that the page may ask for.
type Range struct {
	Least  uint32 `json:"least"`
	Most   uint32 `json:"most"`
	Unit   string `json:"unit,omitempty"` // "tick", or "" for a plain number
	TickUS int64  `json:"tick_us,omitempty"`
	Text   string `json:"text"` // what it is: "longer than the least"
}

// Parting is where two runs part.
type Parting struct {
	A   uint64   `json:"a"` // the first event that differs, in each; 0: the run is over before
	B   uint64   `json:"b"`
	Why []string `json:"why"`
}

// Saved is a run as a file.
type Saved struct {
	Name   string   `json:"name"`             // for the file: "literal-acks.run.json"
	Text   string   `json:"text"`             // what paxsim replay plays
	Digest string   `json:"digest"`           // that it plays with
	Unused []string `json:"unused,omitempty"` // chosen answers that it does not hold: the run does not ask for them
}
