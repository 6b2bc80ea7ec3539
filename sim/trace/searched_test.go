package trace_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
)

// searched is a file of a searched run of ping-pong, written by the run itself.
func searched(t testing.TB, seed uint64) (*trace.File, sim.Outcome) {
	s := match()
	s.Network.Loss, s.Network.Duplicate, s.Disk.Sync = scheduler.Certain/10, scheduler.Certain/10, 1
	s.Crashes.Chance = scheduler.Certain / 10
	s.Requests = []sim.ScriptedRequest{{Actor: 1, Name: "x"}, {Actor: 2}}
	w, err := pingPong.New(s)
	if err != nil {
		t.Fatal(err)
	}
	budget := search.Budget{Events: 100, Alarms: 3, Losses: 2, Duplicates: 2, Crashes: 2}
	w.Search(&search.Search{Picker: new(search.Walk), Budget: budget, Record: true})
	var rec scheduler.Recording
	w.Reset(seed, &rec)
	o := w.Run()
	f := trace.New(s, "", trace.Base{Calm: true}, o)
	for k, a := range rec.Surprises() {
		f.Answers[pingPong.Vocabulary().KeyText(k)] = a
	}
	f.Searched(pingPong.Vocabulary(), "walk", budget, w.Deferrals())

	// And again, from the file alone.
	again, err := trace.Decode(f.Encode())
	if err != nil {
		t.Fatalf("seed %d: %v\n%s", seed, err, f.Encode())
	}
	_, source, err := again.Source(pingPong.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	how, err := again.Search(pingPong.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	w.Search(how)
	w.Reset(0, source)
	if d := again.Compare(w.Run()); d != nil || len(source.Unused()) > 0 || len(w.VoidDeferrals()) > 0 {
		t.Fatalf("seed %d: %v, %v and %v do not apply\n%s", seed, d, source.Unused(), w.VoidDeferrals(), f.Encode())
	}
	return f, o
}

// TestSearchedReplays: a file of a searched run plays the same run, with no
// adversary present, and says all that it holds in texts that parse back.
func TestSearchedReplays(t *testing.T) {
	words := map[string]bool{}
	for seed := range uint64(1000) {
		f, _ := searched(t, seed)
		for event, until := range f.Deferrals {
			for _, text := range []string{event, until} {
				k, err := pingPong.Vocabulary().ParseEvent(text)
				if err != nil || pingPong.Vocabulary().EventText(k) != text {
					t.Fatalf("%q: %v, %v", text, k, err)
				}
				words[strings.Fields(text)[0]] = true
			}
		}
	}
	for _, word := range []string{"deliver", "deliver-copy1", "alarm", "synced", "restart", "ask"} {
		if !words[word] {
			t.Errorf("nothing was held back that begins with %s: %v", word, words)
		}
	}
}

// TestHoldsThatDoNotApply: holds of which the event or the other does not come,
// or comes too late, are told, and the rest is played.
func TestHoldsThatDoNotApply(t *testing.T) {
	w, err := pingPong.New(match())
	if err != nil {
		t.Fatal(err)
	}
	f := &trace.File{Engine: trace.Searched, Budget: &search.Budget{Events: 50}, Deferrals: map[string]string{
		"deliver Ball 1>2 #1": "ask 1>1 #1",           // it has come already
		"deliver Ball 1>1 #1": "deliver Ball 1>2 #1",  // as it should be
		"alarm again 1 #7":    "deliver Ball 1>2 #1",  // there is no seventh
		"deliver Ball 2>1 #1": "deliver Ball 1>2 #99", // nor a ninety-ninth
	}}
	how, err := f.Search(pingPong.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	w.Search(how)
	w.Reset(0, scheduler.Calm{})
	w.Run()
	var got []string
	for _, h := range w.VoidDeferrals() {
		got = append(got, pingPong.Vocabulary().EventText(h.Event))
	}
	want := []string{"alarm again 1 #7", "deliver Ball 1>2 #1", "deliver Ball 2>1 #1"}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDecodeSearched(t *testing.T) {
	f, _ := searched(t, 3)
	f.Deferrals = map[string]string{"deliver Ball 1>2 #1": "alarm again 1 #1"}
	good := string(f.Encode())
	for _, c := range []struct{ name, old, new, want string }{
		{"no budget", `"budget"`, `"budgets"`, "budgets: there is no such field"},
		{"half a budget", `"alarms": 3,`, ``, "budget.alarms: missing"},
		{"negative", `"alarms": 3`, `"alarms": -3`, "budget.alarms: expected a whole number from 0 to 2147483647"},
		{"too much", `"alarms": 3`, `"alarms": 2147483648`, "budget.alarms: expected a whole number from 0 to 2147483647"},
		{"timed", `"searched"`, `"timed"`, `strategy, budget, deferrals: present, though the engine is "timed"`},
		{"no text", `"alarm again 1 #1"`, `7`, "deferrals.deliver Ball 1>2 #1: expected a text, found the number 7"},
		{"an old word", `"deferrals": {`, `"holds": {`, "holds: there is no such field; it is called deferrals"},
		{"twice", `"deferrals": {`, `"deferrals": {"deliver Ball 1>2 #1": "boot 1 #0",`, "deferrals.deliver Ball 1>2 #1: comes twice"},
	} {
		if _, err := trace.Decode([]byte(strings.Replace(good, c.old, c.new, 1))); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s:\n got %v\nwant %s", c.name, err, c.want)
		}
	}
	for event, want := range map[string]string{
		"":                            `no event is called ""`,
		"leave Ball 1>2 #1":           `no event is called "leave"`,
		"deliver Bell 1>2 #1":         `no message is called "Bell"`,
		"deliver Ball 1>2":            "it ends too early",
		"deliver Ball 1-2 #1":         `"1-2" is no pair of numbers`,
		"deliver Ball 1>16384 #1":     `"16384" is no number from 0 to 16383`,
		"deliver Ball 01>2 #1":        `expected it written "deliver Ball 1>2 #1"`,
		"deliver-copy0 Ball 1>2 #1":   `expected it written "deliver Ball 1>2 #1"`,
		"deliver-copy4 Ball 1>2 #1":   `"4" is no number from 0 to 3`,
		"alarm never 1 #1":            `no alarm is called "never"`,
		"ask 0>1 #1":                  "a number is out of range",
		"fault 0 #0":                  "a number is out of range",
		"synced 1 #16777216":          `"16777216" is no number from 0 to 16777215`,
		"synced 1 #1 #2":              "something follows the count",
		"deliver Ball 1>2 #1\n#2":     `is no number`,
		"deliver  Ball 1>2 #1":        `no message is called ""`,
		"restart-copy1 1 #1":          `expected it written`,
		"ask 16777216>1 #1 something": "something follows the count",
	} {
		f.Deferrals = map[string]string{event: "boot 1 #0"}
		if _, err := f.Search(pingPong.Vocabulary()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", event, err, want)
		}
	}
}

// TestSearchedLines: a trace of a searched run keeps what its head says of it.
func TestSearchedLines(t *testing.T) {
	f, o := searched(t, 5)
	h := trace.NewHeader(match(), "paxsim: 1\n", f.Base)
	h.Engine, h.Strategy, h.Budget, h.Deferrals, h.Answers = f.Engine, f.Strategy, f.Budget, f.Deferrals, f.Answers
	var b bytes.Buffer
	if err := trace.NewLineWriter(&b, h).CloseWith(trace.NewTrailer(h, o, 0)); err != nil {
		t.Fatal(err)
	}
	r, err := trace.NewLineReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(h, r.Header()); diff != "" || len(h.Deferrals) == 0 {
		t.Error(diff, len(h.Deferrals))
	}
	bad := strings.Replace(b.String(), `"engine":"searched"`, `"engine":"timed"`, 1)
	if _, err := trace.NewLineReader(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), `engine "timed": expected "searched"`) {
		t.Errorf("%v", err)
	}
}
