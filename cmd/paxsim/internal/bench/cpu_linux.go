package bench

import "golang.org/x/sys/unix"

// threadTime is how long the calling thread has been at work, in ns; -1: nobody
// knows.
func threadTime() int64 {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		return -1
	}
	return t.Nano()
}
