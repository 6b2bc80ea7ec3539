// Package part writes files that are whole or not there.
//
// A file is written under a hidden name beside its own, as a part file, and is
// renamed when it is whole. A part file is taken away whatever ends the work: an
// error, a panic, a second signal. Only a process that has no say in its end, as
// under SIGKILL, leaves one behind. The next process that writes into that
// directory clears it.
//
// So nobody may take the part file of a living process. Each process holds a lock
// on its own, which the system gives back when the process ends, however it ends.
// What cannot be locked is never cleared, and neither is a file whose name no
// paxsim has made.
package part

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// What lock says of a file that it cannot lock.
var (
	errHeld    = errors.New("another process holds the lock")
	errNoLocks = errors.New("files cannot be locked here")
)

// File is a part file, open and locked.
type File struct {
	file   *os.File
	closed bool // and so its lock is gone
}

// Name is the name that the part file has.
func (p *File) Name() string { return p.file.Name() }

// Write implements [io.Writer].
func (p *File) Write(b []byte) (int, error) { return p.file.Write(b) }

// open are the part files of this process. The holder of the lock decides what becomes of
// them: so a file is renamed, or taken away, and never both.
var open = struct {
	sync.Mutex
	files map[*File]bool
}{files: map[*File]bool{}}

// New makes an empty part file in a directory, and clears what is left there of
// processes that are gone. The name of the part file has base in it. Whoever
// makes one ends with [File.Remove], which does no harm after [File.Become].
func New(dir, base string) (*File, error) {
	clearOnce(dir)
	open.Lock()
	defer open.Unlock()
	f, err := create(dir, base)
	if err != nil {
		return nil, err
	}
	p := &File{file: f}
	open.files[p] = true
	return p, nil
}

// tries is how many names are tried before it is said that none is free.
const tries = 100

// create makes a file under a name that no other has, and locks it. Between the
// two another process may take it for one that is left behind. Then another is
// made.
func create(dir, base string) (*os.File, error) {
	for range tries {
		name := filepath.Join(dir, newName(base))
		f, err := makeFile(name)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		switch err := lock(f); {
		case err == nil && isAt(f, name):
			return f, nil
		case errors.Is(err, errNoLocks):
			return createUnlocked(f, dir, base)
		}
		f.Close()
	}
	return nil, fmt.Errorf("no name for a part file is free in %s", dir)
}

// createUnlocked makes a file where none can be locked, in the place of one that
// could not be. Its name is one that nobody clears.
func createUnlocked(f *os.File, dir, base string) (*os.File, error) {
	f.Close()
	if err := os.Remove(f.Name()); err != nil {
		return nil, err
	}
	return os.CreateTemp(dir, "."+short(base)+".*.tmp")
}

func makeFile(name string) (*os.File, error) {
	return os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
}

// isAt says whether an open file is the one that has a name.
func isAt(f *os.File, name string) bool {
	is, err := f.Stat()
	at, lerr := os.Lstat(name)
	return err == nil && lerr == nil && os.SameFile(is, at)
}

// Become gives the file its name, and ends the work on it.
func (p *File) Become(name string) error {
	err := p.file.Chmod(0o644)
	if err == nil {
		err = p.file.Sync()
	}
	if err != nil {
		return err
	}
	open.Lock()
	defer open.Unlock()
	if closesFirst {
		if err := p.close(); err != nil {
			return err
		}
	}
	if err := os.Rename(p.Name(), name); err != nil {
		return err
	}
	delete(open.files, p)
	return p.close()
}

// Remove takes the file away, unless it has become another.
func (p *File) Remove() {
	open.Lock()
	defer open.Unlock()
	p.remove()
}

func (p *File) remove() {
	if !open.files[p] {
		return
	}
	delete(open.files, p)
	if closesFirst {
		_ = p.close() // what was written is not wanted
	}
	_ = os.Remove(p.Name()) // whoever clears up next tries again
	_ = p.close()
}

func (p *File) close() error {
	if p.closed {
		return nil
	}
	p.closed = true
	return p.file.Close()
}

// RemoveAll takes away all part files of this process, which is about to end: from
// now on none is made, and none becomes a file. Whoever tries waits for ever.
func RemoveAll() {
	open.Lock()
	for p := range open.files {
		p.remove()
	}
}

// Write writes a file, or the one behind a link: whole, or not at all.
func Write(name string, write func(io.Writer) error) error {
	name = Place(name)
	p, err := New(filepath.Dir(name), filepath.Base(name))
	if err != nil {
		return err
	}
	defer p.Remove()
	if err := write(p); err != nil {
		return err
	}
	return p.Become(name)
}

// May says whether a part file can be made where a file is to be written.
func May(name string) error {
	name = Place(name)
	p, err := New(filepath.Dir(name), filepath.Base(name))
	if err != nil {
		return err
	}
	p.Remove()
	return nil
}

// mostLinks is how many links a chain of them may have.
const mostLinks = 40

// Place is where a file is written that has a name: the name itself, or what it is
// a link to, also if there is nothing yet.
func Place(name string) string {
	place := name
	for range mostLinks {
		to, err := os.Readlink(place)
		if err != nil {
			return place
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(place), to)
		}
		place = to
	}
	return name // they go round in a circle: opening it says so
}
