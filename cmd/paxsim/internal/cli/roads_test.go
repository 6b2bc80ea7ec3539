package cli

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/paxsim/paxsim/internal/anyscenario"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/explain/export"
)

var (
	manyRoads = flag.Uint64("roads", 0, "how many scenarios TestAllRoads plays on all roads; 0: as many as take a few seconds")
	firstRoad = flag.Uint64("roads-from", 1, "the number of the first")
)

// TestAllRoads holds that a run is the same run whatever leads to it: run, its
// file, step, view, export in every form, sweep, diff, and what scenarios show
// prints. More of them:
//
//	go test ./cmd/paxsim/internal/cli -run AllRoads -roads 10000 -timeout 0
func TestAllRoads(t *testing.T) {
	want := *manyRoads
	if want == 0 {
		want = gate.Of[uint64](20, 60)
	}
	numbers := make(chan uint64)
	var wait sync.WaitGroup
	var lock sync.Mutex
	told := map[string]int{}
	for range runtime.GOMAXPROCS(0) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			dir := t.TempDir()
			for number := range numbers {
				s := anyscenario.Draw(number)
				for _, err := range allRoads(dir, s.Text, s.Seed) {
					kind, _, _ := strings.Cut(err.Error(), ":")
					lock.Lock()
					if told[kind]++; told[kind] <= 3 {
						t.Errorf("scenario %d, seed %d: %v\n%s", number, s.Seed, err, s.Text)
					}
					lock.Unlock()
				}
			}
		}()
	}
	played := uint64(0)
	for number := *firstRoad; played < want; number++ {
		s := anyscenario.Draw(number)
		if e := anyscenario.Explain(s.Text, s.Seed); e.Outcome.Events == 0 || e.Outcome.Events > 3000 || actorsOf(s.Text) > 60 {
			continue // not run, or long: every road plays it again
		}
		played++
		numbers <- number
	}
	close(numbers)
	wait.Wait()
	for _, kind := range slices.Sorted(maps.Keys(told)) {
		t.Logf("%s: %d", kind, told[kind])
	}
}

func actorsOf(text string) int {
	s, err := scenarios.Read("any.yaml", text)
	if err != nil {
		return 0
	}
	return s.Actors
}

// road is a directory in which commands are called.
type road struct {
	dir       string
	seed      string
	actors    int
	unwatched bool // no invariant is on
	errs      []error
}

// call runs a command that is to end with one of some exit codes, and returns its
// output.
func (r *road) call(stdin string, codes []int, args ...string) []byte {
	var out, errs bytes.Buffer
	if code := Main(args, strings.NewReader(stdin), &out, &errs); !slices.Contains(codes, code) {
		r.fail(args[0], "%s: exit %d\n%s", strings.Join(args, " "), code, errs.String())
		return nil
	}
	return out.Bytes()
}

func (r *road) fail(kind, format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf(kind+": "+format, args...))
}

// file is the path of a file in the directory.
func (r *road) file(name string) string { return filepath.Join(r.dir, name) }

// Exit codes of runs that were made.
var (
	made    = []int{exitHeld, exitViolated, exitNothing}
	written = []int{exitHeld}
)

// allRoads plays one run on every road and lists what differs.
func allRoads(dir, text string, seed uint64) []error {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		os.Remove(filepath.Join(dir, e.Name()))
	}
	r := &road{dir: dir, seed: fmt.Sprint(seed), actors: actorsOf(text), unwatched: strings.Contains(text, "\ninvariants: none\n")}
	scenario := r.file("run.yaml")
	if err := os.WriteFile(scenario, []byte(text), 0o666); err != nil {
		return []error{err}
	}
	row := r.run(scenario)
	if row == nil {
		return r.errs
	}
	r.shown(scenario, row)
	r.replayed(row)
	r.stepped(scenario, row)
	r.searched(scenario)
	r.exported(scenario, row)
	r.viewed(scenario, row)
	r.swept(scenario, row)
	r.differed(scenario, row)
	return r.errs
}

