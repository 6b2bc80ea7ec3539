package story_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/story"
)

// forgetful is a story of acceptors that forget in a crash what they have promised.
func forgetful(t testing.TB) *story.Story {
	t.Helper()
	m := mutant(t, "amnesia")
	s := &sim.Scenario{Name: "forgetful", Tick: 100_000, Actors: 3, Protocol: m.Protocol(), Requests: []sim.ScriptedRequest{{Actor: 1}}, Invariants: []string{paxos.Agreement}}
	s.Network.DelayMin, s.Network.DelayMax = 1, 1
	return &story.Story{Scenario: s, Breaks: paxos.Agreement, Lines: []string{
		"client asks 1",
		"Prepare 1.1 reaches 1 and 3",
		"Promise 1.1 from 1 and 3 reaches 1",
		"Accept 1.1 reaches 3",
		"Accept 1.1 reaches 1, and 1 crashes before it sends Accepted to 2",
		"Accepted 1.1 from 3 reaches 3",
		"1 restarts",
		"client asks 1",
		"Prepare 1.1 reaches 1 and 2",
		"Promise 1.1 from 1 and 2 reaches 1",
		"Accept 1.1 reaches 2",
		"Accepted 1.1 from 2 reaches 3",
	}}
}

// changed is a story with a line in the place of one, from 1; "": none.
func changed(st *story.Story, line int, text string) *story.Story {
	c := *st
	c.Lines = slices.Clone(st.Lines)
	if c.Lines[line-1] = text; text == "" {
		c.Lines = slices.Delete(c.Lines, line-1, line)
	}
	return &c
}

// TestMistakesInLines: a line that cannot be read is told with what was expected.
func TestMistakesInLines(t *testing.T) {
	st := forgetful(t)
	if err := st.Check(); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ line, want string }{
		{"client asks 4", "there is no actor 4: actors is 3"},
		{"client asks 0", "there is no actor 0: actors is 3"},
		{"client asks 70000", `"70000" is no number of an actor`},
		{"client asks 01", `"01" is no number of an actor`},
		{"client asks one", `"one" is no number of an actor`},
		{"client asks 1 about x", `expected the form "client asks 2 for WHAT"`},
		{"client asks 1 for", `expected the form "client asks 2 for WHAT"`},
		{"client  asks 1", `expected it written "client asks 1"`},
		{"1 restarts ", `expected it written "1 restarts"`},
		{"Acept 1.1 reaches 1", `no message is called "Acept"; did you mean Accept?`},
		{"Vote 1.1 reaches 1", `no message is called "Vote"`},
		{" reaches 1", `no message is called ""`},
		{"Accept 1.1 reaches 1, 2 and 2", "actor 2 is named twice"},
		{"Accept 1.1 reaches 1, 2, 3", `expected it written "Accept 1.1 reaches 1, 2 and 3"`},
		{"Accept 1.1 from 1 and 2 reaches 1 and 3", "several actors send it and several get it: say it in several lines"},
		{"Accept 1.1 from 4 reaches 1", "there is no actor 4: actors is 3"},
		{"Accept 1.1 from 2 reaches 1 as if from 2", "it is from 2: it pretends nothing"},
		{"Accept 1.1 from 2 reaches 1 as if from 9", "there is no actor 9: actors is 3"},
		{"alarm repat of 1 goes off", `no alarm is called "repat"; did you mean repeat?`},
		{"alarm repeat of 7 goes off", "there is no actor 7: actors is 3"},
		{"7 restarts", "there is no actor 7: actors is 3"},
		{"fault split begins", `the scenario has no fault "split"`},
		{"Accept 1.1 reaches 1 and 2, and 1 crashes afterwards", `it happens more than once, and "1 crashes afterwards" once: say it in several lines`},
		{"Accept 1.1 reaches 1, and 2 saves slowly", "it happens at actor 1, and 2 saves nothing"},
		{"Accept 1.1 reaches 1, and 5 crashes before it saves", "there is no actor 5: actors is 3"},
		{"Accept 1.1 reaches 1, and 1 crashes before it sends Accetped to 2", `no message is called "Accetped"; did you mean Accepted?`},
		{"Accept 1.1 reaches 1, and 1 crashes before it saves the 1st time", `"1st" is no count such as 2nd`},
		{"Accept 1.1 reaches 1, and 1 crashes before it saves the 2rd time", `expected it written "Accept 1.1 reaches 1, and 1 crashes before it saves the 2nd time"`},
		{"Accept 1.1 reaches 1, and backof of 1 is 7", `no choice is called "backof"; did you mean backoff?`},
		{"Accept 1.1 reaches 1, and backoff of 1 is 0", "0 is what a choice is without a word: leave it out"},
		{"Accept 1.1 reaches 1, and backoff of 1 is x", `"x" is no number`},
		{"Accept 1.1 reaches 1, and 1 explodes", `after ", and" expected what else happens, such as "3 crashes before it saves", "3 crashes before it sends Accept to 2" or "3 crashes afterwards", not "1 explodes"`},
		{"hello", `expected an event, such as "client asks 2", "Accept from 2 reaches 3", "alarm NAME of 2 goes off", "3 restarts", "save of 3 is done", "fault NAME begins" or "fault NAME ends"`},
		{"", `expected an event, such as "client asks 2", "Accept from 2 reaches 3", "alarm NAME of 2 goes off", "3 restarts", "save of 3 is done", "fault NAME begins" or "fault NAME ends"`},
	}
	for _, tt := range tests {
		x := *st
		x.Lines = slices.Clone(st.Lines)
		x.Lines[4] = tt.line
		for _, err := range []error{x.Check(), func() error { _, err := x.Play(t.Context()); return err }()} {
			var m *story.Mistake
			if !errors.As(err, &m) || m.Line != 5 || m.Text != tt.want || m.Played {
				t.Errorf("%q: %+v, want line 5: %s", tt.line, err, tt.want)
			}
		}
	}
}

