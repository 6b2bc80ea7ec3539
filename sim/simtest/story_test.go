package simtest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/simtest"
)

// believed is the story of the smallest protocol, as it is told.
const believed = `
Its story: 7 events, 4 actions of the protocol.

This is a run of First. There are 3 actors: 1, 2 and 3. Each numbered line is
one event, with all that the actor does in it. A message whose arrival is not
told never arrives. What went wrong is explained after the last line.

1. A client asks actor 3 for 3a. Actor 3 sends Proposal 3a to all.
2. Actor 3 gets Proposal 3a, which it sent to itself. Actor 3 decides 3a.
3. A client asks actor 1 for 1a. Actor 1 sends Proposal 1a to all.
4. Actor 1 gets Proposal 1a, which it sent to itself. Actor 1 decides 1a. This
   breaks the rule agreement.

The rule that broke is agreement: no two actors decide different values. It
broke at line 4: actor 1 decides 1a, and actor 3 has decided 3a. Compare it with
line 2.

It is a safety rule: users rely on it. Whoever acts on one decision contradicts
whoever acts on the other. Source: Lynch, Distributed Algorithms, 1996, chapter
6.
`

// storyOf is the story that is kept beside the only run below a folder.
func storyOf(t *testing.T, dir string) string {
	t.Helper()
	files := kept(t, dir)
	if len(files) != 1 {
		t.Fatalf("%q are kept", files)
	}
	return strings.TrimSuffix(files[0], ".run.json") + ".story.yaml"
}

// again plays what is kept for the smallest protocol, or for a scenario.
func again(dir string, of ...*sim.Scenario) *told {
	on := &told{name: "TestIt"}
	simtest.Again(on, append(of, simtest.Of(first, 3))[0], simtest.Keep(dir))
	return on
}

// TestFailureTellsItsStory: a failure ends with the few events that matter, in sentences. They are kept
// in a file that a person can read, and the next test fails by it before all else.
func TestFailureTellsItsStory(t *testing.T) {
	dir := t.TempDir()
	on := &told{name: "TestIt"}
	simtest.Run(on, simtest.Of(first, 3), simtest.Keep(dir))
	if !strings.Contains(on.text(), "\n"+believed+"\nkept in ") {
		t.Errorf("it does not tell its story:\n%s", on.text())
	}
	file := storyOf(t, dir)
	if got, want := content(t, file), "breaks: agreement\nstory:\n  - client asks 3\n  - Proposal 3a reaches 3\n  - client asks 1\n  - Proposal 1a reaches 1\n"; got != want {
		t.Errorf("the story is kept as\n%s", got)
	}
	for _, alone := range []bool{false, true} {
		if alone { // the run says nothing that the story does not
			if err := os.Remove(strings.TrimSuffix(file, ".story.yaml") + ".run.json"); err != nil {
				t.Fatal(err)
			}
		}
		next := &told{name: "TestIt"}
		simtest.Run(next, simtest.Of(first, 3), simtest.Keep(dir))
		if len(next.lines) != 1 || !strings.HasPrefix(next.text(), "simtest: agreement (safety) still breaks at event 7: ") || !strings.Contains(next.text(), believed) ||
			strings.Contains(next.text(), "kept in") == alone || !strings.Contains(next.text(), "\nthe story is in "+file+"\n") {
			t.Errorf("alone %v:\n%s", alone, next.text())
		}
	}
}

