//go:build !unix

package cli

import "os"

// ignorePipe does nothing: here a write to a closed pipe is an error already.
func ignorePipe() {}

// readerHasLeft never knows: here it is known when something is written.
func readerHasLeft(*os.File) bool { return false }
