package paxos_test

import (
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/weather"
)

// TestMeanDelay holds which delay x: auto is made of, 1/(2 (mean + save) (N-1)):
// that of the model, and not the middle between the least and the greatest.
func TestMeanDelay(t *testing.T) {
	tests := []struct {
		name string
		net  weather.Network
		want string
	}{
		{"constant", weather.Network{DelayMin: 100, DelayMax: 100}, "1/840"},
		{"uniform", weather.Network{DelayMin: 1, DelayMax: 100}, "1/444"},
		{"exponential", weather.Network{DelayMin: 10, DelayMax: 100_000, Shape: delays.Shape{Model: delays.Exponential, Scale: 100}}, "1/920"},
		{"log-normal", weather.Network{DelayMin: 0, DelayMax: 100_000, Shape: delays.Shape{Model: delays.LogNormal, Scale: 100}}, "1/840"},
		{"pareto", weather.Network{DelayMin: 10, DelayMax: 1 << 30, Shape: delays.Shape{Model: delays.Pareto, Scale: 100, Alpha: 3000}}, "1/520"},
		{"normal", weather.Network{DelayMin: 10, DelayMax: 190, Shape: delays.Shape{Model: delays.Normal, Mean: 100, Deviation: 10}}, "1/840"},
		{"places", weather.Network{DelayMin: 90, DelayMax: 90, Places: &weather.Places{Names: []string{"a", "b"}, Of: []uint8{0, 0, 0, 0, 1},
			Delay: [][]scheduler.Time{{1, 40}, {8, 0}}}}, "1/840"}, // 90 + (12·1 + 4·40 + 4·8)/20, doubled, is 200.4
		{"table", weather.Network{DelayMin: 10, DelayMax: 90, Shape: delays.Shape{Model: delays.Table,
			Table: []delays.Point{{Chance: scheduler.Certain / 2, At: 10}, {Chance: scheduler.Certain, At: 90}}}}, "1/280"},
	}
	for _, tt := range tests {
		s := calm(5)
		s.Network, s.Disk.Sync = tt.net, 5
		plan, _ := s.Protocol.Resolve(s)
		if got := plan.Lines[0]; got.Name != "x" || got.Text != tt.want {
			t.Errorf("%s: %s is %s, want %s", tt.name, got.Name, got.Text, tt.want)
		}
	}
}
