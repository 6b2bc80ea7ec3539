package sim

// SetManyActors sets from how many actors on broadcasts are filed by tick, and
// returns what it was.
func SetManyActors(n int) int {
	old := manyActors
	manyActors = n
	return old
}
