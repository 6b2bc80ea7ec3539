package story_test

import (
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/simtest"
	"github.com/paxsim/paxsim/sim/story"
)

// hasty is a story of a mutant that a person has edited.
const hasty = `# why a promise must be saved first
breaks: durable-before-visible # a lemma

story:
  - client asks 2
  # nobody else hears of it

  - "Prepare 1.2 reaches 2" # it answers at once
`

// unsaved is a scenario in which that breaks.
func unsaved() *sim.Scenario {
	m, _ := mutants.Find("unsaved-promise")
	return simtest.Of(m.Protocol(), 3)
}

// readFile reads a story of unsaved.
func readFile(text string) (*story.File, *story.Story, error) {
	f, err := story.ReadFile([]byte(text))
	if err != nil {
		return nil, nil, err
	}
	st, err := f.Story(unsaved())
	return f, st, err
}

// TestEditedFile: a story that a person has edited, with comments and blank lines, is
// read and played.
func TestEditedFile(t *testing.T) {
	for _, text := range []string{hasty, strings.ReplaceAll(hasty, "\n", "\r\n"), strings.TrimSuffix(hasty, "\n")} {
		_, st, err := readFile(text)
		if err != nil {
			t.Fatal(err)
		}
		if want := []string{"client asks 2", "Prepare 1.2 reaches 2"}; !slices.Equal(st.Lines, want) {
			t.Errorf("read %q", st.Lines)
		}
		p, err := st.Play(context.Background())
		if err != nil || p.Outcome.Violation == nil || p.Outcome.Violation.Invariant != st.Breaks {
			t.Errorf("%v: it breaks nothing", err)
		}
	}
}

// indented is what is said of a line that begins otherwise than any.
const indented = `expected "- " and a line of the story after two blanks, or a field without a blank before it`

