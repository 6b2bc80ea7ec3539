package cli

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/zoo"
)

var update = flag.Bool("update", false, "rewrite docs/zoo.md")

// TestZooShows holds what the zoo says of a command line: it shows the mutant,
// and without the mutant the same line shows nothing.
func TestZooShows(t *testing.T) {
	shown := 0
	for _, m := range mutants() {
		if m.Try == nil {
			if m.Kind == zoo.Unsafe {
				t.Errorf("no command shows %s", m.Name)
			}
			continue
		}
		shown++
		args := append([]string{"run"}, m.Try...)
		if code, _, stderr := command(args...); code != exitHeld {
			t.Errorf("%s: paxsim %s exits %d without the mutant: %s", m.Name, quote(args...), code, stderr)
		}
		code, out, stderr := command(append(args, "--mutant", m.Name)...)
		switch {
		case m.First != "" && (code != exitViolated || !strings.Contains(out, m.First)):
			t.Errorf("%s: %s exits %d and does not show %s: %s", m.Name, shownBy(m), code, m.First, stderr)
		case m.First == "" && code != exitNothing:
			t.Errorf("%s: %s exits %d: %s", m.Name, shownBy(m), code, stderr)
		}
	}
	if shown < 40 {
		t.Errorf("only %d mutants have a command", shown)
	}
}

// TestZooPage holds the table of docs/zoo.md, which -update rewrites, and that it
// names the fields for programs.
func TestZooPage(t *testing.T) {
	const page = "../../../../docs/zoo.md"
	const begin, end = "<!-- made by go test ./cmd/paxsim/internal/cli -run ZooPage -update -->\n", "<!-- end -->"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), begin)
	_, after, closed := strings.Cut(rest, end)
	code, out, _ := command("zoo", "--format", "markdown")
	if !ok || !closed || code != exitHeld {
		t.Fatalf("the page has no place for the table, or zoo exits %d", code)
	}
	for _, m := range membersOf(zoo.Mutant{}) {
		if !strings.Contains(before, "`"+m.name+"`") {
			t.Errorf("the page does not tell of the field %s", m.name)
		}
	}
	want := before + begin + out + end + after
	switch {
	case want == string(text):
	case !*update:
		t.Error("docs/zoo.md is not what paxsim zoo prints: -update rewrites it")
	default:
		if err := os.WriteFile(page, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
