package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/cli"
)

// How a console block is written: a command begins with the prompt, and so does
// what is typed into a dialogue, with its own.
const (
	prompt = "$ "
	typed  = "> "
)

// calls are the ways in which pages call the command.
var calls = []string{"go run ./cmd/paxsim ", "paxsim "}

// TestReadmeOutput and those like it run every command of a page's console
// blocks and compare its output with what the block shows; -update writes it
// there.
func TestReadmeOutput(t *testing.T)   { checkPage(t, "README.md") }
func TestStartOutput(t *testing.T)    { checkPage(t, "docs/start.md") }
func TestPaxosOutput(t *testing.T)    { checkPage(t, "docs/paxos.md") }
func TestFAQOutput(t *testing.T)      { checkPage(t, "docs/faq.md") }
func TestTeachersOutput(t *testing.T) { checkPage(t, "docs/teachers.md") }
func TestTourOutput(t *testing.T)     { checkPage(t, "docs/tour.md") }
func TestStepOutput(t *testing.T)     { checkPage(t, "docs/step.md") }
func TestBoardOutput(t *testing.T)    { checkPage(t, "docs/board.md") }
func TestLivenessOutput(t *testing.T) { checkPage(t, "docs/liveness.md") }
func TestHuntOutput(t *testing.T)     { checkPage(t, "docs/hunt.md") }
func TestCheckOutput(t *testing.T)    { checkPage(t, "docs/check.md") }

// root is where the tests start.
var root, _ = os.Getwd()

func checkPage(t *testing.T, name string) {
	file := filepath.Join(root, "../..", name)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir()) // some commands write files
	var out strings.Builder
	commands := 0
	inBlock := false
	lines := strings.SplitAfter(string(text), "\n")
	for i, line := range lines {
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
			out.WriteString(console(t, strings.TrimSpace(strings.TrimPrefix(line, prompt)), said(lines[i+1:])))
		case !inBlock:
			out.WriteString(line)
		}
	}
	if commands == 0 {
		t.Fatalf("%s shows no command", name)
	}
	checkPictures(t, file, string(text))
	if out.String() == string(text) {
		return
	}
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("%s shows other output than its commands print; go test ./cmd/paxsim -update rewrites it. It should be:\n%s", name, out.String())
}

var shows = regexp.MustCompile(`!\[[^\]]*\]\(([^)]+\.svg)\)`)

// checkPictures holds the pictures that a page shows, and that its commands have
// just drawn into the current folder, to what is beside the page.
func checkPictures(t *testing.T, file, text string) {
	for _, m := range shows.FindAllStringSubmatch(text, -1) {
		drawn, err := os.ReadFile(filepath.Base(m[1]))
		if os.IsNotExist(err) {
			continue // by another page
		} else if err != nil {
			t.Fatal(err)
		}
		there := filepath.Join(filepath.Dir(file), m[1])
		old, err := os.ReadFile(there)
		switch {
		case err == nil && bytes.Equal(old, drawn):
		case *update:
			if err := os.WriteFile(there, drawn, 0o644); err != nil {
				t.Fatal(err)
			}
		default:
			t.Errorf("%s is not what %s draws: go test ./cmd/paxsim -update rewrites it", m[1], file)
		}
	}
}

// said is what is typed into the dialogue of a command, before the next command
// and the end of the block.
func said(lines []string) string {
	var b strings.Builder
	for _, line := range lines {
		if line == "```\n" || strings.HasPrefix(line, prompt) {
			break
		}
		if text, ok := strings.CutPrefix(line, typed); ok {
			b.WriteString(text)
		}
	}
	return b.String()
}

// console runs a command line of a page and returns what a terminal shows.
func console(t *testing.T, line, input string) string {
	t.Helper()
	for _, call := range calls {
		args, ok := strings.CutPrefix(line+" ", call)
		if !ok {
			continue
		}
		var b bytes.Buffer
		cli.Main(words(args), strings.NewReader(input), &b, &b)
		if b.Len() == 0 {
			return ""
		}
		return strings.TrimRight(b.String(), "\n") + "\n"
	}
	t.Fatalf("%q is no call of paxsim", line)
	return ""
}

// words splits a command line as a shell does, as far as pages need it: between
// blanks, but not within single quotes.
func words(line string) (list []string) {
	for i, part := range strings.Split(line, "'") {
		if i%2 == 1 {
			list[len(list)-1] += part
			continue
		}
		for j, word := range strings.Split(part, " ") {
			if j == 0 && len(list) > 0 {
				list[len(list)-1] += word
			} else {
				list = append(list, word)
			}
		}
	}
	var out []string
	for _, word := range list {
		if word != "" {
			out = append(out, word)
		}
	}
	return out
}

func TestWords(t *testing.T) {
	for line, want := range map[string]string{
		"run": "run", "run lossy --seed 3 ": "run|lossy|--seed|3", "step --set 'a=[1, 2]' x": "step|--set|a=[1, 2]|x", "--set a='b c'd": "--set|a=b cd",
	} {
		if got := strings.Join(words(line), "|"); got != want {
			t.Errorf("%q: %s", line, got)
		}
	}
}
