package playhost

import (
	"github.com/paxsim/paxsim/scenarios/library"
	"github.com/paxsim/paxsim/sim/explain/view"
)

// Lessons are those of a page of play.
func Lessons() []view.Lesson {
	list, err := view.Lessons(library.Lessons)
	if err != nil {
		panic(err) // they are embedded
	}
	return list
}
