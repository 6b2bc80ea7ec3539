//go:build unix

package main

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/creack/pty"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/screen"
)

// onScreen are commands whose results a person reads on a terminal.
var onScreen = [][]string{
	{"run"},
	{"run", "literal-acks", "--runs", "3"},
	{"run", "lossy", "--runs", "12"},
	{"run", "lossy", "--set", "requests=[{actor: 1, value: a}, {actor: 2, value: b}]", "--mutant", "brooker", "--only", "safety", "--set", "limits.time=20ms", "--runs", "1"},
	{"run", "--trace"},
	{"run", "lossy", "--trace"},
	{"zoo"},
	{"zoo", "brooker"},
	{"fuzz", "--runs", "300"},
	{"fuzz", "--mutant", "adopt-last", "--runs", "600", "--cap", "100000"},
	{"merge", "shard.jsonl"},
	{"scenarios", "list"},
	{"scenarios", "test", "literal-acks"},
	{"diff", "lossy", "--seed", "3", "--seed", "4"},
	{"diff", "literal-acks", "--but", "paxos.adopt=true"},
	{"sweep", "lossy", "--vary", "network.loss=0%..60%/3", "--runs", "5", "--chart"},
	{"sweep", "lossy", "--vary", "network.loss=0%..60%/2", "--vary", "paxos.on_nack=give-up,retry", "--runs", "5"},
	{"run", "minority-cut", "--times"},
	{"run", "acceptor-crash", "--trace"},
	{"run", "thousand-actors", "--set", "actors=30"},
	{"scenarios", "show", "five-regions"},
	{"shrink", "literal-acks", "-o", "-"},
	{"step", "literal-acks"},
	{"step", "lossy", "--seed", "3"},
	{"explain", "literal-acks"},
	{"replay", "found.run.json"},
	{"check", "literal-acks", "--set", "invariants=[agreement]"},
	{"scenarios", "field", "disk"},
	{"help"}, {"help", "run"}, {"help", "fuzz"}, {"help", "sweep"}, {"help", "step"}, {"help", "diff"}, {"help", "merge"}, {"help", "replay"}, {"help", "view"}, {"help", "export"},
	{"help", "shrink"}, {"help", "explain"}, {"help", "zoo"}, {"help", "check"}, {"help", "play"}, {"help", "version"}, {"help", "scenarios"}, {"scenarios", "list", "--help"}, {"scenarios", "test", "--help"},
}

// TestTerminal: on a terminal of 80 columns no line is wider, on one of 240 all is
// there that a pipe gets, and a pipe gets the same whatever the terminal.
func TestTerminal(t *testing.T) {
	dir := t.TempDir()
	shard, _ := inDir(t, dir, "fuzz", "--shard", "1/1", "--runs", "600", "--mutant", "adopt-last", "--format", "json", "--shrink=false", "--out", "shards").Output()
	if err := os.WriteFile(dir+"/shard.jsonl", shard, 0o644); err != nil {
		t.Fatal(err)
	}
	_ = inDir(t, dir, "run", "literal-acks", "--save", "found.run.json").Run()
	for _, args := range onScreen {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			piped := plain(t, dir, args)
			narrow := onTerminal(t, dir, 80, args)
			if wide := widest(narrow); wide > 80 {
				t.Errorf("a line of %d columns on a terminal of 80:\n%s", wide, narrow)
			}
			for _, columns := range []uint16{60, 100, 132} {
				if out := onTerminal(t, dir, columns, args); widest(out) > int(columns) {
					t.Errorf("a line of %d columns on a terminal of %d:\n%s", widest(out), columns, out)
				}
			}
			if out := withErrors(t, dir, 80, args); widest(out) > 80 {
				t.Errorf("with what goes to standard error, a line of %d columns on a terminal of 80:\n%s", widest(out), out)
			}
			if wide := widest(onTerminal(t, dir, 240, args, "COLUMNS=100")); wide > 100 {
				t.Errorf("a line of %d columns, and COLUMNS is 100", wide)
			}
			all := onTerminal(t, dir, 240, args)
			if unbroken(all) != unbroken(piped) {
				t.Errorf("on a terminal of 240 columns:\n%s\nthrough a pipe:\n%s", all, piped)
			}
			if again := plain(t, dir, args, "COLUMNS=40", "NO_COLOR=1", "TERM=dumb"); again != piped {
				t.Errorf("through a pipe, with COLUMNS:\n%s\nwithout:\n%s", again, piped)
			}
			if wide := onTerminal(t, dir, 80, append([]string{"--wide"}, args...)); unbroken(wide) != unbroken(piped) {
				t.Errorf("with --wide:\n%s\nthrough a pipe:\n%s", wide, piped)
			}
		})
	}
}

