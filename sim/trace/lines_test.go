package trace_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// written plays a run and writes it as lines.
func written(t *testing.T, s *sim.Scenario, seed uint64) (string, []observe.Entry, sim.Outcome) {
	t.Helper()
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	var all trace.Recorder
	lines := trace.NewLineWriter(&out, trace.NewHeader(s, "the scenario\n", trace.Base{Seed: seed}))
	w.Observe(&all)
	w.Observe(lines)
	w.Reset(seed, nil)
	o := w.Run()
	if err := lines.Close(o); err != nil {
		t.Fatal(err)
	}
	return out.String(), all.Entries, o
}

// read reads all lines.
func read(text string) (*trace.LineReader, []observe.Entry, error) {
	r, err := trace.NewLineReader(strings.NewReader(text))
	if err != nil {
		return nil, nil, err
	}
	var entries []observe.Entry
	for {
		e, err := r.Next()
		if errors.Is(err, io.EOF) {
			return r, entries, nil
		}
		if err != nil {
			return r, entries, err
		}
		entries = append(entries, e)
	}
}

// rewritten writes what was read.
func rewritten(r *trace.LineReader, entries []observe.Entry) string {
	var out bytes.Buffer
	w := trace.NewLineWriter(&out, r.Header())
	for _, e := range entries {
		w.Observe(e)
	}
	w.CloseWith(r.Trailer())
	return out.String()
}

// someWeather is a match in all the weather that there is.
func someWeather() *sim.Scenario {
	s := match()
	s.Network.Duplicate = 2e8
	s.Disk.Sync = 3
	s.Crashes = faults.Crashes{Chance: 3e7, DownMin: 5, DownMax: 50}
	s.Faults = []faults.Fault{
		{Name: `cut "<&>` + "\u202e", At: 20, Until: 60, Split: [][]sim.ID{{1}}},
		{Name: "crash", At: 90, Until: 130, Crash: aims.These(2)},
	}
	s.Requests[0].Name = "</script>\"\u2066\u200bé\\"
	return s
}

// plain is entries as a file holds them.
func plain(entries []observe.Entry) (out []observe.Entry) {
	for _, e := range entries {
		out = append(out, e.Plain())
	}
	return out
}

func TestLinesReadBack(t *testing.T) {
	total := 0
	for seed := range uint64(100) {
		text, entries, o := written(t, someWeather(), seed)
		r, again, err := read(text)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		if diff := cmp.Diff(plain(entries), again); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
		if diff := cmp.Diff(trace.NewTrailer(r.Header(), o, uint64(len(entries))), r.Trailer()); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
		if back := rewritten(r, again); back != text {
			t.Fatalf("seed %d: written otherwise\n%s", seed, cmp.Diff(text, back))
		}
		h := trace.NewHeader(someWeather(), "the scenario\n", trace.Base{Seed: seed})
		if diff := cmp.Diff(h, r.Header()); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
		total += len(entries)
	}
	if total < 5000 {
		t.Errorf("only %d entries", total)
	}
}

// TestLinesAreSafe: what stands in a name cannot move a cursor, turn a line
// round, or end a script.
func TestLinesAreSafe(t *testing.T) {
	text, _, _ := written(t, someWeather(), 1)
	for _, bad := range []string{"<", ">", "&", "\u202e", "\u2066", "\u200b"} {
		if strings.Contains(text, bad) {
			t.Errorf("%q stands in the trace", bad)
		}
	}
	if !strings.Contains(text, "é") || strings.Count(text, `\u202e`) < 2 {
		t.Error("the names are not there")
	}
}