// TestMistakesInPlay: a line that can be read and does not apply is told with what could
// be next.
func TestMistakesInPlay(t *testing.T) {
	st := forgetful(t)
	if v := played(t, st).Outcome.Violation; v == nil || v.Invariant != paxos.Agreement {
		t.Fatalf("the story breaks %v", v)
	}
	slow := *st
	s := *st.Scenario
	s.Disk = disks.Disk{Sync: 1}
	slow.Scenario = &s
	tests := []struct {
		name string
		st   *story.Story
		line int
		want string
	}{
		{"nobody is asked", changed(st, 1, ""), 1, "no such message is on its way: what could be next: client asks 1"},
		{"an event removed", changed(st, 3, ""), 3, "no such message is on its way: what could be next: alarm learn of 3 goes off"},
		{"a crash removed", changed(st, 5, ""), 6, "that cannot be next: what could be next: Accept 1.1 from 1 reaches 1; Accepted 1.1 from 3 reaches 1; alarm learn of 1 goes off"},
		{"a ballot that never occurs", changed(st, 4, "Accept 7.1 reaches 3"), 4, "no such message is on its way: what could be next: Accept 1.1 from 1 reaches 3"},
		{"a message from somebody else", changed(st, 4, "Accept 1.1 from 2 reaches 3"), 4, "no such message is on its way: what could be next: Accept 1.1 from 1 reaches 3"},
		{"the same twice", twice(st, 4), 5, "no such message is on its way: what could be next: Accepted 1.1 from 3 reaches 3"},
		{"a copy without a first", changed(st, 4, "Accept 1.1 reaches 3 again"), 4, "no such message has arrived before, so there is no copy of it"},
		{"a crash that does not fall", changed(st, 4, "Accept 1.1 reaches 3, and 3 crashes before it decides"), 4, "this does not happen here: 3 crashes before it decides"},
		{"a crash of somebody else", changed(st, 4, "Accept 1.1 reaches 3, and 2 crashes before it saves"), 4, "this does not happen here: 2 crashes before it saves"},
		{"a crash that comes too often", changed(st, 4, "Accept 1.1 reaches 3, and 3 crashes before it saves the 2nd time"), 4, "this does not happen here: 3 crashes before it saves the 2nd time"},
		{"a choice that is not asked", changed(st, 4, "Accept 1.1 reaches 3, and backoff of 3 is 7"), 4, "this does not happen here: backoff of 3 is 7"},
		{"an alarm that is not set", changed(st, 4, "alarm repeat of 2 goes off"), 4, "that cannot be next: what could be next: Prepare 1.1 from 1 reaches 2; alarm learn of 2 goes off"},
		{"an actor that is up restarts", changed(st, 4, "3 restarts"), 4, "that cannot be next: what could be next: Accept 1.1 from 1 reaches 3"},
		{"an actor that is down", changed(st, 6, "Promise 1.1 from 3 reaches 1"), 6, "actor 1 is down here"},
		{"a save with a quick disk", changed(st, 4, "save of 3 is done"), 4, "that cannot be next: what could be next: Accept 1.1 from 1 reaches 3"},
		{"a slow save with a quick disk", changed(st, 4, "Accept 1.1 reaches 3, and 3 saves slowly"), 4, "actor 3 saves nothing here that takes time"},
		{"a save that was not slow", changed(&slow, 4, "save of 3 is done"), 4, "that cannot be next: what could be next: Accept 1.1 from 1 reaches 3"},
		{"a slow save of nothing", changed(&slow, 6, "Accepted 1.1 from 3 reaches 3, and 3 saves slowly"), 6, "actor 3 saves nothing here that takes time"},
		{"what the client asks for", changed(st, 1, "client asks 1 for x"), 1, "that cannot be next: what could be next: client asks 1"},
		{"forged by itself", changed(st, 4, "Accept 1.1 reaches 3 as if from 1"), 4, "it is from 1: it pretends nothing"},
		{"after the end", after(st, "client asks 1"), 13, "the run ends before this: agreement breaks in line 12"},
	}
	for _, tt := range tests {
		m := mistaken(t, tt.st)
		if m.Line != tt.line || !strings.HasPrefix(m.Text, tt.want) || !m.Played {
			t.Errorf("%s: line %d: %s\nwant line %d: %s", tt.name, m.Line, m.Text, tt.line, tt.want)
		}
	}
}

