package bench

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/zoo"
)

// unsafe are the mutants that a bench is of.
func unsafe() (list []zoo.Mutant) {
	for _, m := range mutants.All() {
		if m.Kind == zoo.Unsafe {
			list = append(list, m.Mutant)
		}
	}
	return list
}

func usual(t *testing.T) *Bench { return benchOf(t, Usual) }

func benchOf(t *testing.T, text string) *Bench {
	t.Helper()
	s, err := Parse(UsualName, text, unsafe())
	if err != nil {
		t.Fatal(err)
	}
	return &Bench{Settings: s, All: unsafe()}
}

// four are the usual settings but for the strategies, which are these four however
// many there come to be.
func four() string {
	text := regexp.MustCompile(`(?m)^strategies: \[.*\]`).ReplaceAllString(Usual, "strategies: [walk, pct, pos, all]")
	return regexp.MustCompile(`(?m)^rotation: \[.*\]`).ReplaceAllString(text, "rotation: [walk, pct, pos]")
}

// TestUsual: the settings are those that the bench is to have, and all adversaries
// that there are take part, each alone and all in turn.
func TestUsual(t *testing.T) {
	b := usual(t)
	if got, want := fmt.Sprint(b.Least, b.Most, b.CellRuns, b.Runs, b.HardRuns, b.Budget, b.Depth), fmt.Sprint("10 100 2000000 500000 2000000 ", campaign.UsualBudget(), " 3"); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if !slices.Equal(b.Rotation, campaign.Strategies()) {
		t.Errorf("the rotation is %q, and paxsim fuzz has %q", b.Rotation, campaign.Strategies())
	}
	for _, s := range append(campaign.Strategies(), All) {
		if !slices.Contains(b.Settings.Strategies, s) {
			t.Errorf("%s is no column", s)
		}
	}
	for _, m := range unsafe() {
		hard := slices.ContainsFunc(m.Aliases, func(a string) bool {
			return strings.HasPrefix(a, "S3") || slices.Contains([]string{"S13", "S14a", "S15", "S18", "S21"}, a)
		})
		if want := map[bool]uint64{true: 2_000_000, false: 500_000}[hard]; b.Limit(m.Name) != want {
			t.Errorf("%s has %d runs, want %d", m.Name, b.Limit(m.Name), want)
		}
	}
}

// TestFirstSeeds: no two hunts of a bench share a seed, of whatever mutant, strategy,
// oracle and repetition; and where they begin is what the settings say.
func TestFirstSeeds(t *testing.T) {
	b := usual(t)
	b.Least = b.Most // all that there could be
	jobs := b.Jobs(nil)
	slices.SortFunc(jobs, func(i, j Job) int { return cmp.Compare(b.First(i), b.First(j)) })
	for i, j := range jobs {
		h := b.hunt(j, nil)
		if h.First != b.First(j) || h.Runs != b.Limit(j.Mutant) || !h.StopAtFirst || h.Workers != 1 {
			t.Errorf("%+v: %+v", j, h)
		}
		if last := h.First + h.Runs; last < h.First || i+1 < len(jobs) && last > b.First(jobs[i+1]) {
			t.Errorf("%+v and %+v share seeds", j, jobs[i+1])
		}
	}
	if want := 100 * len(b.Settings.Strategies) * 2 * len(unsafe()); len(jobs) != want {
		t.Errorf("%d hunts, want %d", len(jobs), want)
	}
	sum := sha256.Sum256([]byte("1 agreement brooker pos 7"))
	if got, want := b.First(Job{Cell{Agreement, "brooker", "pos"}, 7}), binary.BigEndian.Uint64(sum[:8])>>1; got != want {
		t.Errorf("the seventh hunt for brooker by pos and agreement begins at %d, not %d", got, want)
	}
	other := *b.Settings
	other.Seed = 2
	if other.First(jobs[0]) == b.First(jobs[0]) {
		t.Error("the seed of the settings changes nothing")
	}
}

