package report

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/weather"
)

// fake is a protocol of which reports need no more than the words.
type fake struct {
	sim.Protocol
	words sim.Vocabulary
}

func (f fake) Name() string                { return "fake" }
func (f fake) Rounds() shown.Rounds        { return shown.Rounds{Name: "lap"} }
func (f fake) Vocabulary() *sim.Vocabulary { return &f.words }
func (f fake) Invariants() []sim.Invariant { return make([]sim.Invariant, 3) }
func (f fake) Marks() []sim.Mark {
	return []sim.Mark{{Name: "met"}, {Name: "parted"}, {Name: "met-again"}}
}

// scene is a scenario of the fake protocol, which counts attempts and sneezes.
func scene() *sim.Scenario {
	return &sim.Scenario{
		Name: "scene", Tick: 100_000, Actors: 3,
		Protocol: fake{words: sim.Vocabulary{Notes: []shown.Note{{Name: "tries", Field: "attempts", Purpose: shown.BeginsRound}, {Name: "sneezes", Field: "sneezes"}}}},
		Network:  weather.Network{Loss: 3e8, Duplicate: 12_345_678},
	}
}

func decided(s *sim.Scenario, seed uint64, at sim.Time) Row {
	return Row{Scenario: s, Value: "x", Round: "1.1", Outcome: sim.Outcome{
		Seed: seed, Verdict: observe.VerdictDecided, Decisions: 3, DecideTime: at, LearnedTime: at + 5, Delays: 4,
		Counted: true, Chosen: sim.Chosen{Value: 1, Under: 1}, ChosenTime: max(at-5, 0), Learned: 3, Awaited: 3,
		Asked: 1, Sent: 12, Delivered: 14, Dropped: 1, Events: 20, Notes: []uint64{2, 7}, Marks: 1<<0 | 1<<2 | 1<<9, Digest: 0xd + seed,
		Families: []faults.Tally{
			faults.FamilyLoss:      {Chances: 12, Struck: 1, Expected: 12 * 3 << 32 / 10},
			faults.FamilyDuplicate: {Chances: 11, Expected: 11 * 12_345_678 << 32 / 1_000_000_000},
		},
	}}
}

func undecided(s *sim.Scenario, seed uint64) Row {
	return Row{Scenario: s, Again: "paxsim run scene --seed 2 --runs 1", Stuck: []string{"actor 1 waits", "actor 2 waits"}, Outcome: sim.Outcome{
		Seed: seed, End: observe.EndTime, Asked: 1, Delivered: 3, Sent: 9, Events: 1234, Ended: 300_000, Notes: []uint64{1, 0}, Digest: seed,
		Counted: true, Awaited: 3,
	}}
}

func partial(s *sim.Scenario, seed uint64) Row {
	r := decided(s, seed, 70)
	r.Verdict, r.End, r.Ended, r.Learned, r.LearnedTime = observe.VerdictPartial, observe.EndQuiet, 90, 2, 0
	r.Again, r.Stuck = "paxsim run scene --seed 5 --runs 1", []string{"actor 3 waits"}
	return r
}

func violated(s *sim.Scenario, seed uint64) Row {
	r := decided(s, seed, 40)
	r.Learned, r.LearnedTime = 1, 0
	r.Verdict, r.End, r.Again = observe.VerdictViolated, observe.EndViolation, "paxsim run scene --seed 3 --runs 1"
	r.Violation = &sim.Violation{Invariant: "agreement", Text: "two | values:\nx and \"y\"", Event: 20, At: 60}
	return r
}
