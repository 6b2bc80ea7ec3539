package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// print runs rows through a sink, with their summary.
func print(t *testing.T, format string, rows ...Row) string {
	t.Helper()
	s := rows[0].Scenario
	var b bytes.Buffer
	sink := NewSink(format, &b, Page{Protocol: s.Protocol, Runs: uint64(len(rows)), Summary: true})
	sum := NewSummary(s)
	for i := range rows {
		sum.Add(&rows[i])
		if err := sink.Row(&rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := sink.Close(sum); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The fields and their order are a promise to whoever reads our csv: of a protocol that
// calls its rounds laps, and counts attempts and sneezes.
const head = "seed,outcome,value,lap,chosen_ms,decided_ms,learned_ms,learned,delays,attempts," +
	"sent,delivered,dropped,duplicated,crashes,events,violation,digest,end,violation_event,violation_text,sneezes,marks,stuck,violation_grade"

func TestCSV(t *testing.T) {
	s := scene()
	unwatched := decided(s, 6, 40)
	unwatched.Counted, unwatched.Chosen = false, sim.Chosen{}
	got := print(t, "csv", decided(s, 1, 40), undecided(s, 2), violated(s, 3), partial(s, 5), unwatched)
	want := head + "\n" +
		"1,decided,x,1.1,3.5,4.0,4.5,3/3,4,2,12,14,1,0,0,20,,000000000000000e,goal,,,7,met met-again,,\n" +
		"2,undecided,,,,,,0/3,,1,9,3,0,0,0,1234,,0000000000000002,time limit,,,0,,actor 1 waits; actor 2 waits,\n" +
		"3,violated,x,1.1,3.5,4.0,,1/3,4,2,12,14,1,0,0,20,agreement,0000000000000010,violation,20,\"two | values:\nx and \"\"y\"\"\",7,met met-again,,safety\n" +
		"5,partial,x,1.1,6.5,7.0,,2/3,4,2,12,14,1,0,0,20,,0000000000000012,quiet,,,7,met met-again,actor 3 waits,\n" +
		"6,decided,x,1.1,,4.0,4.5,3/3,4,2,12,14,1,0,0,20,,0000000000000013,goal,,,7,met met-again,,\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := csv.NewReader(strings.NewReader(got)).ReadAll(); err != nil {
		t.Error(err)
	}
}

func TestJSONIsAnObjectALine(t *testing.T) {
	s := scene()
	lines := strings.Split(strings.TrimSuffix(print(t, "json", decided(s, 1, 40), undecided(s, 2), violated(s, 3)), "\n"), "\n")
	if len(lines) != 4 {
		t.Fatalf("%d lines", len(lines))
	}
	for _, line := range lines {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
	if want := `{"seed":1,"outcome":"decided","value":"x","lap":"1.1","chosen_ms":3.5,"decided_ms":4.0,"learned_ms":4.5,"learned":"3/3",`; !strings.HasPrefix(lines[0], want) {
		t.Errorf("got %s", lines[0])
	}
	if want := `"violation_text":"two | values:\nx and \"y\"","sneezes":7,"marks":"met met-again","stuck":null,"violation_grade":"safety","again":"paxsim run scene --seed 3 --runs 1"}`; !strings.HasSuffix(lines[2], want) {
		t.Errorf("got %s", lines[2])
	}
	if want := `"delays":null`; !strings.Contains(lines[1], want) {
		t.Errorf("no %s in %s", want, lines[1])
	}
}

func TestTable(t *testing.T) {
	s := scene()
	unknown := decided(s, 4, 55)
	unknown.Counted, unknown.Chosen = false, sim.Chosen{}
	got := print(t, "table", decided(s, 1, 40), unknown, undecided(s, 2), violated(s, 3), partial(s, 5))
	want := `
seed  outcome    value  lap  chosen_ms  decided_ms  learned_ms  learned  delays  attempts  sent  dropped  violation           digest
------------------------------------------------------------------------------------------------------------------------------------------------
   1  decided    x      1.1        3.5         4.0         4.5      3/3       4         2    12        1                      000000000000000e
   4  decided    x      1.1          -         5.5         6.0      3/3       4         2    12        1                      0000000000000011
   2  undecided                                                     0/3                 1     9        0                      0000000000000002
   3  violated   x      1.1        3.5         4.0                  1/3       4         2    12        1  agreement (safety)  0000000000000010
   5  partial    x      1.1        6.5         7.0                  2/3       4         2    12        1                      0000000000000012

seed 2: undecided: the limit on virtual time came first, after 1,234 events (30 s)
    actor 1 waits
    actor 2 waits
    see it again: paxsim run scene --seed 2 --runs 1
seed 3: agreement (safety) broken at event 20 (6 ms): two | values:\nx and "y"
    see it again: paxsim run scene --seed 3 --runs 1
seed 5: partial: 2 of 3 have learned; nothing was left to happen after 20 events (9 ms)
    actor 3 waits
    see it again: paxsim run scene --seed 5 --runs 1
With --trace added, the command shows the run event by event.

runs      5: 2 decided, 1 violated (safety agreement 1), 1 partial (quiet 1), 1 undecided (time limit 1)
chosen    in 3 of 5 runs: from 3.5 ms to 6.5 ms, median 3.5 ms
decided   in 4 of 5 runs: from 4 ms to 7 ms, median 4 ms
learned   in 2 of 5 runs: from 4.5 ms to 6 ms, median 4.5 ms
messages  from 9 to 12, median 12 a run; all runs: sent 57, attempts 9
faults    dropped 4, duplicated 0, crashes 0; loss 8.33% of 48 messages (30% asked for), duplicate 0% of 44 messages (1.23% asked for) (never struck)
marks     met 4, met-again 4; never: parted
checked   3 invariants, after each of 1,314 events
`
	if diff := cmp.Diff(want, "\n"+got); diff != "" {
		t.Error(diff)
	}
}

// TestMarks: of how many runs came to each mark, and which none did; nothing
// where nobody watched.
func TestMarks(t *testing.T) {
	s := scene()
	all := decided(s, 1, 40)
	all.Marks = 7
	none := undecided(s, 2)
	unwatched := scene()
	unwatched.Invariants = []string{}
	for _, c := range []struct {
		name, line, member string
		rows               []Row
	}{
		{"some", "met 1,001, met-again 1,001; never: parted", `"marks":{"met":1001,"met-again":1001,"parted":0}`, slices.Repeat([]Row{decided(s, 1, 40)}, 1001)},
		{"all", "met 1, parted 1, met-again 1", `"marks":{"met":1,"met-again":1,"parted":1}`, []Row{all, none}},
		{"none", "never: met, parted, met-again", `"marks":{"met":0,"met-again":0,"parted":0}`, []Row{none}},
		{"nobody watched", "", "", []Row{undecided(unwatched, 2)}},
	} {
		_, got, _ := strings.Cut(print(t, "table", c.rows...), "\nmarks     ")
		if got, _, _ = strings.Cut(got, "\n"); got != c.line {
			t.Errorf("%s: %q, want %q", c.name, got, c.line)
		}
		_, summary, _ := strings.Cut(print(t, "json", c.rows...), "summary")
		if !strings.Contains(summary, c.member) || c.member == "" && strings.Contains(summary, "marks") {
			t.Errorf("%s: %s", c.name, summary)
		}
	}
}

func TestMarkdownEscapes(t *testing.T) {
	s := scene()
	r := decided(s, 1, 40)
	r.Value = "a|b\\c"
	if got := print(t, "markdown", r); !strings.Contains(got, `| a\|b\\c |`) {
		t.Error(got)
	}
}

func TestManyRunsShowOnlyTheFailing(t *testing.T) {
	s := scene()
	rows := make([]Row, MaxRows+1)
	for i := range rows {
		rows[i] = decided(s, uint64(i), 40)
	}
	rows[500] = undecided(s, 500)
	got := print(t, "table", rows...)
	if !strings.Contains(got, "\n 500  undecided") || strings.Contains(got, "\n 501  ") {
		t.Error(got[:min(len(got), 2000)])
	}
	if !strings.Contains(got, "1,001: 1,000 decided, 1 undecided") {
		t.Error(got)
	}
	if all := print(t, "csv", rows...); strings.Count(all, "\n") != len(rows)+1 {
		t.Error("csv leaves rows out")
	}
}

func TestTheSameFailingRunIsToldOnce(t *testing.T) {
	s := scene()
	var rows []Row
	for seed := range uint64(40) {
		r := violated(s, seed)
		r.Digest = 5
		rows = append(rows, r)
	}
	got := print(t, "table", rows...)
	if strings.Count(got, "agreement (safety) broken") != 1 || !strings.Contains(got, "the very same run: seed 1, 2, 3,") || !strings.Contains(got, "and 19 more\n") {
		t.Error(got)
	}
}

func TestExit(t *testing.T) {
	s := scene()
	nothing := undecided(s, 1)
	nothing.Asked = 0
	for _, c := range []struct {
		name string
		rows []Row
		want int
	}{
		{"decided", []Row{decided(s, 1, 1)}, 0},
		{"one undecided", []Row{decided(s, 1, 1), undecided(s, 2)}, 3},
		{"a violation counts more", []Row{undecided(s, 2), violated(s, 3), decided(s, 1, 1)}, 1},
		{"nobody asked", []Row{nothing}, 3},
	} {
		sum := NewSummary(s)
		for i := range c.rows {
			sum.Add(&c.rows[i])
		}
		if got := sum.Exit(); got != c.want {
			t.Errorf("%s: exit %d, want %d", c.name, got, c.want)
		}
	}
	sum := NewSummary(s)
	sum.Add(&nothing)
	if got := sum.Lines()[0][1]; !strings.Contains(got, "this proves nothing") {
		t.Error(got)
	}
}

// full is a disk without room.
type full struct{}

var errFull = errors.New("full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestSinksTellWriteErrors(t *testing.T) {
	s := scene()
	for _, format := range Formats {
		sink := NewSink(format, full{}, Page{Protocol: s.Protocol, Runs: 1, Summary: true})
		r := decided(s, 1, 1)
		sum := NewSummary(s)
		sum.Add(&r)
		err := sink.Row(&r)
		if cerr := sink.Close(sum); err == nil {
			err = cerr
		}
		if !errors.Is(err, errFull) {
			t.Errorf("%s: %v", format, err)
		}
	}
}

func TestSpread(t *testing.T) {
	for _, c := range []struct {
		numbers             []int64
		least, median, most int64
	}{
		{[]int64{5}, 5, 5, 5},
		{[]int64{9, 1}, 1, 1, 9},
		{[]int64{3, 1, 2}, 1, 2, 3},
		{[]int64{7, 7, 7, 1, 9, 9}, 1, 7, 9},
		{[]int64{4, 1, 2, 3}, 1, 2, 4},
	} {
		s := spread{}
		for _, n := range c.numbers {
			s.add(n)
		}
		if p := s.percentiles(0, 50, 100); p[0] != c.least || p[1] != c.median || p[2] != c.most {
			t.Errorf("%v: %d", c.numbers, p)
		}
		slices.Sort(c.numbers)
		if want := c.numbers[(len(c.numbers)-1)/2]; want != c.median {
			t.Errorf("%v: the case is wrong", c.numbers)
		}
	}
}

// TestPercentiles holds them against a sorted list, of random numbers too.
func TestPercentiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.Int64Range(0, 30), 1, 300).Draw(t, "numbers")
		s := spread{}
		for _, n := range list {
			s.add(n)
		}
		slices.Sort(list)
		percents := []uint64{0, 50, 90, 99, 100}
		for i, got := range s.percentiles(percents...) {
			atMost := 0 // how many are not above it
			for _, n := range list {
				if n <= got {
					atMost++
				}
			}
			below, _ := slices.BinarySearch(list, got)
			need := int(percents[i]) * len(list)
			if 100*atMost < need || below > 0 && 100*below >= need {
				t.Fatalf("%d%% of %v: %d", percents[i], list, got)
			}
		}
	})
}

