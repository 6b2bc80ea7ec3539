package paxos_test

import (
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/weather"
)

// duel is the work of DESIGN section 10: two duelling proposers, delays of 1 to
// 100 ticks, 1 % loss, 1 % duplicates.
func duel(n int) *sim.Scenario {
	return &sim.Scenario{
		Name: "duel", Tick: 100_000, Actors: n, Protocol: paxos.Protocol(),
		Network:  weather.Network{DelayMin: 1, DelayMax: 100, Loss: scheduler.Certain / 100, Duplicate: scheduler.Certain / 100},
		Requests: []sim.ScriptedRequest{{Actor: 1}, {Actor: 2}},
	}
}

func benchmark(b *testing.B, s *sim.Scenario) {
	r, err := s.Protocol.New(s)
	if err != nil {
		b.Fatal(err)
	}
	for seed := range uint64(100) {
		r.Reset(seed, nil)
		r.Run()
	}
	b.ReportAllocs()
	b.ResetTimer()
	var events uint64
	for i := range b.N {
		r.Reset(uint64(i), nil)
		events += r.Run().Events
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(events), "ns/event")
	b.ReportMetric(float64(events)/float64(b.N), "events/run")
}

func BenchmarkDuel(b *testing.B) {
	b.Run("5", func(b *testing.B) { s := duel(5); s.Invariants = []string{}; benchmark(b, s) })
	b.Run("5-invariants", func(b *testing.B) { benchmark(b, duel(5)) })
	b.Run("5-crashes", func(b *testing.B) {
		s := duel(5)
		s.Invariants = []string{}
		s.Crashes = faults.Crashes{Chance: scheduler.Certain / 1000, DownMin: 100, DownMax: 400}
		benchmark(b, s)
	})
	b.Run("5-disk", func(b *testing.B) {
		s := duel(5)
		s.Invariants = []string{}
		s.Disk.Sync = 10
		benchmark(b, s)
	})
	b.Run("51", func(b *testing.B) { s := duel(51); s.Invariants = []string{}; benchmark(b, s) })
	b.Run("1001", func(b *testing.B) { s := duel(1001); s.Invariants = []string{}; benchmark(b, s) })
}
