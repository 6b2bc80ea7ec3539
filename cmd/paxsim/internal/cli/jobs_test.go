package cli

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/campaign"
)

// command runs the command and returns all that it says.
func command(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = Main(args, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

// TestJobsDoNotMatter: the same bytes for any number of workers, in every format,
// whether runs hold, fail or are too many for rows.
func TestJobsDoNotMatter(t *testing.T) {
	for _, run := range []string{"lossy --runs 70", "literal-acks --runs 20", "lossy --runs 33 --set limits.events=60", "lossy --runs 1100", "happy-path --runs 1 --seed 18446744073709551615"} {
		for _, format := range report.Formats {
			var want string
			for _, jobs := range []string{"-j1", "-j2", "--jobs=7"} {
				code, out, errs := command(append(append([]string{"run"}, strings.Fields(run)...), "--format", format, jobs)...)
				got := fmt.Sprint(code, "\n", out, "\n", errs)
				if want == "" {
					want = got
				}
				if got != want || len(out) < 100 {
					t.Errorf("%s --format %s: %s prints other bytes than one worker", run, format, jobs)
				}
			}
		}
	}
}

// TestMemoryIsAskedFor: what would need too much is refused before anything is
// built, with the estimate, the bound, and what to do; and every worker counts.
func TestMemoryIsAskedFor(t *testing.T) {
	tests := []struct {
		name, why string
		args      string
		want      string // in stderr; "": it runs
	}{
		{"too many", "the most actors that there can be, and each receiver costs an event", "--set actors=16383 --set network.delay=1ms..1s",
			"happy-path: 16383 actors with these delays and faults need about 65.2 GiB of memory, and 4 GiB is allowed: 4048 actors fit, or --max-memory 66GiB"},
		{"too many for little", "the bound is for people to choose", "--set actors=1001 --max-memory 1MiB", "need about 14.9 MiB of memory, and 1 MiB is allowed: not even 1 actor fits, or --max-memory 15MiB"},
		{"workers", "a number that was asked for is not changed in silence", "--set actors=3001 --set network.delay=1ms..1s -j 2",
			"-j 2: each worker needs about 2.2 GiB of memory, and 4 GiB is allowed for all: use -j 1, or --max-memory 5GiB"},
		{"fewer runs than workers", "workers without a run need no memory", "--set actors=1001 -j 1000 --runs 1 --max-memory 1GiB", ""},
		{"trace", "one run shown needs it too", "--trace --set actors=1001 --max-memory 1MiB", "MiB is allowed"},
		{"save", "and one that is saved", "--save nowhere.run.json --set actors=1001 --max-memory 1MiB", "MiB is allowed"},
		{"no unit", "12 of what?", "--max-memory 12", "--max-memory 12: expected a size such as 8GiB or 512MiB, from 1MiB to 1024TiB"},
		{"too much", "", "--max-memory 1025TiB", "expected a size"},
		{"far too much", "", "--max-memory 99999999999999999999GiB", "expected a size"},
		{"wraps", "2^64 bytes are not none", "--max-memory 17179869184GiB", "expected a size"},
		{"too little", "", "--max-memory 0GiB", "expected a size"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			code, out, errs := command(append([]string{"run"}, strings.Fields(tt.args)...)...)
			want := exitUsage
			if strings.Contains(tt.want, " is allowed") {
				want = exitMachine
			}
			switch {
			case tt.want == "" && code != 0:
				t.Errorf("exit %d: %s", code, errs)
			case tt.want != "" && (code != want || !strings.Contains(errs, tt.want) || out != ""):
				t.Errorf("exit %d: %s\nwant %s", code, errs, tt.want)
			}
		})
	}
}

// Without -j, as many workers are taken as the bound has room for, on any machine.
func TestWorkersFitTheMemory(t *testing.T) {
	s, err := scenarios.Load("happy-path", scenarios.Set("actors=1001"))
	if err != nil {
		t.Fatal(err)
	}
	one := campaign.Memory(&s.Scenario)
	l := limits{jobs: 64, memory: 5*one + 1}
	if n, err := l.workers(&s.Scenario, 1000); n != 5 || err != nil {
		t.Errorf("%d workers, %v", n, err)
	}
	if n, err := l.workers(&s.Scenario, 3); n != 3 || err != nil {
		t.Errorf("%d workers, %v", n, err)
	}
}

// What settings make of a run no estimate foresees: the memory in use is watched.
func TestMemoryIsWatched(t *testing.T) {
	a := strings.Fields("run --set requests=by-chance --set actors=101 --set network.delay=1ms..1s --set network.loss=30% --set paxos.x=10% --set paxos.repeat=100us --set paxos.repeats=1000 --max-memory 96MiB --runs 20 -j 2")
	code, out, errs := command(a...)
	if code != exitMachine || !strings.Contains(errs, "paxsim: stopped after ") || !strings.Contains(errs, "is more than the 96 MiB that is allowed; --max-memory 192MiB allows more") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
}

func TestSizes(t *testing.T) {
	for _, tt := range []struct {
		n                    uint64
		exact, said, allowed string
	}{
		{0, "0B", "0 B", "0B"},
		{1, "1B", "1 B", "1MiB"},
		{1 << 20, "1MiB", "1 MiB", "1MiB"},
		{4 << 30, "4GiB", "4 GiB", "4GiB"},
		{5<<30 + 1<<29, "5632MiB", "5.5 GiB", "6GiB"},
		{1 << 50, "1024TiB", "1024 TiB", "1024TiB"},
	} {
		if exactSize(tt.n) != tt.exact || size(tt.n) != tt.said || roomFor(tt.n) != tt.allowed {
			t.Errorf("%d: %s, %s, %s", tt.n, exactSize(tt.n), size(tt.n), roomFor(tt.n))
		}
		if back, ok := parseSize(exactSize(tt.n)); !ok || back != tt.n {
			t.Errorf("%s is read as %d", exactSize(tt.n), back)
		}
	}
	for _, bad := range []string{"", "B", "1", "1 GiB", "1GB", "-1GiB", "1.5GiB", "GiB", "1iB", "0x1GiB", "1KiBB"} {
		if n, ok := parseSize(bad); ok {
			t.Errorf("%q is read as %d", bad, n)
		}
	}
}
