package campaign_test

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
)

// TestMemoryTable holds the estimate against what worlds of 1 to 10,001 actors take,
// with faults and without, timed and searched: never less, and not so much more that
// it would refuse what fits by far. -v shows the table.
func TestMemoryTable(t *testing.T) {
	faults := []scenarios.Override{
		scenarios.Set("network.duplicate=10%"), scenarios.Set("network.loss=5%"), scenarios.Set("crashes={chance: 1%, down: 1ms..50ms}"),
	}
	rows := []struct {
		name   string
		change []scenarios.Override
		took   func(*testing.T, *sim.Scenario) (took, estimate uint64)
		most   int // actors
		factor uint64
	}{
		{"timed", nil, peakSoon, 10_001, 4},
		{"timed, spread over 100 ticks", []scenarios.Override{scenarios.Set("network.delay=1ms..11ms")}, peakSoon, 1001, 8},
		{"timed, faults", faults, peakSoon, 1001, 8},
		{"searched", nil, peakSearched, 1001, 32},
		{"searched, faults", faults, peakSearched, 1001, 32},
	}
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\tactors\testimate\ttook\tof it")
	for _, row := range rows {
		for _, n := range []int{1, 3, 101, 1001, 10_001} {
			if n > row.most || testing.Short() && n > 101 {
				continue
			}
			s, err := scenarios.Load("happy-path", append([]scenarios.Override{scenarios.Set(fmt.Sprintf("actors=%d", n))}, row.change...)...)
			if err != nil {
				t.Fatal(err)
			}
			if why := campaign.Unsearchable(&s.Scenario); why != "" {
				t.Fatal(why)
			}
			took, estimate := row.took(t, &s.Scenario)
			fmt.Fprintf(w, "%s\t%d\t%d KB\t%d KB\t%d%%\n", row.name, n, estimate>>10, took>>10, 100*took/estimate)
			if took > estimate || estimate > row.factor*took+16<<20 {
				t.Errorf("%s: %d actors took %d KB, estimated %d KB", row.name, n, took>>10, estimate>>10)
			}
		}
	}
	w.Flush()
	t.Logf("\n%s", &text)
}

// peakSoon is the peak of a run up to the moment when everybody has told everybody
// its vote, and somewhat further: there it needs most.
func peakSoon(t *testing.T, s *sim.Scenario) (took, estimate uint64) {
	s.Limits.Events = uint64(min(2*s.Actors*s.Actors, 6*s.Actors+200_000) + 10_000)
	return peak(t, s), campaign.Memory(s)
}

// peakSearched is how much memory the runs of a hunt add to that of the process.
func peakSearched(t *testing.T, s *sim.Scenario) (took, estimate uint64) {
	t.Helper()
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before := m.HeapSys - m.HeapReleased
	h := &campaign.Hunt{Ground: []campaign.Variant{{Scenario: s}}, Strategies: campaign.Strategies(), Budget: campaign.UsualBudget(), First: 1, Runs: 7, Workers: 1}
	if s.Actors > 100 {
		h.Budget.Events = 6 * s.Actors
	}
	for range h.Runs {
		tally.Run()
	}
	if _, err := h.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&m)
	runtime.KeepAlive(h)
	return max(m.HeapSys-m.HeapReleased, before) - before, h.Memory()
}
