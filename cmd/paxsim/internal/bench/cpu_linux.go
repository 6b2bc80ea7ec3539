package bench

import "syscall"

// threadTime is how long the calling thread has been at work, in ns; -1: nobody
// knows.
func threadTime() int64 {
	const thread = 1 // RUSAGE_THREAD
	var u syscall.Rusage
	if err := syscall.Getrusage(thread, &u); err != nil {
		return -1
	}
	return u.Utime.Nano() + u.Stime.Nano()
}
