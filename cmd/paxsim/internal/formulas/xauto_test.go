package formulas

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// xAll makes all measurements of the table of the computed x anew, which takes a
// minute. Without it two of each row are made again and compared.
var xAll = flag.Bool("xall", false, "with -update: measure the whole table of the computed x, and write it to testdata/x.txt")

// xMean is the mean delay of the worlds of the table, in ticks.
const xMean = 20

// xSizes are the numbers of actors of the table, and how many runs there are a
// point: so many that the standard error of each is below 1 %.
var xSizes = []struct {
	n    int
	runs uint64
}{{2, 8000}, {3, 8000}, {4, 6000}, {5, 5000}, {7, 5000}, {9, 4000}, {17, 3000}, {33, 3000}}

// xDelays are the delays of the table, all with a mean of 20 ticks.
var xDelays = []struct{ name, text string }{
	{"constant", "d"}, {"uniform", "0 to 2d"}, {"exponential", "exponential, cut at 10d"},
}

// xTimes are the chances of the table, in hundredths of x*. The greatest is
// always to propose at once.
var xTimes = []int{35, 50, 70, 85, 100, 120, 140, 170, 200, 250, 300, 400, 600, 1200, 2000, xAlways}

const xAlways = 0 // x = 1

// xWorld is a world of the table.
func xWorld(n int, delay string, times int) *sim.Scenario {
	s := world(n, xMean)
	s.ByChance = true
	switch delay {
	case "uniform":
		s.Network.DelayMin, s.Network.DelayMax = 0, 2*xMean
	case "exponential":
		s.Network.DelayMin, s.Network.DelayMax = 0, 10*xMean
		s.Network.Shape = delays.Shape{Model: delays.Exponential, Scale: xMean}
	}
	switch x := int64(times) * 1e7 / (2 * xMean * int64(n-1)); {
	case times == 100: // as computed
	case times == xAlways || x > 1e9:
		set(s, "x", 1e9)
	default:
		set(s, "x", x)
	}
	return s
}

// xRow is the measured means of one number of actors and one kind of delay.
type xRow struct {
	n     int
	delay string
	runs  uint64
	mean  []float64 // by xTimes, in d; 0: not measured
	err   []float64
}

// measured says whether a chance is measured: of many actors the eager ones take
// long, and are far from the best.
func (r *xRow) measured(times int) bool {
	switch {
	case times == xAlways:
		return r.n <= 5 || r.delay == "constant"
	case r.n <= 3:
		return true
	case r.n <= 5:
		return times <= 600
	}
	return times <= 300
}

// measure makes the runs of one point.
func (r *xRow) measure(t testing.TB, i int) {
	var s sample
	runs(t, xWorld(r.n, r.delay, xTimes[i]), r.runs, func(w sim.Runner) float64 {
		return float64(w.Outcome().DecideTime)
	}, s.add)
	r.mean[i], r.err[i] = rounded(s.mean()/xMean), rounded(s.err()/xMean)
}

// rounded is a figure as the table keeps it.
func rounded(v float64) float64 { return math.Round(v*1e4) / 1e4 }

// best is the chance below 1 of the least mean, and auto the one that is computed.
func (r *xRow) best() (best int) {
	for i, m := range r.mean[:len(r.mean)-1] {
		if m > 0 && (r.mean[best] == 0 || m < r.mean[best]) {
			best = i
		}
	}
	return best
}

func (r *xRow) auto() (i int) {
	for xTimes[i] != 100 {
		i++
	}
	return i
}

// above is how far the computed chance is above the best, as a fraction.
func (r *xRow) above() float64 { return r.mean[r.auto()]/r.mean[r.best()] - 1 }

const xFile = "testdata/x.txt"