// run is the run itself: with a file, and as a table of each form.
func (r *road) run(scenario string) map[string]any {
	out := r.call("", made, "run", scenario, "--seed", r.seed, "--save", r.file("run.run.json"), "--format", "json")
	if out == nil {
		return nil
	}
	row := object(out)
	for _, o := range [][]string{{"--runs", "1", "--format", "json"}, {"--runs", "1", "--format", "json", "-j", "1", "--log", "info"}} {
		again := object(r.call("", made, append([]string{"run", scenario, "--seed", r.seed}, o...)...))
		r.same("run", row, again, nil)
	}
	table, err := csv.NewReader(bytes.NewReader(r.call("", made, "run", scenario, "--seed", r.seed, "--runs", "1", "--format", "csv"))).ReadAll()
	if err != nil || len(table) != 2 {
		r.fail("csv", "%v: %v", err, table)
		return row
	}
	for i, name := range table[0] {
		is := table[1][i]
		if v, ok := row[name]; ok && v != nil && is != fmt.Sprint(v) || v == nil && is != "" {
			r.fail("csv", "%s is %q, and %v in JSON", name, is, v)
		}
	}
	if trace := r.call("", made, "run", scenario, "--seed", r.seed, "--trace"); !bytes.Contains(trace, []byte(row["digest"].(string))) {
		r.fail("run --trace", "no digest %v in\n%s", row["digest"], trace)
	}
	return row
}

// shown is the run of what scenarios show prints.
func (r *road) shown(scenario string, row map[string]any) {
	text := r.call("", written, "scenarios", "show", scenario)
	if text == nil || os.WriteFile(r.file("shown.yaml"), text, 0o666) != nil {
		return
	}
	r.same("show", row, object(r.call("", made, "run", r.file("shown.yaml"), "--seed", r.seed, "--runs", "1", "--format", "json")), nil)
	if again := r.call("", written, "scenarios", "show", r.file("shown.yaml")); !bytes.Equal(withoutNotes(text), withoutNotes(again)) {
		r.fail("show", "what it shows is shown as\n%s\ninstead of\n%s", again, text)
	}
}

// withoutNotes is what scenarios show prints, without comments: they tell what
// was computed.
func withoutNotes(text []byte) []byte {
	var b bytes.Buffer
	for line := range bytes.Lines(text) {
		line, _, _ = bytes.Cut(line, []byte("  # "))
		if line = bytes.TrimRight(line, " \n"); !bytes.HasPrefix(line, []byte("#")) {
			b.Write(append(line, '\n'))
		}
	}
	return b.Bytes()
}

func (r *road) replayed(row map[string]any) {
	out := object(r.call("", made, "replay", r.file("run.run.json"), "--format", "json"))
	r.same("replay", row, out, nil)
	if out != nil && out["reproduced"] != "yes" {
		r.fail("replay", "%v", out["difference"])
	}
}

// stepped is a run stepped through to its end, by detours, and its file; and that again.
func (r *road) stepped(scenario string, row map[string]any) {
	say := fmt.Sprintf("next 3\nback 2\nshow\nqueue\nchoose\nto end\nsave %s\n", r.file("step.run.json"))
	r.call(say, written, "step", scenario, "--seed", r.seed)
	r.sameFile("step", "run.run.json", "step.run.json")
	r.call(fmt.Sprintf("next 2\nsave %s\n", r.file("step2.run.json")), written, "step", r.file("run.run.json"))
	r.sameFile("step of a file", "run.run.json", "step2.run.json")

	// In calm a run can be far longer than the one that was chosen for its
	// length: what is shown of it stays short, the file is of the whole.
	r.call(fmt.Sprintf("next 500\nsave %s\n", r.file("calm.run.json")), written, "step", scenario)
	calm := object(r.call("", made, "replay", r.file("calm.run.json"), "--format", "json"))
	if calm != nil && calm["reproduced"] != "yes" {
		r.fail("step in calm", "%v", calm["difference"])
	}
	r.call(fmt.Sprintf("next 2\nsave %s\n", r.file("calm2.run.json")), written, "step", r.file("calm.run.json"))
	r.sameFile("step in calm", "calm.run.json", "calm2.run.json")
}

