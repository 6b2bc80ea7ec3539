package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"unicode"
)

// TestSeeItAgainOfOddNames: the command below a failure is safe to show and, in a
// shell, names the same file, whatever its name is.
func TestSeeItAgainOfOddNames(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip(err)
	}
	t.Chdir(t.TempDir())
	for _, name := range []string{"a b", "it's", "new\nline", "\x1b[2J", "\u202eturned", "\xff", "$HOME `id` \"x\" \\n", "-runs", "#;&|<>*?"} {
		if err := os.MkdirAll(name, 0o755); err != nil {
			t.Skip(err) // not on this system
		}
		file := "./" + name + "/" + name + ".yaml"
		if err := os.WriteFile(file, []byte("paxsim: 1\nactors: 3\nrequests: [{actor: 1, at: 0s}]\nlimits: {events: 4}\n"), 0o644); err != nil {
			t.Skip(err)
		}
		for _, args := range [][]string{
			{"run", file, "--runs", "2"},
			{"sweep", file, "--vary", "actors=3,5", "--runs", "1"},
			{"scenarios", "test", file, "--runs", "3"},
			{"fuzz", "duelling-proposers", "--runs", "500", "--mutant", "adopt-last", "--first", "--out", "./" + name},
		} {
			out, _ := exec.Command("paxsim", args...).Output() // it fails: that is the point
			_, rest, ok := strings.Cut(string(out), "see it again: ")
			command, _, _ := strings.Cut(rest, "\n")
			if !ok || strings.ContainsFunc(command, func(c rune) bool { return !unicode.IsPrint(c) }) {
				t.Errorf("%q: the command is %q, of\n%s", args, command, out)
				continue
			}
			again, err := exec.Command("bash", "-c", command).CombinedOutput()
			if exit, ok := err.(*exec.ExitError); !ok || exit.ExitCode() != 1 && exit.ExitCode() != 3 {
				t.Errorf("%q: %s ends with %v:\n%s", args, command, err, again)
			}
		}
	}
}
