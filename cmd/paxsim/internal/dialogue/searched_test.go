package dialogue

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/explain/stepper"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
)

// Brooker's bug is found by hand by picks alone; Paxos as it should be stands the
// same picks.
func TestBrokenByPicks(t *testing.T) {
	picks := []string{"next 4", "take deliver Prepare 1>1", "take deliver Prepare 1>3 #1", "take ask 2", "take deliver Prepare 2>1", "take deliver Prepare 2>2",
		"take deliver Promise 1>2", "take deliver Promise 2>2", "take deliver Accept 2>2", "take deliver Accept 2>3",
		"take deliver Promise 1>1", "take deliver Promise 3>1", "take deliver Accept 1>3", "take ask 3", "take deliver Prepare 3>3", "take deliver Prepare 3>1",
		"take deliver Promise 3>3", "take deliver Promise 1>3", "take deliver Accept 3>1", "take deliver Accept 3>3", "to end"}
	for mutant, want := range map[string]string{"brooker": "the run ends here: agreement (safety) is broken; see also event 13\n", "none": "the run ends here: all have learned y\n"} {
		w := beginSearched(t, "happy-path", trace.Base{Calm: true}, "actors=3", "paxos.fan_out=all", "mutant="+mutant, "invariants=[agreement]",
			"requests=[{actor: 1, at: 0s, value: x}, {actor: 2, at: 0s, value: y}, {actor: 3, at: 0s, value: z}]")
		got := talk(t, w, picks...)
		if !strings.HasSuffix(got, want) || strings.Contains(got, "?") || len(w.Answers()) > 0 {
			t.Errorf("%s: %s", mutant, got)
		}
	}
}

// What cannot be taken, and what makes no sense where nothing takes time.
func TestMistakesSearched(t *testing.T) {
	for line, want := range map[string]string{
		"take":                         `which one? Expected its number in the queue, or its name, such as deliver Accept 2>3 #1`,
		"take 0":                       `there is no event 0 in the queue: expected 1 to 5`,
		"take 6":                       `there is no event 6 in the queue: expected 1 to 5`,
		"take 99999999999999999999":    `there is no event 99999999999999999999 in the queue: expected 1 to 5`,
		"take deliver":                 `nothing that may come now is called "deliver": queue lists what may`,
		"take deliver Accept 1>2 #1":   `nothing that may come now is called "deliver Accept 1>2 #1": queue lists what may`,
		"take deliver Acept 1>2 #1":    `event "deliver Acept 1>2 #1": no message is called "Acept"`,
		"take ask 2>":                  `nothing that may come now is called "ask 2>": queue lists what may`,
		"to 5ms":                       `expected an event such as 12, or end: in a searched run nothing takes time`,
		"delay Accept 1>2 by 5ms":      `in a searched run nothing takes time: take lets other events come first`,
		"crash 1 before save for 20ms": `in a searched run nothing takes time: an actor that is down comes back when that event is taken`,
		"undo":                         `nothing has been chosen that could be taken back`,
		"lose Accept 1>9":              `there is no actor 9: expected 1 to 3`,
	} {
		w := beginSearched(t, "literal-acks", trace.Base{Calm: true})
		talk(t, w, "next 3")
		was := place(w)
		if got := talk(t, w, line); got != "? "+want+"\n" {
			t.Errorf("%q:\n%s\nwant\n? %s", line, got, want)
		}
		if place(w) != was || w.Undo() == nil {
			t.Errorf("%q has changed something", line)
		}
	}
	w := beginSearched(t, "literal-acks", trace.Base{Calm: true})
	if got := talk(t, w, "take ask 1"); got != "? everybody starts before anything else happens\n" {
		t.Error(got)
	}
}

// A name without its end is the oldest that begins so, and ends between words.
func TestWhichIsTaken(t *testing.T) {
	w := beginSearched(t, "happy-path", trace.Base{Calm: true}, "actors=12", "requests=[{actor: 1, at: 0s}, {actor: 12, at: 0s}]")
	talk(t, w, "next 13")
	for line, want := range map[string]string{
		"deliver Prepare 1>1": "deliver Prepare 1>1 #1", "deliver Prepare 1>12": "deliver Prepare 1>12 #1", "deliver  Prepare": "deliver Prepare 1>1 #1",
		"deliver Prepare 1": "deliver Prepare 1>1 #1", "ask": "ask 2>12 #1", "alarm": "alarm learn 1 #1", "alarm learn 12": "alarm learn 12 #1",
	} {
		list := w.Upcoming()
		i, err := New(w, "x", &strings.Builder{}, nil).which(list, line)
		if err != nil || w.Scenario().Protocol.Vocabulary().EventText(list[i].EventKey()) != want {
			t.Errorf("%s: %v, %v; expected %s", line, i, err, want)
		}
	}
}