// TestColumns: what the words for strategies mean.
func TestColumns(t *testing.T) {
	b := usual(t)
	for _, word := range Strategies() {
		h := b.hunt(Job{Cell{Earliest, "brooker", word}, 1}, nil)
		name, steady := strings.CutSuffix(word, "-swarm-off")
		want := []string{name}
		if name == "all" {
			want = campaign.Strategies()
		}
		if !slices.Equal(h.Strategies, want) || h.Steady != steady {
			t.Errorf("%s is %q, steady %v", word, h.Strategies, h.Steady)
		}
	}
}

// TestMistakes: every mistake in settings is told, with its place and the nearest
// right word, all at once.
func TestMistakes(t *testing.T) {
	swap := func(pairs ...string) string {
		text := four()
		for i := 0; i < len(pairs); i += 2 {
			if !strings.Contains(text, pairs[i]) {
				t.Fatalf("%q is not in the settings", pairs[i])
			}
			text = strings.Replace(text, pairs[i], pairs[i+1], 1)
		}
		return text
	}
	tests := []struct{ why, text, want string }{
		{"a file of nothing", "", "1:1: the file is empty: expected paxsim-bench: 1 and what follows it"},
		{"no mapping", "- a", "1:1: expected keys and values"},
		{"no YAML", "a: [", "this is not YAML: "},
		{"no text", "\x00\xff", "1:1: "},
		{"two documents", Usual + "---\na: 1\n", ": a second document begins here"},
		{"a key that is none", swap("depth: 3", "dept: 3"), `there is no setting "dept"; did you mean depth?`},
		{"a key that is missing", swap("depth: 3 ", "#"), "3:1: depth is missing"},
		{"a key twice", swap("depth: 3", "depth: 3\ndepth: 4"), ":1: depth is there twice"},
		{"another format", swap("paxsim-bench: 1", "paxsim-bench: 2"), "3:15: expected a whole number from 1 to 1"},
		{"a mutant that is none", swap("brooker", "broker"), `there is no unsafe mutant "broker"; did you mean brooker?`},
		{"a mutant that is safe", swap("brooker", "late-report"), `there is no unsafe mutant "late-report"`},
		{"a strategy that is none", swap("[walk, pct, pos, all]", "[walk, pctt]"), `there is no strategy "pctt"; did you mean pct?`},
		{"a rotation of rotations", swap("rotation: [walk", "rotation: [all, walk"), `there is no strategy "all"; expected one of walk`},
		{"a strategy twice", swap("[walk, pct, pos, all]", "[walk, pct, walk]"), "walk is there twice"},
		{"no strategies", swap("[walk, pct, pos, all]", "[]"), "expected a list of names, such as [walk]"},
		{"a list of lists", swap("[walk, pct, pos, all]", "[[walk]]"), "expected the name of a strategy"},
		{"held against one that is no column", swap("[walk, pct, pos, all]", "[pct, pos]"), "walk is not among the strategies"},
		{"an oracle that is none", swap("agreement]", "agrement]"), `there is no oracle "agrement"; did you mean agreement?`},
		{"too many repetitions", swap("most: 100", "most: 10000"), "expected a whole number from 1 to 1000"},
		{"a number in quotes", swap("least: 10", "least: '10'"), "expected a whole number from 1 to 1000"},
		{"repetitions that are a number", swap("repetitions: {least: 10, most: 100, runs: 2000000}", "repetitions: 10"), "expected keys and values"},
		{"more repetitions than there may be", swap("most: 100", "most: 9"), "the most repetitions, 9, are fewer than the least, 10"},
		{"a number that is none", swap("events: 400", "events: many"), "expected a whole number from 1 to 1000000"},
		{"a number that is less than none", swap("losses: 3", "losses: -3"), "expected a whole number from 0 to 1000000"},
		{"an alias", swap("depth: 3", "depth: &a 3", "seed: 1", "seed: *a"), "expected a whole number"},
		{"a budget that is none", swap("budget: {events: 400, alarms: 8, losses: 3, duplicates: 3, crashes: 4}", "budget: 5"), "expected keys and values"},
		{"nested without end", strings.Repeat("[", 10000), "nested more than 8 deep"},
		{"too long", Usual + strings.Repeat("# long\n", MaxText/6), "1:1: larger than the 65536 bytes"},
	}
	for _, tt := range tests {
		s, err := Parse("mine.yaml", tt.text, unsafe())
		var m Mistakes
		if s != nil || !errors.As(err, &m) || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "mine.yaml:") {
			t.Errorf("%s: %v, want %q", tt.why, err, tt.want)
		}
	}
	_, err := Parse("mine.yaml", swap("depth: 3", "dept: 3", "brooker", "broker", "losses: 3", "losses: x"), unsafe())
	if n := strings.Count(fmt.Sprint(err), "\n"); n != 3 {
		t.Errorf("%d mistakes besides the first, want 3: %v", n, err)
	}
}

