package paxos

import (
	"math/rand/v2"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
)

// Each rule is broken by one line; the invariants must notice. If a rule could
// be broken and nothing noticed, the tests would be worth nothing.
var breakages = []struct {
	name, why string
	invariant string // that notices, at least once
	n         int    // actors; 0: any
	break_    func(*Rules)
}{
	{"next-ballot-forgets", "S9: a ballot is used again after a restart", BallotRises, 0, func(r *Rules) {
		r.NextBallot = func(self sim.ID, _ *Record, seen Ballot) Ballot { return MakeBallot(seen.Round()+1, self) }
	}},
	{"ballots-shared", "S23: the ballot lacks the actor", BallotRises, 0, func(r *Rules) {
		r.NextBallot = func(self sim.ID, rec *Record, seen Ballot) Ballot {
			return MakeBallot(nextBallot(self, rec, seen).Round(), 1)
		}
	}},
	{"promises-anything", "S5: the promise goes back", PromiseRises, 0, func(r *Rules) {
		r.MayPromise = func(*Record, Ballot) bool { return true }
	}},
	{"reports-nothing", "S2: the promise hides the vote", TruthfulPromise, 0, func(r *Rules) { r.Report = reportNothing }},
	{"counts-doubles", "S10: a doubled promise counts twice", QuorumMembership, 0, func(r *Rules) {
		r.CountPromise = func(p *Promises, from sim.ID, m Message) bool {
			for countPromise(p, from, m); !p.From.Add(from); from++ { // a doubled one counts as another's
			}
			return true
		}
	}},
	{"half-is-enough", "S22: two halves need not meet", QuorumIntersection, 4, func(r *Rules) {
		r.IsQuorum = func(size, n int) bool { return 2*size >= n }
	}},
	{"counts-everybody", "S25: the acks of non-members count", QuorumMembership, 5, func(r *Rules) {
		r.IsMember = func(*sim.Set, sim.ID) bool { return true }
	}},
	{"proposes-its-own", "S1: the reported value is not adopted", SafeAt, 0, func(r *Rules) { r.PickValue = pickOwn }},
	{"adopts-the-last", "S3: the last report wins, not the highest", SafeAt, 0, func(r *Rules) {
		r.CountPromise = func(p *Promises, from sim.ID, m Message) bool {
			isNew := p.From.Add(from)
			if isNew && m.Last != 0 {
				p.Highest, p.Value = m.Last, m.Value
			}
			return isNew
		}
	}},
	{"accepts-anything", "S4: a vote below the promise", PromiseRises, 0, func(r *Rules) {
		r.MayAccept = func(*Record, Ballot) bool { return true }
	}},
	{"adds-up-ballots", "S19: acceptances of different ballots add up", DecidedIsChosen, 0, func(r *Rules) {
		r.CountAccepted = func(t *Tallies, from sim.ID, b Ballot, v sim.Value) *Tally {
			tally := countAccepted(t, from, MakeBallot(1, 1), v)
			tally.Value = v
			return tally
		}
	}},
	{"vote-without-promise", "S13: accepting does not raise the promise", VoteWithinPromise, 0, func(r *Rules) {
		r.CastVote = func(rec *Record, b Ballot, v sim.Value) { rec.Accepted, rec.Value = b, v }
	}},
	{"keeps-the-first-value", "S14: a later vote keeps the value of the first", AcceptedIsHighestVote, 0, func(r *Rules) {
		r.CastVote = func(rec *Record, b Ballot, v sim.Value) {
			if rec.Value != 0 {
				v = rec.Value
			}
			castVote(rec, b, v)
		}
	}},
	{"relabels-its-vote", "S15: one variable for promised and accepted", AcceptedIsHighestVote, 0, func(r *Rules) {
		r.MakePromise = func(rec *Record, b Ballot) {
			rec.Promised = b
			if rec.Accepted != 0 {
				rec.Accepted = b
			}
		}
	}},
	{"forgets-its-promise", "S6: a restart forgets the promise", PromiseRises, 0, func(r *Rules) {
		r.Recover = func(saved Record) Record { saved.Promised = saved.Accepted; return saved }
	}},
	{"forgets-its-vote", "S7: a restart forgets what was accepted", AcceptedRises, 0, func(r *Rules) {
		r.Recover = func(saved Record) Record { saved.Accepted, saved.Value = 0, 0; return saved }
	}},
}

// stormy is a random scenario in which rounds overlap, messages are lost,
// doubled and late, and actors crash.
func stormy(p sim.Protocol, seed uint64, n int) *sim.Scenario {
	r := rand.New(rand.NewPCG(seed, 5))
	if n == 0 {
		n = 3 + r.IntN(3)
	}
	settings := make([]int64, len(settingList))
	for i, s := range settingList {
		settings[i] = s.Default
		if s.Name == "fan_out" { // S13 cannot happen where only those get an Accept who have promised
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
func hunt(t *testing.T, p sim.Protocol, n, budget int, invariant string) (runs int, others map[string]int) {
	others = map[string]int{}
	for seed := range uint64(budget) {
		s := stormy(p, seed, n)
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
			runs, others := hunt(t, WithRules(b.name, rules), b.n, 20_000, b.invariant)
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
		r, err := p.New(stormy(p, seed, 0))
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
