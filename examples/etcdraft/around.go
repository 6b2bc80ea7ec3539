package etcdraft

import (
	"crypto/rand"
	"fmt"
	"io"
	"log"

	"go.etcd.io/raft/v3"
)

// What all nodes of the library share: it draws how long a node waits for a leader from
// crypto/rand.Reader, and has a logger for those that have none of their own.

// around puts the source of chance in order around a handler: while it runs, a byte of
// crypto/rand.Reader is an answer to a choice of the actor.
func around(e *env, handle func()) {
	before := rand.Reader
	door.env = e
	rand.Reader = &door
	defer leave(before)
	handle()
}

func leave(before io.Reader) {
	rand.Reader = before
	door.env = nil
}

// door is crypto/rand.Reader within [around]. A process has one at a time.
var door chanceDoor

type chanceDoor struct {
	env      *env
	outcomes int // of a byte; 0: nothing depends on it, so it is 0
}

// Read implements [io.Reader]. crypto/rand.Int asks for bytes until they make a number
// below the one that it was given. It is given the setting election, at most 256, so
// one byte of as many outcomes is never refused.
func (d *chanceDoor) Read(p []byte) (int, error) {
	if d.outcomes == 0 {
		clear(p)
		return len(p), nil
	}
	return d.env.Reader(choiceJitter, d.outcomes).Read(p)
}

// quiet is a logger that says nothing. Its Panic and Panicf are those of the library,
// which panic: the function of this package that has called the library then is the
// place of a find.
type quiet struct{ *raft.DefaultLogger }

var nobody raft.Logger = quiet{&raft.DefaultLogger{Logger: log.New(io.Discard, "", 0)}}

func init() { raft.SetLogger(nobody) } // MemoryStorage has no logger of its own

func (quiet) Debug(...any)            {}
func (quiet) Debugf(string, ...any)   {}
func (quiet) Info(...any)             {}
func (quiet) Infof(string, ...any)    {}
func (quiet) Warning(...any)          {}
func (quiet) Warningf(string, ...any) {}
func (quiet) Error(...any)            {}
func (quiet) Errorf(string, ...any)   {}

// Fatal panics: the library's own would end the process.
func (quiet) Fatal(v ...any) { panic(fmt.Sprint(v...)) }

// Fatalf does the same.
func (quiet) Fatalf(format string, v ...any) { panic(fmt.Sprintf(format, v...)) }