// A file that a hunt has found is stepped through as it was found, and saved as it
// was.
func TestFoundRunIsTheSame(t *testing.T) {
	w := beginSearched(t, "happy-path", trace.Base{Calm: true}, "actors=3", "requests=[{actor: 1, at: 0s}, {actor: 3, at: 0s}]")
	talk(t, w, "next 5", "take deliver Prepare 3>3", "take deliver Prepare 3>2", "lose Prepare 1>2", "take deliver Promise 2>3", "next 2", "crash 3", "take 4")
	first, _, err := w.File()
	if err != nil {
		t.Fatal(err)
	}
	how, err := first.Search(w.Scenario().Protocol.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	_, source, err := first.Source(w.Scenario().Protocol.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	x, err := stepper.New(context.Background(), w.Scenario(), scenarios.WorldText(w.Scenario()), first.Base, source.Answers)
	if err != nil {
		t.Fatal(err)
	}
	x.Search(how.Budget, how.Deferrals)
	second, unused, err := x.File()
	if err != nil || len(unused) > 0 || string(first.Encode()) != string(second.Encode()) {
		t.Errorf("%v, unused %v:\n%s\nand\n%s", err, unused, first.Encode(), second.Encode())
	}
	if len(first.Deferrals) < 3 || len(first.Answers) != 2 || !slices.Contains([]string{"decided", "undecided"}, first.Outcome) {
		t.Errorf("%v, %v, %s", first.Deferrals, first.Answers, first.Outcome)
	}
}

// Between two events an actor crashes by hand as well: after the event that has just
// happened to it, or after its next; it comes back in the event after that, and what
// waits for it still arrives.
func TestIdleCrashByHand(t *testing.T) {
	for _, c := range []struct{ to, say, want, here string }{
		{"next 5", "crash idle", "crash-idle Prepare 1>1 #1 = 1", "back"},
		{"next 5", "crash 3 idle", "crash-idle Prepare 1>3 #1 = 1", ""},
		{"next 4", "crash idle", "crash-idle-own 1 #1 = 1", "back"},
		{"next 4", "choose crash-idle Prepare 1>2", "crash-idle Prepare 1>2 #1 = 1", ""},
		{"next 4", "choose crash-idle-own 1", "crash-idle-own 1 #1 = 1", "back"},
	} {
		w := beginSearched(t, "happy-path", trace.Base{Calm: true}, "actors=3", "requests=[{actor: 1, at: 0s}]")
		said := talk(t, w, c.to, c.say)
		if !strings.Contains(said, "  "+c.want+"\n") {
			t.Errorf("%s, %s: %s", c.to, c.say, said)
			continue
		}
		if c.here == "" {
			said += talk(t, w, "until anybody crashes")
		}
		if !strings.Contains(said, "CRASHES") {
			t.Errorf("%s, %s: nobody crashes here: %s", c.to, c.say, said)
			continue
		}
		if got := talk(t, w, "queue"); !strings.HasPrefix(got, "    1  restart ") || strings.Count(got, "\n") != 1 {
			t.Errorf("%s, %s: what may come then is %s", c.to, c.say, got)
		}
		if got := talk(t, w, "next", "to end"); !strings.Contains(got, ": restarts\n") || strings.Contains(got, "LOST") {
			t.Errorf("%s, %s, and then: %s", c.to, c.say, got)
		}
		first, unused, err := w.File()
		if err != nil || len(unused) > 0 || len(first.Answers) != 1 {
			t.Errorf("%s, %s: %v, %v, %v", c.to, c.say, first.Answers, unused, err)
		}
	}
	timed := begin(t, "happy-path", trace.Base{Calm: true}, "actors=3")
	if got := talk(t, timed, "next 3", "crash 1 idle", "restart 1"); !strings.Contains(got, "actor 1: CRASHES") || !strings.HasSuffix(got, "actor 1: restarts\n") {
		t.Error(got)
	}
}

// What is held back until somebody comes back who crashed idle is free then, though
// nobody has picked that: as it is where a run file is played.
func TestHeldUntilAReturn(t *testing.T) {
	w := beginSearched(t, "happy-path", trace.Base{Calm: true}, "actors=3", "requests=[{actor: 1, at: 0s}]")
	talk(t, w, "next 5", "crash idle")
	back := w.Upcoming()[0].EventKey()
	talk(t, w, "next")
	held := search.Deferral{Event: w.Upcoming()[0].EventKey(), Until: back}
	w.Search(small, []search.Deferral{held})
	talk(t, w, "to 7")
	if got, want := w.Step().Event.What, observe.Delivered; got != want {
		t.Errorf("event 7 is %v", w.Step().Event)
	}
	file, _, err := w.File()
	if err != nil {
		t.Fatal(err)
	}
	how, err := file.Search(w.Scenario().Protocol.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	_, source, err := file.Source(w.Scenario().Protocol.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.Scenario().Protocol.New(w.Scenario())
	if err != nil {
		t.Fatal(err)
	}
	how.Deferrals = []search.Deferral{held}
	r.Search(how)
	r.Reset(0, source)
	if o := r.Run(); o.Digest != file.Digest {
		t.Errorf("played, it is another run: %x, not %x", o.Digest, file.Digest)
	}
}