// TestFileMistakes: every mistake of a file is told, with its line.
func TestFileMistakes(t *testing.T) {
	for _, x := range []struct{ name, text, want string }{
		{"empty", "", "the field breaks is missing: the invariant that breaks\nthe field story is missing: what happens"},
		{"no lines", "breaks: agreement\nstory:\n", "line 2: the story has no lines"},
		{"several", "breaks: agrement\nstory:\n  - client asks 4\n  - client asks 1\n  - Prapare 1.1 reaches 2\n",
			"line 1: paxos has no invariant \"agrement\"; did you mean agreement?\nline 3: there is no actor 4: actors is 3\nline 5: no message is called \"Prapare\"; did you mean Prepare?"},
		{"not as written", "breaks: agreement\nstory:\n  - client  asks 1\n", `line 3: expected it written "client asks 1"`},
		{"a field of a scenario", "breaks: agreement\nactors: 3\nstory:\n  - client asks 1\n", `line 2: there is no field "actors". The fields are breaks, story, given: the scenario is that of the test`},
		{"a field misspelt", "brakes: agreement\nstory:\n  - client asks 1\n", "the field breaks is missing: the invariant that breaks\nline 1: there is no field \"brakes\"; did you mean breaks? The fields are breaks, story, given: the scenario is that of the test"},
		{"twice", "breaks: agreement\nbreaks: agreement\nstory:\n  - client asks 1\nstory:\n", "line 2: breaks is there already, in line 1\nline 5: story is there already, in line 3"},
		{"no field", "breaks: agreement\nstory\n", "the field story is missing: what happens\nline 2: expected a field: breaks, story, given"},
		{"no blank", "breaks:agreement\nstory:\n  - client asks 1\n", "the field breaks is missing: the invariant that breaks\nline 1: expected a blank after \"breaks:\""},
		{"nothing", "breaks:\nstory:\n  - client asks 1\n  - # nothing\n", "line 1: there is nothing here\nline 4: there is nothing here"},
		{"a list in a line", "breaks: agreement\nstory: [client asks 1]\n", `line 2: expected the lines of the story below, each after "  - "`},
		{"indentation", "breaks: agreement\nstory:\n- client asks 1\n   - client asks 2\n  -client asks 3\n",
			"line 3: " + indented + "\nline 4: " + indented + "\nline 5: " + indented},
		{"elsewhere", "  - client asks 1\nbreaks: agreement\nstory:\n  - client asks 1\ngiven: {\"core\": 1}\n  - client asks 2\n", "line 1: a line of the story is expected below \"story:\"\nline 6: a line of the story is expected below \"story:\""},
		{"needs quotes", "breaks: agreement\nstory:\n  - Prepare 1.1: 2 reaches 1\n  - 'client asks 1'\n", "line 3: expected it in quotes: \"Prepare 1.1: 2 reaches 1\"\nline 4: expected it in quotes: \"'client asks 1'\""},
		{"quotes", "breaks: agreement\nstory:\n  - \"client asks 1\n  - \"client asks 1\" and 2\n  - \"client \\u0061sks 1\"\n  - \"\\xff\"\n  - \"\\/\"\n",
			"line 3: the quotes do not end, or what follows a backslash is not known: \"client asks 1\nline 4: after the quotes nothing but a comment is expected, not \" and 2\"\nline 5: expected it written \"client asks 1\", not \"client \\u0061sks 1\"\nline 6: \"\\xff\" is no UTF-8\nline 7: the quotes do not end, or what follows a backslash is not known: \"\\/\""},
		{"characters", "breaks: agreement\nstory:\n  - client\tasks 1\n  - client asks\u00a01\n# \xff\n", "line 3: character '\\t' is not expected here: write it in quotes as \\t\nline 4: character '\\u00a0' is not expected here: write it in quotes as \\u00a0\nline 5: character '�' is not expected here: write it in quotes as \\ufffd"},
		{"given", "breaks: agreement\nstory:\n  - client asks 1\ngiven: {\"crash Prepare 1>2 #1\": 1, \"no such\": 2}\n", "line 4: the choice crash Prepare 1>2 #1 belongs to an event: say it in the line of that event\nline 4: choice \"no such\": no choice is called \"no\""},
		{"given twice", "breaks: agreement\nstory:\n  - client asks 1\ngiven: {\"core\": 1, \"core\": 2}\n", `line 4: "core" is given twice`},
		{"given otherwise", "breaks: agreement\nstory:\n  - client asks 1\ngiven: {core: 1}\n", `line 4: expected answers by their choices, such as {"gap split #1": 3}`},
		{"given a number that is none", "breaks: agreement\nstory:\n  - client asks 1\ngiven: {\"core\": 01}\n", `line 4: expected answers by their choices, such as {"gap split #1": 3}`},
	} {
		_, _, err := readFile(x.text)
		var all story.FileMistakes
		if !errors.As(err, &all) {
			t.Errorf("%s: %v", x.name, err)
			continue
		}
		if got := err.Error(); got != x.want {
			t.Errorf("%s: it says\n%s\nand should say\n%s", x.name, got, x.want)
		}
	}
}

// TestMistakesOfAFile: a mistake is told with the name of the file, and one of playing
// with its place in the file.
func TestMistakesOfAFile(t *testing.T) {
	_, err := story.ReadFile([]byte("breaks: agreement\nstory\nmore: 1\n"))
	var all story.FileMistakes
	if !errors.As(err, &all) || !strings.Contains("\n"+all.In("a.story.yaml"), "\na.story.yaml: the field story is missing") || !strings.Contains(all.In("a.story.yaml"), "\na.story.yaml:2: expected a field") {
		t.Errorf("%v", err)
	}
	f, st, err := readFile(strings.Replace(hasty, "Prepare 1.2 reaches 2", "Prepare 2.2 reaches 2", 1))
	if err != nil {
		t.Fatal(err)
	}
	var m *story.Mistake
	if _, err := st.Play(context.Background()); !errors.As(err, &m) || !m.Played || m.Broke != nil {
		t.Fatalf("%v: it applies", err)
	}
	if got, want := f.Mistake(m).In("a.story.yaml"), "a.story.yaml:8: no such message is on its way: what could be next: "; !strings.HasPrefix(got, want) {
		t.Error(got)
	}
	_, st, err = readFile(hasty + "  - client asks 1\n")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.Play(context.Background()); !errors.As(err, &m) || m.Broke == nil || m.Broke.Invariant != st.Breaks {
		t.Errorf("%v: what breaks before is not told", err)
	}
}

