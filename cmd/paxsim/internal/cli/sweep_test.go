package cli

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
)

// TestSweepIsRuns: what a sweep says of a point is what the runs of that point
// are, one by one, as run makes them under the same seeds.
func TestSweepIsRuns(t *testing.T) {
	code, out, errs := command("sweep", "lossy", "--vary", "network.loss=0%..90%/3", "--vary", "actors=3,5", "--runs", "50", "--seed", "7",
		"--set", "limits.time=300ms", "--set", "paxos.backoff_cap=2ms", "--format", "csv")
	if code != 3 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	points := rowsOf(t, out)
	if len(points) != 6 {
		t.Fatalf("%d points:\n%s", len(points), out)
	}
	for _, p := range points {
		_, out, _ := command("run", "lossy", "--set", "network.loss="+p["network.loss"], "--set", "actors="+p["actors"], "--runs", "50", "--seed", "7",
			"--set", "limits.time=300ms", "--set", "paxos.backoff_cap=2ms", "--format", "csv")
		greatest := ""
		decided, partial, sent, most, events := 0, 0, 0, 0.0, 0
		for _, r := range rowsOf(t, out) {
			number := func(name string) int {
				n, err := strconv.Atoi(r[name])
				if err != nil {
					t.Fatal(err)
				}
				return n
			}
			switch r["outcome"] {
			case "decided":
				decided++
			case "partial":
				partial++
			}
			if ms, err := strconv.ParseFloat(r["decided_ms"], 64); err == nil && ms >= most {
				most, greatest = ms, r["decided_ms"]
			}
			sent += number("sent")
			events += number("events")
		}
		mean := func(sum int) string { return strconv.Itoa(sum/50) + "." + strconv.Itoa(1000 + sum%50*20)[1:] }
		for name, want := range map[string]string{
			"decided": strconv.Itoa(decided), "partial": strconv.Itoa(partial), "undecided": strconv.Itoa(50 - decided - partial), "violated": "0", "runs": "50",
			"sent_mean": mean(sent), "events_mean": mean(events), "decided_ms_max": greatest,
		} {
			if p[name] != want {
				t.Errorf("network.loss=%s, actors=%s: %s is %s, the runs say %s", p["network.loss"], p["actors"], name, p[name], want)
			}
		}
	}
}

// rowsOf reads CSV as rows by the names of the columns.
func rowsOf(t *testing.T, text string) (rows []map[string]string) {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, c := range cells {
			row[all[0][i]] = c
		}
		rows = append(rows, row)
	}
	return rows
}

// TestSweepJobsDoNotMatter: the same bytes for any number of workers, in every
// format, and the same pictures.
func TestSweepJobsDoNotMatter(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, format := range report.Formats {
		for _, kind := range []string{"curve", "cdf", "heat"} {
			var want string
			for _, jobs := range []string{"-j1", "-j2", "--jobs=7"} {
				code, out, errs := command("sweep", "lossy", "--vary", "network.loss=0%..30%/3", "--vary", "actors=3,5", "--runs", "40", "--format", format, "--plot", "p.svg", "--plot-kind", kind, jobs)
				picture, err := os.ReadFile("p.svg")
				if err != nil || code != 0 {
					t.Fatal(err, code, errs)
				}
				got := out + errs + string(picture)
				if want == "" {
					want = got
				}
				if got != want || len(out) < 100 {
					t.Errorf("%s, %s: %s makes other bytes than one worker", format, kind, jobs)
				}
			}
		}
	}
}
