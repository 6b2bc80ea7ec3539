package golden

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
)

// What these tests break must show in the golden files: a change that they did
// not notice would be a change that nobody looks at. Breakages of the source
// itself are those of internal/breakages.

// broken is each rule of the protocol with a bug in it.
var broken = []struct {
	rule   string
	break_ func(*paxos.Rules)
}{
	{"NextBallot: a round too far", func(r *paxos.Rules) {
		r.NextBallot = func(self sim.ID, rec *paxos.Record, seen paxos.Ballot) paxos.Ballot {
			return paxos.MakeBallot(max(seen.Round(), rec.Promised.Round(), rec.Round)+2, self)
		}
	}},
	{"MayPromise: not the same ballot again", func(r *paxos.Rules) {
		r.MayPromise = func(rec *paxos.Record, b paxos.Ballot) bool { return b > rec.Promised }
	}},
	{"MakePromise: forgets what it accepted", func(r *paxos.Rules) {
		r.MakePromise = func(rec *paxos.Record, b paxos.Ballot) { rec.Promised, rec.Accepted, rec.Value = b, 0, 0 }
	}},
	{"Report: nothing", func(r *paxos.Rules) {
		r.Report = func(*paxos.Record) (paxos.Ballot, sim.Value) { return 0, 0 }
	}},
	{"IsMember: not actor 3", func(r *paxos.Rules) {
		r.IsMember = func(members *sim.Set, id sim.ID) bool { return id != 3 && members.Has(id) }
	}},
	{"CountPromise: keeps the last report", func(r *paxos.Rules) {
		r.CountPromise = func(p *paxos.Promises, from sim.ID, m paxos.Message) bool {
			if m.Ballot != p.Ballot || !p.From.Add(from) {
				return false
			}
			p.Count++
			if m.Last != 0 {
				p.Highest, p.Value = m.Last, m.Value
			}
			return true
		}
	}},
	{"IsPromiseQuorum: one more than a majority", func(r *paxos.Rules) {
		r.IsPromiseQuorum = func(q sim.Quorum, size, n int) bool { return size > q.Least(n) }
	}},
	{"IsAcceptQuorum: one more than a majority", func(r *paxos.Rules) {
		r.IsAcceptQuorum = func(q sim.Quorum, size, n int) bool { return size > q.Least(n) }
	}},
	{"PickValue: its own", func(r *paxos.Rules) {
		r.PickValue = func(own sim.Value, _ *paxos.Promises) sim.Value { return own }
	}},
	{"MayAccept: anything", func(r *paxos.Rules) {
		r.MayAccept = func(*paxos.Record, paxos.Ballot) bool { return true }
	}},
	{"CastVote: without a promise", func(r *paxos.Rules) {
		r.CastVote = func(rec *paxos.Record, b paxos.Ballot, v sim.Value) { rec.Accepted, rec.Value = b, v }
	}},
	{"CountAccepted: adds up ballots", func(r *paxos.Rules) {
		r.CountAccepted = func(t *paxos.Tallies, from sim.ID, _ paxos.Ballot, v sim.Value) *paxos.Tally {
			tally := t.Of(paxos.MakeBallot(1, 1))
			tally.Value = v
			if tally.From.Add(from) {
				tally.Count++
			}
			return tally
		}
	}},
	{"Recover: forgets the vote", func(r *paxos.Rules) {
		r.Recover = func(saved paxos.Record) paxos.Record { saved.Accepted, saved.Value = 0, 0; return saved }
	}},
	{"MaySkipPhase1", inZoo("free-first-round")},
	{"SavePromise", inZoo("unsaved-promise")},
	{"Refusal", inZoo("bare-nack")},
	{"CountNack", inZoo("nack-counts")},
	{"Electors", inZoo("reachable-majority")},
	{"KeepValue: takes another", func(r *paxos.Rules) {
		r.KeepValue = func(value, _ sim.Value, _ *paxos.Promises) sim.Value { return value + 1 }
	}},
	{"MayRepeat", inZoo("no-second-accept")},
	{"SaveVote", inZoo("unsaved-vote")},
	{"Reported", inZoo("reported-majority")},
	{"Lifetime", inZoo("expiring-promise")},
}

func inZoo(name string) func(*paxos.Rules) {
	m, ok := mutants.Find(name)
	if !ok {
		panic(name)
	}
	return m.Rules
}

// TestGoldensNoticeABrokenRule: with a bug in any rule some story reads
// otherwise. Most bugs move digests too. Scenarios that have a bug already are
// left out.
func TestGoldensNoticeABrokenRule(t *testing.T) {
	list := stories(t)
	for _, b := range broken {
		t.Run(b.rule, func(t *testing.T) {
			rules := paxos.Sound()
			b.break_(&rules)
			p := paxos.WithRules("paxos", rules)
			var otherwise []string
			for _, s := range list {
				if is, _, err := s.play(p); err != nil {
					t.Error(err)
				} else if is != s.was {
					otherwise = append(otherwise, s.name)
				}
			}
			moved := 0
			for _, name := range scenarios.Names() {
				if s := load(t, name); few(s) > 1 && s.Mutant == "" {
					s.Protocol = p
					moved += movedOf(t, s, name)
				}
			}
			t.Logf("%d stories read otherwise: %v; %d digests moved", len(otherwise), otherwise, moved)
			if len(otherwise) == 0 {
				t.Error("no story reads otherwise")
			}
		})
	}
}