// TestLinesFormat pins the file as it lies on the disk.
func TestLinesFormat(t *testing.T) {
	h := &trace.Header{
		Tool: "paxsim 0.1.0", Trace: 1, Name: "match", Protocol: "ping-pong", Base: trace.Base{Calm: true}, Answers: map[string]uint32{"lost Ball 2>1 #3": 1, "delay Ball 1>2 #1": 19},
		Actors: 3, TickUS: 100, Messages: []string{"", "Ball", "Ball"}, Timers: []string{"again"}, Notes: []string{"again"}, Scenario: "paxsim: 1\nname: \"😀\"\n",
	}
	var out bytes.Buffer
	w := trace.NewLineWriter(&out, h)
	for _, e := range []observe.Entry{
		{Event: 1, What: observe.Booted, Actor: 1},
		{Event: 2, At: 12, What: observe.Delivered, Cause: 1, Actor: 2, Peer: 1, Kind: 1, Copy: 1, N: 7, Text: "bounce \u007f"},
		{Event: 2, At: 12, What: observe.Sent, Cause: 2, Actor: 2, Peer: 1, Kind: 2, N: 1},
		{Event: 3, At: 30, What: observe.TimedOut, Cause: 1, Actor: 3, N: 1},
		{Event: 3, At: 30, What: observe.Noted, Cause: 3, Actor: 3},
		{Event: 3, At: 30, What: observe.BecameChosen, Cause: 3, Actor: 3, Text: "up (serve 2)"},
		{Event: 3, At: 30, What: observe.Violated, Text: "fair play (safety): two balls"},
	} {
		w.Observe(e)
	}
	o := sim.Outcome{Verdict: observe.VerdictViolated, End: observe.EndViolation, Sent: 2, Delivered: 1, Duplicated: 1, Events: 4, Ended: 31, Digest: 0xabc,
		Counted: true, Chosen: sim.Chosen{Value: 1}, ChosenTime: 30, Decisions: 1, DecideTime: 20, Learned: 1, Awaited: 3,
		Violation: &sim.Violation{Invariant: "fair play", Text: "two balls", Event: 3}}
	if err := w.Close(o); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/sample.trace.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Errorf("%s\n%s", diff, out.String())
	}
	r, entries, err := read(string(want))
	if err != nil {
		t.Fatal(err)
	}
	if rewritten(r, entries) != string(want) {
		t.Error("reads back as another trace")
	}
}

