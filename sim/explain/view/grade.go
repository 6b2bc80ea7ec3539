package view

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// meaning says in plain words what it means that an invariant of a grade broke, by
// the word for the grade; "": it is not known.
func meaning(grade string) string {
	if g := slices.Index(sim.Grades, grade); g >= 0 {
		return sim.Grade(g).Means()
	}
	return ""
}
