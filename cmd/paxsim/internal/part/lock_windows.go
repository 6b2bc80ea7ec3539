package part

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// closesFirst says whether a file must be closed before it is renamed or removed.
// For that moment nobody holds its lock. Another process that takes it then makes the
// renaming fail, and that is reported.
const closesFirst = true

// lock locks a file, if nobody else has, until it is closed. With errNoLocks the
// file system knows no locks. What is locked is one byte far behind the end: the
// others may be read and written.
func lock(f *os.File) error {
	const far = 1 << 30
	at := windows.Overlapped{OffsetHigh: far}
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &at)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING):
		return errHeld
	}
	return errNoLocks
}
