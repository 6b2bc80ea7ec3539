package sim

import "slices"

// Invariant is something that must hold after every event of every run.
type Invariant struct {
	Name  string
	Doc   string // one line
	Grade Grade  // what is lost if it breaks; zero: what users rely on

	// What follows is for readers of a story that ends with it: see sim/explain/tell.
	Why    string // why it matters: whole sentences; "": not said
	Source string // where the literature states it: a work and its section; "": not said
}

// Mark is something that some run should reach: a campaign in which none did has proved
// less than it seems.
type Mark struct {
	Name string
	Doc  string // one line
}

// Watches says whether the scenario switches an invariant on.
func (s *Scenario) Watches(invariant string) bool {
	return s.Invariants == nil || slices.Contains(s.Invariants, invariant)
}