// searched is a searched run stepped through, where there is one.
func (r *road) searched(scenario string) {
	codes := append([]int{exitUsage}, written...) // some cannot be searched
	if r.call(fmt.Sprintf("next 30\ntake 2\nsave %s\n", r.file("searched.run.json")), codes, "step", scenario, "--engine", "searched"); !r.there("searched.run.json") {
		return
	}
	out := object(r.call("", made, "replay", r.file("searched.run.json"), "--format", "json"))
	if out != nil && out["reproduced"] != "yes" {
		r.fail("searched", "%v", out["difference"])
	}
	r.call(fmt.Sprintf("next 2\nsave %s\n", r.file("searched2.run.json")), written, "step", r.file("searched.run.json"))
	r.sameFile("searched", "searched.run.json", "searched2.run.json")
}

func (r *road) there(name string) bool {
	_, err := os.Stat(r.file(name))
	return err == nil
}

// exported is the run in each form: of the scenario, of its file, and of its
// trace.
func (r *road) exported(scenario string, row map[string]any) {
	for _, form := range slices.Backward(export.Forms) { // the trace first
		if r.actors > form.Actors {
			continue
		}
		out := r.call("", written, "export", scenario, "--seed", r.seed, "--to", form.Name)
		r.wellFormed(form.Name, out)
		from := []string{r.file("run.run.json")}
		if form.Name == "jsonl" {
			if os.WriteFile(r.file("run.trace.jsonl"), out, 0o666) != nil {
				return
			}
			lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
			r.same("export --to jsonl", row, object(lines[len(lines)-1]), nil)
		}
		from = append(from, r.file("run.trace.jsonl"))
		for _, file := range from {
			if got := r.call("", written, "export", file, "--to", form.Name); !bytes.Equal(out, got) {
				r.fail("export --to "+form.Name, "of %s it is\n%s\ninstead of\n%s", file, beginOf(got), beginOf(out))
			}
		}
	}
}

func beginOf(out []byte) []byte { return out[:min(len(out), 2000)] }

// wellFormed holds an export against the grammar of its form.
func (r *road) wellFormed(form string, out []byte) {
	var err error
	switch form {
	case "svg":
		d := xml.NewDecoder(bytes.NewReader(out))
		for err == nil {
			_, err = d.Token()
		}
		if errors.Is(err, io.EOF) {
			err = nil
		}
	case "perfetto":
		var x any
		err = json.Unmarshal(out, &x)
	case "jsonl":
		for line := range bytes.Lines(out) {
			var x map[string]any
			if err = json.Unmarshal(line, &x); err != nil {
				break
			}
		}
	default:
		if len(out) == 0 {
			err = errors.New("nothing was written")
		}
	}
	if err != nil {
		r.fail("export --to "+form, "not well formed: %v", err)
	}
}

// viewed is the page of the run, of its file and of its trace: each names the
// digest, and the runs in them are the same but for what a trace cannot tell.
func (r *road) viewed(scenario string, row map[string]any) {
	for _, args := range [][]string{{scenario, "--seed", r.seed}, {r.file("run.run.json")}, {r.file("run.trace.jsonl")}} {
		page := r.call("", written, append([]string{"view", "-o", "-"}, args...)...)
		if page != nil && !bytes.Contains(page, []byte(row["digest"].(string))) {
			r.fail("view", "%v: no digest %v in the page", args, row["digest"])
		}
	}
}

