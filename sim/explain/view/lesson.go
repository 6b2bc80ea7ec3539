package view

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Lessons reads a list of lessons, as JSON.
func Lessons(data []byte) ([]Lesson, error) {
	var list []Lesson
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&list); err != nil {
		return nil, fmt.Errorf("lessons: %w", err)
	}
	return list, nil
}

// Lesson is a lesson of a page of play: a question, a thing to do, and what one should
// have seen.
type Lesson struct {
	Name     string   `json:"name"`
	Question string   `json:"question"`
	Opens    Opens    `json:"opens"`           // the run that it begins with
	Takes    []string `json:"takes,omitempty"` // the events that are taken in it before the reader begins
	Do       string   `json:"do"`              // a thing to do
	Done     Done     `json:"done"`            // when it is done
	Seen     string   `json:"seen"`            // what one should have seen
	Tells    string   `json:"tells,omitempty"` // "safe": say too which value the board says is safe, and why
	Hint     string   `json:"hint,omitempty"`
	Mutants  []Par    `json:"mutants,omitempty"` // the page opens with one of them, and can hide its name
	Par      int      `json:"par,omitempty"`     // acts that the lesson can be done with; 0: nobody counts
}

// Par is in how many events a mutant breaks, once all actors have started: as many as the
// shortest story known has.
type Par struct {
	Name string `json:"name"`
	Par  int    `json:"par"`
}

// Opens is a run as a page asks for it: the fields of a request of package play.
type Opens struct {
	Scenario string   `json:"scenario,omitempty"`
	Text     string   `json:"text,omitempty"`
	File     string   `json:"file,omitempty"`
	Set      []string `json:"set,omitempty"`
	Mutant   string   `json:"mutant,omitempty"`
	Seed     string   `json:"seed,omitempty"`
	Engine   string   `json:"engine,omitempty"`
}

// Done says when a lesson is done: all that it names must be so. Without any of it the
// reader says.
type Done struct {
	Outcome string `json:"outcome,omitempty"`  // of the run
	Broke   string `json:"broke,omitempty"`    // the invariant that broke
	Acts    int    `json:"acts,omitempty"`     // at least so many acts are in the run
	Kind    string `json:"kind,omitempty"`     // an act of this kind was done in the lesson: lose, crash, undo, fork
	GivesUp bool   `json:"gives_up,omitempty"` // the reader says that it is enough
	AtEnd   bool   `json:"at_end,omitempty"`   // the last event is reached
}
