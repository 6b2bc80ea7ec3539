package delays_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/delays"
)

func shaped(least, most scheduler.Time, shape delays.Shape) delays.Delay {
	return delays.Delay{Min: least, Max: most, Shape: shape}
}

var someTable = []delays.Point{{Chance: scheduler.Certain / 2, At: 10}, {Chance: scheduler.Certain / 10 * 9, At: 50}, {Chance: scheduler.Certain, At: 2000}}

// TestDelayWeights holds which weights each model has.
func TestDelayWeights(t *testing.T) {
	tests := []struct {
		name string
		d    delays.Delay
		want scheduler.Weights
	}{
		{"none", delays.Delay{}, scheduler.Uniform(1)},
		{"uniform", shaped(10, 200, delays.Shape{}), scheduler.Uniform(191)},
		{"exponential", shaped(10, 5000, delays.Shape{Model: delays.Exponential, Scale: 100}), scheduler.NewExponential(100, 4990)},
		{"log-normal", shaped(10, 5000, delays.Shape{Model: delays.LogNormal, Scale: 100, Sigma: 800}), scheduler.NewLogNormal(100, 800, 4990)},
		{"normal", shaped(10, 5000, delays.Shape{Model: delays.Normal, Mean: 400, Deviation: 50}), scheduler.NewNormal(390, 50, 4990)},
		{"pareto", shaped(10, 5000, delays.Shape{Model: delays.Pareto, Scale: 100, Alpha: 1500}), scheduler.NewPareto(100, 1500, 4990)},
		{"table", shaped(10, 2000, delays.Shape{Model: delays.Table, Table: someTable}), scheduler.NewEmpirical([]scheduler.Point{
			{Part: scheduler.FractionOf(1, 2)}, {Part: scheduler.FractionOf(9, 10), Outcome: 40}, {Part: scheduler.FractionOf(1, 1), Outcome: 1990}})},
	}
	for _, tt := range tests {
		got := tt.d.Weights()
		if got.Outcomes() != tt.want.Outcomes() || int64(got.Outcomes()) != int64(tt.d.Max-tt.d.Min)+1 {
			t.Errorf("%s: %d outcomes, want %d", tt.name, got.Outcomes(), tt.want.Outcomes())
		}
		for i := range uint64(1000) {
			u := scheduler.NewSeed(3).Hash(scheduler.Key(i))
			if g, w := got.Seeded(u), tt.want.Seeded(u); g != w {
				t.Fatalf("%s: draw %d is %d, want %d", tt.name, i, g, w)
			}
		}
	}
}

// TestTwiceMean holds the mean against draws in equal steps, and uniform's
// against the sum that it has always been.
func TestTwiceMean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		least := scheduler.Time(rapid.IntRange(0, 1000).Draw(t, "least"))
		d := shaped(least, least+scheduler.Time(rapid.IntRange(0, 100_000).Draw(t, "more")), delays.Shape{})
		if got := d.TwiceMean(); got != d.Min+d.Max {
			t.Fatalf("twice the mean of %v is %d", d, got)
		}
		d.Shape = rapid.SampledFrom([]delays.Shape{
			{Model: delays.Exponential, Scale: 100}, {Model: delays.Exponential, Scale: 100_000},
			{Model: delays.LogNormal, Scale: 1000, Sigma: 1500}, {Model: delays.Pareto, Scale: 500, Alpha: 1200}, {Model: delays.Pareto, Scale: 10, Alpha: 300},
		}).Draw(t, "shape")
		if rapid.Bool().Draw(t, "normal") {
			d.Max += 100
			d.Shape = delays.Shape{Model: delays.Normal, Mean: d.Min + 50, Deviation: 40}
		}
		if rapid.Bool().Draw(t, "table") {
			d = shaped(10, 2000, delays.Shape{Model: delays.Table, Table: someTable})
		}
		const n = 1 << 16
		sum, w := int64(0), d.Weights()
		for i := range uint64(n) {
			sum += int64(w.Seeded(i<<48 | 1<<47))
		}
		want := 2*d.Min + scheduler.Time(2*sum/n)
		if got, off := d.TwiceMean(), want/1000+2; got < want-off || got > want+off {
			t.Fatalf("twice the mean of %v is %d, want %d", d, got, want)
		}
	})
}

