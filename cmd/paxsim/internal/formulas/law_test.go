package formulas

import (
	"math"
	"runtime"
	"sync"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/weather"
)

func TestMain(m *testing.M) { tally.Main(m) }

// never is a wait that no run of these lasts.
const never = 1 << 28

// world is n actors of Paxos and a constant delay, nobody asks for anything, and
// nobody watches.
func world(n int, delay sim.Time) *sim.Scenario {
	return &sim.Scenario{Name: "law", Tick: 100_000, Actors: n, Protocol: paxos.Protocol(), Invariants: []string{},
		Network: weather.Network{DelayMin: delay, DelayMax: delay}}
}

// set gives a setting of the protocol a value.
func set(s *sim.Scenario, name string, v int64) {
	list := s.Protocol.Settings()
	if s.Settings == nil {
		for _, x := range list {
			s.Settings = append(s.Settings, x.Default)
		}
	}
	for i, x := range list {
		if x.Name == name {
			s.Settings[i] = v
			return
		}
	}
	panic("there is no setting " + name)
}

// runs makes count runs under the seeds from 1 on, over all cores, and calls each
// in their order with what was kept of them.
func runs[T any](t testing.TB, s *sim.Scenario, count uint64, keep func(sim.Runner) T, each func(T)) {
	t.Helper()
	err := campaign.Seeds(t.Context(), s, 1, count, runtime.GOMAXPROCS(0), func(w sim.Runner) T {
		tally.Run()
		return keep(w)
	}, func(k T) error {
		each(k)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sample is numbers of which the mean matters.
type sample struct{ n, sum, squares float64 }

func (s *sample) add(x float64) {
	s.n++
	s.sum += x
	s.squares += x * x
}

func (s *sample) mean() float64 { return s.sum / s.n }

// err is the standard error of the mean.
func (s *sample) err() float64 {
	m := s.mean()
	return math.Sqrt(max(s.squares/s.n-m*m, 0) / s.n)
}

// harmonic is 1 + 1/2 + … + 1/n.
func harmonic(n int) float64 {
	h := 0.0
	for i := 1; i <= n; i++ {
		h += 1 / float64(i)
	}
	return h
}

// quorum is how many of n are a majority.
func quorum(n int) int { return n/2 + 1 }

// once is a measurement that is made at the first call: a test holds it, and the
// page shows it.
func once[T any](measure func(testing.TB) T) func(testing.TB) T {
	var do sync.Once
	var made T
	done := false
	return func(t testing.TB) T {
		t.Helper()
		if testing.Short() {
			t.Skip("-short")
		}
		do.Do(func() {
			made = measure(t)
			done = true
		})
		if !done {
			t.Fatal("its runs failed in another test")
		}
		return made
	}
}