// twice is a story with a line twice.
func twice(st *story.Story, line int) *story.Story {
	c := *st
	c.Lines = slices.Insert(slices.Clone(st.Lines), line, st.Lines[line-1])
	return &c
}

// after is a story with a line at its end.
func after(st *story.Story, line string) *story.Story {
	c := *st
	c.Lines = append(slices.Clone(st.Lines), line)
	return &c
}

// TestWhose: where several have sent such a message, a line says whose it is.
func TestWhose(t *testing.T) {
	st := changed(forgetful(t), 3, "Promise 1.1 reaches 1")
	if m := mistaken(t, st); m.Line != 3 || m.Text != "both 1 and 3 have sent such a message to 1: say from whom it is" {
		t.Errorf("%+v", m)
	}
}

// TestGiven: answers that no line has are about the world as a whole.
func TestGiven(t *testing.T) {
	for text, want := range map[string]string{
		"lost Accept 1>2 #1": "the choice lost Accept 1>2 #1 belongs to an event: say it in the line of that event",
		"crash-save 1 #1":    "the choice crash-save 1 #1 belongs to an event: say it in the line of that event",
		"nothing":            "",
	} {
		st := forgetful(t)
		st.Given = map[string]uint32{text: 1}
		var m *story.Mistake
		if err := st.Check(); !errors.As(err, &m) || m.Line != 0 || m.Played || want != "" && m.Text != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// TestHoldingStory: a story whose lines apply, and that breaks nothing, is told by its
// outcome.
func TestHoldingStory(t *testing.T) {
	st := forgetful(t)
	st.Lines = st.Lines[:len(st.Lines)-1]
	p := played(t, st)
	if p.Outcome.Violation != nil {
		t.Fatalf("%+v", p.Outcome.Violation)
	}
	if at, err := p.Decisive(t.Context()); at != 0 || err != nil {
		t.Errorf("event %d decides: %v", at, err)
	}
	empty := forgetful(t)
	empty.Lines = nil
	if p := played(t, empty); p.Outcome.Violation != nil || len(p.Events) != 0 {
		t.Errorf("no lines: %+v", p)
	}
}