// TestLater: a delay that takes longer, or less long, spreads as it did.
func TestLater(t *testing.T) {
	for _, d := range []delays.Delay{
		shaped(10, 200, delays.Shape{}),
		shaped(10, 5000, delays.Shape{Model: delays.LogNormal, Scale: 100, Sigma: 800}),
		shaped(10, 5000, delays.Shape{Model: delays.Normal, Mean: 400, Deviation: 50}),
		shaped(10, 2000, delays.Shape{Model: delays.Table, Table: someTable}),
	} {
		before := fmt.Sprint(d)
		for _, by := range []scheduler.Time{-10, 7} {
			x := d.Later(by)
			x.Check(func(path, format string, args ...any) { t.Errorf("%v: %s: %s", x, path, fmt.Sprintf(format, args...)) }, "x")
			for i := range uint64(100) {
				u := scheduler.NewSeed(3).Hash(scheduler.Key(i))
				if g, w := x.Min+scheduler.Time(x.Weights().Seeded(u)), d.Min+scheduler.Time(d.Weights().Seeded(u))+by; g != w {
					t.Fatalf("%v, later by %d: %d, want %d", d, by, g, w)
				}
			}
			if back := fmt.Sprint(x.Later(-by)); back != before || fmt.Sprint(d) != before {
				t.Errorf("%s comes back as %s", before, back)
			}
		}
	}
}

