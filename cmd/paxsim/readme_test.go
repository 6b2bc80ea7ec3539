package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/cli"
)

const prompt, call = "$ ", "go run ./cmd/paxsim "

// TestReadmeOutput runs every command of the console blocks of the README, and of
// the pages that have some, and compares its output with what the block shows;
// -update writes it there.
func TestReadmeOutput(t *testing.T) {
	for _, file := range []string{"../../README.md", "../../docs/hunt.md"} {
		t.Run(filepath.Base(file), func(t *testing.T) { holdOutput(t, file) })
	}
}

// holdOutput holds one page.
func holdOutput(t *testing.T, file string) {
	text, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir()) // some commands write files
	var out strings.Builder
	commands := 0
	inBlock := false
	for line := range strings.Lines(string(text)) {
		switch {
		case line == "```console\n":
			inBlock = true
			out.WriteString(line)
		case inBlock && line == "```\n":
			inBlock = false
			out.WriteString(line)
		case inBlock && strings.HasPrefix(line, prompt):
			commands++
			out.WriteString(line)
			out.WriteString(console(t, strings.TrimSpace(strings.TrimPrefix(line, prompt))))
		case !inBlock:
			out.WriteString(line)
		}
	}
	if commands == 0 {
		t.Fatal("the page shows no command")
	}
	if out.String() == string(text) {
		return
	}
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.WriteFile(filepath.Join(root, file), []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("the page shows other output than its commands print; go test ./cmd/paxsim -update rewrites it. It should be:\n%s", out.String())
}

// root is where the tests start.
var root, _ = os.Getwd()

// console runs a command line of the README and returns what a terminal shows.
func console(t *testing.T, line string) string {
	args, ok := strings.CutPrefix(line, call)
	if !ok {
		t.Fatalf("%q is no call of paxsim", line)
	}
	var b bytes.Buffer
	cli.Main(strings.Fields(args), strings.NewReader(""), &b, &b)
	return strings.TrimRight(b.String(), "\n") + "\n"
}
