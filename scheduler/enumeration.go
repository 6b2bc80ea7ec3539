package scheduler

// Enumeration answers every choice in every way, one run after the other:
//
//	for e := new(Enumeration); e.Next(); {
//		… one run with e as its source …
//	}
//
// It is for tiny worlds: the number of runs multiplies with every choice. The
// zero Enumeration tries every outcome of every choice.
type Enumeration struct {
	// Few, if not 0, is how many outcomes of a choice are tried: so many
	// representatives, the calm one, the last, and evenly between. At least 2.
	Few uint32

	path []digit // the answers of this run so far, as on an odometer
	at   int     // how many of them this run has asked for
	runs bool    // a run has begun
}

type digit struct{ turn, turns uint32 }

// Next makes ready for the next run and says whether there is one. It panics if
// the last run asked less than the one before it that began with the same
// answers: such a run depends on something else than its answers.
func (e *Enumeration) Next() bool {
	if !e.runs {
		e.runs = true
		return true
	}
	if e.at < len(e.path) {
		panic("scheduler: an enumerated run depends on more than its answers")
	}
	for len(e.path) > 0 {
		last := &e.path[len(e.path)-1]
		if last.turn++; last.turn < last.turns {
			e.at = 0
			return true
		}
		e.path = e.path[:len(e.path)-1]
	}
	return false
}

// Answer implements [Source].
func (e *Enumeration) Answer(_ Key, outcomes, _ uint32) uint32 {
	if e.at == len(e.path) {
		turns := outcomes
		if e.Few != 0 {
			turns = min(outcomes, max(e.Few, 2))
		}
		e.path = append(e.path, digit{0, turns})
	}
	d := e.path[e.at]
	e.at++
	if d.turns >= outcomes {
		return d.turn
	}
	return uint32(uint64(d.turn) * uint64(outcomes-1) / uint64(d.turns-1))
}
