package main

import (
	"io"
	"strings"
	"testing"
)

// Who reads a few rows and leaves is no error of anybody's: no message, no
// death by signal, and yet no claim that all held.
func TestClosedPipe(t *testing.T) {
	t.Parallel()
	const (
		rows    = iota // some have been read
		nothing        // and nothing is written before the end
		any            // before anything is written, or after all of it
	)
	for _, c := range []struct {
		read int
		args string
	}{
		{rows, "run --runs 1000000000 --format csv"}, {rows, "run --runs 1000000000 --format json -j 2"}, {rows, "run lossy --runs 1000000000 -j 7 --format csv"},
		{rows, "run --set actors=101 --trace"}, {rows, "run --set actors=301 --trace --format json"},
		{rows, "export --set actors=301 --to jsonl"}, {rows, "export --set actors=301 --to perfetto"}, {rows, "view --set actors=301 -o -"},
		{rows, "sweep lossy --vary paxos.repeats=0..900/901 --runs 100 --format csv"},
		{nothing, "run --runs 1000000000 -j 1"}, {nothing, "run lossy --runs 1000000000 -j 2 --format markdown"},
		{nothing, "check duelling-proposers"}, {nothing, "check duelling-proposers --depth-first --format json"},
		{any, "check literal-acks"}, {any, "check spec-2 --format json"},
		{any, "run"}, {any, "scenarios schema"}, {any, "scenarios list"}, {any, "scenarios test majority-cut"}, {any, "version"}, {any, "help run"},
	} {
		t.Run(c.args, func(t *testing.T) {
			t.Parallel()
			cmd, out, diagnostics := start(t, strings.Fields(c.args)...)
			if c.read == rows {
				io.ReadFull(out, make([]byte, 100))
			}
			out.Close()
			if code := exitCode(t, cmd); code != 141 && (c.read != any || code != 0) || diagnostics.Len() > 0 {
				t.Errorf("exit %d, stderr %q", code, diagnostics)
			}
		})
	}
}
