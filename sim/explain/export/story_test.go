package export

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/played"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/explain/diagram"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/trace"
)

var update = flag.Bool("update", false, "write the forms of a story into testdata")

// short is a short run: 1 crashes before its Accept leaves for 2, and what it sent itself
// finds nobody.
var short = played.List{Answers: map[string]uint32{"crash Accept 1>2 #2": 1}, Events: `
	ask 1>1
	Prepare 1>1
	Prepare 1>2
	Promise 1>1
	Promise 2>1
	Accept 1>1
	restart 1
	ask 2>3
	Prepare 3>2
`}

// TestStoryForms: a story is drawn with what arrives alone, in numbered events.
func TestStoryForms(t *testing.T) {
	s, err := scenarios.Read("story.yaml", "paxsim: 1\nteaches: a story\nactors: 3\nrequests: [{actor: 1, at: 0s}, {actor: 3, at: 0s}]\n")
	if err != nil {
		t.Fatal(err)
	}
	s.Name, s.Crashes = "a story", faults.Crashes{Chance: 1, DownMin: 1, DownMax: 1}
	entries := short.Play(t, &s.Scenario)
	last := entries[len(entries)-1].Event
	run := &Run{Scenario: &s.Scenario, Head: trace.NewHeader(&s.Scenario, "", trace.Base{Calm: true}), Window: Window{From: 1}, Story: &diagram.Options{Decisive: last}}
	for _, form := range []string{"diagram", "svg", "mermaid"} {
		f := Named(form)
		x := f.New(run)
		var out bytes.Buffer
		if f.Measures {
			played.Entries(entries, x.Measure)
		}
		x.Begin(&out)
		played.Entries(entries, x.Step)
		if err := x.End(&trace.Trailer{}); err != nil {
			t.Fatal(err)
		}
		text := out.String()
		if !strings.HasPrefix(text, f.Mark) {
			t.Errorf("%s begins %.60q", form, text)
		}
		if form == "svg" {
			if n := len(regexp.MustCompile(`<g class="m k\d arrived"`).FindAllString(text, -1)); n != 5 || strings.Contains(text, "still on its way") || strings.Contains(text, " ms<") {
				t.Errorf("the picture has %d arrows; 5 messages arrive", n)
			}
			if !strings.Contains(text, ">decisive<") {
				t.Error("no event is decisive in the picture")
			}
			continue // its bytes are held by package diagram
		}
		file := filepath.Join("testdata", "story."+form)
		if *update {
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if text != string(want) {
			t.Errorf("%s is another drawing: go test ./sim/explain/export -update writes it; look at it\n%s", file, text)
		}
	}
}
