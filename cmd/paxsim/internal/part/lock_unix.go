//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package part

import (
	"errors"
	"os"
	"syscall"
)

// closesFirst says whether a file must be closed before it is renamed or removed.
const closesFirst = false

// lock locks a file, if nobody else has, until it is closed. With errNoLocks the
// file system knows no locks.
func lock(f *os.File) error {
	raw, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var failed error
	if err := raw.Control(func(fd uintptr) { failed = syscall.Flock(int(fd), syscall.LOCK_EX|syscall.LOCK_NB) }); err != nil {
		return err
	}
	switch {
	case failed == nil:
		return nil
	case errors.Is(failed, syscall.EWOULDBLOCK):
		return errHeld
	}
	return errNoLocks
}
