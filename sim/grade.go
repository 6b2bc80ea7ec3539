package sim

import "slices"

// Grade says what is lost when an [Invariant] breaks.
type Grade uint8

// The grades of invariants. The zero Grade is the careful one: what is not known
// to be only a step of the proof counts as what users lose.
const (
	// Safety is what users of consensus rely on: two values are never decided,
	// nor one that nobody asked for.
	Safety Grade = iota

	// Lemma is a step of the proof that safety holds. Once one breaks, the proof
	// no longer applies, though two values may be out of reach.
	Lemma
)

// Grades are the words for the grades, in their order.
var Grades = []string{"safety", "lemma"}

// String is the word that tables and files print.
func (g Grade) String() string { return Grades[g] }

// Of is the name of an invariant with its grade: "agreement (safety)".
func (g Grade) Of(invariant string) string { return invariant + " (" + g.String() + ")" }

// Means says in plain words what it means that an invariant of this grade is
// broken.
func (g Grade) Means() string {
	if g == Lemma {
		return "a step of the proof is broken: the proof no longer applies, though two values may be out of reach"
	}
	return "what users of consensus rely on is lost"
}

// GradeOf is the grade of an invariant of a protocol, by its name. It is [Safety] if the
// protocol does not list the invariant.
func GradeOf(p Protocol, invariant string) Grade { return gradeOf(p.Invariants(), invariant) }

func gradeOf(list []Invariant, name string) Grade {
	if i := slices.IndexFunc(list, func(x Invariant) bool { return x.Name == name }); i >= 0 {
		return list[i].Grade
	}
	return Safety
}

// ExpandInvariants replaces, in a list of what is to be watched, the word for a
// grade by the names of all invariants of the protocol that have it. Each name is
// there once, where it came first. A name that is no invariant and no grade stays:
// [Scenario.Check] tells of it.
func ExpandInvariants(p Protocol, names []string) (list []string) {
	add := func(name string) {
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	all := p.Invariants()
	for _, name := range names {
		grade := slices.Index(Grades, name)
		if grade < 0 || slices.ContainsFunc(all, func(x Invariant) bool { return x.Name == name }) {
			add(name)
			continue
		}
		for _, x := range all {
			if x.Grade == Grade(grade) {
				add(x.Name)
			}
		}
	}
	return list
}
