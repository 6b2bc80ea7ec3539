package synctwin

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/paxsim/paxsim/bench/clock"
)

// The twin is worth comparing with only if it is right.
func TestTwinDecides(t *testing.T) {
	for _, n := range []int{1, 2, 3, 5, 9, 51} {
		values := map[string]int{}
		for seed := range uint64(3000 / n) {
			r := Run(t, seed, n)
			if len(r.Learned) != n {
				t.Fatalf("n=%d seed=%d: %d learned in %d events", n, seed, len(r.Learned), r.Events)
			}
			for id, v := range r.Learned {
				if v != r.Learned[1] || v != "1a" && v != "2a" {
					t.Fatalf("n=%d seed=%d: node %d learned %q, node 1 %q", n, seed, id, v, r.Learned[1])
				}
			}
			values[r.Learned[1]]++
		}
		if n > 2 && n < 10 && len(values) != 2 {
			t.Errorf("n=%d: only %v was ever decided: no duel", n, values)
		}
	}
}

// TestMeasure is no test: bench/cmd/sidebyside starts it, and reads what it
// prints. It makes runs for so long, and tells how many, their events, the
// nanoseconds and the allocations.
func TestMeasure(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("SYNCTWIN_ACTORS"))
	if err != nil {
		t.Skip("only for bench/cmd/sidebyside")
	}
	each, err := time.ParseDuration(os.Getenv("SYNCTWIN_EACH"))
	if err != nil {
		t.Fatal(err)
	}
	seed, err := strconv.ParseUint(os.Getenv("SYNCTWIN_SEED"), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	runtime.GOMAXPROCS(1)
	for i := range uint64(5) { // warm
		Run(t, i, n)
	}
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	runs, events := 0, 0
	start := clock.Used()
	elapsed := time.Duration(0)
	for elapsed < each {
		events += Run(t, seed+uint64(runs), n).Events
		runs++
		elapsed = clock.Used() - start
	}
	runtime.ReadMemStats(&after)
	fmt.Printf("synctwin %d %d %d %d\n", runs, events, elapsed.Nanoseconds(), after.Mallocs-before.Mallocs)
}
