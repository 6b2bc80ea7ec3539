package cli

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/bench"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/export"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
)

// tableOf is the first column of a table of docs/files.md, whose cells are code.
func tableOf(t *testing.T, name string) []string {
	t.Helper()
	page, err := os.ReadFile("../../../../docs/files.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(page), "<!-- held against the code: "+name+" -->\n")
	table, _, ended := strings.Cut(rest, "<!-- end -->")
	if !ok || !ended {
		t.Fatalf("no table %q", name)
	}
	var cells []string
	for i, line := range strings.Split(strings.TrimSpace(table), "\n") {
		if i < 2 {
			continue
		}
		cell, _, _ := strings.Cut(strings.TrimPrefix(line, "| "), " | ")
		if !strings.HasPrefix(cell, "`") || !strings.HasSuffix(cell, "`") || strings.Count(line, " | ") < 1 {
			t.Errorf("%s: a strange line: %s", name, line)
		}
		cells = append(cells, strings.Trim(cell, "`"))
	}
	return cells
}

func held(t *testing.T, name string, want []string) {
	t.Helper()
	if diff := cmp.Diff(want, tableOf(t, name)); diff != "" {
		t.Errorf("docs/files.md, %s: -code +page\n%s", name, diff)
	}
}

func TestPageOfRunFiles(t *testing.T) {
	f := &trace.File{Mutant: "m", Strategy: "s", Budget: &search.Budget{}, Deferrals: map[string]string{"": ""}, Edits: []string{""}, Facts: &trace.Facts{}, Violation: &trace.Violation{Grade: "safety", Events: []uint64{0}}}
	held(t, "run file", slices.DeleteFunc(members(f.Encode()), func(name string) bool { return name == "deferrals." }))
}

// TestPageOfTraces: the fields of head and foot, and of an entry the fields that
// rows of csv have as well.
func TestPageOfTraces(t *testing.T) {
	var out bytes.Buffer
	w := trace.NewLineWriter(&out, &trace.Header{Actors: 1, TickUS: 1, Engine: trace.Searched, Strategy: "s", Budget: &search.Budget{}, Edits: []string{""}})
	w.Observe(observe.Entry{Event: 9, Cause: 8, At: 7, What: observe.Delivered, Kind: 1, Copy: 1, Actor: 1, Peer: 1, N: 1, Round: 1, Text: "x"})
	if err := w.CloseWith(&trace.Trailer{Violation: &trace.Violation{Grade: "safety"}}); err != nil {
		t.Fatal(err)
	}
	lines := bytes.Split(out.Bytes(), []byte("\n"))
	held(t, "trace header", members(lines[0]))
	held(t, "entries", members(lines[1]))
	held(t, "trace trailer", members(lines[2]))
	held(t, "forms", export.Names())
}

// members lists the names of an object of JSON, those of objects in it after
// the name of that, in their order.
func members(text []byte) (want []string) {
	d := json.NewDecoder(bytes.NewReader(text))
	var path []string
	key := false
	for {
		token, err := d.Token()
		if err != nil {
			break
		}
		switch v := token.(type) {
		case json.Delim:
			switch v {
			case '{':
				path = append(path, "")
				key = true
			case '}':
				path = path[:len(path)-1]
				key = true
			case ']':
				key = true
			}
		case string:
			if key && d.More() {
				path[len(path)-1] = v
				want = append(want, strings.Join(path, "."))
				key = false
				continue
			}
			key = true
		default:
			key = true
		}
	}
	return want
}

func TestPageOfRows(t *testing.T) {
	var want []string
	for _, f := range report.Fields(paxos.Protocol()) {
		want = append(want, f.Name)
	}
	held(t, "rows", want)
	want = nil
	for _, m := range paxos.Protocol().Marks() {
		want = append(want, m.Name)
	}
	held(t, "marks", want)
	held(t, "entries", report.EntryFields())
	want = nil
	for w := range observe.What(64) {
		if text := w.String(); !strings.HasPrefix(text, "what(") && w != 0 {
			want = append(want, text)
		}
	}
	held(t, "what", want)
}

func TestPageOfSummaries(t *testing.T) {
	var out bytes.Buffer
	if code := Main([]string{"run", "lossy", "--format", "json"}, nil, &out, &out); code != 0 {
		t.Fatal(out.String())
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	var last struct{ Summary map[string]any }
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil {
		t.Fatal(err)
	}
	held(t, "summary", slices.Sorted(maps.Keys(last.Summary)))
}

// TestPageOfChoices: the examples parse back, and there is one of every kind of
// choice.
func TestPageOfChoices(t *testing.T) {
	words := paxos.Protocol().Vocabulary()
	there := map[string]bool{}
	for _, text := range tableOf(t, "choices") {
		k, err := words.ParseKey(text)
		if err != nil {
			t.Error(err)
			continue
		}
		if again := words.KeyText(k); again != text {
			t.Errorf("%s is written %s", text, again)
		}
		there[strings.Fields(text)[0]] = true
	}
	for what := range uint8(scheduler.MaxWhat + 1) {
		k := scheduler.MakeKey(what, 1, 2, 3, 4)
		word := strings.Fields(words.KeyText(k))[0]
		if words.KeyText(k) == k.String() || strings.HasSuffix(word, "-copy2") || strings.HasSuffix(word, "-copy3") {
			continue
		}
		if !there[word] {
			t.Errorf("the page has no example of %s", word)
		}
		delete(there, word)
	}
	if len(there) > 0 {
		t.Errorf("the page has choices that nobody makes: %v", there)
	}
}

// TestPageOfEdits: the page has each act, and nothing else, in its one spelling.
func TestPageOfEdits(t *testing.T) {
	held(t, "edits", sim.Acts)
	s := &sim.Scenario{Actors: 5, Tick: 100_000, Protocol: paxos.Protocol()}
	for _, act := range sim.Acts {
		e, err := s.ParseAct(act)
		if err != nil || s.ActText(&e) != act {
			t.Errorf("%q is written %q: %v", act, s.ActText(&e), err)
		}
	}
}

// TestPageOfEvents: the same for the events that a searched run can have.
func TestPageOfEvents(t *testing.T) {
	words := paxos.Protocol().Vocabulary()
	there := map[string]bool{}
	for _, text := range tableOf(t, "event keys") {
		if _, err := words.ParseEvent(text); err != nil {
			t.Error(err)
		}
		there[strings.Fields(text)[0]] = true
	}
	for what := range uint8(scheduler.MaxWhat + 1) {
		k := scheduler.MakeKey(what, 1, 2, 3, 4)
		word := strings.Fields(words.EventText(k))[0]
		if _, err := words.ParseEvent(words.EventText(k)); err == nil && !there[word] && !strings.HasSuffix(word, "-copy2") && !strings.HasSuffix(word, "-copy3") {
			t.Errorf("the page has no example of %s", word)
		}
	}
}

// TestPageOfBenches holds the members of a row of a bench, and that the page names
// the columns of its CSV.
func TestPageOfBenches(t *testing.T) {
	held(t, "bench", members(new(bench.Row).Encode()))
	page, err := os.ReadFile("../../../../docs/files.md")
	if err != nil {
		t.Fatal(err)
	}
	_, part, _ := strings.Cut(string(page), "\n## Benches\n")
	part, _, _ = strings.Cut(part, "\n## ")
	for _, column := range bench.CSVColumns {
		named := strings.NewReplacer("p90_censored", "p50_censored", "p10_censored", "p50_censored", "us_p50", "us_p10", "us_p90", "us_p10").Replace(column)
		if !strings.Contains(part, "`"+named+"`") {
			t.Errorf("the page does not tell of the column %s", column)
		}
	}
}

// TestPageOfHunts holds the members of a find and of the summary of a hunt.
func TestPageOfHunts(t *testing.T) {
	of := func(line any) []string {
		text, err := json.Marshal(line)
		if err != nil {
			t.Fatal(err)
		}
		return members(text)
	}
	f := report.HuntFailure{File: "f", Story: "s"}
	held(t, "find", of(report.HuntFind{First: f, Smallest: f}))
	held(t, "hunt", of(report.Hunt{Interrupted: true, Shard: "1/2", Missing: []string{"2/2"}, Again: []report.HuntAgain{{File: "f", Broken: "i", Text: "t"}}, Of: report.HuntOf{Strategies: []string{}, Required: []string{}}, Missed: []string{},
		Marks: map[string]uint64{}, Families: map[string]report.HuntFamily{}, Strategies: map[string]report.HuntStrategy{}}))
}
