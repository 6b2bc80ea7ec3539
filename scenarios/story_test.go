package scenarios

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/story"
)

// aStory is one that a person may have written.
const aStory = `paxsim: 1
actors: 3
mutant: no-adoption
requests: [{actor: 1, at: 0s}, {actor: 2, at: 0s}]
invariants: [agreement]
breaks: agreement
story:
  - client asks 1
  - Prepare 1.1 reaches 1 and 2
  - Promise 1.1 from 1 and 2 reaches 1
  - Accept 1.1 reaches 1 and 2
  - client asks 2
  - Prepare 2.2 reaches 2 and 3
  - Promise 2.2 from 2 and 3 reaches 2
  - Accept 2.2 reaches 2 and 3
`

// TestAStory: what a person writes is read, and breaks what it says.
func TestAStory(t *testing.T) {
	st, err := ReadStory("found.story.yaml", aStory)
	if err != nil {
		t.Fatal(err)
	}
	if st.Name != "found" {
		t.Errorf("it is called %q", st.Name)
	}
	p, err := st.Story().Play(t.Context())
	if err != nil {
		var m *story.Mistake
		if errors.As(err, &m) {
			t.Fatal(st.Mistaken(m))
		}
		t.Fatal(err)
	}
	if v := p.Outcome.Violation; v == nil || v.Invariant != "agreement" {
		t.Errorf("it breaks %+v", v)
	}
}

// storyOf hunts in a scenario for one find, and makes a story of it; nil: there is none.
func storyOf(t *testing.T, s *sim.Scenario, first uint64) *story.Story {
	t.Helper()
	budget := campaign.UsualBudget()
	h := &campaign.Hunt{
		Ground: []campaign.Variant{{Scenario: s, Text: Text(&Scenario{Scenario: *s}), Weight: 1}}, Strategies: campaign.Strategies(), Depth: 3, Workers: 1,
		Runs: 400, First: first, StopAtFirst: true, Budget: search.Budget{Events: budget.Events, Alarms: budget.Alarms, Losses: budget.Losses, Duplicates: budget.Duplicates, Crashes: budget.Crashes},
	}
	e, err := h.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Finds) == 0 {
		return nil
	}
	f, err := story.Of(s, e.Finds[0].First.File)
	if err != nil {
		t.Fatal(err)
	}
	st, _, err := story.Shrink(t.Context(), f, story.Options{Cap: 300_000})
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// TestStoriesRoundTrip: whatever a hunt finds in whatever scenario, the story of it is
// written, read again to the same, and plays as it did.
func TestStoriesRoundTrip(t *testing.T) {
	ground, err := Ground()
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for i, mutant := range paxosProtocol.(sim.Mutable).Mutants() {
		for k := range gate.Of(1, 10) {
			s := ground[(i+k)%len(ground)].Scenario
			s, err := Read(s.Name+ending, Text(s), Set("mutant="+mutant.Name))
			if err != nil {
				continue
			}
			if st := storyOf(t, &s.Scenario, 1+uint64(k)<<32); st != nil {
				told++
				sameAgain(t, st)
			}
		}
	}
	if told < gate.Of(15, 150) {
		t.Errorf("%d stories: that is not worth a test", told)
	}
}

