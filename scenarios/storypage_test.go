package scenarios

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/story"
)

// pageTable is the first column of a table of docs/files.md.
func pageTable(t *testing.T, name string) (cells []string) {
	t.Helper()
	page, err := os.ReadFile("../docs/files.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "<!-- held against the code: "+name+" -->\n")
	table, _, ended := strings.Cut(rest, "<!-- end -->")
	if !ended {
		t.Fatalf("no table %q", name)
	}
	for i, line := range strings.Split(strings.TrimSpace(table), "\n") {
		if i >= 2 {
			cell, _, _ := strings.Cut(strings.TrimPrefix(line, "| "), " | ")
			cells = append(cells, strings.Trim(cell, "`"))
		}
	}
	return cells
}

// TestStoryPage: the page names the keys of a story file; each line and each mark that it
// shows can be read; and the story that it shows breaks what it says.
func TestStoryPage(t *testing.T) {
	var keys []string
	for _, d := range storyDocs {
		keys = append(keys, d.key)
	}
	if got := pageTable(t, "story"); !slices.Equal(got, keys) {
		t.Errorf("the page has the keys %v, the code %v", got, keys)
	}
	s, err := Read("x.yaml", "paxsim: 1\nactors: 3\nrequests: [{actor: 1, at: 0s, value: x}]\nfaults: {cut: {at: 1ms, for: 1ms, split: [[1, 2], [3]]}}\n")
	if err != nil {
		t.Fatal(err)
	}
	check := func(line string) {
		st := story.Story{Scenario: &s.Scenario, Lines: []string{line}}
		if err := st.Check(); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
	for _, line := range pageTable(t, "story lines") {
		check(line)
	}
	for _, mark := range pageTable(t, "story marks") {
		check("Accept 1.1 reaches " + strings.Trim(mark, "abcdefghijklmnopqrstuvwxyz ")[:1] + ", and " + mark)
	}
	page, err := os.ReadFile("../docs/files.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := fenced(string(page), "yaml")
	if len(shown) == 0 {
		t.Error("the page shows no story")
	}
	for _, text := range shown {
		st, err := ReadStory("x.story.yaml", text)
		if err != nil {
			t.Fatal(err)
		}
		if StoryText(st) != text {
			t.Errorf("paxsim writes the story of the page so:\n%s", StoryText(st))
		}
		if p, err := st.Story().Play(t.Context()); err != nil || p.Outcome.Violation == nil || p.Outcome.Violation.Invariant != st.Breaks {
			t.Errorf("%v: the story of the page breaks nothing", err)
		}
	}
}
