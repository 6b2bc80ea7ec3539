package cli

import (
	"strings"
	"testing"
	"time"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim/campaign"
)

// TestProgress: how far a hunt has come, its pace and when it ends are told, at a
// terminal in a line that changes, elsewhere now and then; of a hunt that is gone on
// with the pace is that of now.
func TestProgress(t *testing.T) {
	type step struct {
		after time.Duration
		runs  uint64
	}
	steps := []step{{100 * time.Millisecond, 1000}, {time.Second, 60_000}, {1100 * time.Millisecond, 66_000}, {11 * time.Second, 700_000}, {12 * time.Second, 720_000}}
	for _, tt := range []struct {
		why      string
		terminal bool
		p        progress
		want     string
	}{
		{"a terminal", true, progress{runs: 1_000_000},
			"{1,000 of 1,000,000 runs, 0 distinct failures{60,000 of 1,000,000 runs, 60,000 a second, 16s to go, 0 distinct failures" +
				"{700,000 of 1,000,000 runs, 63,636 a second, 5s to go, 0 distinct failures{720,000 of 1,000,000 runs, 60,000 a second, 5s to go, 0 distinct failures"},
		{"a file", false, progress{runs: 1_000_000}, "700,000 of 1,000,000 runs, 63,636 a second, 5s to go, 0 distinct failures\n"},
		{"by time", false, progress{span: time.Minute}, "700,000 runs, 63,636 a second, 49s to go, 0 distinct failures\n"},
		{"gone on with", false, progress{runs: 1_000_000, from: 480_000}, "700,000 of 1,000,000 runs, 20,000 a second, 15s to go, 0 distinct failures\n"},
	} {
		var out strings.Builder
		at := time.Unix(1_000_000, 0)
		p := tt.p
		p.w, p.terminal, p.now = terminal.NewWriter(&out), tt.terminal, func() time.Time { return at }
		p.begin()
		for _, s := range steps {
			at = p.begun.Add(s.after)
			p.show(&campaign.Evidence{Tally: campaign.Tally{Runs: s.runs}})
		}
		if got := strings.ReplaceAll(out.String(), "\r\x1b[K", "{"); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.why, got, tt.want)
		}
	}
}

// TestProgressFits: a line of progress leaves the last column of a terminal free, so that
// it can be taken away.
func TestProgressFits(t *testing.T) {
	for _, width := range []int{20, 40, 80} {
		var out strings.Builder
		at := time.Unix(1_000_000, 0)
		p := progress{w: terminal.NewWriter(&out), terminal: true, width: width, runs: 1_000_000_000, now: func() time.Time { return at }}
		p.begin()
		at = at.Add(time.Second)
		p.show(&campaign.Evidence{Tally: campaign.Tally{Runs: 60_000}})
		if line := strings.TrimPrefix(out.String(), "\r\x1b[K"); len(line) >= width || len(line) < min(width, 60)-1 {
			t.Errorf("%d columns: %q", width, line)
		}
	}
}

// TestShortHuntsAreQuiet: where nobody watches, a hunt of a few runs tells nothing.
func TestShortHuntsAreQuiet(t *testing.T) {
	if _, out, errs := command("fuzz", "--runs", "200", "--out", t.TempDir()); errs != "" || !strings.Contains(out, "200 from seed 1 on") {
		t.Errorf("%q, %q", out, errs)
	}
}
