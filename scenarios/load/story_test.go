package load_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scenarios/load"
	"github.com/paxsim/paxsim/sim/trace"
)

const told = "testdata/no-adoption.story.yaml"

// TestStory: a story file is a run, and the run file that it makes is the same run.
func TestStory(t *testing.T) {
	r, err := load.File(told)
	if err != nil {
		t.Fatal(err)
	}
	if r.Story == nil || r.Played == nil || r.Search == nil {
		t.Fatalf("%+v", r)
	}
	again, err := load.Decode("again.run.json", r.File.Encode())
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []*load.Run{r, again} {
		for range 2 {
			o, err := x.Play()
			if err != nil || o.Violation == nil || o.Violation.Invariant != "agreement" || o.Digest != r.Played.Outcome.Digest {
				t.Fatalf("%v: %+v", err, o)
			}
		}
	}
	if again.Story != nil {
		t.Error("a run file is no story")
	}
}

// TestStoryDiffers: a story that does not break what it says has a run all the same, one
// with a line that cannot happen has none, and its place is told.
func TestStoryDiffers(t *testing.T) {
	data, err := os.ReadFile(told)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	edit := func(old, new string) string {
		t.Helper()
		if !strings.Contains(text, old) {
			t.Fatalf("there is no %q", old)
		}
		return strings.Replace(text, old, new, 1)
	}
	var differs *load.Differs
	var bad *scenarios.Errors
	r, err := load.Story(t.Context(), "x", edit("  - Accept 2.2 reaches 2 and 3\n", ""))
	if r == nil || !errors.As(err, &differs) || !strings.Contains(err.Error(), "the story says agreement, and it breaks nothing") {
		t.Errorf("a line less: %v, %v", r, err)
	}
	r, err = load.Story(t.Context(), "x", edit("Promise 2.2 from 2 and 3", "Promise 2.7 from 2 and 3"))
	if r != nil || !errors.As(err, &differs) || !errors.As(err, &bad) || bad.Mistakes[0].Line != 14 || bad.Mistakes[0].Column != 5 || !strings.Contains(err.Error(), "no such message is on its way") {
		t.Errorf("a ballot that does not occur: %v, %v", r, err)
	}
	r, err = load.Story(t.Context(), "x", text+"given: {\"pick #7\": 1}\n")
	if r != nil || !errors.As(err, &differs) || !strings.Contains(err.Error(), "x:16:9: given: pick #7: 1: the run does not ask for it") {
		t.Errorf("an answer that nobody asks for: %v, %v", r, err)
	}
	bad, differs = nil, nil
	r, err = load.Story(t.Context(), "x", edit("reaches 2 and 3\n  - Promise 2.2", "reaches 2 and 8\n  - Promise 2.2"))
	if r != nil || errors.As(err, &differs) || !errors.As(err, &bad) || bad.Mistakes[0].Line != 13 {
		t.Errorf("an actor that does not exist: %v, %v", r, err)
	}
	if _, err := load.Story(t.Context(), "x", "breaks: agreement\nstory: [client asks 1]\n"); !errors.Is(err, load.ErrNoScenario) {
		t.Errorf("of a Go test: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := load.Story(ctx, "x", text); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

// TestWhatIsAStory: by its name, and where that says nothing by how it begins.
func TestWhatIsAStory(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"x.story.yaml", "{", true},
		{"x.run.json", "paxsim: 1", false},
		{"standard input", "paxsim: 1", true},
		{"standard input", "# mine\npaxsim: 1", true},
		{"standard input", "\ufeffpaxsim: 1", true},
		{"standard input", " {}", false},
		{"standard input", "", false},
		{"/dev/fd/63", "\x00", false},
	} {
		if got := load.IsStory(c.name, []byte(c.text)); got != c.want {
			t.Errorf("%q in %s: %v", c.text, c.name, got)
		}
	}
	if _, err := load.Decode("standard input", nil); !errors.As(err, new(*trace.Error)) {
		t.Errorf("nothing: %v", err)
	}
}
