package report

import (
	"math"
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/partitions"
	"github.com/paxsim/paxsim/sim/weather"
)

// TestFaultsAreTold holds what is said of each family: what was asked for against
// what happened, and that what never struck does not pass for survived.
func TestFaultsAreTold(t *testing.T) {
	const half = 1 << 31
	tests := []struct {
		name, why string
		change    func(s *sim.Scenario)
		happened  [faults.Families]faults.Tally
		want      string
	}{
		{"none", "", func(*sim.Scenario) {}, [faults.Families]faults.Tally{}, "none were asked for"},
		{"loss", "three figures are enough", func(s *sim.Scenario) { s.Network.Loss = scheduler.Certain / 2 },
			[faults.Families]faults.Tally{faults.FamilyLoss: {Chances: 12_345, Struck: 6000, Expected: 12_345 * half}},
			"loss 48.6% of 12,345 messages (50% asked for)"},
		{"a period", "a family is on if it is in any weather, and what was asked for is the mean", func(s *sim.Scenario) {
			x := weather.Unchanged()
			x.Corrupt = scheduler.Certain / 2
			s.Periods = []weather.Period{{For: 10_000, Weather: x, Crashes: weather.Same}}
		},
			[faults.Families]faults.Tally{faults.FamilyCorrupt: {Chances: 1000, Struck: 1, Expected: 500 * half}},
			"corrupt 0.1% of 1,000 messages (25% asked for), until 1 s"},
		{"on a link", "", func(s *sim.Scenario) {
			x := weather.Unchanged()
			x.Forge = scheduler.Certain
			s.Faults = []faults.Fault{{Weather: &x}}
		},
			[faults.Families]faults.Tally{faults.FamilyForge: {Chances: 1, Struck: 1, Expected: 1 << 32}, faults.FamilyWeather: {Struck: 1}},
			"forge 100% of 1 message (100% asked for), 1 named local weather began 1 time"},
		{"nothing to strike", "a chance that nobody met", func(s *sim.Scenario) { s.Crashes.Chance = 1 },
			[faults.Families]faults.Tally{}, "crashes of no effect (never struck)"},
		{"rare", "a small chance keeps its figures", func(s *sim.Scenario) { s.Crashes.Chance = 1 },
			[faults.Families]faults.Tally{faults.FamilyCrash: {Chances: 1000, Expected: 4 * 1000}},
			"crashes 0% of 1,000 effects (0.0000000931% asked for) (never struck)"},
		{"capacity", "", func(s *sim.Scenario) { s.Network.Capacity = 3 },
			[faults.Families]faults.Tally{faults.FamilyEvict: {Struck: 7}}, "evicted 7"},
		{"room enough", "", func(s *sim.Scenario) { s.Network.Capacity = 3 }, [faults.Families]faults.Tally{}, "evicted 0 (never struck)"},
		{"named", "each family by itself", func(s *sim.Scenario) {
			s.Faults = []faults.Fault{{Split: [][]sim.ID{{1}}}, {Cut: &partitions.Cut{}}, {Clog: &aims.Links{}}, {Crash: aims.These(1)}, {Pause: aims.These(1)}}
		},
			[faults.Families]faults.Tally{faults.FamilyCut: {Struck: 20}, faults.FamilyClog: {Struck: 1}, faults.FamilyPause: {Struck: 2}},
			"2 named cuts began 20 times, 1 named clog began 1 time, 1 named crash (never struck), 1 named pause began 2 times"},
	}
	for _, tt := range tests {
		s := scene()
		s.Network = weather.Network{}
		tt.change(s)
		m := NewSummary(s)
		r := undecided(s, 1)
		r.Families = tt.happened[:]
		m.Add(&r)
		if got, want := m.faults(), "dropped 0, duplicated 0, crashes 0; "+tt.want; got != want {
			t.Errorf("%s:\ngot  %s\nwant %s\n%s", tt.name, got, want, tt.why)
		}
	}
}

// TestFamiliesAddUp holds that what many runs expect does not overflow.
func TestFamiliesAddUp(t *testing.T) {
	var fs families
	o := sim.Outcome{Families: make([]faults.Tally, faults.Families)}
	o.Families[faults.FamilyLoss] = faults.Tally{Chances: 1 << 32, Struck: 1 << 31, Expected: math.MaxUint64}
	for range 8 {
		fs.add(&o)
	}
	if f := fs[faults.FamilyLoss]; f.high != 7 || f.asked != 8<<32 || f.struck != 4<<32 {
		t.Errorf("%+v", f)
	}
}
