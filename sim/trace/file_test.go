package trace_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

func sample() *trace.File {
	return &trace.File{
		Tool: "paxsim 0.1.0", Scenario: "paxsim: 1\nname: match <&>\n", Protocol: "ping-pong",
		Settings: map[string]string{"wait": "7 ticks", "fast": "true"}, Engine: trace.Timed,
		Base: trace.Base{Seed: 7}, Answers: map[string]uint32{"lost Ball 2>1 #3": 1, "delay Ball 1>2 #1": 19},
		Trace: trace.TraceVersion, Events: 130, Outcome: "violated",
		Facts:     &trace.Facts{Counted: true, Chosen: 12, Decided: 20, Learned: -1, HaveLearned: 1, Awaited: 3},
		Violation: &trace.Violation{Invariant: "fair play", Grade: "lemma", Text: "two balls", Event: 130, Events: []uint64{40, 130}},
		Digest:    0xabc, Checkpoints: []uint64{1, 1 << 63},
	}
}

// TestFormat pins the file as it lies on the disk.
func TestFormat(t *testing.T) {
	want, err := os.ReadFile("testdata/sample.run.json")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(sample().Encode())); diff != "" {
		t.Error(diff)
	}
	got, err := trace.Decode(want)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sample(), got); diff != "" {
		t.Error(diff)
	}
}

func TestDecodeNamesEveryMistake(t *testing.T) {
	good := string(sample().Encode())
	for _, c := range []struct {
		name, old, new string
		want           []string
	}{
		{"nothing", good, "", []string{"1:1: the file ends too early"}},
		{"cut short", good[100:], "", []string{"the file ends too early"}},
		{"no object", good, "[1]", []string{"1:1: the file: expected an object, found a list"}},
		{"not JSON", `"tool":`, `"tool"`, []string{"3:10: not JSON"}},
		{"unknown field", `"tool":`, `"tools":`, []string{"3:3: tools: there is no such field; expected format, tool,", "tool: missing"}},
		{"same letters", `"tool":`, `"Tool":`, []string{"Tool: there is no such field"}},
		{"doubled field", `"trace": 4,`, `"trace": 4, "trace": 4,`, []string{"trace: comes twice"}},
		{"doubled answer", `"lost Ball 2>1 #3": 1`, `"lost Ball 2>1 #3": 1, "lost Ball 2>1 #3": 0`, []string{"answers.lost Ball 2>1 #3: comes twice"}},
		{"wrong types", `"protocol": "ping-pong"`, `"protocol": {"a": [1, {}]}`, []string{"4:15: protocol: expected a text, found an object"}},
		{"null", `"digest": "0000000000000abc"`, `"digest": null`, []string{"digest: expected a text, found null"}},
		{"facts that do not go together", `"learned": 1`, `"learned": 3`, []string{"facts: expected learned of awaited, and learned_tick if all have learned, and only then"}},
		{"chosen, and nobody counted", `"votes_counted": true`, `"votes_counted": false`, []string{"facts: expected chosen_tick only if votes_counted"}},
		{"facts of no kind", `"votes_counted": true`, `"votes_counted": 1`, []string{"facts.votes_counted: expected true or false, found the number 1"}},
		{"a fact that is none", `"chosen_tick": 12`, `"chosen": 12`, []string{"facts.chosen: there is no such field; expected votes_counted, chosen_tick,"}},
		{"a fraction", `"events": 130`, `"events": 130.0`, []string{"events: expected a whole number from 0 to 4294967295, found the number 130.0"}},
		{"negative answer", `#3": 1`, `#3": -1`, []string{"answers.lost Ball 2>1 #3: expected a whole number"}},
		{"other format", `"paxsim run 1"`, `"paxsim run 2"`, []string{`2:13: format "paxsim run 2": this paxsim reads "paxsim run 1"`}},
		{"engine", `"timed"`, `"warp"`, []string{`engine "warp": this paxsim knows "timed"`}},
		{"base", `"seed 7"`, `"seed 07"`, []string{`base "seed 07": expected "seed 7" or "calm"`}},
		{"digest", `0000000000000abc`, `ABC`, []string{"digest: expected a digest of 16"}},
		{"checkpoints", `"8000000000000000"`, `"8000000000000000", "0000000000000000"`, []string{"checkpoints: expected 2 where events is 130, found 3"}},
		{"events that fall", "40,\n", "131,\n", []string{"violation.events: expected numbers of events that rise, 130 the last of them"}},
		{"events that end early", "40,\n      130", "40", []string{"violation.events: expected numbers of events that rise, 130 the last of them"}},
		{"event 0", "40,\n", "0,\n", []string{"violation.events: expected numbers of events that rise"}},
		{"events in words", "40,\n", "\"40\",\n", []string{`violation.events.1: expected a whole number from 0 to 4294967295, found the text "40"`}},
		{"grade", `"lemma"`, `"axiom"`, []string{`violation.grade "axiom": expected safety or lemma`}},
		{"outcome", `"violated"`, `"decided"`, []string{"violation: present, though the outcome is decided"}},
		{"something after", good, good + "x", []string{"something follows the end"}},
		{"two mistakes", `"trace": 4,`, `"trace": "4", "wat": [{"x": 1}],`, []string{"trace: expected a whole number", "wat: there is no such field"}},
		{"bytes", `ping-pong`, "ping\xffpong", []string{"4:20: not UTF-8 text"}},
	} {
		_, err := trace.Decode([]byte(strings.Replace(good, c.old, c.new, 1)))
		if err == nil {
			t.Errorf("%s: no mistake found", c.name)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s:\n got %s\nwant %s", c.name, err, want)
			}
		}
	}
}