// TestDelayProblems holds what is wrong with delays, and where.
func TestDelayProblems(t *testing.T) {
	exponential := delays.Shape{Model: delays.Exponential, Scale: 100}
	with := func(change func(*delays.Shape), s delays.Shape) delays.Shape { change(&s); return s }
	points := func(list ...delays.Point) delays.Shape { return delays.Shape{Model: delays.Table, Table: list} }
	half, certain := scheduler.Certain/2, scheduler.Certain
	tests := []struct {
		name string
		d    delays.Delay
		want string // the paths below network.delay of what is wrong
	}{
		{"none", delays.Delay{}, ""},
		{"uniform", shaped(1, 1<<31-1, delays.Shape{}), ""},
		{"exponential", shaped(1, 5, exponential), ""},
		{"widest", shaped(0, 1<<31-1, delays.Shape{Model: delays.LogNormal, Scale: 1<<31 - 1, Sigma: 10_000}), ""},
		{"steepest", shaped(0, 1<<31-1, delays.Shape{Model: delays.Pareto, Scale: 1, Alpha: 100}), ""},
		{"a constant", shaped(7, 7, points(delays.Point{Chance: certain, At: 7})), ""},
		{"table", shaped(10, 2000, delays.Shape{Model: delays.Table, Table: someTable}), ""},
		{"negative", shaped(-1, 5, delays.Shape{}), " "},
		{"the wrong way round", shaped(5, 1, delays.Shape{}), " "},
		{"too long", shaped(5, 1<<31, delays.Shape{}), " "},
		{"the wrong way round, with a model", shaped(5, 1, exponential), ".most"},
		{"no scale", shaped(1, 5, delays.Shape{Model: delays.Exponential}), ".exponential"},
		{"a scale too long", shaped(1, 5, delays.Shape{Model: delays.Exponential, Scale: 1 << 31}), ".exponential"},
		{"too wide", shaped(1, 5, delays.Shape{Model: delays.LogNormal, Scale: 1, Sigma: 10_001}), ".sigma"},
		{"normal", shaped(10, 30, delays.Shape{Model: delays.Normal, Mean: 10, Deviation: 1<<31 - 1}), ""},
		{"a constant by a normal", shaped(10, 30, delays.Shape{Model: delays.Normal, Mean: 30}), ""},
		{"a mean too short", shaped(10, 30, delays.Shape{Model: delays.Normal, Mean: 9, Deviation: 1}), ".normal"},
		{"a mean too long", shaped(10, 30, delays.Shape{Model: delays.Normal, Mean: 31, Deviation: 1}), ".normal"},
		{"a deviation too wide", shaped(10, 30, delays.Shape{Model: delays.Normal, Mean: 20, Deviation: 1 << 31}), ".deviation"},
		{"a deviation below 0", shaped(10, 30, delays.Shape{Model: delays.Normal, Mean: 20, Deviation: -1}), ".deviation"},
		{"normal with a scale", shaped(10, 30, delays.Shape{Model: delays.Normal, Mean: 20, Scale: 1}), " "},
		{"exponential with a mean", shaped(1, 5, with(func(s *delays.Shape) { s.Mean = 1 }, exponential)), " "},
		{"exponential with a deviation", shaped(1, 5, with(func(s *delays.Shape) { s.Deviation = 1 }, exponential)), " "},
		{"too steep", shaped(1, 5, delays.Shape{Model: delays.Pareto, Alpha: 99}), ".pareto .alpha"},
		{"too flat", shaped(1, 5, delays.Shape{Model: delays.Pareto, Scale: 1, Alpha: 100_001}), ".alpha"},
		{"uniform with a scale", shaped(1, 5, delays.Shape{Scale: 1}), " "},
		{"exponential with a sigma", shaped(1, 5, with(func(s *delays.Shape) { s.Sigma = 1 }, exponential)), " "},
		{"exponential with an alpha", shaped(1, 5, with(func(s *delays.Shape) { s.Alpha = 1 }, exponential)), " "},
		{"exponential with a table", shaped(1, 5, with(func(s *delays.Shape) { s.Table = someTable }, exponential)), " "},
		{"no such model", shaped(1, 5, delays.Shape{Model: 9}), " "},
		{"no points", shaped(1, 5, points()), ".table"},
		{"no end", shaped(1, 1, points(delays.Point{Chance: half, At: 1})), ".table.1"},
		{"chances that do not rise", shaped(1, 2, points(delays.Point{Chance: half, At: 1}, delays.Point{Chance: half, At: 1}, delays.Point{Chance: certain, At: 2})), ".table.2"},
		{"delays that fall", shaped(2, 1, points(delays.Point{Chance: half, At: 2}, delays.Point{Chance: certain, At: 1})), ".table.2"},
		{"before it is sent", shaped(-1, 1, points(delays.Point{Chance: half, At: -1}, delays.Point{Chance: certain, At: 1})), " "},
		{"more than certain", shaped(2, 2, points(delays.Point{Chance: certain + 1, At: 2})), ".table.1"},
		{"another least", shaped(0, 2000, delays.Shape{Model: delays.Table, Table: someTable}), ".table"},
		{"another greatest", shaped(10, 2001, delays.Shape{Model: delays.Table, Table: someTable}), ".table"},
	}
	for _, tt := range tests {
		var got []string
		tt.d.Check(func(path, format string, args ...any) {
			below, ok := strings.CutPrefix(path, "network.delay")
			if below == "" {
				below = " "
			}
			got = append(got, below)
			if text := fmt.Sprintf(format, args...); !ok || text == "" || strings.Contains(text, "%!") {
				t.Errorf("%s: %s: %s", tt.name, path, text)
			}
		}, "network.delay")
		if all := strings.Join(got, " "); all != tt.want {
			t.Errorf("%s: wrong are %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestCache: weights are made once for each delay, and are those of the delay. Delays
// that differ in anything have weights of their own. Uniform delays need none.
func TestCache(t *testing.T) {
	different := []delays.Delay{
		shaped(10, 5000, delays.Shape{Model: delays.Exponential, Scale: 100}),
		shaped(11, 5000, delays.Shape{Model: delays.Exponential, Scale: 100}),
		shaped(10, 5001, delays.Shape{Model: delays.Exponential, Scale: 100}),
		shaped(10, 5000, delays.Shape{Model: delays.Exponential, Scale: 101}),
		shaped(10, 5000, delays.Shape{Model: delays.LogNormal, Scale: 100, Sigma: 800}),
		shaped(10, 5000, delays.Shape{Model: delays.LogNormal, Scale: 100, Sigma: 801}),
		shaped(10, 5000, delays.Shape{Model: delays.Normal, Mean: 100, Deviation: 10}),
		shaped(10, 5000, delays.Shape{Model: delays.Normal, Mean: 101, Deviation: 10}),
		shaped(10, 5000, delays.Shape{Model: delays.Normal, Mean: 100, Deviation: 11}),
		shaped(10, 5000, delays.Shape{Model: delays.Pareto, Scale: 100, Alpha: 1500}),
		shaped(10, 5000, delays.Shape{Model: delays.Pareto, Scale: 100, Alpha: 1501}),
		shaped(10, 2000, delays.Shape{Model: delays.Table, Table: someTable}),
		shaped(10, 2000, delays.Shape{Model: delays.Table, Table: []delays.Point{someTable[0], {Chance: scheduler.Certain / 10 * 9, At: 51}, someTable[2]}}),
	}
	var c delays.Cache
	made := map[scheduler.Weights]int{}
	for i, d := range different {
		w := c.Weights(d)
		if first, is := made[w]; is {
			t.Errorf("delay %d has the weights of delay %d", i, first)
		}
		made[w] = i
		if own := d.Weights(); w.Outcomes() != own.Outcomes() || w.Seeded(1<<63) != own.Seeded(1<<63) {
			t.Errorf("delay %d: other weights than its own", i)
		}
	}
	for i, d := range different {
		d.Shape.Table = append([]delays.Point(nil), d.Shape.Table...) // equal, in memory of its own
		if w := c.Weights(d); made[w] != i || len(c) != len(different) {
			t.Errorf("delay %d is made again", i)
		}
	}
	if w := c.Weights(shaped(1, 5, delays.Shape{})); w != nil || len(c) != len(different) {
		t.Errorf("uniform delays have weights %v", w)
	}
}

// TestModelWords: files know each model by a word of its own.
func TestModelWords(t *testing.T) {
	words := map[string]bool{}
	for m := delays.Uniform; m <= delays.Table; m++ {
		words[m.String()] = true
	}
	if len(words) != 5 || words[""] {
		t.Errorf("the words are %v", words)
	}
}