func TestLinesNameTheMistake(t *testing.T) {
	data, err := os.ReadFile("testdata/sample.trace.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	good := string(data)
	lines := strings.SplitAfter(good, "\n")
	for _, c := range []struct{ name, old, new, want string }{
		{"nothing", good, "", "1:1: the file is empty"},
		{"no object", lines[0], "[1]\n", "1:1: the file: expected an object, found a list"},
		{"another format", "paxsim trace 3", "paxsim trace 1", `1:11: format "paxsim trace 1": this paxsim reads "paxsim trace 3"`},
		{"a run file", `"format":"paxsim trace 3"`, `"format":"paxsim run 1"`, `format "paxsim run 1"`},
		{"unknown in the head", `"tool"`, `"tools"`, "tools: there is no such field; expected format, tool,"},
		{"missing in the head", `"tick_us":100,`, ``, "1:1: tick_us: missing"},
		{"nobody", `"actors":3`, `"actors":0`, "expected at least 1"},
		{"too many actors", `"actors":3`, `"actors":16384`, "actors: expected a whole number from 0 to 16383"},
		{"no tick", `"tick_us":100`, `"tick_us":0`, "expected at least 1"},
		{"too many kinds", `["","Ball","Ball"]`, `["` + strings.Repeat(`","`, 65) + `"]`, "messages: there are at most 64 kinds"},
		{"base", `"calm"`, `"seed -1"`, `base "seed -1": expected "seed 7" or "calm"`},
		{"after the head", "}\n", "} 1\n", "something follows the end of the line"},
		{"no foot", lines[len(lines)-2], "", "9:1: the trace ends too early: its last line, with the outcome, is missing"},
		{"cut in a line", good[len(good)-20:], "", "9:"},
		{"a line lost", lines[2], "", "8:1: entries: it says 7, and there are 6"},
		{"a line doubled", lines[2], lines[2] + lines[2], "10:1: entries: it says 7, and there are 8"},
		{"lines swapped", lines[2] + lines[3], lines[4] + lines[2] + lines[3], "4:1: event 2 comes after event 3"},
		{"an empty line", lines[2], "\n" + lines[2], "3:2: the line ends too early"},
		{"more behind", good, good + "{}\n", "10:1: something follows the last line"},
		{"an unknown kind", `"kind":"Ball"`, `"kind":"Bell"`, `3:54: kind: the first line has no word "Bell" for deliver`},
		{"a kind of nothing", `"what":"boot"`, `"what":"boot","kind":"Ball"`, `no word "Ball" for boot`},
		{"a number for a kind", `"kind":2`, `"kind":64`, "kind: expected a whole number from 0 to 63, found 64"},
		{"an unknown happening", `"boot"`, `"boots"`, `what: this paxsim knows no "boots"`},
		{"an actor too many", `"actor":3`, `"actor":4`, "actor: expected a whole number from 0 to 3, found 4"},
		{"an unknown field", `"copy"`, `"copies"`, "copies: there is no such field"},
		{"a field twice", `"copy":1`, `"copy":1,"copy":1`, "copy: comes twice"},
		{"an old word", `"what":"boot"`, `"what":"season"`, `this paxsim knows no "season"; it is called period`},
		{"a missing field", `"what":"boot",`, ``, "what: missing"},
		{"a fraction", `"count":7`, `"count":7.0`, "count: expected a whole number from 0 to 4294967295, found 7.0"},
		{"a negative number", `"count":7`, `"count":-7`, "found -7"},
		{"a leading zero", `"count":7`, `"count":07`, "found 07"},
		{"a list", `"count":7`, `"count":[7]`, "count: expected a whole number"},
		{"null", `"count":7`, `"count":null`, "found null"},
		{"a text for a number", `"count":7`, `"count":"7"`, `found "7"`},
		{"a number for a text", `"text":"bounce \u007f"`, `"text":1`, "text: expected a text"},
		{"a text without end", `bounce \u007f"}`, `bounce \u007f}`, "a byte that must be escaped"},
		{"a raw byte", `bounce \u007f`, "bounce \x01", "a byte that must be escaped"},
		{"a strange escape", `bounce \u007f`, `bounce \q`, "text: not JSON"},
		{"not UTF-8", `bounce \u007f`, "bounce \xff", "3:"},
		{"no colon", `"count":7`, `"count" 7`, "not JSON: expected a colon"},
		{"no comma", `"count":7,`, `"count":7 `, "not JSON: expected a comma"},
		{"a comma too many", `"count":7,`, `"count":7,,`, "a name: expected a text"},
		{"half a tick", `"time_us":1200,"what":"deliver"`, `"time_us":1250,"what":"deliver"`, "time_us: 1250 is no multiple of the tick, 100"},
		{"time runs backwards", `"time_us":3000,"what":"note"`, `"time_us":2900,"what":"note"`, "6:1: time_us: time runs backwards"},
		{"a cause to come", `"event":2,"cause":1`, `"event":2,"cause":3`, "3:1: cause: event 2 is caused by event 3, which is later"},
		{"nobody's", `"event":1,"what":"boot","actor":1`, `"event":1,"what":"boot"`, "2:1: actor: missing, and boot is somebody's"},
		{"from nobody", `"peer":1,"count":7`, `"count":7`, "3:1: peer: missing, and deliver is between two"},
		{"to an actor too many", `"peer":1,"count":7`, `"peer":4,"count":7`, "3:1: peer: there is no actor 4: actors is 3"},
		{"too few events", `"events":4`, `"events":2`, "9:1: events: it says 2, and event 3 was there"},
		{"an outcome", `"outcome":"violated"`, `"outcome":"won"`, `9:2: outcome "won": expected decided, partial, undecided or violated`},
		{"no violation", `"violation":"fair play",`, ``, "expected all three if the outcome is violated"},
		{"a violation in vain", `"outcome":"violated"`, `"outcome":"decided"`, "expected all three if the outcome is violated"},
		{"all learned at no time", `"learned":1`, `"learned":3`, "9:1: learned, awaited and learned_us: expected learned_us if all have learned, and only then"},
		{"learned by more than all", `"learned":1`, `"learned":4`, "expected learned_us if all"},
		{"not all learned at a time", `"learned":1`, `"learned_us":5000,"learned":1`, "expected learned_us if all"},
		{"a digest", `0000000000000abc`, `ABC`, "digest: expected 16 hexadecimal digits"},
		{"unknown in the foot", `"crashes"`, `"crash"`, "crash: there is no such field"},
		{"missing in the foot", `"crashes":0,`, ``, "9:1: crashes: missing"},
		{"an outcome in the middle", `"what":"boot"`, `"what":"boot","outcome":"decided"`, "outcome: there is no such field"},
	} {
		if !strings.Contains(good, c.old) {
			t.Errorf("%s: the sample has no %s", c.name, c.old)
		}
		_, _, err := read(strings.Replace(good, c.old, c.new, 1))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s:\n got %v\nwant %s", c.name, err, c.want)
		}
	}
}

