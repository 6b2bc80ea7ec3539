package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/cli"
)

// TestCheatSheet: every command of docs/cheatsheet.md runs, and the sheet is one page.
func TestCheatSheet(t *testing.T) {
	text := runCommands(t, "docs/cheatsheet.md", 20)
	if lines := strings.Count(text, "\n"); lines > 120 {
		t.Errorf("the sheet has %d lines: it is no page", lines)
	}
}

// TestReadmeCommands: every command of the first page runs. Outside its code it has
// 1,200 words at most.
func TestReadmeCommands(t *testing.T) {
	text := runCommands(t, "README.md", 8)
	words, code := 0, false
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "```") {
			code = !code
		} else if !code {
			words += len(strings.Fields(line))
		}
	}
	if words > 1200 {
		t.Errorf("README.md has %d words", words)
	}
}

// runCommands runs the commands of a page's sh blocks, in their order: none is bad
// usage, and none fails on the machine. A page that is served until Ctrl-C is not
// begun: of that, the flags are looked at.
func runCommands(t *testing.T, page string, least int) (text string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, "../..", page))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	commands := 0
	inBlock := false
	for line := range strings.Lines(string(b)) {
		switch {
		case line == "```sh\n":
			inBlock = true
		case line == "```\n":
			inBlock = false
		case inBlock:
			line, _, _ = strings.Cut(line, "  #")
			args, ok := strings.CutPrefix(strings.TrimPrefix(strings.TrimSpace(line), "go run ./cmd/"), "paxsim ")
			if !ok {
				t.Errorf("%q is no command", line)
				continue
			}
			list := words(args)
			if list[0] == "play" {
				list = append(list, "--help")
			}
			commands++
			var out bytes.Buffer
			if code := cli.Main(list, strings.NewReader(""), &out, &out); code == 2 || code > 3 {
				t.Errorf("%s: paxsim %s: exit %d\n%s", page, args, code, out.String())
			}
		}
	}
	if commands < least {
		t.Errorf("%s has %d commands only: this test looks at nothing", page, commands)
	}
	return string(b)
}
