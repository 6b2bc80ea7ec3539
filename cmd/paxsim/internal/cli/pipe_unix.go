//go:build unix

package cli

import (
	"os/signal"
	"syscall"
)

// ignorePipe makes a write to a closed pipe an error, not the end of the process.
func ignorePipe() { signal.Ignore(syscall.SIGPIPE) }