// FuzzParse: no text makes settings of which a hunt could not be made.
func FuzzParse(f *testing.F) {
	f.Add(Usual)
	f.Add("paxsim-bench: 1\nhard: {}\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse("x", text, unsafe())
		if err != nil {
			return
		}
		last := s.First(Job{Cell{Agreement, "brooker", "walk"}, s.Most})
		if len(s.Strategies) == 0 || len(s.Rotation) == 0 || s.Runs == 0 || s.HardRuns == 0 || s.CellRuns == 0 || last+max(s.Runs, s.HardRuns) < last || s.Least == 0 || s.Most < s.Least {
			t.Errorf("%+v", s)
		}
	})
}

// TestJobs: each cell has each repetition once; a repetition is done for all before
// the next, and in it the hard ones by agreement last.
func TestJobs(t *testing.T) {
	b := usual(t)
	jobs := b.Jobs(nil)
	seen := map[Job]bool{}
	for i, j := range jobs {
		if seen[j] {
			t.Errorf("%+v twice", j)
		}
		seen[j] = true
		if i == 0 {
			continue
		}
		before := jobs[i-1]
		hard := func(j Job) bool { return j.Oracle == Agreement && slices.Contains(b.Hard, j.Mutant) }
		if j.Repetition < before.Repetition || j.Repetition == before.Repetition && hard(before) && !hard(j) {
			t.Errorf("%+v after %+v", j, before)
		}
	}
	if want := 10 * len(b.Settings.Strategies) * 2 * len(unsafe()); len(jobs) != want {
		t.Errorf("%d jobs, want %d", len(jobs), want)
	}
	some := &Bench{Settings: b.Settings, All: slices.Clone(b.All), Choice: Choice{Mutants: []string{"brooker", "torn-vote"}, Strategies: []string{"pos"}, Repetitions: 2}}
	for i := range some.All { // as if one decided no two values
		if some.All[i].Name == "brooker" {
			some.All[i].Splits = false
		}
	}
	want := "[{{earliest brooker pos} 1} {{earliest torn-vote pos} 1} {{agreement torn-vote pos} 1} {{earliest brooker pos} 2} {{earliest torn-vote pos} 2} {{agreement torn-vote pos} 2}]"
	if got := fmt.Sprint(some.Jobs(nil)); got != want || !some.Restricted() || b.Restricted() {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestSpread: percentiles are ranks, and who found nothing is above all who did.
func TestSpread(t *testing.T) {
	found := func(n ...uint64) (list []Amount) {
		for _, v := range n {
			list = append(list, Amount{v, false})
		}
		return list
	}
	not := func(list []Amount, times int) []Amount {
		for range times {
			list = append(list, Amount{500, true})
		}
		return list
	}
	tests := []struct {
		why           string
		list          []Amount
		p10, p50, p90 Amount
	}{
		{"of ten the first, the fifth and the ninth", found(10, 9, 8, 7, 6, 5, 4, 3, 2, 1), Amount{1, false}, Amount{5, false}, Amount{9, false}},
		{"one is all", found(7), Amount{7, false}, Amount{7, false}, Amount{7, false}},
		{"of three the first, the second and the third", found(30, 10, 20), Amount{10, false}, Amount{20, false}, Amount{30, false}},
		{"half censored: the median is the greatest that was found", not(found(600, 2, 3, 4, 1), 5), Amount{1, false}, Amount{600, false}, Amount{500, true}},
		{"more than half censored: so is the median", not(found(1, 2, 3, 4), 6), Amount{1, false}, Amount{500, true}, Amount{500, true}},
		{"all censored", not(nil, 10), Amount{500, true}, Amount{500, true}, Amount{500, true}},
	}
	for _, tt := range tests {
		if got := spreadOf(tt.list); got.P10 != tt.p10 || got.P50 != tt.p50 || got.P90 != tt.p90 {
			t.Errorf("%s: %v", tt.why, got)
		}
	}
}

// TestRatio: a ratio against a cell that found nothing is a bound, and rounding
// makes no bound say more than is known.
func TestRatio(t *testing.T) {
	cell := func(n uint64, censored bool) Stats {
		return Stats{Done: 10, Runs: Spread{P50: Amount{n, censored}}}
	}
	known := func(n, low, high uint64) Stats {
		return Stats{Done: 10, Runs: Spread{P50: Amount{n, false}, Low: Amount{low, false}, High: Amount{high, false}, Known: true}}
	}
	tests := []struct {
		of, to Stats
		want   string
	}{
		{cell(5000, false), cell(50, false), "100×"},
		{cell(999, false), cell(100, false), "9.9×"},
		{cell(100, false), cell(100, false), "1.0×"},
		{cell(1, false), cell(3, false), "0.33×"},
		{cell(500_000, true), cell(1_000, false), "≥ 500×"},
		{cell(500_000, true), cell(130_000, false), "≥ 3.8×"},
		{cell(120_000, false), cell(500_000, true), "≤ 0.25×"},
		{cell(1_000, false), cell(500_000, true), "≤ 0.01×"},
		{cell(1_999_999, false), cell(500_000, true), "≤ 4.0×"},
		{cell(1_999_999, false), cell(100_000, true), "≤ 20×"},
		{cell(500_000, true), cell(500_000, true), "-"},
		{known(100, 90, 120), known(50, 40, 60), "2.0× [1.5, 3.0]"},
		{known(1000, 900, 1100), known(7, 7, 7), "142× [128, 158]"},
		{known(100, 90, 120), cell(50, false), "2.0×"},
		{Stats{}, cell(1, false), "-"},
		{cell(1, false), Stats{}, "-"},
	}
	for _, tt := range tests {
		if got := ratio(tt.of, tt.to).String(); got != tt.want {
			t.Errorf("%v to %v: %s, want %s", tt.of.Runs.P50, tt.to.Runs.P50, got, tt.want)
		}
	}
}

// made is a row that a bench could have measured.
func made(b *Bench, c Cell, repetition, runs uint64, found bool) Row {
	r := b.row(Job{c, repetition})
	r.Runs, r.Events, r.WallNS, r.CPU = runs, 100*runs, int64(runs)*40_000, int64(runs)*30_000
	if found {
		r.Found, r.In = "agreement (save)", "hunt-3"
	}
	return r
}

// TestRead: a row reads back; half a line counts for nothing; what nobody could
// have measured is told with its line.
func TestRead(t *testing.T) {
	b := usual(t)
	c := Cell{Agreement, "brooker", "pos"}
	first, second := made(b, c, 1, 1136, true), made(b, c, 2, 2_000_000, false)
	data := append(first.Encode(), second.Encode()...)
	rows, whole, err := b.Read(bytes.NewReader(data))
	if err != nil || whole != int64(len(data)) || len(rows) != 2 || rows[first.Job()] != first || rows[second.Job()] != second {
		t.Fatalf("%v, %d, %v", rows, whole, err)
	}
	for cut := range data { // as a kill may leave it
		rows, whole, err := b.Read(bytes.NewReader(data[:cut]))
		want := bytes.Count(data[:cut], []byte("\n"))
		if err != nil || len(rows) != want || whole > int64(cut) || want > 0 && data[whole-1] != '\n' {
			t.Fatalf("cut after %d bytes: %d rows, want %d; %d whole; %v", cut, len(rows), want, whole, err)
		}
	}
	change := func(f func(*Row)) string {
		r := first
		f(&r)
		return string(r.Encode())
	}
	tests := []struct{ why, text, want string }{
		{"a diary", "dear diary", "1: this is no row of these settings"},
		{"a diary with lines", "dear\ndiary\n", "1: this is no row of a bench: "},
		{"half a row of other settings", `{"settings":"0000`, "1: this is no row of these settings"},
		{"rows of other settings", change(func(r *Row) { r.Settings = "0123456789abcdef" }), `1: settings: "0123456789abcdef", and these settings are ` + b.Hash},
		{"rows of another engine", change(func(r *Row) { r.Trace++ }), "1: trace: version "},
		{"a field that is none", strings.Replace(string(first.Encode()), `"runs"`, `"ruins"`, 1), `1: this is no row of a bench: json: unknown field "ruins"`},
		{"two rows in a line", strings.TrimSpace(string(first.Encode())) + string(second.Encode()), "1: something follows the row"},
		{"a mutant that is none", change(func(r *Row) { r.Mutant = "broker" }), `1: mutant: there is no "broker"; did you mean brooker?`},
		{"a strategy that is none", change(func(r *Row) { r.Strategy = "posh" }), `1: strategy: there is no "posh"; did you mean pos?`},
		{"an oracle that is none", change(func(r *Row) { r.Oracle = "delphi" }), `1: oracle: there is no "delphi"; expected one of earliest, agreement`},
		{"a repetition that is none", change(func(r *Row) { r.Repetition = 101 }), "1: repetition: expected 1 to 100, not 101"},
		{"a repetition before the first", change(func(r *Row) { r.Repetition = 0 }), "1: repetition: expected 1 to 100, not 0"},
		{"runs beyond the limit", change(func(r *Row) { r.Runs = 2_000_001 }), "1: runs: expected 1 to 2000000, not 2000001"},
		{"a hunt that gave up early", change(func(r *Row) { r.Found, r.In = "", "" }), "1: runs: nothing was found, and it is not all 2000000"},
		{"a find nowhere", change(func(r *Row) { r.In = "" }), "1: in: a find has a scenario"},
		{"time that runs back", change(func(r *Row) { r.CPU = -1 }), "1: wall_ns, wall_cpu_ns: expected no time below 0"},
		{"twice, and not the same", string(first.Encode()) + change(func(r *Row) { r.Runs++ }), "2: brooker by pos, repetition 1, is there already, and came out differently"},
		{"a line of nothing", string(first.Encode()) + "\n", "2: this is no row of a bench: EOF"},
	}
	for _, tt := range tests {
		if rows, _, err := b.Read(strings.NewReader(tt.text)); rows != nil || err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.why, err, tt.want)
		}
	}
	twice := append(first.Encode(), change(func(r *Row) { r.WallNS++ })...) // by two at once
	if rows, _, err := b.Read(bytes.NewReader(twice)); err != nil || len(rows) != 1 {
		t.Errorf("the same row twice: %v", err)
	}
}

