package scheduler

import "math/bits"

// Edited answers as its base does, except for the choices that it lists. It is how a saved
// run, a story and a single changed answer are played.
type Edited struct {
	Base    Source         // nil: the seeded answers
	Answers map[Key]uint32 // by choice; nil: none. It must not change once a choice was asked.

	// The answers as they are looked up: most choices are not listed, and
	// learn that from one look. A table of a power of two places, at most a quarter of them
	// taken; a key is at its own place or after it.
	table []edit
	shift uint // from the hash of a key to its place
}

// edit is a listed answer.
type edit struct {
	key    Key
	answer uint32
	listed bool // else the place is free
	used   bool
}

// Answer implements [Source]. A listed answer that is out of range is passed
// over, and [Edited.Unused] will name it: it is never wrapped into the range.
func (e *Edited) Answer(k Key, outcomes, seeded uint32) uint32 {
	if e.Base != nil {
		seeded = e.Base.Answer(k, outcomes, seeded)
	}
	if e.table == nil {
		e.fill()
	}
	for i := uint64(k) * golden >> e.shift; ; i++ {
		x := &e.table[i%uint64(len(e.table))]
		switch {
		case !x.listed:
			return seeded
		case x.key == k && x.answer < outcomes:
			x.used = true
			return x.answer
		case x.key == k:
			return seeded
		}
	}
}

// fill makes the table of the answers.
func (e *Edited) fill() {
	size := bits.Len(uint(4*len(e.Answers) + 1))
	e.table, e.shift = make([]edit, 1<<size), uint(64-size)
	for k, a := range e.Answers { //sorted: the places of keys change no answer
		i := uint64(k) * golden >> e.shift
		for e.table[i].listed {
			i = (i + 1) % uint64(len(e.table))
		}
		e.table[i] = edit{key: k, answer: a, listed: true}
	}
}

// Unused lists, in the order of their keys, the answers that no longer apply:
// the run did not ask them, or asked them with fewer outcomes.
func (e *Edited) Unused() []Key {
	if e.table == nil {
		e.fill()
	}
	var out []Key
	for _, x := range e.table {
		if x.listed && !x.used {
			out = append(out, x.key)
		}
	}
	sortKeys(out)
	return out
}

// Reset forgets which answers were used, for the next run.
func (e *Edited) Reset() {
	for i := range e.table {
		e.table[i].used = false
	}
}