// TestEditedStory: a person may edit a story that is kept. What they did wrong is told
// with its line, and nothing is passed over.
func TestEditedStory(t *testing.T) {
	const head = "breaks: agreement\nstory:\n"
	for _, x := range []struct {
		name, text  string
		said        string // of the story beside its run; a % is the file
		alone, logs string // what is said without the run, and what where the run holds
	}{
		{name: "the same otherwise", text: "# two clients\nbreaks: agreement\n\nstory:\n  - client asks 2\n  - \"Proposal 2a reaches 2\"\n  - client asks 1 # now\n  - Proposal 1a reaches 1\n",
			said: "agreement (safety) still breaks at event 7: actor 1 decides 1a, and actor 2 has decided 2a", alone: "agreement (safety) still breaks at event 7: "},
		{name: "it breaks nothing", text: head + "  - client asks 3\n  - Proposal 3a reaches 3\n",
			said: "\n% breaks nothing any more, and the run still does: delete that file, and the next go test shrinks the run anew\n"},
		{name: "it does not apply", text: head + "  - client asks 3\n  - Proposal 3a reaches 3\n  - Proposal 1a reaches 1\n",
			said:  "\n%:5: the story no longer applies here: no such message is on its way: what could be next: client asks 1; Proposal 3a from 3 reaches 1\ndelete that file, and the next go test",
			alone: "simtest: %:5: the story no longer applies here: no such message is on its way: what could be next: client asks 1; Proposal 3a from 3 reaches 1\nIf the bug is mended, delete the file. Else change the line, or delete the file and let a hunt find and shrink it anew."},
		{name: "it goes on", text: head + "  - client asks 3\n  - Proposal 3a reaches 3\n  - client asks 1\n  - Proposal 1a reaches 1\n  - Proposal 1a reaches 2\n",
			said:  "simtest: agreement (safety) still breaks: actor 1 decides 1a, and actor 3 has decided 3a\n%:7: the run ends before this: agreement breaks in line 4",
			alone: "%:7: the run ends before this: agreement breaks in line 4"},
		{name: "another breaks", text: "breaks: validity\nstory:\n  - client asks 3\n  - Proposal 3a reaches 3\n  - client asks 1\n  - Proposal 1a reaches 1\n",
			said: "\nthe file says that validity breaks, and it is agreement\n", alone: "\nthe file says that validity breaks, and it is agreement\n"},
		{name: "mistakes", text: "breaks: agreement\nstorry:\n  - client asks 4\n", said: "simtest: %: the field story is missing: what happens\n%:2: there is no field \"storry\"; did you mean story? The fields are breaks, story, given: the scenario is that of the test\n%:3: a line of the story is expected below \"story:\"",
			alone: "%:2: there is no field"},
		{name: "wrong lines", text: head + "  - client asks 4\n  - Propsal 1a reaches 1\n", said: "simtest: %:3: there is no actor 4: actors is 3\n%:4: no message is called \"Propsal\"; did you mean Proposal?",
			alone: "%:3: there is no actor 4"},
		{name: "empty", text: "", said: "simtest: %: the field breaks is missing", alone: "simtest: %: the field breaks is missing"},
	} {
		t.Run(x.name, func(t *testing.T) {
			dir := t.TempDir()
			simtest.Run(&told{name: "TestIt"}, simtest.Of(first, 3), simtest.Keep(dir))
			file := storyOf(t, dir)
			if err := os.WriteFile(file, []byte(x.text), 0o600); err != nil {
				t.Fatal(err)
			}
			if on := again(dir); !strings.Contains(on.text(), strings.ReplaceAll(x.said, "%", file)) {
				t.Errorf("it says\n%s", on.text())
			}
			if err := os.Remove(strings.TrimSuffix(file, ".story.yaml") + ".run.json"); err != nil {
				t.Fatal(err)
			}
			on := again(dir)
			if want := strings.ReplaceAll(x.alone, "%", file); !strings.Contains(on.text(), want) || (want != "") != strings.HasSuffix(on.text(), "\nsimtest: 1 kept run did not hold") {
				t.Errorf("alone it says\n%s", on.text())
			}
			if content(t, file) != x.text {
				t.Error("the story was changed")
			}
		})
	}
}

// TestMendedStory: once a bug is mended, its story may apply no more. If its run holds,
// the test passes and the log says so.
func TestMendedStory(t *testing.T) {
	dir := t.TempDir()
	simtest.Run(&told{name: "TestIt"}, mutant("expiring-promise"), simtest.Keep(dir))
	file := storyOf(t, dir)
	on := again(dir, simtest.Of(paxos.Protocol(), 3))
	if log := strings.Join(on.logs, "\n"); len(on.lines) > 0 || !strings.Contains(log, "simtest: "+file+":") || !strings.Contains(log, ": the story no longer applies here: ") || !strings.Contains(log, "; its run holds: if the bug is mended, the story has nothing more to say") {
		t.Errorf("it fails with %q and logs %q", on.text(), log)
	}
	if on := again(dir, mutant("expiring-promise")); !strings.Contains(on.text(), "promise-rises (lemma) still breaks at event ") {
		t.Errorf("it is not found again: %s", on.text())
	}
}

// TestOlderRunGetsItsStory: a run that is kept without a story gets one when it fails.
func TestOlderRunGetsItsStory(t *testing.T) {
	dir := t.TempDir()
	simtest.Run(&told{name: "TestIt"}, simtest.Of(first, 3), simtest.Keep(dir))
	file := storyOf(t, dir)
	want := content(t, file)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if on := again(dir); !strings.Contains(on.text(), believed) || !strings.Contains(on.text(), "\nthe story is in "+file) || content(t, file) != want {
		t.Errorf("the story is not there again:\n%s", on.text())
	}
}

// TestNoStoryWithoutFailure: runs that hold leave no file, and say nothing of stories.
func TestNoStoryWithoutFailure(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	t.Setenv("PAXSIM_OUT", out)
	on := &told{name: "TestIt"}
	simtest.Run(on, simtest.Of(paxos.Protocol(), 3), simtest.Keep(dir), simtest.Seeds(1, 100))
	simtest.Play(on, simtest.Of(paxos.Protocol(), 3), &scheduler.Bytes{}, simtest.Keep(dir))
	if files := kept(t, dir); len(on.lines)+len(files) > 0 || strings.Contains(strings.Join(on.logs, "\n"), "story") {
		t.Errorf("%q: %q and %q", files, on.lines, on.logs)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("there are artifacts")
	}
}

