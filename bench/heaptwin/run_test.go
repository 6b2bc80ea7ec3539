package heaptwin

import "testing"

// The twin is worth comparing with only if it is right.
func TestTwinDecides(t *testing.T) {
	for _, n := range []int{1, 2, 3, 5, 9, 51} {
		values := map[string]int{}
		for seed := range uint64(2000 / n) {
			r := Run(seed, n, 1_000_000)
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
		if n > 2 && len(values) != 2 {
			t.Errorf("n=%d: only %v was ever decided: no duel", n, values)
		}
	}
}

func TestTwinRepeats(t *testing.T) {
	for seed := range uint64(50) {
		if a, b := Run(seed, 5, 1_000_000), Run(seed, 5, 1_000_000); a.Events != b.Events || a.Time != b.Time {
			t.Fatalf("seed %d: %d events to %d, then %d to %d", seed, a.Events, a.Time, b.Events, b.Time)
		}
	}
}
