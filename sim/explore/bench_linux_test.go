package explore_test

import (
	"context"
	"syscall"
	"testing"
	"time"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explore"
)

// cpuTime is what the process has taken of the processor so far: other work on the machine
// does not count in it.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// look makes one look in a benchmark, and tells the pace.
func look(b *testing.B, s *sim.Scenario, scope sim.Scope, o explore.Options) {
	b.ReportAllocs()
	states, cpu := 0, cpuTime()
	for b.Loop() {
		r, err := explore.Check(context.Background(), s, scope, o)
		if err != nil {
			b.Fatal(err)
		}
		states += r.States
	}
	b.ReportMetric(float64(states)/(cpuTime()-cpu).Seconds(), "states/cpu-s")
}

func BenchmarkSpec3(b *testing.B) {
	s := spec(3)
	look(b, s, s.Protocol.Scope(s), explore.Options{})
}

func BenchmarkPaxos(b *testing.B) {
	s := duel()
	look(b, s, s.Protocol.Scope(s), explore.Options{States: 2_000_000})
}

func BenchmarkPaxosInline(b *testing.B) {
	s := duel()
	scope := s.Protocol.Scope(s)
	scope.Inline, scope.Crashes = true, 1
	look(b, s, scope, explore.Options{States: 1_000_000})
}

// BenchmarkWorkers says how many times as fast two workers are as one, by the clock: the two
// take turns, so that other work on the machine meets both.
func BenchmarkWorkers(b *testing.B) {
	s := duel()
	scope := s.Protocol.Scope(s)
	var took [2]time.Duration
	for b.Loop() {
		for i := range took {
			began := time.Now()
			if _, err := explore.Check(context.Background(), s, scope, explore.Options{States: 2_000_000, Workers: i + 1}); err != nil {
				b.Fatal(err)
			}
			took[i] += time.Since(began)
		}
	}
	b.ReportMetric(took[0].Seconds()/took[1].Seconds(), "x-one-worker")
}
