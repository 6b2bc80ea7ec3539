package sim_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/weather"
)

func shaped(least, most sim.Time, shape delays.Shape) delays.Delay {
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
		if d := (weather.Network{DelayMin: tt.d.Min, DelayMax: tt.d.Max, Shape: tt.d.Shape}).Delay(); fmt.Sprint(d) != fmt.Sprint(tt.d) {
			t.Errorf("%s: the network's delay is %v, want %v", tt.name, d, tt.d)
		}
	}
}

// TestTwiceMean holds the mean against draws in equal steps, and uniform's
// against the sum that it has always been.
func TestTwiceMean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		least := sim.Time(rapid.IntRange(0, 1000).Draw(t, "least"))
		d := shaped(least, least+sim.Time(rapid.IntRange(0, 100_000).Draw(t, "more")), delays.Shape{})
		if got := d.TwiceMean(); got != d.Min+d.Max {
			t.Fatalf("twice the mean of %v is %d", d, got)
		}
		d.Shape = rapid.SampledFrom([]delays.Shape{
			{Model: delays.Exponential, Scale: 100}, {Model: delays.Exponential, Scale: 100_000},
			{Model: delays.LogNormal, Scale: 1000, Sigma: 1500}, {Model: delays.Pareto, Scale: 500, Alpha: 1200}, {Model: delays.Pareto, Scale: 10, Alpha: 300},
		}).Draw(t, "shape")
		if rapid.Bool().Draw(t, "table") {
			d = shaped(10, 2000, delays.Shape{Model: delays.Table, Table: someTable})
		}
		const n = 1 << 16
		sum, w := int64(0), d.Weights()
		for i := range uint64(n) {
			sum += int64(w.Seeded(i<<48 | 1<<47))
		}
		want := 2*d.Min + sim.Time(2*sum/n)
		if got, off := d.TwiceMean(), want/1000+2; got < want-off || got > want+off {
			t.Fatalf("twice the mean of %v is %d, want %d", d, got, want)
		}
	})
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
		s := &sim.Scenario{Tick: 1000, Actors: 2, Protocol: pingPong(), Network: weather.Network{DelayMin: tt.d.Min, DelayMax: tt.d.Max, Shape: tt.d.Shape}}
		var got []string
		for _, p := range s.Check() {
			below, ok := strings.CutPrefix(p.Path, "network.delay")
			if below == "" {
				below = " "
			}
			got = append(got, below)
			if !ok || p.Text == "" || strings.Contains(p.Text, "%!") {
				t.Errorf("%s: %+v", tt.name, p)
			}
		}
		if all := strings.Join(got, " "); all != tt.want {
			t.Errorf("%s: wrong are %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestDelaysAreDrawn: in a world, messages and their doubles take as long as the
// model says of the hash of the choice's name. So it is from the start, after the
// calm, and where a fault makes a weather of another model.
func TestDelaysAreDrawn(t *testing.T) {
	exponential := shaped(5, 5000, delays.Shape{Model: delays.Exponential, Scale: 30})
	slower := shaped(5, 5000, delays.Shape{Model: delays.Exponential, Scale: 300})
	tests := []struct {
		name      string
		d         delays.Delay
		until     sim.Time
		elsewhere *delays.Delay // what the network has that the fault replaces
	}{
		{"exponential", exponential, 0, nil},
		{"exponential, calm in the middle", exponential, 300, nil},
		{"log-normal", shaped(5, 5000, delays.Shape{Model: delays.LogNormal, Scale: 30, Sigma: 900}), 300, nil},
		{"pareto", shaped(0, 50_000, delays.Shape{Model: delays.Pareto, Scale: 20, Alpha: 1500}), 300, nil},
		{"table", shaped(10, 2000, delays.Shape{Model: delays.Table, Table: someTable}), 0, nil},
		{"by a fault", slower, 0, &exponential},
		{"by a fault, calm in the middle", slower, 300, &exponential},
	}
	for _, tt := range tests {
		s := rough(4)
		s.Until = tt.until
		net := tt.d
		if tt.elsewhere != nil {
			net = *tt.elsewhere
			weather := weather.Unchanged()
			weather.Delay = &tt.d
			s.Faults = append(s.Faults, faults.Fault{Name: "slow", Until: faults.Forever, Weather: &weather})
		}
		s.Network.DelayMin, s.Network.DelayMax, s.Network.Shape = net.Min, net.Max, net.Shape
		r, w, words := runner(t, s), tt.d.Weights(), s.Protocol.Vocabulary()
		asked, doubles := 0, 0
		for seed := range uint64(50) {
			r.Reset(seed, nil)
			plain := r.Run().Digest
			rec := new(scheduler.Recording)
			r.Reset(seed, rec)
			if r.Run().Digest != plain {
				t.Fatalf("%s, seed %d: recording it makes another run", tt.name, seed)
			}
			for _, a := range rec.List {
				name := words.KeyText(a.Key)
				if !strings.HasPrefix(name, "delay") {
					continue
				}
				asked++
				if strings.HasPrefix(name, "delay-copy") {
					doubles++
				}
				if want := w.Seeded(scheduler.NewSeed(seed).Hash(a.Key)); a.Answer != want || a.Outcomes != w.Outcomes() {
					t.Fatalf("%s, seed %d: %s is %d of %d, want %d of %d", tt.name, seed, name, a.Answer, a.Outcomes, want, w.Outcomes())
				}
			}
		}
		if asked < 1000 || doubles < 20 {
			t.Errorf("%s: only %d messages and %d doubles", tt.name, asked, doubles)
		}
	}
}
