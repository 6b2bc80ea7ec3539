package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// guide is the page about a protocol of one's own, and firstPart the heading with which
// its first part ends: from an empty folder to a find and its fix.
const (
	guide     = "docs/own-protocol.md"
	firstPart = "## State that survives crashes"
	mostSteps = 14
)

// The lines above a block that say what it is: a file, a change of a file, or an excerpt
// of a file of the tree. Where a line says nothing, an excerpt is of the file before.
var (
	fileAbove    = regexp.MustCompile("^`([^`]+)`:$")
	changeAbove  = regexp.MustCompile("^Change `([^`]+)`:$")
	excerptAbove = regexp.MustCompile("From \\[`([^`]+)`\\]")
)

// TestOwnProtocol follows the guide to the letter, in an empty folder, with the tree for
// the checkout. Of what the guide shows of an output each line must be there. A command
// must fail if the guide shows FAIL or an exit status, and else succeed.
func TestOwnProtocol(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it builds a module")
	}
	top, err := filepath.Abs(filepath.Join(root, "../.."))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(top, guide))
	if err != nil {
		t.Fatal(err)
	}
	f := follower{t: t, top: top, dir: t.TempDir()}
	first, done := 0, 0
	var above, excerptOf string
	lines := strings.Split(string(text), "\n")
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		switch {
		case line == firstPart:
			first = f.steps
		case strings.HasPrefix(line, "## "):
			excerptOf = ""
		case strings.HasPrefix(line, "```"):
			end := i + 1
			for lines[end] != "```" {
				end++
			}
			block := lines[i+1 : end]
			lang, m := strings.TrimPrefix(line, "```"), fileAbove.FindStringSubmatch(above)
			change := changeAbove.FindStringSubmatch(above)
			switch {
			case lang == "console":
				f.console(block)
			case lang == "diff" && change != nil:
				f.change(change[1], block)
			case m != nil:
				f.write(m[1], block)
			case excerptOf != "":
				f.excerpt(excerptOf, block)
			default:
				t.Errorf("%s:%d: a block of which nothing says what it is", guide, i+1)
			}
			done++
			i = end
		default:
			if m := excerptAbove.FindStringSubmatch(line); m != nil {
				excerptOf = m[1]
			}
		}
		if strings.TrimSpace(lines[i]) != "" {
			above = lines[i]
		}
	}
	t.Logf("%d blocks; the first part has %d steps", done, first)
	if first == 0 || first > mostSteps {
		t.Errorf("the first part has %d steps, and is to have at most %d", first, mostSteps)
	}
	if done < 30 {
		t.Errorf("%d blocks only: this test looks at nothing", done)
	}
}

// follower does what a page says.
type follower struct {
	t     *testing.T
	top   string // of the tree
	dir   string // where it is
	steps int    // commands and edits
}

// console runs the commands of a block.
func (f *follower) console(block []string) {
	f.t.Helper()
	for i, line := range block {
		command, is := strings.CutPrefix(line, prompt)
		if !is {
			continue
		}
		f.steps++
		var shown []string
		for _, next := range block[i+1:] {
			if strings.HasPrefix(next, prompt) {
				break
			}
			shown = append(shown, next)
		}
		f.run(command, shown)
	}
}

// run runs a command in a shell, and remembers where it leads.
func (f *follower) run(command string, shown []string) {
	f.t.Helper()
	where := filepath.Join(f.t.TempDir(), "where")
	cmd := exec.Command("bash", "-c", command+"\ncode=$?; pwd >"+where+"; exit $code")
	cmd.Dir = f.dir
	cmd.Env = append(os.Environ(), "PAXSIM="+f.top, "GOSUMDB=off", "GOWORK=off", "GOFLAGS=-buildvcs=false")
	begun := time.Now()
	out, err := cmd.CombinedOutput()
	f.t.Logf("%4.1f s  %s", time.Since(begun).Seconds(), command)
	fails := false
	for _, line := range shown {
		fails = fails || line == "FAIL" || strings.HasPrefix(line, "exit status ")
		if !strings.Contains(string(out), line) {
			f.t.Errorf("%s: no line %q in\n%s", command, line, out)
		}
	}
	if (err != nil) != fails {
		f.t.Fatalf("%s: %v\n%s", command, err, out)
	}
	if at, err := os.ReadFile(where); err == nil {
		f.dir = strings.TrimSpace(string(at))
	}
}

// write writes a file.
func (f *follower) write(name string, block []string) {
	f.t.Helper()
	f.steps++
	f.keep(name, strings.Join(block, "\n")+"\n")
}

func (f *follower) keep(name, text string) {
	f.t.Helper()
	file := filepath.Join(f.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		f.t.Fatal(err)
	}
}

// change makes a change of one place of a file.
func (f *follower) change(name string, block []string) {
	f.t.Helper()
	f.steps++
	text, err := os.ReadFile(filepath.Join(f.dir, filepath.FromSlash(name)))
	if err != nil {
		f.t.Fatal(err)
	}
	var before, after strings.Builder
	for _, line := range block {
		line += " "
		if c, rest := line[0], strings.TrimSuffix(line[1:], " "); c == '-' {
			fmt.Fprintln(&before, rest)
		} else if c == '+' {
			fmt.Fprintln(&after, rest)
		} else {
			fmt.Fprintln(&before, rest)
			fmt.Fprintln(&after, rest)
		}
	}
	if n := strings.Count(string(text), before.String()); n != 1 {
		f.t.Fatalf("what is to be changed is %d times in %s:\n%s", n, name, before.String())
	}
	f.keep(name, strings.Replace(string(text), before.String(), after.String(), 1))
}

// excerpt looks for the lines of a block in a file of the tree.
func (f *follower) excerpt(name string, block []string) {
	f.t.Helper()
	text, err := os.ReadFile(filepath.Join(f.top, filepath.FromSlash(name)))
	if err != nil {
		f.t.Error(err)
	} else if want := []byte("\n" + strings.Join(block, "\n") + "\n"); !bytes.Contains(text, want) {
		f.t.Errorf("%s has no such lines:\n%s", name, want)
	}
}