// TestLinesMayBeEdited: other programs write JSON with blanks, and members in
// the order that they like.
func TestLinesMayBeEdited(t *testing.T) {
	data, _ := os.ReadFile("testdata/sample.trace.jsonl")
	good := string(data)
	edited := strings.NewReplacer(`,"`, ` , "`, `":`, `" : `, `{"event":1,"what":"boot","actor":1}`, ` { "actor":1,"what":"boot","event":1 } `).Replace(good)
	r, entries, err := read(strings.TrimSuffix(edited, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	if back := rewritten(r, entries); back != good {
		t.Error(cmp.Diff(good, back))
	}
}

// failing takes so many bytes and no more.
type failing struct{ room int }

func (f *failing) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errors.New("no room")
	}
	return len(p), nil
}

func TestLinesTellOfAWriterThatFails(t *testing.T) {
	s := match()
	w, _ := s.Protocol.New(s)
	lines := trace.NewLineWriter(&failing{100}, trace.NewHeader(s, "", trace.Base{}))
	w.Observe(lines)
	w.Reset(1, nil)
	if err := lines.Close(w.Run()); err == nil || err.Error() != "no room" {
		t.Error(err)
	}
}

// TestLinesHoldNothing: what a writer and a reader keep does not grow with the
// run.
func TestLinesHoldNothing(t *testing.T) {
	h := trace.NewHeader(match(), "", trace.Base{})
	w := trace.NewLineWriter(io.Discard, h)
	e := observe.Entry{What: observe.Delivered, Actor: 1, Peer: 2, N: 1, Text: "bounce 1"}
	for range 10_000 {
		e.Event++
		w.Observe(e)
	}
	if n := testing.AllocsPerRun(10_000, func() { e.Event++; w.Observe(e) }); n != 0 {
		t.Errorf("%v allocations a line written", n)
	}
	// A trace without end, of which 100,000 lines are read.
	var head bytes.Buffer
	trace.NewLineWriter(&head, h).CloseWith(&trace.Trailer{})
	first, _, _ := strings.Cut(head.String(), "\n")
	r, err := trace.NewLineReader(io.MultiReader(strings.NewReader(first+"\n"), &endless{}))
	if err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(100_000, func() {
		if _, err := r.Next(); err != nil {
			t.Fatal(err)
		}
	}); n > 16 {
		t.Errorf("%v allocations a line read", n)
	}
}

// endless is lines without end.
type endless struct {
	event int
	rest  string
}

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		e.event++
		e.rest = fmt.Sprintf(`{"event":%d,"time_us":100,"what":"deliver","kind":"Ball","actor":1,"peer":2,"count":1,"text":"bounce 1"}`+"\n", e.event)
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// A line that has no end is not read into memory for ever.
func TestLinesHaveABound(t *testing.T) {
	_, err := trace.NewLineReader(&blanks{})
	if err == nil || !strings.Contains(err.Error(), "1:1: a line of more than 16777216 bytes") {
		t.Error(err)
	}
}

type blanks struct{}

func (blanks) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// FuzzLines: no bytes make the reader panic, and what it takes it writes the
// same way twice.
func FuzzLines(f *testing.F) {
	sample, err := os.ReadFile("testdata/sample.trace.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(sample))
	head, _, _ := strings.Cut(string(sample), "\n")
	for _, line := range []string{`{"event":1}`, `{"outcome":"decided"}`, `{"event":1,"what":"boot"`, `{`, `{"a`, `{"event":1,"what":"boot","text":"\ud800"}`} {
		f.Add(head + "\n" + line)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, entries, err := read(text)
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without words")
			}
			return
		}
		once := rewritten(r, entries)
		r, entries, err = read(once)
		if err != nil {
			t.Fatalf("does not read back: %v\n%s", err, once)
		}
		if twice := rewritten(r, entries); twice != once {
			t.Errorf("reads back as another trace\n%s\n%s", once, twice)
		}
	})
}
