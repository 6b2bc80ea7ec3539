package bench

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// TestMedianRank: the ranks of the intervals are those of the tables of the sign test.
func TestMedianRank(t *testing.T) {
	for n, want := range map[int]int{1: 0, 5: 0, 6: 1, 8: 1, 9: 2, 10: 2, 11: 2, 12: 3, 20: 6, 25: 8, 50: 18, 100: 40, 1000: 469} {
		if got := medianRank(n); got != want {
			t.Errorf("of %d: the interval is from the %d. least on, and should be from the %d.", n, got, want)
		}
	}
}

// geometric is how many tries there are up to the first that succeeds, with a
// probability p each; and median the median of that.
func geometric(r *rand.Rand, p float64) uint64 {
	return 1 + uint64(math.Log(1-r.Float64())/math.Log1p(-p))
}

func median(p float64) uint64 {
	return max(1, uint64(math.Ceil(math.Log(0.5)/math.Log1p(-p)-1e-9)))
}

// TestIntervalsCover: of hunts whose runs are independent, so that how many there are
// to the first find is geometric, 95% of the intervals hold the true median, however
// many repetitions there are, and where the first of them say how many; and no
// narrower interval of its kind would.
func TestIntervalsCover(t *testing.T) {
	const cells = 2000
	margin := 3 * math.Sqrt(0.95*0.05/cells)
	b := &Bench{Settings: &Settings{Least: 10, Most: 100, CellRuns: 100_000, Runs: 1_000_000}}
	r := rand.New(rand.NewPCG(11, 4))
	for _, p := range []float64{0.5, 0.3, 0.01, 0.0005, 0.0001} {
		for _, n := range []uint64{6, 10, 33, 100, 0} { // 0: as many as the rule says
			held, narrower, repetitions := 0, 0, uint64(0)
			for range cells {
				rows, c := Rows{}, Cell{Agreement, "a", "walk"}
				b.Least, b.Most = n, n
				if n == 0 {
					b.Least, b.Most = 10, 100
				}
				for i := uint64(0); i < b.Wanted(rows, c); i++ {
					j := Job{c, i + 1}
					rows[j] = Row{Runs: geometric(r, p), Found: "agreement"}
				}
				s := b.stats(rows, c)
				repetitions += s.Done
				if s.Done != s.Wanted || !s.Runs.Known {
					t.Fatalf("%+v", s)
				}
				if m := median(p); s.Runs.Low.N <= m && m <= s.Runs.High.N {
					held++
				}
				var list []Amount
				for _, row := range rows {
					list = append(list, Amount{row.Runs, false})
				}
				spreadOf(list) // sorts it
				k := medianRank(len(list)) + 1
				if m := median(p); k <= len(list)/2 && list[k-1].N <= m && m <= list[len(list)-k].N {
					narrower++
				}
			}
			name := fmt.Sprintf("p %v, %d repetitions", p, n)
			share := float64(held) / cells
			t.Logf("%s (%d in the mean): %.1f%% hold the median; the next narrower would in %.1f%%", name, repetitions/cells, 100*share, 100*float64(narrower)/cells)
			if share < 0.95-margin {
				t.Errorf("%s: only %.1f%% of intervals hold the median", name, 100*share)
			}
			if p < 0.1 && n != 0 && float64(narrower)/cells > 0.95+margin {
				t.Errorf("%s: narrower intervals would do", name)
			}
		}
	}
}

// TestRatiosCover: of two cells with a known ratio of their medians, 90% of the
// intervals of the ratio hold it.
func TestRatiosCover(t *testing.T) {
	const cells = 2000
	r := rand.New(rand.NewPCG(5, 6))
	of := func(p float64) Stats {
		var list []Amount
		for range 30 {
			list = append(list, Amount{geometric(r, p), false})
		}
		return Stats{Done: 30, Found: 30, Runs: spreadOf(list)}
	}
	held := 0
	want := 100 * median(0.001) / median(0.004)
	for range cells {
		x := ratio(of(0.001), of(0.004))
		if !x.Known || x.Low > x.Hundredths || x.Hundredths > x.High {
			t.Fatalf("%+v", x)
		}
		if x.Low <= want && want <= x.High {
			held++
		}
	}
	if held < cells*90/100 {
		t.Errorf("%d of %d intervals hold the ratio", held, cells)
	}
}

// TestWanted: the first repetitions say how many there are to be.
func TestWanted(t *testing.T) {
	b := &Bench{Settings: &Settings{Least: 10, Most: 100, CellRuns: 2_000_000, Runs: 500_000}}
	c := Cell{Agreement, "a", "walk"}
	rows := func(n int, runs uint64) Rows {
		list := Rows{}
		for i := range n {
			list[Job{c, uint64(i + 1)}] = Row{Runs: runs}
		}
		return list
	}
	for _, tt := range []struct {
		why    string
		rows   Rows
		choice uint64
		want   uint64
	}{
		{"nothing is known", nil, 0, 10},
		{"nine are not enough to tell", rows(9, 1), 0, 10},
		{"cheap ones", rows(10, 1), 0, 100},
		{"just cheap enough", rows(10, 20_000), 0, 100},
		{"dearer", rows(10, 40_000), 0, 50},
		{"too dear for more", rows(10, 500_000), 0, 10},
		{"only the first so many", rows(10, 1), 7, 7},
		{"up to so many", rows(10, 1), 30, 30},
		{"up to so many, if they are cheap", rows(10, 100_000), 30, 20},
		{"what comes later does not count", rows(60, 40_000), 0, 50},
	} {
		b.Choice.Repetitions = tt.choice
		if got := b.Wanted(tt.rows, c); got != tt.want {
			t.Errorf("%s: %d repetitions, want %d", tt.why, got, tt.want)
		}
	}
	b.Choice.Repetitions = 0
	if s := b.stats(rows(60, 40_000), c); s.Done != 50 || s.Wanted != 50 {
		t.Errorf("of 60 rows 50 are wanted, and it is %+v", s)
	}
}
