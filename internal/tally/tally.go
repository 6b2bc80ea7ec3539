// Package tally counts the runs of the simulator that tests make. go test says nothing
// about packages that pass, so a test binary reports its number in two ways. Under -v it
// prints a line. It also adds a line "package runs" to the file that the environment
// variable PAXSIM_TALLY names, so that a caller can add them up:
//
//	func TestMain(m *testing.M) { tally.Main(m) }
//
//	r.Reset(seed, nil)
//	tally.Run()
package tally

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"testing"
)

// Variable is the environment variable that names the file. Unset or empty:
// there is none.
const Variable = "PAXSIM_TALLY"

var (
	runs atomic.Uint64
	file atomic.Pointer[string]
)

// Run counts one run. It allocates nothing but at its first call.
func Run() {
	if runs.Add(1) == 1 {
		// Asked for while tests run, so that go test knows that the result
		// depends on it, and does not take one from its cache that told
		// another file.
		name := os.Getenv(Variable)
		file.Store(&name)
	}
}

// Main runs the tests of a binary, tells how many runs they made, and ends the
// process.
func Main(m *testing.M) {
	code := m.Run()
	if n := runs.Load(); n > 0 {
		if testing.Verbose() {
			fmt.Printf("%d runs of the simulator\n", n)
		}
		if err := tell(*file.Load(), room(), n); err != nil {
			fmt.Fprintln(os.Stderr, "tally:", err)
			code = max(code, 1)
		}
	}
	os.Exit(code)
}

// room is the package whose tests the binary holds.
func room() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Path != "" {
		return strings.TrimSuffix(info.Path, ".test")
	}
	return "unknown"
}

// tell appends a line in one piece: other binaries write to the same file.
func tell(name, room string, n uint64) error {
	if name == "" {
		return nil
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(f, "%s %d\n", room, n); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
