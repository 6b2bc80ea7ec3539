//go:build !unix

package cli

// ignorePipe does nothing: here a write to a closed pipe is an error already.
func ignorePipe() {}