// TestTable holds the words of a small table: a cell that is censored, one that is
// half done, one that is not there.
func TestTable(t *testing.T) {
	b := benchOf(t, strings.Replace(four(), "most: 100", "most: 10", 1))
	b.Choice = Choice{Oracles: []string{Agreement}, Mutants: []string{"silent-promise", "brooker"}}
	rows := Rows{}
	add := func(c Cell, runs uint64, found bool, repetitions ...uint64) {
		for _, r := range repetitions {
			row := made(b, c, r, runs+r, found)
			if !found {
				row.Runs = runs
			}
			rows[row.Job()] = row
		}
	}
	add(Cell{Agreement, "brooker", "walk"}, 1_000, true, 1, 2)
	add(Cell{Agreement, "brooker", "walk"}, 2_000_000, false, 3, 4, 5, 6, 7, 8, 9, 10)
	add(Cell{Agreement, "brooker", "pct"}, 3_000, true, 1, 2, 3, 4, 5, 6, 7, 8, 9)
	add(Cell{Agreement, "brooker", "pct"}, 2_000_000, false, 10)
	add(Cell{Agreement, "brooker", "pos"}, 7, true, 1, 2)
	add(Cell{Earliest, "brooker", "all"}, 7, true, 1, 2) // of another oracle
	var text, csv, svg bytes.Buffer
	table := &Table{Bench: b, Rows: rows}
	if err := errors.Join(table.Text(&text, false, true), table.CSV(&csv), table.Picture(Agreement, "the command").SVG(&svg)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"brooker (S13)        > 2,000,000 [1,002, > 2,000,000]  3,005 [3,002, 3,009]  8 (2 of 10)    -  pos ≥ 250,000×\n",
		"silent-promise (S2)                                 -                     -            -    -  -\n",
		"brooker (S13)        > 60,000 [30, > 60,000]  90 [90, 90]  0.2 (2 of 10)    -\n",
		"found       in at least half of the repetitions, of 2 mutants: walk 0 (1 at least once), pct 1, pos 1, all 0\nnever       silent-promise\n",
		"settings    " + b.Hash + ": 10 repetitions of at most 500,000 runs; 2,000,000 of adopt-first, ",
		"rows        22 of 80: the bench is not complete\nrestricted  to oracles agreement; mutants silent-promise, brooker\n",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not in the table:\n%s", want, &text)
		}
	}
	for _, want := range []string{
		"\n" + b.Hash + ",agreement,brooker,S13,walk,10,10,2,2000000,1001,2000000,2000000,30030,60000150,60000270,false,true,true,,,1002,2000000,false,true,,\n",
		"\n" + b.Hash + ",agreement,brooker,S13,pct,10,10,9,2000000,3001,3005,3009,90030,90150,90270,false,false,false,665.55,>=,3002,3009,false,false,,\n",
		"\n" + b.Hash + ",agreement,silent-promise,S2,walk,10,0,0,500000,,,,,,,,,,,,,,,,,\n",
	} {
		if !strings.Contains(csv.String(), want) {
			t.Errorf("%q is not in\n%s", want, &csv)
		}
	}
	for _, want := range []string{`&gt; 2,000,000</text>`, `<title>brooker (S13) by walk: &gt; 2,000,000 [1,002, &gt; 2,000,000]</title><rect class="none"`, `>≥ 250,000×</text>`, ">the command</text>"} {
		if !strings.Contains(svg.String(), want) {
			t.Errorf("%q is not in the picture:\n%s", want, &svg)
		}
	}
}