// TestFileRoundTrip: what is written is read again, whatever is in it.
func TestFileRoundTrip(t *testing.T) {
	for _, f := range []story.File{
		{Breaks: "agreement", Lines: []string{"client asks 1", "Prepare 1.1 reaches 1 and 2"}},
		{Breaks: "a b", Lines: []string{"Snap Snapshot: Index:4 reaches 1", "a #b reaches 2", "- x", "", " ", "é\u00a0\u2028\t\x00\x7f", "\"quoted\\\"", "ends:", "ends ", "~", "#", "null"}},
		{Breaks: "agreement", Lines: []string{"3 restarts"}, Given: map[string]uint32{"gap a: #1": 0, "core": math.MaxUint32}},
	} {
		again, err := story.ReadFile([]byte(f.Text()))
		if err != nil {
			t.Errorf("%v:\n%s", err, f.Text())
			continue
		}
		if again.Breaks != f.Breaks || !slices.Equal(again.Lines, f.Lines) || !reflect.DeepEqual(again.Given, f.Given) {
			t.Errorf("%+v is read as %+v", f, again)
		}
		sameInYAML(t, f.Text(), again)
	}
}

// sameInYAML complains if a reader of YAML reads something else in a file.
func sameInYAML(t *testing.T, text string, f *story.File) {
	t.Helper()
	var y struct {
		Breaks yaml.Node
		Story  []yaml.Node
		Given  map[string]uint32
	}
	if err := yaml.Unmarshal([]byte(text), &y); err != nil {
		t.Errorf("%v in\n%s", err, text)
		return
	}
	var lines []string
	for _, n := range y.Story {
		lines = append(lines, n.Value)
	}
	if y.Breaks.Value != f.Breaks || !slices.Equal(lines, f.Lines) || len(y.Given) != len(f.Given) {
		t.Errorf("YAML has %q, %q, %v and not %q, %q, %v:\n%s", y.Breaks.Value, lines, y.Given, f.Breaks, f.Lines, f.Given, text)
	}
	for choice, answer := range f.Given {
		if y.Given[choice] != answer {
			t.Errorf("YAML has %v and not %v", y.Given, f.Given)
		}
	}
}

// FuzzFile: whatever is in a file, it is read or refused; what is read is the same in
// YAML, and is the same when it is written and read again.
func FuzzFile(f *testing.F) {
	f.Add(hasty)
	f.Add("breaks: agreement\nstory:\n  - \"a: b\" # c\n  - 3 restarts\ngiven: {\"gap x #1\": 3, \"core\": 1}\n")
	f.Fuzz(func(t *testing.T, text string) {
		read, err := story.ReadFile([]byte(text))
		if err != nil {
			var all story.FileMistakes
			if !errors.As(err, &all) || len(all) == 0 {
				t.Errorf("%v has no line", err)
			}
			return
		}
		sameInYAML(t, text, read)
		again, err := story.ReadFile([]byte(read.Text()))
		if err != nil || again.Breaks != read.Breaks || !slices.Equal(again.Lines, read.Lines) || !reflect.DeepEqual(again.Given, read.Given) {
			t.Errorf("%v: %q is read again as %+v", err, read.Text(), again)
		}
		if _, err := read.Story(unsaved()); err != nil && err.Error() == "" {
			t.Error("a mistake without a word")
		}
	})
}
