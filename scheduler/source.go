package scheduler

// Source is the one door for chance: it answers the choices of a run.
//
// Answer is asked for the outcome of the choice k, one of 0..outcomes-1 with outcomes ≥ 2.
// 0 is the calm one. seeded is what the seed would answer, with all weights applied; a
// source takes it or answers something else. An answer out of range is a bug of the
// source, and the world panics.
//
// A nil Source in a world means: the seed alone.
type Source interface {
	Answer(k Key, outcomes, seeded uint32) uint32
}

// Calm answers 0 to everything: the run in which nothing surprises.
type Calm struct{}

// Answer implements [Source].
func (Calm) Answer(Key, uint32, uint32) uint32 { return 0 }

// Asked is one choice as it was asked and answered.
type Asked struct {
	Key      Key
	Outcomes uint32 // how many there were
	Answer   uint32 // the one taken, 0: calm
}

// Recording passes every choice on and writes it down.
type Recording struct {
	Base Source  // nil: the seeded answers
	List []Asked // in the order in which they were asked
}

// Answer implements [Source].
func (r *Recording) Answer(k Key, outcomes, seeded uint32) uint32 {
	if r.Base != nil {
		seeded = r.Base.Answer(k, outcomes, seeded)
	}
	r.List = append(r.List, Asked{k, outcomes, seeded})
	return seeded
}

// Surprises is what the run owes to chance: the answers that were not calm.
// With base [Calm] they make the same run again.
func (r *Recording) Surprises() map[Key]uint32 {
	out := make(map[Key]uint32)
	for _, a := range r.List {
		if a.Answer != 0 {
			out[a.Key] = a.Answer
		}
	}
	return out
}