func sameAgain(t *testing.T, st *story.Story) {
	t.Helper()
	text := StoryText(NewStory(st))
	again, err := ReadStory("again.story.yaml", text)
	if err != nil {
		t.Fatalf("%v\nin\n%s", err, text)
	}
	if StoryText(again) != text || again.Breaks != st.Breaks || !slices.Equal(again.Lines, st.Lines) || !maps.Equal(again.Given, st.Given) {
		t.Fatalf("it is read as\n%s\nfrom\n%s", StoryText(again), text)
	}
	was, err := st.Play(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	is, err := again.Story().Play(context.Background())
	if err != nil || is.Outcome.Digest != was.Outcome.Digest {
		t.Fatalf("%v: it plays otherwise, as\n%s", err, text)
	}
}

// TestStoryMistakes: what is wrong with a story file is told, all of it, with its place.
func TestStoryMistakes(t *testing.T) {
	with := func(old, text string) string {
		t.Helper()
		if !strings.Contains(aStory, old) {
			t.Fatalf("there is no %q", old)
		}
		return strings.Replace(aStory, old, text, 1)
	}
	_, rest, _ := strings.Cut(aStory, "breaks: agreement\n")
	var many strings.Builder
	for range maxLines + 1 {
		many.WriteString("  - 1 restarts\n")
	}
	for _, c := range []struct {
		name, text string
		want       []string // each a line of the error, without the file's name
	}{
		{"an actor that does not exist", with("reaches 1 and 2\n  - Promise", "reaches 1 and 9\n  - Promise"), []string{"9:5: story: there is no actor 9: actors is 3"}},
		{"a message that does not exist", with("Prepare 1.1", "Prepar 1.1"), []string{`9:5: story: no message is called "Prepar"; did you mean Prepare?`}},
		{"two lines are wrong", with("client asks 1", "client asks 7\n  - 0 restarts"), []string{"8:5: story: there is no actor 7: actors is 3", "9:5: story: there is no actor 0: actors is 3"}},
		{"no story", "paxsim: 1\nactors: 3\nrequests: none\nbreaks: agreement\n", []string{"1:1: story: is missing: expected a list of what happens, such as [client asks 1]"}},
		{"an empty story", "paxsim: 1\nactors: 3\nrequests: none\nbreaks: agreement\nstory: []\n", []string{"5:8: story: the list is empty: expected a list of what happens, such as [client asks 1]"}},
		{"a story of nothing", "paxsim: 1\nactors: 3\nrequests: none\nbreaks: agreement\nstory:\n", []string{"5:7: story: is empty: expected a list of what happens, such as [client asks 1]"}},
		{"a story of one line that is no list", "paxsim: 1\nactors: 3\nrequests: none\nbreaks: agreement\nstory: client asks 1\n", []string{`5:8: story: expected a list of what happens, such as [client asks 1], not "client asks 1"`}},
		{"a line that is a mapping", with("- client asks 1", "- client: asks 1"), []string{"8:5: story: expected what happens, such as client asks 1, not keys and values"}},
		{"an empty line", with("- client asks 1", "-"), []string{"8:4: story: is empty: expected what happens, such as client asks 1"}},
		{"nothing breaks", "paxsim: 1\nactors: 3\nmutant: no-adoption\nrequests: [{actor: 1, at: 0s}, {actor: 2, at: 0s}]\n" + rest, []string{"1:1: breaks: is missing: expected the name of an invariant"}},
		{"an invariant that does not exist", with("breaks: agreement", "breaks: agrement"), []string{`6:9: breaks: there is no "agrement"; did you mean agreement?`}},
		{"an invariant that is off", with("breaks: agreement", "breaks: validity"), []string{"6:9: breaks: validity is not looked at: invariants does not name it"}},
		{"a scenario", "paxsim: 1\nactors: 3\nrequests: none\n", []string{"1:1: this is a scenario, and no story: paxsim run plays it"}},
		{"breaks twice", with("story:", "breaks: agreement\nstory:"), []string{"7:1: breaks: the key is here twice"}},
		{"a key that does not exist", with("story:", "storys: x\nstory:"), []string{"7:1: storys: there is no such key; did you mean story?"}},
		{"a choice of a message", aStory + "given: {\"lost Prepare 1>2 #1\": 1}\n", []string{"16:9: given: the choice lost Prepare 1>2 #1 belongs to an event: say it in the line of that event"}},
		{"a choice that is none", aStory + "given: {gap: 1}\n", nil},
		{"an answer that is no number", aStory + "given: {\"gap 1 #1\": x}\n", []string{`16:21: given: expected a whole number from 1 to 4294967295, not "x"`}},
		{"given twice", aStory + "given: {\"pick #1\": 1, \"pick #1\": 1}\n", []string{"16:23: given.pick #1: the key is here twice"}},
		{"nothing given", aStory + "given: {}\n", []string{"16:8: given: is empty: expected choices and their outcomes such as {\"gap 1 #1\": 3}"}},
		{"another format", with("paxsim: 1", "paxsim: 2"), []string{"1:9: paxsim: the file is of format 2; this paxsim reads format 1"}},
		{"a scenario that is wrong", with("actors: 3", "actors: three"), []string{`2:9: actors: expected a whole number from 1 to 16383, not "three"`}},
		{"too many lines", "paxsim: 1\nactors: 3\nrequests: none\nbreaks: agreement\nstory:\n" + many.String(), []string{"6:3: story: 10001 entries: expected at most 10000"}},
		{"nothing", "", []string{"1:1: the file is empty: expected paxsim: 1 and what follows it"}},
		{"binary", "\x00\x01\xff", []string{"1:1: this is not UTF-8 text: expected a file in YAML"}},
		{"no mapping", "- client asks 1\n", nil},
		{"an alias", with("client asks 2", "*a"), nil},
		{"written otherwise", with("Prepare 1.1 reaches 1 and 2", "Prepare 1.1 reaches 1, 2"), []string{`9:5: story: expected it written "Prepare 1.1 reaches 1 and 2"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			st, err := ReadStory("x.story.yaml", c.text)
			var e *Errors
			if !errors.As(err, &e) || st != nil {
				t.Fatalf("%v: %+v", err, st)
			}
			var got []string
			for _, m := range e.Mistakes {
				if m.Line == 0 || m.Column == 0 || m.Message == "" {
					t.Errorf("no place: %+v", m)
				}
				got = append(got, fmt.Sprintf("%d:%d: %s", m.Line, m.Column, m.Message))
			}
			if c.want != nil && !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
	if _, err := ReadStory("x.story.yaml", strings.Repeat("#\n", MaxText)); err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("a huge file: %v", err)
	}
	if _, err := ReadStory("x.story.yaml", "breaks: agreement\nstory: [client asks 1]\n"); !errors.Is(err, ErrNoScenario) {
		t.Errorf("the file of a Go test: %v", err)
	}
}

// TestStoryIsNoScenario: where a scenario is expected, a story is told as one.
func TestStoryIsNoScenario(t *testing.T) {
	_, err := Read("x.yaml", aStory)
	if e := mistakesOf(err); e == nil || len(e.Mistakes) != 1 || !strings.Contains(e.Mistakes[0].Message, "this is a story, and no scenario") || e.Mistakes[0].Line != 7 {
		t.Errorf("%v", err)
	}
}

// TestLinesAreQuoted: a line is written so that YAML reads the same one back, and with
// quotes where it needs them only.
func TestLinesAreQuoted(t *testing.T) {
	for line, want := range map[string]string{
		"3 restarts":                  "3 restarts",
		"client asks 1":               "client asks 1",
		"Put k: 1 reaches 2":          `"Put k: 1 reaches 2"`,
		"Accept #1 reaches 2":         `"Accept #1 reaches 2"`,
		"3":                           `"3"`,
		"2001-12-14 00:00:00":         `"2001-12-14 00:00:00"`,
		"Prepare 1.1 reaches 1 and 2": "Prepare 1.1 reaches 1 and 2",
	} {
		if got := quoteLine(line); got != want {
			t.Errorf("%s is written %s, want %s", line, got, want)
		}
	}
}

// FuzzReadStory holds that no text makes reading a story panic, that what is wrong has a
// place, and that what is read is written and read again to the same.
func FuzzReadStory(f *testing.F) {
	f.Add(aStory)
	f.Add(aStory + "given: {\"pick #1\": 1}\n")
	f.Add("breaks: agreement\nstory: [client asks 1]\n")
	files, _ := os.ReadDir("../testdata/stories")
	for _, file := range files {
		if text, err := os.ReadFile("../testdata/stories/" + file.Name()); err == nil {
			f.Add(string(text))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		st, err := ReadStory("file.story.yaml", text)
		if errors.Is(err, ErrNoScenario) {
			return
		}
		if err != nil {
			var e *Errors
			if !errors.As(err, &e) || len(e.Mistakes) == 0 || st != nil {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		again, err := ReadStory("file.story.yaml", StoryText(st))
		if err != nil || StoryText(again) != StoryText(st) || !slices.Equal(again.Lines, st.Lines) || !maps.Equal(again.Given, st.Given) {
			t.Fatalf("%v\nfrom\n%s\nmade of\n%s", err, StoryText(st), text)
		}
	})
}
