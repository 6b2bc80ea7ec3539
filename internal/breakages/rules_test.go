package breakages

import (
	"go/ast"
	"strings"
	"testing"
)

const (
	stories = "cmd/paxsim/internal/golden.TestStories"
	storms  = "actors/paxos.TestSoundIsNotFlagged"
)

// rules breaks each rule of Paxos. Some story of the golden files must read
// otherwise, or storms must find that an invariant breaks.
var rules = []breakage{
	{"NextBallot: a round too far", "actors/paxos.nextBallot", swap("1", "2"), stories},
	{"MaySkipPhase1: in the first round", "actors/paxos.Sound", swap("maySkipPhase1", "func(b Ballot) bool { return b.Round() == 1 }"), stories},
	{"MayPromise: not the same ballot again", "actors/paxos.mayPromise", swap("b >= r.Promised", "b > r.Promised"), stories},
	{"MayPromise: anything", "actors/paxos.mayPromise", always("b >= r.Promised"), storms},
	{"MakePromise: forgets what it accepted", "actors/paxos.makePromise", after("r.Promised = b", "r.Accepted, r.Value = 0, 0"), stories},
	{"SavePromise: not", "actors/paxos.Sound", swap("SavePromise: saveRecord", "SavePromise: func(*Env, *Record) {}"), stories},
	{"Report: nothing", "actors/paxos.report", swap("return r.Accepted, r.Value", "return 0, 0"), stories},
	{"Refusal: no ballot", "actors/paxos.refusal", swap("r.Promised", "0"), stories},
	{"IsMember: not actor 3", "actors/paxos.isMember", swap("members.Has(id)", "id != 3 && members.Has(id)"), stories},
	{"CountPromise: keeps the last report", "actors/paxos.countPromise", swap("p.Highest < m.Last", "m.Last != 0"), stories},
	{"CountPromise: late promises", "actors/paxos.countPromise", never("m.Ballot != p.Ballot"), storms},
	{"CountNack: as a promise", "actors/paxos.Sound", swap("countNack", "func(p *Promises, from sim.ID) bool { is := p.From.Add(from); if is { p.Count++ }; return is }"), stories},
	{"Electors: those who answer", "actors/paxos.Sound", swap("electors", "func(_, answered int) int { return answered }"), stories},
	{"IsPromiseQuorum: one more than a majority", "actors/paxos.Sound", swap("IsPromiseQuorum: isQuorum", "IsPromiseQuorum: func(q sim.Quorum, size, n int) bool { return size > q.Least(n) }"), stories},
	{"PickValue: its own", "actors/paxos.pickValue", always("p.Highest == 0"), stories},
	{"KeepValue: takes another", "actors/paxos.keepValue", swap("return value", "return value + 1"), stories},
	{"MayRepeat: in phase 1 alone", "actors/paxos.Sound", swap("mayRepeat", "func(phase2 bool) bool { return !phase2 }"), stories},
	{"MayAccept: anything", "actors/paxos.mayAccept", always("b >= r.Promised"), stories},
	{"CastVote: without a promise", "actors/paxos.castVote", swap("r.Promised, r.Accepted, r.Value = b, b, v", "r.Accepted, r.Value = b, v"), stories},
	{"CastVote: keeps the first value", "actors/paxos.castVote", before("r.Promised, r.Accepted", "if r.Value != 0 { v = r.Value }"), storms},
	{"SaveVote: the promise alone", "actors/paxos.Sound", swap("SaveVote: saveRecord", "SaveVote: func(env *Env, r *Record) { saved := env.Saved(); saved.Promised = r.Promised; env.Save(saved) }"), stories},
	{"CountAccepted: adds up ballots", "actors/paxos.countAccepted", swap("t.Of(b)", "t.Of(MakeBallot(1, 1))"), stories},
	{"IsAcceptQuorum: one more than a majority", "actors/paxos.Sound", swap("IsAcceptQuorum: isQuorum", "IsAcceptQuorum: func(q sim.Quorum, size, n int) bool { return size > q.Least(n) }"), stories},
	{"Reported: what any promise reports", "actors/paxos.Sound", both(
		swap("countPromise", "func(p *Promises, from sim.ID, m Message) bool { is := countPromise(p, from, m); p.Reports.Of(m.Value); return is }"),
		swap("reported", "func(p *Promises, _ int) sim.Value { return p.Value }")), stories},
	{"WriteLearned: as a vote", "actors/paxos.Sound", swap("writeLearned", "func(r *Record, b Ballot, v sim.Value) bool { r.Accepted, r.Value = b, v; return true }"), storms},
	{"Recover: forgets the vote", "actors/paxos.recoverRecord", before("return saved", "saved.Accepted, saved.Value = 0, 0"), stories},
	{"Recover: forgets the vote, which breaks an invariant", "actors/paxos.recoverRecord", before("return saved", "saved.Accepted, saved.Value = 0, 0"), storms},
	{"Recover: forgets the promise", "actors/paxos.recoverRecord", before("return saved", "saved.Promised = saved.Accepted"), storms},
	{"Lifetime: a round", "actors/paxos.Sound", swap("lifetime", "func(roundLimit sim.Time) sim.Time { return roundLimit }"), stories},
}

// TestEveryRuleIsBroken: no rule of Paxos goes without a breakage.
func TestEveryRuleIsBroken(t *testing.T) {
	broken := map[string]bool{}
	for _, b := range rules {
		name, _, _ := strings.Cut(b.what, ":")
		broken[name] = true
	}
	d, err := tree().find("actors/paxos.Sound")
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	ast.Inspect(d.node, func(n ast.Node) bool {
		if kv, ok := n.(*ast.KeyValueExpr); ok {
			named++
			if name := d.cut(d.file.spanOf(kv.Key)); !broken[name] {
				t.Errorf("nothing breaks the rule %s", name)
			}
		}
		return true
	})
	if named != len(broken) {
		t.Errorf("there are %d rules, and %d are broken", named, len(broken))
	}
}
