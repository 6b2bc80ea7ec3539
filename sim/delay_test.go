package sim_test

import (
	"strings"
	"testing"

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

// TestDelayProblems: a scenario tells of a delay that is wrong, at its path: that of
// the network, of a period and of a fault.
func TestDelayProblems(t *testing.T) {
	wrong := shaped(5, 1, delays.Shape{})
	calm := weather.Unchanged()
	calm.Delay = &wrong
	s := &sim.Scenario{Tick: 1000, Actors: 2, Protocol: pingPong()}
	if ps := s.Check(); len(ps) > 0 {
		t.Fatalf("with nothing wrong: %v", ps)
	}
	s.Network = weather.Network{DelayMin: wrong.Min, DelayMax: wrong.Max}
	s.Periods = []weather.Period{{For: 1, Weather: calm, Crashes: weather.Same}}
	s.Faults = []faults.Fault{{Name: "slow", Until: 1, Weather: &calm}}
	var got []string
	for _, p := range s.Check() {
		got = append(got, p.Path)
		if p.Text == "" || strings.Contains(p.Text, "%!") {
			t.Errorf("%+v", p)
		}
	}
	if want := "network.delay periods.1.delay faults.slow.weather.delay"; strings.Join(got, " ") != want {
		t.Errorf("wrong are %q, want %q", got, want)
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
		{"normal", shaped(5, 100, delays.Shape{Model: delays.Normal, Mean: 40, Deviation: 20}), 300, nil},
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
