package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/cli"
)

// TestCheatSheet runs every command of docs/cheatsheet.md, in the order of the page:
// none is bad usage, and none fails on the machine. That the sheet is one page, a
// test of its length says.
func TestCheatSheet(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "../../docs/cheatsheet.md"))
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(string(text), "\n"); lines > 120 {
		t.Errorf("the sheet has %d lines: it is no page", lines)
	}
	t.Chdir(t.TempDir())
	commands := 0
	inBlock := false
	for line := range strings.Lines(string(text)) {
		switch {
		case line == "```sh\n":
			inBlock = true
		case line == "```\n":
			inBlock = false
		case inBlock:
			line, _, _ = strings.Cut(line, "  #")
			args, ok := strings.CutPrefix(strings.TrimSpace(line), "paxsim ")
			if !ok {
				t.Errorf("%q is no command", line)
				continue
			}
			commands++
			var out bytes.Buffer
			if code := cli.Main(words(args), strings.NewReader(""), &out, &out); code == 2 || code > 3 {
				t.Errorf("paxsim %s: exit %d\n%s", args, code, out.String())
			}
		}
	}
	if commands < 20 {
		t.Errorf("%d commands only: this test looks at nothing", commands)
	}
}
