package mutants

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
)

// storm is a random scenario within a scope, in which rounds overlap, messages
// are lost, doubled and late, and actors crash. Each family is on in some runs
// only: everything at once hides bugs.
func storm(p sim.Protocol, scope Scope, seed uint64) *sim.Scenario {
	r := rand.New(rand.NewPCG(seed, 5))
	n := scope.least()
	if scope.Actors == 0 {
		n += r.IntN(3)
	}
	s := &sim.Scenario{
		Tick: 100_000, Actors: n, Protocol: p, Members: scope.Members,
		Network:  sim.Network{DelayMin: 1, DelayMax: sim.Time(5 + r.IntN(60))},
		Disk:     sim.Disk{Sync: sim.Time(r.IntN(2) * 4)},
		Settings: make([]int64, len(p.Settings())),
	}
	for i, setting := range p.Settings() {
		s.Settings[i] = setting.Default
		choose := func(name, word string) {
			switch {
			case setting.Name != name:
			case word != "":
				s.Settings[i] = int64(slices.Index(setting.Words, word))
			default:
				s.Settings[i] = int64(r.IntN(len(setting.Words)))
			}
		}
		choose("fan_out", scope.FanOut)
		choose("on_nack", scope.OnNack)
	}
	// A pick of the families, whatever the scope: it says what must be there in
	// some runs, not what must not.
	if r.IntN(2) == 0 {
		s.Network.Loss = sim.Probability(1+r.IntN(6)) * 50_000_000
	}
	if r.IntN(2) == 0 {
		s.Network.Duplicate = sim.Probability(1+r.IntN(6)) * 50_000_000
	}
	if r.IntN(2) == 0 {
		s.Crashes = sim.Crashes{Chance: 30_000_000, DownMin: 5, DownMax: 60}
	}
	proposers := scope.Proposers
	if proposers == nil {
		for id := 1; id <= min(n, 3+r.IntN(3)); id++ {
			proposers = append(proposers, sim.ID(id))
		}
	}
	for i, id := range proposers {
		s.Requests = append(s.Requests, sim.Ask{Actor: id, At: sim.Time(r.IntN(1 + 80*i))})
	}
	return s
}

// play makes one run, under the seed that the scenario has too.
func play(t *testing.T, s *sim.Scenario, seed uint64) sim.Outcome {
	t.Helper()
	r, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	r.Reset(seed, nil)
	return r.Run()
}

func TestExplore(t *testing.T) {
	for _, m := range All() {
		p := m.Protocol()
		first := map[string]int{}
		runs, found, undecided := 0, 0, 0
		at := 0
		for seed := range uint64(20_000) {
			o := play(t, storm(p, m.Scope, seed), seed)
			runs++
			if o.Violation != nil {
				first[o.Violation.Invariant]++
				if found++; found == 1 { at = runs }
				if found == 20 {
					break
				}
			}
			if o.Verdict == sim.VerdictUndecided {
				undecided++
			}
			if m.Kind != sim.Unsafe && runs == 2000 { break }
		}
		agree := 0
		if m.Splits {
			for seed := range uint64(20_000) {
				s := storm(p, m.Scope, seed)
				s.Invariants = []string{paxos.Agreement}
				if play(t, s, seed).Violation != nil {
					agree = int(seed) + 1
					break
				}
			}
		}
		t.Logf("%-20s %-5s want %-22s at %d, %v in %d runs, %d undecided; agreement in run %d", m.Name, m.Aliases[0], m.First, at, first, runs, undecided, agree)
	}
}