// TestFileWithoutAGrade: a file that was written before invariants had grades is
// read as before.
func TestFileWithoutAGrade(t *testing.T) {
	f, err := trace.Decode([]byte(strings.Replace(string(sample().Encode()), `    "grade": "lemma",`+"\n", "", 1)))
	if err != nil || f.Violation.Grade != "" || f.Violation.Broke() != "fair play" || sample().Violation.Broke() != "fair play (lemma)" {
		t.Errorf("%v, %+v", err, f)
	}
	if strings.Contains(string(f.Encode()), "grade") {
		t.Error("it is written with one")
	}
}

// TestFileWithoutEvents: nor need a file say of which events a violation speaks.
func TestFileWithoutEvents(t *testing.T) {
	old := sample()
	old.Violation.Events = nil
	text := string(old.Encode())
	f, err := trace.Decode([]byte(text))
	if err != nil || f.Violation.Events != nil || strings.Contains(text, `"events": [`) || string(f.Encode()) != text {
		t.Errorf("%v, %+v", err, f)
	}
}

// TestFileTellsTheEventsOfAViolation: those of the run, in a copy.
func TestFileTellsTheEventsOfAViolation(t *testing.T) {
	v := &sim.Violation{Invariant: "fair play", Events: []uint64{3, 9}, Event: 9}
	f := trace.New(match(), "", trace.Base{}, sim.Outcome{Verdict: observe.VerdictViolated, Events: 9, Violation: v})
	v.Events[0] = 1
	if !slices.Equal(f.Violation.Events, []uint64{3, 9}) {
		t.Errorf("%d", f.Violation.Events)
	}
}

func TestAnswersThatNameNothing(t *testing.T) {
	f := sample()
	f.Answers["lost Bell 1>2 #1"] = 1
	_, _, err := f.Source(pingPong.Vocabulary())
	if err == nil || !strings.Contains(err.Error(), `no message is called "Bell"`) {
		t.Errorf("got %v", err)
	}
}

// FuzzRunFile: no bytes make the reader panic, and what it takes it writes the
// same way twice.
func FuzzRunFile(f *testing.F) {
	f.Add(sample().Encode())
	f.Add([]byte(`{"format": "paxsim run 1", "answers": {"a": 1, "a": 2}}`))
	f.Add([]byte(`{"checkpoints": [[[[`))
	found, _ := searched(f, 3)
	f.Add(found.Encode())
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := trace.Decode(data)
		if err != nil {
			if file != nil || err.Error() == "" {
				t.Error("an error without words, or a file with it")
			}
			return
		}
		file.Source(pingPong.Vocabulary())
		file.Search(pingPong.Vocabulary())
		text := file.Encode()
		again, err := trace.Decode(text)
		if err != nil {
			t.Fatalf("does not read back: %v\n%s", err, text)
		}
		if !bytes.Equal(text, again.Encode()) {
			t.Errorf("reads back as another file\n%s\n%s", text, again.Encode())
		}
	})
}