func TestSpreadText(t *testing.T) {
	for n, want := range map[int]string{
		1: "always 1", 9: "from 1 to 9, median 5", 10: "from 1 to 10, median 5, p90 9", 99: "from 1 to 99, median 50, p90 90", 200: "from 1 to 200, median 100, p90 180, p99 198",
	} {
		s := spread{}
		for i := range n {
			s.add(int64(i + 1))
		}
		if got := s.text(func(n int64) string { return fmt.Sprint(n) }); got != want {
			t.Errorf("%d numbers: %s", n, got)
		}
	}
}

func TestTexts(t *testing.T) {
	s := scene()
	for got, want := range map[string]string{
		say.Millis(s, 40): "4.0",
		say.Millis(&sim.Scenario{Tick: 1_000_000}, 40): "40",
		say.Millis(&sim.Scenario{Tick: 1_000}, 40):     "0.040",
		say.Millis(&sim.Scenario{Tick: 2_000_000}, 3):  "6",
		say.Span(s, 60):                "6 ms",
		say.Span(s, 65):                "6.5 ms",
		say.Span(s, 20_000):            "2 s",
		say.Span(s, 20_373):            "2,037.3 ms",
		say.Span(s, 1_234_560):         "123.456 s",
		say.Count(0):                   "0",
		say.Count(999):                 "999",
		say.Count(1234567):             "1,234,567",
		say.Plural(1, "crash"):         "1 crash",
		say.Plural(2, "crash"):         "2 crashes",
		say.Plural(2, "run"):           "2 runs",
		say.Percent(3e8):               "30%",
		say.Percent(1):                 "0.0000001%",
		say.Percent(scheduler.Certain): "100%",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestFactsInEveryFormat: when a value was chosen, decided and learned, and by
// how many, are columns of the same names whatever the format.
func TestFactsInEveryFormat(t *testing.T) {
	s := scene()
	for _, format := range Formats {
		head, _, _ := strings.Cut(print(t, format, partial(s, 5)), "\n")
		at := 0
		for _, name := range []string{"chosen_ms", "decided_ms", "learned_ms", "learned", "delays"} {
			i := strings.Index(head[at:], name)
			if i < 0 {
				t.Errorf("%s: no %s, in its place, in %s", format, name, head)
				break
			}
			at += i + len(name)
		}
	}
}
