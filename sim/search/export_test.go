package search

// Falls are the picks of the run before which a chain falls.
func (s *PCT) Falls() []uint64 { return s.falls }
