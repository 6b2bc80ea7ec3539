package cli

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/paxsim/paxsim/sim/trace"
)

// kind is a kind of file that is read whole.
type kind struct {
	what string // "a run file"
	most int64  // bytes that such a file may have
}

// The kinds of files that are read whole. A trace is read by lines, and scenario
// files by package scenarios.
var (
	runFile   = kind{"a run file", trace.MaxSize}
	shardFile = kind{"a shard of a hunt", 16 << 20}
)

// open opens a file of a kind, if it can be one. Nothing is asked of a file that
// is none: to open a pipe with nobody at its other end would wait for ever.
func (k kind) open(name string) (*os.File, int64, error) {
	size, err := ordinary(name)
	if err != nil {
		return nil, 0, err
	}
	if size > k.most {
		return nil, 0, usage("%s: %d bytes: %s has at most %d", name, size, k.what, k.most)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, fileError(name, err)
	}
	return f, size, nil
}

// ordinary is how long a file is, or why it cannot be read like one. A pipe that
// a shell names is read like a file.
func ordinary(name string) (size int64, err error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return 0, fileError(name, err)
	case info.IsDir():
		return 0, usage("%s: is a directory", name)
	case !info.Mode().IsRegular() && !ofShell(name):
		return 0, usage("%s: that is no ordinary file", name)
	}
	return info.Size(), nil
}

// ofShell says whether a name is one that a shell makes of <(…).
func ofShell(name string) bool {
	return strings.HasPrefix(name, "/dev/fd/") || strings.HasPrefix(name, "/proc/self/fd/") || name == "/dev/stdin"
}

// read reads a file whole.
func (k kind) read(name string) ([]byte, error) {
	f, size, err := k.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if size == 0 {
		return k.readAll(name, f) // it may be none that knows its size
	}
	return read(name, f, size)
}

// read reads a file of so many bytes. What is added meanwhile is not looked at.
func read(name string, f io.Reader, size int64) ([]byte, error) {
	data := make([]byte, size)
	n, err := io.ReadFull(f, data)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fileError(name, err)
	}
	return data[:n], nil
}

// readAll reads what may have no end.
func (k kind) readAll(name string, r io.Reader) ([]byte, error) {
	var b bytes.Buffer
	n, err := b.ReadFrom(io.LimitReader(r, k.most+1))
	switch {
	case err != nil:
		return nil, fileError(name, err)
	case n > k.most:
		return nil, usage("%s: more than %d bytes: %s has at most %[2]d", name, k.most, k.what)
	}
	return b.Bytes(), nil
}

// readInput reads a file, or standard input if its name is -.
func (a *app) readInput(name string, k kind) ([]byte, error) {
	if name == "-" {
		return k.readAll("standard input", a.in)
	}
	return await(a, func() ([]byte, error) { return k.read(name) })
}