// TestGoldensNoticeAFamilyThatIsOff: without one family of faults the digests
// differ, and what it did is counted no more.
func TestGoldensNoticeAFamilyThatIsOff(t *testing.T) {
	dropped := func(o sim.Outcome) uint64 { return o.Dropped }
	duplicated := func(o sim.Outcome) uint64 { return o.Duplicated }
	crashes := func(o sim.Outcome) uint64 { return o.Crashes }
	for _, c := range []struct {
		scenario, family string
		counted          func(sim.Outcome) uint64 // what it alone does; nil: nothing that is counted
	}{
		{"lossy", "loss", dropped},
		{"lossy", "duplicate", duplicated},
		{"lossy", "delay", nil},
		{"duelling-proposers", "delay", nil},
		{"minority-cut", "cut", dropped},
		{"majority-cut", "cut", dropped},
		{"acceptor-crash", "crash", crashes},
		{"acceptor-crash", "disk", nil},
		{"proposer-crash", "crash", crashes},
	} {
		t.Run(c.scenario+"/"+c.family, func(t *testing.T) {
			calm := load(t, c.scenario, scenarios.Calm(c.family))
			if movedOf(t, calm, c.scenario) == 0 {
				t.Error("no digest moved")
			}
			if c.counted == nil {
				return
			}
			if was := total(t, load(t, c.scenario), c.counted); was == 0 {
				t.Error("it does nothing where it is on")
			}
			if is := total(t, calm, c.counted); is != 0 {
				t.Errorf("still counted: %d", is)
			}
		})
	}
}

// TestGoldensNoticeAnInvariantThatIsOff: where an invariant breaks, a run that
// nobody watches goes on, unless it would have ended there anyhow. Everywhere
// else watching changes nothing.
func TestGoldensNoticeAnInvariantThatIsOff(t *testing.T) {
	violated := func(o sim.Outcome) uint64 {
		if o.Verdict == sim.VerdictViolated {
			return 1
		}
		return 0
	}
	for _, name := range scenarios.Names() {
		s := load(t, name)
		watched, broke := events(t, s), total(t, s, violated)
		s.Invariants = []string{}
		if is := total(t, s, violated); is != 0 {
			t.Errorf("%s: %d runs broke an invariant that is off", name, is)
		}
		longer := 0
		for i, n := range events(t, s) {
			if n > watched[i] {
				longer++
			}
		}
		if moved := movedOf(t, s, name); moved != longer || longer > int(broke) || broke > 0 && longer == 0 {
			t.Errorf("%s: %d runs break an invariant, without it %d go on, and %d digests moved", name, broke, longer, moved)
		}
	}
	if total(t, load(t, "literal-acks"), violated) == 0 {
		t.Error("nothing broke: the test proves nothing")
	}
}

// events is how many events each of the first runs of a scenario has.
func events(t *testing.T, s *sim.Scenario) (list []uint64) {
	t.Helper()
	total(t, s, func(o sim.Outcome) uint64 { list = append(list, o.Events); return 0 })
	return list
}

// few is how many seeds these tests run of a scenario.
func few(s *sim.Scenario) uint64 {
	if s.Actors > 100 {
		return 1
	}
	return 50
}

func load(t *testing.T, name string, changes ...scenarios.Override) *sim.Scenario {
	t.Helper()
	s, err := scenarios.Load(name, changes...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// movedOf is how many of the first digests of a scenario are not those of the
// golden file of that name.
func movedOf(t *testing.T, s *sim.Scenario, name string) int {
	t.Helper()
	n := few(s)
	text, err := os.ReadFile(filepath.Join(data, "digests", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	_, kept, _ := bytes.Cut(firstLines(text, n+1), []byte("\n"))
	was, is := bytes.Fields(kept), bytes.Fields(digests(t, s, n))
	moved := 0
	for i := range was {
		if !bytes.Equal(was[i], is[i]) {
			moved++
		}
	}
	return moved
}

// total sums up what the first runs of a scenario came to.
func total(t *testing.T, s *sim.Scenario, of func(sim.Outcome) uint64) uint64 {
	t.Helper()
	sum := uint64(0)
	err := campaign.Seeds(context.Background(), s, 1, few(s), 1,
		func(w sim.Runner) uint64 { tally.Run(); return of(w.Outcome()) },
		func(n uint64) error { sum += n; return nil })
	if err != nil {
		t.Fatal(err)
	}
	return sum
}