// swept is a sweep of one point: the number of actors that the scenario has.
func (r *road) swept(scenario string, row map[string]any) {
	at := fmt.Sprintf("actors=%d", r.actors)
	point := object(r.call("", made, "sweep", scenario, "--vary", at, "--seed", r.seed, "--runs", "1", "--format", "json"))
	if point == nil {
		return
	}
	for name, v := range point {
		for _, part := range []string{"_mean", "_p10", "_p50", "_p90", "_p99", "_max"} {
			before, after, ok := strings.Cut(name, part)
			is, there := row[before+after]
			if !ok || !there {
				continue
			}
			if have, ok := is.(string); ok && before == "learned" { // "4/5"
				have, _, _ = strings.Cut(have, "/")
				is = json.Number(have)
			}
			if v != nil && is != nil && !near(v, is) || (v == nil) != (is == nil) && before != "delays" {
				r.fail("sweep", "%s is %v, and of the run %v", name, v, is)
			}
		}
	}
	if outcome, _ := row["outcome"].(string); fmt.Sprint(point[outcome]) != "1" {
		r.fail("sweep", "%s is %v, and so the run came out", outcome, point[outcome])
	}
}

// near says whether a number of a sweep is that of its one run: percentiles are
// kept to three digits.
func near(x, y any) bool {
	a, _ := x.(json.Number).Float64()
	b, err := y.(json.Number).Float64()
	return err == nil && a-b <= b/500+1 && b-a <= b/500+1
}

// differed is the run against its file and its trace: they are the same.
func (r *road) differed(scenario string, row map[string]any) {
	pairs := [][]string{{scenario, r.file("run.run.json"), "--seed", r.seed}, {r.file("run.run.json"), r.file("run.trace.jsonl")}, {r.file("run.run.json"), r.file("step.run.json")}}
	for _, args := range pairs {
		out := object(r.call("", written, append([]string{"diff", "--format", "json"}, args...)...))
		if out == nil {
			continue
		}
		if out["same"] != true {
			r.fail("diff", "%v: %v", args, out)
		}
		for _, side := range []string{"a", "b"} {
			x := out[side].(map[string]any)
			r.same("diff", row, x, []string{"value"}) // which is in other words
		}
	}
}

// same holds the members that two objects share against one another.
func (r *road) same(kind string, a, b map[string]any, but []string) {
	for _, name := range slices.Sorted(maps.Keys(a)) {
		v, ok := b[name]
		switch {
		case !ok || name == "again" || slices.Contains(but, name):
			continue
		case name == "chosen_ms" && kind == "diff" && r.unwatched:
			continue // diff observes both runs, so it knows
		case name == "learned" && b["awaited"] != nil:
			v = fmt.Sprintf("%v/%v", v, b["awaited"])
		}
		if !alike(v, a[name]) {
			r.fail(kind, "%s is %v instead of %v", name, v, a[name])
		}
	}
}

// alike says whether two members of an object are the same, also 0 and 0.0.
func alike(x, y any) bool {
	a, ok := x.(json.Number)
	b, also := y.(json.Number)
	if !ok || !also {
		return fmt.Sprint(x) == fmt.Sprint(y)
	}
	n, err := a.Float64()
	m, fail := b.Float64()
	return err == nil && fail == nil && n == m
}

// sameFile holds that two run files are the same, byte by byte.
func (r *road) sameFile(kind, a, b string) {
	x, err := os.ReadFile(r.file(a))
	if err != nil {
		return // told already
	}
	y, err := os.ReadFile(r.file(b))
	if err == nil && !bytes.Equal(x, y) {
		r.fail(kind, "%s is\n%s\nand %s is\n%s", a, x, b, y)
	}
}

// object is the first object of JSON lines, or nil.
func object(out []byte) map[string]any {
	var x map[string]any
	d := json.NewDecoder(bytes.NewReader(out))
	d.UseNumber()
	if d.Decode(&x) != nil {
		return nil
	}
	return x
}
