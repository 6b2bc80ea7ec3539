package view

// Difference is where two runs part.
type Difference struct {
	A, B uint64   // the first event that differs, in each; 0: the run is over before
	Why  []string // the choice behind it, and the like, a line each
}
