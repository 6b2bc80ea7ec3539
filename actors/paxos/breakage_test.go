package paxos

import (
	"math/rand/v2"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
)

// Rules are broken in ways that are not in the zoo (see the room mutants); the
// invariants must notice. If a rule could be broken and nothing noticed, the
// tests would be worth nothing.
var breakages = []struct {
	name, why string
	invariant string // that notices, at least once
	break_    func(*Rules)
}{
	{"promises-anything", "the promise goes back to any ballot", PromiseRises, func(r *Rules) {
		r.MayPromise = func(*Record, Ballot) bool { return true }
	}},
	{"keeps-the-first-value", "a later vote keeps the value of the first, under a new ballot", AcceptedIsHighestVote, func(r *Rules) {
		r.CastVote = func(rec *Record, b Ballot, v sim.Value) {
			if rec.Value != 0 {
				v = rec.Value
			}
			castVote(rec, b, v)
		}
	}},
	{"forgets-its-promise", "a restart forgets the promise", PromiseRises, func(r *Rules) {
		r.Recover = func(saved Record) Record { saved.Promised = saved.Accepted; return saved }
	}},
	{"forgets-its-vote", "a restart forgets what was accepted", AcceptedRises, func(r *Rules) {
		r.Recover = func(saved Record) Record { saved.Accepted, saved.Value = 0, 0; return saved }
	}},
}

// stormy is a random scenario in which rounds overlap, messages are lost,
// doubled and late, and actors crash.
func stormy(p sim.Protocol, seed uint64) *sim.Scenario {
	r := rand.New(rand.NewPCG(seed, 5))
	n := 3 + r.IntN(3)
	settings := make([]int64, len(settingList))
	for i, s := range settingList {
		settings[i] = s.Default
		if s.Name == "fan_out" {
			settings[i] = int64(r.IntN(3))
		}
	}
	var members []sim.ID
	if n == 5 && r.IntN(2) == 0 {
		members = []sim.ID{1, 3, 5}
	}
	return &sim.Scenario{
		Tick: 100_000, Actors: n, Protocol: p, Settings: settings, Members: members,
		Network:  sim.Network{DelayMin: 1, DelayMax: sim.Time(5 + r.IntN(60)), Loss: sim.Probability(r.IntN(4)) * 50_000_000, Duplicate: sim.Probability(r.IntN(4)) * 50_000_000},
		Crashes:  sim.Crashes{Chance: sim.Probability(r.IntN(2)) * 30_000_000, DownMin: 5, DownMax: 60},
		Disk:     sim.Disk{Sync: sim.Time(r.IntN(2) * 4)},
		Requests: []sim.Ask{{Actor: 1}, {Actor: 2, At: sim.Time(r.IntN(80))}, {Actor: 3, At: sim.Time(r.IntN(160))}},
	}
}

// hunt runs a protocol under random scenarios until it has broken the invariant,
// and tells how many runs that took, and what else broke on the way.
func hunt(t *testing.T, p sim.Protocol, budget int, invariant string) (runs int, others map[string]int) {
	others = map[string]int{}
	for seed := range uint64(budget) {
		s := stormy(p, seed)
		r, err := p.New(s)
		if err != nil {
			t.Fatal(err)
		}
		r.Reset(seed, nil)
		tally.Run()
		if o := r.Run(); o.Violation != nil {
			if o.Violation.Invariant == invariant {
				return int(seed) + 1, others
			}
			others[o.Violation.Invariant]++
		}
	}
	return 0, others
}

func TestBreakagesAreCaught(t *testing.T) {
	for _, b := range breakages {
		t.Run(b.name, func(t *testing.T) {
			rules := Sound()
			b.break_(&rules)
			runs, others := hunt(t, WithRules(b.name, rules), 20_000, b.invariant)
			if runs == 0 {
				t.Fatalf("%s: not caught by %s in 20,000 runs; others: %v", b.why, b.invariant, others)
			}
			t.Logf("%s: caught by %s in run %d; on the way: %v", b.why, b.invariant, runs, others)
		})
	}
}

// TestSoundIsNotFlagged: the same storms find nothing in Paxos as it should be.
func TestSoundIsNotFlagged(t *testing.T) {
	p := Protocol()
	for seed := range uint64(5_000) {
		r, err := p.New(stormy(p, seed))
		if err != nil {
			t.Fatal(err)
		}
		r.Reset(seed, nil)
		tally.Run()
		if o := r.Run(); o.Verdict != sim.VerdictDecided {
			t.Fatalf("seed %d: %+v %+v", seed, o, o.Violation)
		}
	}
}
