//go:build !unix

package clock

import "time"

var start = time.Now()

// Used is the time since the start: the next best where nothing better is to be
// had.
func Used() time.Duration { return time.Since(start) }
