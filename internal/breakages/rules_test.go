package breakages

import (
	"go/ast"
	"strings"
	"testing"
)

const (
	toldRuns = "cmd/paxsim/internal/golden.TestRuns"
	storms   = "actors/paxos.TestSoundIsNotFlagged"
)

// rules breaks each rule of Paxos. Some told run of testdata must read
// otherwise, or storms must find that an invariant breaks.
var rules = []breakage{
	{"NextBallot: a round too far", "actors/paxos.nextBallot", swap("1", "2"), toldRuns},
	{"MayPromise: not the same ballot again", "actors/paxos.mayPromise", swap("b >= r.Promised", "b > r.Promised"), toldRuns},
	{"MayPromise: anything", "actors/paxos.mayPromise", always("b >= r.Promised"), storms},
	{"MakePromise: forgets what it accepted", "actors/paxos.makePromise", after("r.Promised = b", "r.Accepted, r.Value = 0, 0"), toldRuns},
	{"SavePromise: not", "actors/paxos.Sound", swap("SavePromise: saveRecord", "SavePromise: func(*Env, *Record) {}"), toldRuns},
	{"Report: nothing", "actors/paxos.report", swap("return r.Accepted, r.Value", "return 0, 0"), toldRuns},
	{"Refusal: no ballot", "actors/paxos.refusal", swap("r.Promised", "0"), toldRuns},
	{"IsMember: not actor 3", "actors/paxos.isMember", swap("members.Has(id)", "id != 3 && members.Has(id)"), toldRuns},
	{"CountPromise: keeps the last report", "actors/paxos.countPromise", swap("p.Highest < m.Last", "m.Last != 0"), toldRuns},
	{"CountPromise: late promises", "actors/paxos.countPromise", never("m.Ballot != p.Ballot"), storms},
	{"IsPromiseQuorum: one more than a majority", "actors/paxos.Sound", swap("IsPromiseQuorum: isQuorum", "IsPromiseQuorum: func(q quorums.Quorum, size, n int) bool { return size > q.Least(n) }"), toldRuns},
	{"PickValue: its own", "actors/paxos.pickValue", always("p.Highest == 0"), toldRuns},
	{"MayAccept: anything", "actors/paxos.mayAccept", always("b >= r.Promised"), toldRuns},
	{"CastVote: without a promise", "actors/paxos.castVote", swap("r.Promised, r.Accepted, r.Value = b, b, v", "r.Accepted, r.Value = b, v"), toldRuns},
	{"CastVote: keeps the first value", "actors/paxos.castVote", before("r.Promised, r.Accepted", "if r.Value != 0 { v = r.Value }"), storms},
	{"SaveVote: the promise alone", "actors/paxos.Sound", swap("SaveVote: saveRecord", "SaveVote: func(env *Env, r *Record) { saved := env.Saved(); saved.Promised = r.Promised; env.Save(saved) }"), toldRuns},
	{"CountAccepted: adds up ballots", "actors/paxos.countAccepted", swap("t.Of(b)", "t.Of(MakeBallot(1, 1))"), toldRuns},
	{"IsAcceptQuorum: one more than a majority", "actors/paxos.Sound", swap("IsAcceptQuorum: isQuorum", "IsAcceptQuorum: func(q quorums.Quorum, size, n int) bool { return size > q.Least(n) }"), toldRuns},
	{"Recover: forgets the vote", "actors/paxos.recoverRecord", before("return saved", "saved.Accepted, saved.Value = 0, 0"), toldRuns},
	{"Recover: forgets the vote, which breaks an invariant", "actors/paxos.recoverRecord", before("return saved", "saved.Accepted, saved.Value = 0, 0"), storms},
	{"Recover: forgets the promise", "actors/paxos.recoverRecord", before("return saved", "saved.Promised = saved.Accepted"), storms},
}

// slips makes Paxos make each slip that a role could make. Some told run must read
// otherwise, or storms must find that an invariant breaks.
var slips = []breakage{
	{"skipsPhase1: in the first round", "actors/paxos.(*Actor).skipsPhase1", swap("a.set.rules.Slips.SkipPhase1", "func(b Ballot) bool { return b.Round() == 1 }"), toldRuns},
	{"countsNack: always", "actors/paxos.(*Actor).countsNack", swap("a.set.rules.Slips.CountNack", "func(p *Promises, from sim.ID) bool { is := p.From.Add(from); if is { p.Count++ }; return is }"), toldRuns},
	{"electors: those who answer", "actors/paxos.(*Actor).electors", swap("a.set.rules.Slips.Electors", "func(_, answered int) int { return answered }"), toldRuns},
	{"changesValue: to another", "actors/paxos.(*Actor).changesValue", both(always("slip != nil"), swap("slip(a.own, &a.promises)", "a.value + 1")), toldRuns},
	{"fallsSilent: in phase 2", "actors/paxos.(*Actor).fallsSilent", swap("a.set.rules.Slips.FallSilent", "func(phase2 bool) bool { return phase2 }"), toldRuns},
	{"believesReports: any", "actors/paxos.(*Actor).believesReports", swap("a.set.rules.Slips.BelieveReports", "func(p *Promises, _ int) sim.Value { return p.Value }"), toldRuns},
	{"writesLearned: as a vote", "actors/paxos.(*Actor).writesLearned", swap("a.set.rules.Slips.WriteLearned", "func(r *Record, b Ballot, v sim.Value) bool { r.Accepted, r.Value = b, v; return true }"), storms},
	{"withLifetime: of a round", "actors/paxos.withLifetime", before("rules.Slips.Lifetime == nil", "rules.Slips.Lifetime = func(roundLimit sim.Time) sim.Time { return roundLimit }"), toldRuns},
}

// TestEveryRuleIsBroken: no rule of Paxos goes without a breakage.
func TestEveryRuleIsBroken(t *testing.T) {
	d, err := tree().find("actors/paxos.Sound")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	ast.Inspect(d.node, func(n ast.Node) bool {
		if kv, ok := n.(*ast.KeyValueExpr); ok {
			names = append(names, d.cut(d.file.spanOf(kv.Key)))
		}
		return true
	})
	broken(t, "the rule", names, rules)
}

// TestEverySlipIsMade: there is a breakage for each function by which a role could
// make a slip.
func TestEverySlipIsMade(t *testing.T) {
	list, err := tree().read("actors/paxos")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range list {
		f, is := d.node.(*ast.FuncDecl)
		if is && strings.Contains(d.cut(d.file.spanOf(f.Body)), "Slips.") {
			names = append(names, f.Name.Name)
		}
	}
	broken(t, "the slip", names, slips)
}

// broken holds that a table breaks all of these, each of which begins a line, and
// nothing else.
func broken(t *testing.T, what string, names []string, table []breakage) {
	t.Helper()
	is := map[string]bool{}
	for _, b := range table {
		name, _, _ := strings.Cut(b.what, ":")
		is[name] = true
	}
	for _, name := range names {
		if !is[name] {
			t.Errorf("nothing breaks %s %s", what, name)
		}
	}
	if len(names) != len(is) {
		t.Errorf("of %s there are %d, and %d are broken", what, len(names), len(is))
	}
}
