//go:build unix

package cli

import (
	"os"
	"os/signal"
	"syscall"
)

// stoppers are the signals that ask a command to end.
var stoppers = []stopper{
	{os.Interrupt, exitInterrupted, "interrupted"},
	{syscall.SIGTERM, exitTerminated, "interrupted by SIGTERM"},
	{syscall.SIGHUP, exitHungUp, "interrupted by SIGHUP"},
}

// deadly are the signals that end a Go program with a list of what it does. They
// still do, after it has cleared up.
var deadly = []os.Signal{syscall.SIGQUIT, syscall.SIGABRT}

// die does what a signal does to a program that does not listen to it.
func die(s os.Signal) {
	signal.Reset(s)
	_ = syscall.Kill(syscall.Getpid(), s.(syscall.Signal))
	select {} // it is on its way
}

// ignored says whether a signal was ignored when the process began.
func ignored(s os.Signal) bool { return signal.Ignored(s) }