// xTable is the table, as it was measured.
var xTable = once(func(t testing.TB) (rows []*xRow) {
	text, err := os.ReadFile(xFile)
	if err != nil && !*xAll {
		t.Fatal(err)
	}
	for _, size := range xSizes {
		for _, d := range xDelays {
			rows = append(rows, &xRow{n: size.n, delay: d.name, runs: size.runs, mean: make([]float64, len(xTimes)), err: make([]float64, len(xTimes))})
		}
	}
	if *xAll {
		var b bytes.Buffer
		fmt.Fprintf(&b, "# made by go test ./cmd/paxsim/internal/formulas -run XAuto -xall -update: mean decide times in units of the mean delay, and their standard errors, by hundredths of x* (%d: x = 1)\n", xAlways)
		for _, r := range rows {
			fmt.Fprint(&b, r.n, " ", r.delay, " ", r.runs)
			for i, times := range xTimes {
				if r.measured(times) {
					r.measure(t, i)
					fmt.Fprintf(&b, " %d:%.4f:%.4f", times, r.mean[i], r.err[i])
				}
			}
			fmt.Fprintln(&b)
		}
		if *update {
			if err := os.WriteFile(xFile, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if !bytes.Equal(text, b.Bytes()) {
			t.Errorf("%s is not what the runs say", xFile)
		}
		return rows
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Scan() // what made it
	for _, r := range rows {
		if !lines.Scan() {
			t.Fatalf("%s ends early", xFile)
		}
		f := strings.Fields(lines.Text())
		if want := fmt.Sprint(r.n, " ", r.delay, " ", r.runs); len(f) < 3 || strings.Join(f[:3], " ") != want {
			t.Fatalf("%s: %q, expected %q", xFile, lines.Text(), want)
		}
		f = f[3:]
		for i, times := range xTimes {
			if !r.measured(times) {
				continue
			}
			var is int
			if len(f) == 0 {
				t.Fatalf("%s: %d actors, %s: too few points", xFile, r.n, r.delay)
			}
			if _, err := fmt.Sscanf(f[0], "%d:%g:%g", &is, &r.mean[i], &r.err[i]); err != nil || is != times {
				t.Fatalf("%s: %d actors, %s: %q, expected the point %d", xFile, r.n, r.delay, f[0], times)
			}
			f = f[1:]
		}
	}
	return rows
})

// From xFirst to xLast each standard error is held below 1 %.
const xFirst, xLast = 70, 140

// xHolds is how far from the best the computed chance is where the law is meant
// to hold, and how far at most where few actors leave it.
const (
	xHolds = .05
	xWorst = .45
)

// exempt says whether the law is not meant to hold for a row: where few actors
// wait for so few others that it pays to be more eager.
func (r *xRow) exempt() bool {
	return r.n == 2 && r.delay == "constant" || r.n == 3 && r.delay != "uniform"
}

// TestXAuto: the computed chance is within 5 % of the best for four actors and
// more, and elsewhere as far from it as the page says. What was measured is
// measured again: of each row the computed chance and the best.
func TestXAuto(t *testing.T) {
	t.Parallel()
	for _, r := range xTable(t) {
		auto, best := r.auto(), r.best()
		for i, m := range r.mean {
			if m > 0 && r.err[i] > .01*m && xTimes[i] >= xFirst && xTimes[i] <= xLast {
				t.Errorf("%d actors, %s, %d hundredths of x*: a standard error of %.2f %%", r.n, r.delay, xTimes[i], 100*r.err[i]/m)
			}
		}
		most := xHolds
		if r.exempt() {
			if most = xWorst; r.above() <= xHolds {
				t.Errorf("%d actors, %s: %.1f %% above the best: the law holds there too", r.n, r.delay, 100*r.above())
			}
		}
		if r.above() > most {
			t.Errorf("%d actors, %s: the computed x is %.1f %% above the best", r.n, r.delay, 100*r.above())
		}
		if always := r.mean[len(r.mean)-1]; r.delay == "constant" && always != 4 {
			t.Errorf("%d actors that always propose at once take %.4f d, not 4", r.n, always)
		}
		again := xRow{n: r.n, delay: r.delay, runs: r.runs, mean: make([]float64, len(xTimes)), err: make([]float64, len(xTimes))}
		for _, i := range []int{auto, best} {
			if again.measure(t, i); again.mean[i] != r.mean[i] || again.err[i] != r.err[i] {
				t.Errorf("%d actors, %s, %d hundredths of x*: %.4f ± %.4f, kept is %.4f ± %.4f: go test ./cmd/paxsim/internal/formulas -run XAuto -xall -update measures the table anew",
					r.n, r.delay, xTimes[i], again.mean[i], again.err[i], r.mean[i], r.err[i])
			}
		}
	}
}

// find is a row of the table.
func find(list []*xRow, n int, delay string) *xRow {
	for _, r := range list {
		if r.n == n && r.delay == delay {
			return r
		}
	}
	panic("there is no such row")
}

// eager is what the least eager chance that is within 5 % of the best for two
// actors and a constant delay costs them if delays are uniform, as a multiple of
// the best there.
func eager(list []*xRow) float64 {
	constant, uniform := find(list, 2, "constant"), find(list, 2, "uniform")
	for i, m := range constant.mean {
		if m <= (1+xHolds)*constant.mean[constant.best()] {
			return uniform.mean[i] / uniform.mean[uniform.best()]
		}
	}
	panic("no chance is near the best")
}

func xAutoSection(list []*xRow) string {
	head := []string{"N"}
	for _, d := range xDelays {
		head = append(head, d.text+": mean at x\\*", "best at", "x\\* above the best")
	}
	table := [][]string{head}
	var made uint64
	for i := 0; i < len(list); i += len(xDelays) {
		row := []string{fmt.Sprint(list[i].n)}
		for _, r := range list[i : i+len(xDelays)] {
			mark := ""
			if r.exempt() {
				mark = "**"
			}
			row = append(row, fmt.Sprintf("%.2f d", r.mean[r.auto()]), fmt.Sprintf("%.2f x\\*", float64(xTimes[r.best()])/100), fmt.Sprintf("%s%.1f %%%[1]s", mark, 100*r.above()))
			for _, times := range xTimes {
				if r.measured(times) {
					made += r.runs
				}
			}
		}
		table = append(table, row)
	}
	return fmt.Sprintf(`## Where the x-law holds

The same measurement for N from 2 to 33 and three kinds of delay, each with a mean d of %d ticks: constant, uniform from 0 to 2d, and exponential with a mean of d, cut at 10d. "Best at" is the best chance of the sweep, as a multiple of x\*. The last column of each kind says how far the mean at x\* is above the mean at the best chance.

- **N from 4 on**: x\* is within %.0f %% of the best, for all three kinds.
- **N = 2 and 3 at a constant delay**: the more eager, the better. An actor that starts less than d after another has not heard of it, and one of the two rounds still decides.
- **N = 3 and exponential delays**: a proposer needs the faster one of two answers. More eager actors do better, and a wide range of chances is nearly as good.
- **x = 1 at a constant delay**: all start in the same tick, in lockstep, and the highest number decides after 4d, for every N. Nothing of that is left once delays differ: with uniform delays and N = 4 it takes %.0f d.

For N = 2, a chance near the best at a constant delay is %.0f %% and more above the best with uniform delays. So no one chance does for both, and `+"`auto`"+` computes x\* for all N.

`, xMean, 100*xHolds, find(list, 4, "uniform").mean[len(xTimes)-1], 100*(eager(list)-1)) + rows(table) + fmt.Sprintf(`
%s runs, under the same seeds at every point; the standard error of each mean from %.1f to %.1f x\* is below 1 %%. Held by `+"`TestXAuto`"+`, which makes the runs at x\* and at the best again; `+"`go test ./cmd/paxsim/internal/formulas -run XAuto -xall -update`"+` makes all.
`, say.Count(made), float64(xFirst)/100, float64(xLast)/100)
}
