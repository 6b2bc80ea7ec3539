//go:build !linux

package memlimit

// Find is the tightest limit of this process, as it is now: other systems have none
// that could be known.
func Find() Limit { return None }
