package part

import (
	"os"
	"path/filepath"
	"sync"
)

// cleared are the directories that this process has cleared, by absolute name.
var cleared sync.Map

// clearOnce clears a directory, the first time that this process writes there.
func clearOnce(dir string) {
	if full, err := filepath.Abs(dir); err == nil {
		dir = full
	}
	if _, done := cleared.LoadOrStore(dir, true); !done {
		clearDir(dir)
	}
}

// chunk is how many names of a directory are read at once: some have very many.
const chunk = 1024

// clearDir takes away the part files in a directory that nobody holds a lock on.
// What cannot be taken away stays: it does no harm but to take room.
func clearDir(dir string) {
	d, err := os.Open(dir)
	if err != nil {
		return
	}
	defer d.Close()
	for {
		names, err := d.Readdirnames(chunk)
		for _, name := range names {
			if isOurs(name) {
				clearLeft(filepath.Join(dir, name))
			}
		}
		if err != nil {
			return
		}
	}
}

// clearLeft takes a part file away if the process that made it is gone: then
// nobody holds its lock.
func clearLeft(name string) {
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return
	}
	defer f.Close()
	if lock(f) != nil {
		return
	}
	if closesFirst {
		f.Close()
	}
	_ = os.Remove(name)
}
