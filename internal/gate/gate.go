// Package gate says to tests whether the gate runs, which is go test with the
// build tag gate. go test without it is what a developer runs all day: it holds
// every promise, by as many runs as notice each breakage of internal/breakages.
// The gate makes the same tests with more runs, and all breakages:
//
//	for seed := range gate.Of[uint64](4_000, 20_000) {
package gate

// Of is the first value, or where the gate runs the second.
func Of[T any](everyday, whole T) T {
	if On {
		return whole
	}
	return everyday
}
