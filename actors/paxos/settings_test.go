package paxos_test

import (
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/delays"
)

// TestMeanDelay holds which delay x: auto is made of, 1/(2 (mean + save) (N-1)):
// that of the model, and not the middle between the least and the greatest.
func TestMeanDelay(t *testing.T) {
	tests := []struct {
		name string
		net  sim.Network
		want string
	}{
		{"constant", sim.Network{DelayMin: 100, DelayMax: 100}, "1/840"},
		{"uniform", sim.Network{DelayMin: 1, DelayMax: 100}, "1/444"},
		{"exponential", sim.Network{DelayMin: 10, DelayMax: 100_000, Shape: delays.Shape{Model: delays.Exponential, Scale: 100}}, "1/920"},
		{"log-normal", sim.Network{DelayMin: 0, DelayMax: 100_000, Shape: delays.Shape{Model: delays.LogNormal, Scale: 100}}, "1/840"},
		{"pareto", sim.Network{DelayMin: 10, DelayMax: 1 << 30, Shape: delays.Shape{Model: delays.Pareto, Scale: 100, Alpha: 3000}}, "1/520"},
		{"table", sim.Network{DelayMin: 10, DelayMax: 90, Shape: delays.Shape{Model: delays.Table,
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
