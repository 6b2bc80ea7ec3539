package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/bench"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/sim/campaign"
)

// tree is where the tree begins, and benchDocs where in it the result is kept.
const tree = "../../../../"

const benchDocs = "docs/bench"

// TestBenchPage holds that docs/bench.md, its pictures and its CSV are what the
// rows come to that are kept there; -update rewrites them.
func TestBenchPage(t *testing.T) {
	t.Chdir(tree)
	page, err := os.ReadFile(benchDocs + ".md")
	if err != nil {
		t.Fatal(err)
	}
	report := func(args ...string) string {
		t.Helper()
		code, out, errs := command(append([]string{"zoo", "--bench", "--report", "--rows", benchDocs + "/rows.jsonl"}, args...)...)
		if code != exitHeld {
			t.Fatalf("%q: exit %d: %s", args, code, errs)
		}
		return out
	}
	result := report("--cpu", "--format", "markdown")
	if strings.Contains(result, "not complete") {
		t.Error("the bench whose rows are kept is not complete")
	}
	want := map[string]string{
		benchDocs + ".md":        between(t, between(t, string(page), "settings", "\n```yaml\n"+bench.Usual+"```\n\n"), "result", "\n"+result+"\n"),
		benchDocs + "/bench.csv": report("--format", "csv"),
	}
	for _, oracle := range bench.Oracles() {
		name := filepath.Join(t.TempDir(), "x.svg")
		report("--oracles", oracle, "--plot", name)
		svg, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file := benchDocs + "/" + oracle + ".svg"
		want[file] = strings.ReplaceAll(string(svg), name, file)
	}
	for name, text := range want {
		is, err := os.ReadFile(name)
		switch {
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			t.Fatal(err)
		case string(is) == text:
		case !*update:
			t.Errorf("%s is not what the rows come to: -update rewrites it", name)
		default:
			if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// between puts a text into a page, between a mark and the next end.
func between(t *testing.T, page, mark, text string) string {
	t.Helper()
	begin := "<!-- " + mark + " -->\n"
	before, rest, ok := strings.Cut(page, begin)
	_, after, closed := strings.Cut(rest, "<!-- end -->")
	if !ok || !closed {
		t.Fatalf("the page has no place for %s", mark)
	}
	return before + begin + text + "<!-- end -->" + after
}

// TestBenchAgain makes some of the rows again that are kept in docs/, of every
// oracle and every strategy: they come out the same, but for the clock.
func TestBenchAgain(t *testing.T) {
	data, err := os.ReadFile(tree + benchDocs + "/rows.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	b, err := new(benchFlags).open()
	if err != nil {
		t.Fatal(err)
	}
	rows, _, err := b.Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	most, each := gate.Of[uint64](300, 3000), gate.Of(293, 41)
	var jobs []bench.Job
	of := map[string]int{}
	for i, j := range b.Jobs(rows) {
		if r, ok := rows[j]; ok && r.Runs <= most && i%each == 0 {
			jobs = append(jobs, j)
			of[j.Oracle+" "+j.Strategy]++
		}
	}
	if want := len(b.Settings.Oracles) * len(b.Settings.Strategies); len(of) != want {
		t.Errorf("rows of %d kinds, and there are %d: %v", len(of), want, of)
	}
	g := &grounds{opened: map[[2]string][]campaign.Variant{}}
	err = b.Run(context.Background(), jobs, 2, g.open, func(r bench.Row) error {
		old := rows[r.Job()]
		if old.WallNS, old.CPU = r.WallNS, r.CPU; r != old {
			t.Errorf("it came to %+v, and in docs/ to %+v", r, old)
		}
		if r.WallNS <= 0 || r.CPU <= 0 || r.CPU > r.WallNS+1_000_000 {
			t.Errorf("%+v took %d ns of one core, in %d ns", r.Job(), r.CPU, r.WallNS)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d rows made again", len(jobs))
}

// small are settings of a bench that takes a second, with cells that find nothing.
func small(t *testing.T) (file string) {
	t.Helper()
	text := strings.NewReplacer("least: 10, most: 100, runs: 2000000", "least: 3, most: 5, runs: 150", "runs: 500000", "runs: 40", "runs: 2000000", "runs: 80").Replace(bench.Usual)
	file = filepath.Join(t.TempDir(), "small.yaml")
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

var smallArgs = []string{"--mutants", "S3a,brooker,unsaved-vote", "--strategies", "walk,pct"}

var progressLine = regexp.MustCompile(`(?m)^\d+ of \d+ hunts.*\n?`)

// TestBenchIsTheSame: the table and the CSV but for the clock are the same bytes for
// any number of workers, whether they are measured or read from the rows, and
// whatever the order of the rows.
func TestBenchIsTheSame(t *testing.T) {
	settings := small(t)
	var want string
	for _, jobs := range []string{"1", "2", "7"} {
		t.Chdir(t.TempDir())
		args := append([]string{"zoo", "--bench", "--settings", settings}, smallArgs...)
		code, out, errs := command(append(args, "-j", jobs)...)
		errs = progressLine.ReplaceAllString(errs, "") // which a slow machine prints
		if code != exitHeld || errs != "" || !strings.Contains(out, "> 40") || !strings.Contains(out, "> 80") || !strings.Contains(out, "3 to 5 repetitions, as many as fit into 150 runs") {
			t.Fatalf("-j %s: exit %d: %s%s", jobs, code, errs, out)
		}
		if want == "" {
			want = out
		}
		rows, err := os.ReadFile("paxsim-bench.jsonl")
		if err != nil {
			t.Fatal(err)
		}
		lines := slices.Collect(bytes.Lines(rows))
		slices.Reverse(lines)
		if err := os.WriteFile("reversed.jsonl", bytes.Join(lines, nil), 0o666); err != nil {
			t.Fatal(err)
		}
		code, again, errs := command(append(args, "--rows", "reversed.jsonl", "--report")...)
		if code != exitHeld || out != want || again != want {
			t.Errorf("-j %s: other bytes, exit %d: %s\n%s\n%s", jobs, code, errs, out, again)
		}
		before := len(rows)
		if code, out, errs = command(args...); code != exitHeld || out != want {
			t.Errorf("once more: exit %d: %s%s", code, errs, out)
		}
		if rows, _ = os.ReadFile("paxsim-bench.jsonl"); len(rows) != before {
			t.Errorf("what was measured is measured again: %d bytes of rows, then %d", before, len(rows))
		}
	}
}

// TestBenchHalfLine: wherever the file of rows was cut off, the bench makes good
// what is missing, and no more.
func TestBenchHalfLine(t *testing.T) {
	t.Chdir(t.TempDir())
	args := append([]string{"zoo", "--bench", "--settings", small(t)}, smallArgs...)
	_, want, _ := command(args...)
	rows, err := os.ReadFile("paxsim-bench.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, cut := range []int{1, 30, len(rows) / 3, len(rows)/3 + 60, len(rows) - 1} {
		if err := os.WriteFile("paxsim-bench.jsonl", rows[:cut], 0o666); err != nil {
			t.Fatal(err)
		}
		_, _, errs := command(append(args, "--report")...)
		if now, _ := os.ReadFile("paxsim-bench.jsonl"); len(now) != cut || errs != "" {
			t.Errorf("cut after %d: a report changed the file, or says %s", cut, errs)
		}
		code, out, errs := command(args...)
		errs = progressLine.ReplaceAllString(errs, "")
		half := rows[cut-1] != '\n'
		if code != exitHeld || out != want || half != (errs == "paxsim: paxsim-bench.jsonl: the last line is half a row, which is made again\n") {
			t.Errorf("cut after %d: exit %d, %s\n%s", cut, code, errs, out)
		}
		if code, out, errs := command(append(args, "--report")...); code != exitHeld || out != want {
			t.Errorf("cut after %d: the file that it leaves cannot be read: exit %d, %s\n%s", cut, code, errs, out)
		}
		if now, _ := os.ReadFile("paxsim-bench.jsonl"); bytes.Count(now, []byte("\n")) != bytes.Count(rows, []byte("\n")) {
			t.Errorf("cut after %d: %d rows, and there were %d", cut, bytes.Count(now, []byte("\n")), bytes.Count(rows, []byte("\n")))
		}
	}
}

// TestBenchKeepsWhatIsThere: a file that is none of rows, or of other rows, is not
// touched.
func TestBenchKeepsWhatIsThere(t *testing.T) {
	t.Chdir(t.TempDir())
	settings := small(t)
	for i, text := range []string{"a diary", "a\ndiary\n", `{"settings":"0123456789abcdef","trace":2}` + "\n", `{"settings":"0123`} {
		name := fmt.Sprintf("%d.jsonl", i)
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		code, out, errs := command("zoo", "--bench", "--settings", settings, "--rows", name)
		if now, _ := os.ReadFile(name); string(now) != text || code != exitUsage || out != "" || !strings.HasPrefix(errs, "paxsim: "+name+":1: ") {
			t.Errorf("%q: exit %d, %s; now it holds %q", text, code, errs, now)
		}
	}
}