// TestNarrowTable: a table says what it has left out.
func TestNarrowTable(t *testing.T) {
	out := onTerminal(t, t.TempDir(), 80, []string{"run", "lossy", "--runs", "2"})
	head, _, _ := strings.Cut(out, "\n")
	for _, name := range []string{"digest", "delays"} {
		if strings.Contains(head, name) || !strings.Contains(out, "not shown: digest, delays") {
			t.Errorf("%s is in the table, or not said to be left out:\n%s", name, out)
		}
	}
}

// TestColour: on a terminal what broke has a colour, and nowhere else, unless somebody
// says so.
func TestColour(t *testing.T) {
	dir := t.TempDir()
	args := []string{"run", "literal-acks", "--runs", "1"}
	for _, tt := range []struct {
		name  string
		flags []string
		env   []string
		pipe  bool
		want  bool
	}{
		{name: "terminal", want: true},
		{name: "pipe", pipe: true},
		{name: "NO_COLOR", env: []string{"NO_COLOR=1"}},
		{name: "dumb", env: []string{"TERM=dumb"}},
		{name: "never", flags: []string{"--color", "never"}},
		{name: "always", flags: []string{"--color=always"}, pipe: true, want: true},
		{name: "always, but JSON", flags: []string{"--color=always", "--format", "json"}},
	} {
		all := append(tt.flags, args...)
		var out string
		if tt.pipe {
			out = plain(t, dir, all, tt.env...)
		} else {
			out = raw(t, dir, 80, all, tt.env...)
		}
		if got := strings.Contains(out, "\x1b["); got != tt.want || !strings.Contains(out, "violated") {
			t.Errorf("%s: %v:\n%q", tt.name, got, out)
		}
	}
}

// inDir is the command in a directory, with a terminal that has colours in its
// environment.
func inDir(t *testing.T, dir string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), "paxsim", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "TERM=xterm", "COLUMNS=", "NO_COLOR=")
	if slices.Contains(args, "step") {
		cmd.Stdin = strings.NewReader("next 5\nshow\nboard\nlist\nhelp\nhelp crash\nto end\nshow 2\nboard\n")
	}
	return cmd
}

// plain is what the command prints into a pipe.
func plain(t *testing.T, dir string, args []string, env ...string) string {
	t.Helper()
	cmd := inDir(t, dir, args...)
	cmd.Env = append(cmd.Env, env...)
	out, _ := cmd.Output() // it may exit with 1
	if len(out) == 0 {
		t.Fatalf("%q prints nothing", args)
	}
	return string(out)
}

// raw is what the command sends to a terminal of so many columns.
func raw(t *testing.T, dir string, width uint16, args []string, env ...string) string {
	t.Helper()
	return sent(t, dir, width, args, false, env...)
}

// withErrors is what is seen on a terminal that standard error goes to as well. A
// line that is written over counts each time.
func withErrors(t *testing.T, dir string, width uint16, args []string) string {
	t.Helper()
	return strings.NewReplacer("\x1b[K", "", "\r", "\n").Replace(colours.ReplaceAllString(sent(t, dir, width, args, true), ""))
}

// sent is what a command sends to a terminal, with what goes to standard error or
// without.
func sent(t *testing.T, dir string, width uint16, args []string, both bool, env ...string) string {
	t.Helper()
	ours, theirs, err := pty.Open()
	if err != nil {
		t.Skip(err)
	}
	defer ours.Close()
	if err := pty.Setsize(ours, &pty.Winsize{Rows: 50, Cols: width}); err != nil {
		t.Fatal(err)
	}
	cmd := inDir(t, dir, args...)
	cmd.Env = append(cmd.Env, env...)
	cmd.Stdout = theirs
	if both {
		cmd.Stderr = theirs
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	theirs.Close()
	var out []byte
	buf := make([]byte, 1<<16)
	for {
		n, err := ours.Read(buf)
		out = append(out, buf[:n]...)
		if err != nil { // the command has ended
			break
		}
	}
	_ = cmd.Wait()
	return strings.ReplaceAll(string(out), "\r\n", "\n")
}

var colours = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// onTerminal is what is seen on a terminal of so many columns.
func onTerminal(t *testing.T, dir string, width uint16, args []string, env ...string) string {
	t.Helper()
	return colours.ReplaceAllString(raw(t, dir, width, args, env...), "")
}

func widest(text string) (most int) {
	for line := range strings.Lines(text) {
		most = max(most, screen.Width(strings.TrimSuffix(line, "\n")))
	}
	return most
}

// unbroken is a text without its line breaks, and without the signs of the comments
// that go on behind one.
func unbroken(text string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(text), func(w string) bool { return w == "#" }), " ")
}
