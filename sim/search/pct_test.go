package search_test

import (
	"slices"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/search"
)

// TestFallsAreUniform: each of the first n picks is as likely to be one before which
// a chain falls, each fall by itself, and there is none after them.
func TestFallsAreUniform(t *testing.T) {
	const n, runs = 40, 40_000
	p := &search.PCT{Depth: 3, Length: n}
	var at [2][n + 1]int
	for seed := range uint64(runs) {
		p.Begin(seed)
		if len(p.Falls()) != 2 {
			t.Fatalf("%d falls", len(p.Falls()))
		}
		for i, k := range p.Falls() {
			if k < 1 || k > n {
				t.Fatalf("a fall before pick %d of %d", k, n)
			}
			at[i][k]++
		}
	}
	for i := range at {
		chi := 0.0
		for _, seen := range at[i][1:] {
			d := float64(seen) - runs/n
			chi += d * d / (runs / n)
		}
		if chi > 80 { // of 39 degrees of freedom; above that in one of 10,000 cases
			t.Errorf("fall %d: chi-square %.1f: %v", i, chi, at[i][1:])
		}
	}
	p.Depth = 1
	if p.Begin(1); len(p.Falls()) != 0 {
		t.Errorf("depth 1 has falls: %v", p.Falls())
	}
}

// watched is pct and what it did.
type watched struct {
	search.PCT
	t     *testing.T
	fell  []scheduler.Key // what was passed over, in this run
	falls int             // in all runs
}

func (w *watched) Begin(seed uint64) {
	w.PCT.Begin(seed)
	w.fell = w.fell[:0]
}

func (w *watched) Pick(p *search.Pending) int {
	before, _ := p.Highest()
	width := p.Len()
	at := w.PCT.Pick(p)
	falls := slices.Contains(w.Falls(), w.Picks)
	switch {
	case !falls && at != before:
		w.t.Fatalf("pick %d, with falls before %v: it is not of the highest chain", w.Picks, w.Falls())
	case falls && width > 2 && at == before:
		w.t.Fatalf("pick %d, with falls before %v: the chain does not fall", w.Picks, w.Falls())
	case falls && at != before:
		w.fell = append(w.fell, p.Key(before))
		w.falls++
	case slices.Contains(w.fell, p.Key(at)) && width > 2:
		w.t.Fatalf("pick %d: a chain that has fallen is before %d others", w.Picks, width-1)
	}
	return at
}

// TestFall: pct picks the highest chain, but at a fall another; and what fell comes
// when nothing else is left that has not.
func TestFall(t *testing.T) {
	r := world(t, scenario(paxos.Protocol(), 3))
	w := &watched{PCT: search.PCT{Depth: 3, Length: 60}, t: t}
	for seed := range uint64(500) {
		r.Search(&search.Search{Picker: w, Budget: budget})
		r.Reset(seed, nil)
		if o := r.Run(); w.Picks > o.Events {
			t.Fatalf("%d picks, and %d events", w.Picks, o.Events)
		}
	}
	if w.falls < 500 {
		t.Errorf("only %d falls", w.falls)
	}
}