// TestRunStops: an error of whoever takes the rows, or of the ground, ends the
// bench, and is told; so does a context that is done.
func TestRunStops(t *testing.T) {
	b := usual(t)
	b.Choice.Mutants = []string{"brooker"}
	full := errors.New("full")
	if err := b.Run(context.Background(), b.Jobs(nil), 3, func(string, string) ([]campaign.Variant, error) { return nil, full }, nil); !errors.Is(err, full) {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	done := 0
	if err := b.Run(ctx, b.Jobs(nil), 2, func(string, string) ([]campaign.Variant, error) { return nil, nil }, func(Row) error { done++; return nil }); !errors.Is(err, context.Canceled) || done > 0 {
		t.Errorf("%v, %d rows", err, done)
	}
	if err := b.Run(context.Background(), nil, 2, nil, nil); err != nil {
		t.Errorf("nothing to do: %v", err)
	}
}

// TestHostileRows: a row that is too long is refused, and mistakes are told in short,
// and not without end.
func TestHostileRows(t *testing.T) {
	b := usual(t)
	row := made(b, Cell{Agreement, "brooker", "pos"}, 1, 1136, true)
	good := string(row.Encode())
	for _, text := range []string{
		strings.Repeat("[", 1<<20), strings.Repeat(" ", 1<<20), strings.Repeat("\x00", 1<<20), good + `{"settings":"` + strings.Repeat("a", 1<<20),
		good + `{"settings":"` + strings.Repeat("a", 3000) + "\"}\n", good + `{"runs":` + strings.Repeat("9", 3000) + "}\n", good + `{"` + strings.Repeat("x", 3000) + "\":1}\n",
	} {
		if _, _, err := b.Read(strings.NewReader(text)); err == nil || len(err.Error()) > 250 {
			t.Errorf("%.20s: %.300v", text, err)
		}
	}
	_, err := Parse("x", strings.Replace(four(), "oracles: [", "oracles: ["+strings.Repeat("agreement, ", 5000), 1), b.All)
	if m, ok := err.(Mistakes); !ok || len(m) != maxMistakes+1 || !strings.HasSuffix(m[maxMistakes], " more mistakes") {
		t.Errorf("%d mistakes: %.300v", len(m), err)
	}
}