func mutant(name string) *sim.Scenario {
	m, _ := mutants.Find(name)
	return simtest.Of(m.Protocol(), 3)
}

// TestStoryOfEveryStrategy: whatever adversary finds it, a failure has a story, and that
// is short.
func TestStoryOfEveryStrategy(t *testing.T) {
	for _, strategy := range []string{"walk", "pct", "pos", "feedback"} {
		for _, name := range []string{"silent-promise", "unsaved-promise", "double-promise"} {
			dir := t.TempDir()
			on := &told{name: "TestIt"}
			simtest.Run(on, mutant(name), simtest.Keep(dir), simtest.Strategies(strategy))
			if lines := strings.Count(content(t, storyOf(t, dir)), "\n  - "); lines < 2 || lines > 15 || strings.Contains(on.text(), "no story") {
				t.Errorf("%s by %s has %d lines:\n%s", name, strategy, lines, on.text())
			}
			if on := again(dir, mutant(name)); len(on.lines) != 2 || !strings.Contains(on.lines[0], "still breaks") {
				t.Errorf("%s by %s: %s", name, strategy, on.text())
			}
		}
	}
}

// TestStoryOfPanic: a panic has a story too.
func TestStoryOfPanic(t *testing.T) {
	dir := t.TempDir()
	on := &told{name: "TestIt"}
	simtest.Run(on, simtest.Of(clumsily, 3), simtest.Keep(dir))
	if !strings.Contains(on.text(), " This breaks the rule panic.") && !strings.Contains(on.text(), "The rule that broke is panic.") {
		t.Errorf("it does not tell of it:\n%s", on.text())
	}
	if got := content(t, storyOf(t, dir)); !strings.HasPrefix(got, "breaks: panic\nstory:\n") {
		t.Error(got)
	}
}

// TestStoryThatTakesTooLong: shrinking has a limit. A story that ends there says so, and
// breaks the same.
func TestStoryThatTakesTooLong(t *testing.T) {
	defer simtest.SetMost(1000, 0)()
	dir := t.TempDir()
	on := &told{name: "TestIt"}
	simtest.Run(on, mutant("silent-promise"), simtest.Keep(dir))
	if !strings.Contains(on.text(), "\n(It may not be the shortest: the work ended after 1") {
		t.Errorf("it does not say so:\n%s", on.text())
	}
	if on := again(dir, mutant("silent-promise")); !strings.Contains(on.text(), "truthful-promise (lemma) still breaks") {
		t.Error(on.text())
	}
}

// TestStoryWithAnswers: whom a fault strikes by chance is no event. It is kept beside the
// lines.
func TestStoryWithAnswers(t *testing.T) {
	s := simtest.Of(first, 3)
	s.Requests, s.Crashes = s.Requests[2:], faults.Crashes{} // so only the fault makes it ask for another value
	s.Faults = []faults.Fault{{Name: "fall", At: 1, Until: 2, Crash: aims.Target{Group: aims.AtRandom, Many: 1}}}
	dir := t.TempDir()
	on := &told{name: "TestIt"}
	simtest.Run(on, s, simtest.Keep(dir))
	file := storyOf(t, dir)
	text := content(t, file)
	if !strings.Contains(text, "\n  - fault fall begins\n") || !strings.HasSuffix(text, "\ngiven: {\"victim 1>0 #1\": 2}\n") {
		t.Errorf("it is kept as\n%s", text)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(text, "}\n", ", \"lost Proposal 1>2 #1\": 1}\n", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("%s:%d: the choice lost Proposal 1>2 #1 belongs to an event: say it in the line of that event", file, strings.Count(text, "\n"))
	if on := again(dir, s); !strings.Contains(on.text(), want) {
		t.Errorf("it should say %s\nand says\n%s", want, on.text())
	}
}

// TestStoryOfAnotherScenario: a test may play another scenario each time, as those by
// rapid do. The story that is told is one of that scenario.
func TestStoryOfAnotherScenario(t *testing.T) {
	defer simtest.SetMost(1_000_000, 0)()
	dir := t.TempDir()
	for _, actors := range []int{5, 3, 4, 5} {
		on := &told{name: "TestIt"}
		s := simtest.Of(first, actors)
		s.Requests = s.Requests[actors-2:] // the last two are asked
		for i := range 256 {
			if simtest.Play(on, s, &scheduler.Bytes{Data: []byte(strings.Repeat(string(rune(i))+"0123456789 0123456789", 20))}, simtest.Keep(dir)); len(on.lines) > 0 {
				break
			}
		}
		if !strings.Contains(on.text(), "\nIts story: ") {
			t.Errorf("of %d actors it tells\n%s", actors, on.text())
		}
		if again := again(dir, s); !strings.HasPrefix(again.text(), "simtest: agreement (safety) still breaks") || strings.Contains(again.text(), "no longer") {
			t.Errorf("of %d actors there is\n%s", actors, again.text())
		}
	}
}
