package breakages

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// breakage is one line replaced in one file, and the test that must fail then.
type breakage struct {
	what     string
	file     string
	old, new string
	room     string // whose test it is
	test     string
}

var all = []breakage{
	// The rules of the protocol are broken one by one in actors/paxos/mutants.
	// Here is the rest of it.
	{"a round that is not saved", "actors/paxos/proposer.go", "\tenv.Save(a.Record)\n\tenv.Note(noteRound)", "\tenv.Note(noteRound)", "actors/paxos", "TestSoundIsNotFlagged"},
	{"a promise that is not saved", "actors/paxos/acceptor.go", "\t\ta.set.rules.SavePromise(env, &a.Record)\n", "", "actors/paxos", "TestSoundIsNotFlagged"},
	{"a vote that is not saved", "actors/paxos/acceptor.go", "\t\ta.set.rules.SaveVote(env, &a.Record)\n", "", "actors/paxos", "TestSoundIsNotFlagged"},
	{"a late promise that counts", "actors/paxos/rules.go", "m.Ballot != p.Ballot || !p.From.Add(from)", "!p.From.Add(from)", "actors/paxos", "TestSoundIsNotFlagged"},
	{"a lost message that is never repeated", "actors/paxos/proposer.go", "\tif a.phase == idle || stage != a.stage() || !a.set.rules.MayRepeat(a.phase == accepting) {", "\tif a.phase != 9 {", "actors/paxos", "TestRepeats"},
	{"learning that stops what a client waits for", "actors/paxos/learner.go", "if !a.open {", "if true {", "actors/paxos", "TestLearningStopsNoRequest"},
	{"an idle spell with no calm answer", "actors/paxos/proposer.go", "if answer == 0 {", "if answer == 1<<31 {", "actors/paxos", "TestCalmRunIsTheHappyPath"},
	{"an x that forgets the other actors", "actors/paxos/settings.go", "den := max(twice*sim.Time(max(s.Actors-1, 1)), 2)", "den := max(twice, 2)", "cmd/paxsim/internal/laws", "TestXLaw"},
	{"a back-off that does not double", "actors/paxos/settings.go", "for w := t.backoff; ; w *= 2 {", "for w := t.backoff; ; w = t.backoffCap {", "cmd/paxsim/internal/laws", "TestBackoffIsUniform"},
	{"a back-off all of the same length", "actors/paxos/settings.go", "return 1 + scheduler.Uniform(w).Seeded(u)", "return 1 + uint32(w)/2", "cmd/paxsim/internal/laws", "TestBackoffIsUniform"},
	{"a proposer that waits for one promise more", "actors/paxos/rules.go", "func isQuorum(size, n int) bool { return 2*size > n }", "func isQuorum(size, n int) bool { return 2*size > n+1 }", "cmd/paxsim/internal/laws", "TestWaitForPromises"},
	{"a repeat before an answer can be there", "actors/paxos/settings.go", "or(\"repeat\", 2*delay+2*save+1)", "or(\"repeat\", delay+2*save+1)", "cmd/paxsim/internal/laws", "TestLossLaw"},
	{"asking for ever", "actors/paxos/learner.go", "a.asks < a.set.repeats", "a.asks >= 0", "actors/paxos", "TestRoughWeather"},

	// What watches.
	{"an invariant that watches nothing", "actors/paxos/votes.go", "if h.on&safeAt == 0 {", "if h.on&safeAt != 0 {", "actors/paxos", "TestEveryInvariant"},
	{"an invariant off the list", "actors/paxos/invariants.go", "\t{Name: QuorumIntersection, Doc: \"any two sets that count as quorums meet\"},\n", "", "actors/paxos/mutants", "TestUnsafeMutantsAreCaught"},
	{"a decision that agreement does not see", "actors/paxos/history.go", "\treturn h.claims(id, v, Ballot(under))\n", "\treturn nil\n", "actors/paxos", "TestEveryInvariant"},
	{"quorums that only majorities can be", "actors/paxos/history.go", "q.meet = q.promises+q.acceptances > n; !q.meet", "q.meet = 2*min(q.promises, q.acceptances) > n; !q.meet", "actors/paxos/mutants", "TestControlsAreNotFlagged"},
	{"a mutant that is not put in", "scenarios/read.go", "\tmutate(s)\n", "", "scenarios", "TestMutant"},
	{"a mutant that run files do not name", "sim/trace/file.go", "\t\tMutant:      s.Mutant,\n", "", "cmd/paxsim", "TestScripts"},
	{"a field of a message out of the digest", "actors/paxos/message.go", "\td.Mix(uint64(m.Last))\n", "", "actors/paxos", "TestDigestSeesEveryField"},
	{"a field of a record out of the digest", "actors/paxos/record.go", "\td.Mix(uint64(r.Accepted))\n", "", "actors/paxos", "TestDigestSeesEveryField"},
	{"the time of events out of the digest", "sim/world.go", "\td.Mix(uint64(w.queue.Now()))\n", "", "sim", "TestDigestSeesTheWorld"},

	// The world.
	{"no loss", "sim/network.go", "func lossBits(h uint64) uint32  { return uint32(h) }", "func lossBits(h uint64) uint32  { return uint32(h) >> 31 }", "sim", "TestFamiliesHappen"},
	{"no duplicates", "sim/network.go", "{ return uint32(h) * 0x9e3779b1 }", "{ return uint32(h) >> 31 }", "sim", "TestFamiliesHappen"},
	{"one delay for all", "sim/network.go", "{ return uint32(h >> 32) }", "{ return uint32(h >> 63) }", "sim", "TestFamiliesHappen"},
	{"a loss edited away that becomes a duplicate", "sim/network.go", "{ return uint32(h) * 0x9e3779b1 }", "{ return uint32(h) }", "sim", "TestLossAndDuplicateAreTheirOwn"},
	{"a cut that lets pass what is in flight", "sim/network.go", "return cutOnArrival", "return arrives", "sim", "TestCut"},
	{"a cut that begins a message too late", "sim/letter.go", "\tif w.faults.cut() && w.faults.separated(w.scenario, e.self, ID(key.To())) {", "\tif false {", "sim", "TestCut"},
	{"a client that asks once", "sim/crash.go", "\tw.askAgain(id)\n", "", "sim", "TestClientAsksAgain"},
	{"a client that asks again with the old value", "sim/client.go", "\t\tc.asks[r.actor]++\n", "", "sim", "TestClientAsksAgain"},
	{"a disk that keeps nothing", "sim/disk.go", "\td.records[slot] = *rec\n", "\td.records[slot] = d.records[0]\n", "actors/paxos", "TestSoundIsNotFlagged"},
	{"a restart that remembers", "sim/crash.go", "\tw.team.renew(id)\n", "", "sim", "TestRestartForgets"},
	{"alarms that survive a crash", "sim/crash.go", "\t\tw.disarm(&e.timers[k])\n", "\t\t_ = k\n", "sim", "TestRestartForgets"},
	{"effects that overtake a sync", "sim/env.go", "\tif state&held != 0 {\n\t\tw.hold(e, effect[M, D]{op: opSend", "\tif state&dead != 0 {\n\t\tw.hold(e, effect[M, D]{op: opSend", "actors/paxos", "TestSoundIsNotFlagged"},
	{"a half-sent broadcast that cannot be", "sim/effect.go", "if s&mayCrash != 0 && to != e.self &&", "if s&mayCrash != 0 && to == 1 && to != e.self &&", "actors/paxos", "TestEveryCrashCut"},
	{"the dead who set alarms", "sim/env.go", "if w := e.w; e.slow&dead == 0 {\n\t\tw.arm(e, d, t)", "if w := e.w; true {\n\t\tw.arm(e, d, t)", "sim", "TestTheDeadDoNothing"},
	{"weather that never calms", "sim/weather.go", "\tn.Loss, n.Duplicate, n.Corrupt, n.Forge = 0, 0, 0, 0\n", "", "actors/paxos", "TestUntil"},
	{"a double that takes its message's time", "sim/network.go", "key.WithWhat(whatDelay+1)", "key.WithWhat(whatDelay)", "sim", "TestNoChoiceIsAskedTwice"},
	{"a broadcast to many that forgets its order", "sim/many.go", "\t\tm.counts[t.delay]++\n\t}\n\tfor _, t := range m.targets {\n\t\tm.counts[t.delay] = 0", "\t\tm.counts[t.delay]++\n\t}\n\tb.to[0], b.to[len(b.to)-1] = b.to[len(b.to)-1], b.to[0]\n\tfor _, t := range m.targets {\n\t\tm.counts[t.delay] = 0", "sim", "TestManyIsTheSame"},

	// The weather.
	{"a ring that is a chain", "sim/sides.go", "f.Cut.Shape == Ring && int(apart) == st.n-1", "false && f.Cut.Shape == Ring && int(apart) == st.n-1", "sim", "TestCutShapes"},
	{"a one-way cut both ways", "sim/sides.go", "return a&sender != 0 && b&receiver != 0\n\tcase Halves", "return a&sender != 0 && b&receiver != 0 || b&sender != 0 && a&receiver != 0\n\tcase Halves", "sim", "TestCutShapes"},
	{"a pause that forgets what has come", "sim/pause.go", "\te.stalled = append(e.stalled, x)\n", "", "sim", "TestPause"},
	{"pauses that do not add up", "sim/pause.go", "if e.pauses--; e.pauses > 0 {", "if e.pauses--; e.pauses > 9 {", "sim", "TestPausesAddUp"},
	{"a clog that lets pass", "sim/longway.go", "\tw.clogged = append(w.clogged, x)\n", "", "sim", "TestClog"},
	{"a moment after the broadcast", "sim/effect.go", "\t\t\tif e.slow&dead != 0 {\n\t\t\t\treturn\n\t\t\t}\n\t\t}\n\t}\n}\n\n// left tells", "\t\t}\n\t}\n}\n\n// left tells", "sim", "TestMomentInABroadcast"},
	{"links that forget their order", "sim/pairs.go", "\t\tp.last[i] = at\n", "", "sim", "TestFIFO"},
	{"a link that holds one more", "sim/pairs.go", "len(p.way[i]) >= p.limit", "len(p.way[i]) > p.limit", "sim", "TestCapacity"},
	{"a bias drawn anew", "sim/pairs.go", "if p.extra[i] == 0 {", "if p.extra[i] >= 0 {", "sim", "TestStormIsARun"},
	{"damage that nobody counts", "sim/longway.go", "\t\t\tw.struck(FamilyCorrupt)\n", "", "sim", "TestRates"},
	{"a quorum that is not spared", "sim/strike.go", "return 2*(members-gone) > members", "return true", "sim", "TestSpareQuorum"},
	{"a core that is never calm", "sim/calm.go", "\tw.unclog()\n\tw.unlearned = 0\n", "\tcore.Clear()\n\tw.unclog()\n\tw.unlearned = 0\n", "actors/paxos", "TestTempest"},
	{"others who take the role as well", "actors/paxos/proposer.go", "return env.Leader() != 0 && env.Leader() != env.Self()", "return false", "actors/paxos", "TestTempest"},
	{"a back-off of half the window", "actors/paxos/settings.go", "return 1 + scheduler.Uniform(w).Seeded(u)", "return 1 + scheduler.Uniform(w/2+1).Seeded(u)", "cmd/paxsim/internal/laws", "TestBackoffIsUniform"},

	// The searched engine.
	{"an event held back for good", "sim/searched.go", "\t\t\tx.held[j].over = true\n", "\t\t\tx.held[j].over = false\n", "sim/search", "TestHoldsReplay"},
	{"a hold that is lost with its alarm", "sim/searched.go", "\tx.take(x.queue.At(slot).place)\n", "\tx.pending.hold(x.queue.At(slot).place, 0)\n\tx.take(x.queue.At(slot).place)\n", "sim/search", "TestHoldsReplay"},
	{"tags that are forgotten when places are given out anew", "sim/pending.go", "\t\t\t\tp.list[x.Place].tag = x.Tag\n", "\t\t\t\t_ = x\n", "sim", "TestPendingIsPlain"},
	{"a highest tag that is not looked for again", "sim/pending.go", "\tp.raced = actor + 1\n", "\t_ = actor\n", "sim", "TestPendingIsPlain"},
	{"alarms that wait in vain and still go off", "sim/searched.go", "\t\t\tp.spend()\n", "", "sim/campaign", "TestSearchedRunsStay"},
	{"an actor that stays down after an idle crash", "sim/idle.go", "\tw.search.bounce = e.restart\n", "", "sim", "TestIdleCrash"},
	{"copies whose idle crash is that of their message", "sim/idle.go", "return happened + idleOffset\n", "return happened.WithWhat(whatCrashIdle)\n", "sim", "TestIdleCrashIsAChoice"},
	{"a return that releases nothing", "sim/searched.go", "\t\tx.release(p.Key(at))\n\t\treturn at\n", "\t\treturn at\n", "cmd/paxsim/internal/walk", "TestHeldUntilAReturn"},
	{"a budget that is never spent", "sim/searched.go", "\t\t\tx.left.Losses--\n", "", "sim/search", "TestBudgets"},

	// The hunt.
	{"runs of pct longer than what its falls are drawn over", "sim/campaign/island.go", "\t\tc.Budget.Events = x.lengths[c.Variant]\n", "\t\t_ = x.lengths\n", "sim/campaign", "TestPCTHasABound"},
	{"a bound of pct of some runs alone", "sim/campaign/hunter.go", "max(e.Width, pct.Width)", "pct.Width", "sim/campaign", "TestPCTHasABound"},
	{"a fall that is none", "sim/search/pct.go", "\t\t\tracing[i].Tag = to\n", "\t\t\t_ = to\n", "sim/search", "TestFall"},
	{"a family of faults that is never off", "sim/campaign/draw.go", "\tb.Losses = dice.some(b.Losses, 2)\n", "", "sim/campaign", "TestDraw"},
	{"a find that is not the first", "sim/campaign/find.go", "\t\tif x.First.Seed < y.First.Seed {\n", "\t\tif x.First.Seed > y.First.Seed {\n", "sim/campaign", "TestHuntIsTheSame"},
	{"runs that are proof of nothing, and count", "sim/campaign/evidence.go", "(!tried || !watches(s)):\n", "(!tried && !watches(s)):\n", "sim/campaign", "TestProved"},
	{"feedback that goes back to nothing", "sim/campaign/island.go", "\tleast.Tries++\n", "\treturn\n", "sim/campaign", "TestFeedbackReturns"},
	{"a way that leads elsewhere", "sim/campaign/island.go", "\tslices.Reverse(c.turns)\n", "\tif false {\n\t\tslices.Reverse(c.turns)\n\t}\n", "sim/campaign", "TestFeedbackReturns"},
	{"a hunt gone on with that has forgotten", "sim/campaign/state.go", "\t\tif err := x.Islands[i].index(); err != nil {\n", "\t\tx.Islands[i] = island{}\n\t\tif err := x.Islands[i].index(); err != nil {\n", "sim/campaign", "TestResume"},
	{"batches that are handed out too far ahead", "sim/campaign/campaign.go", "make(chan *job[T], c.ahead)", "make(chan *job[T], c.ahead+1)", "sim/campaign", "TestAhead"},
	{"a sample of states that depends on their order", "sim/campaign/states.go", "\tif t.Zero > s.Zero {\n", "\tif false {\n", "sim/campaign", "TestStates"},
	{"a state that tells actors apart", "actors/paxos/abstract.go", "\t\tif v := h.actors[i].decided; v != 0 {\n", "\t\td.Mix(uint64(h.actors[i].accepted))\n\t\tif v := h.actors[i].decided; v != 0 {\n", "actors/paxos", "TestAbstract"},
	{"a hunt that is gone on with whatever it was of", "cmd/paxsim/internal/cli/resume.go", "why := head.Of.Differs(&r.of); why != \"\"", "why := head.Of.Differs(&head.Of); why != \"\"", "cmd/paxsim", "TestKill"},
	{"a run file whose holds are not played", "cmd/paxsim/internal/cli/saved.go", "\tw.Search(search)\n", "\t_ = search\n", "cmd/paxsim/internal/cli", "TestFoundAgain"},
	{"a kept run that is not played first", "sim/simtest/simtest.go", "\tif !x.again(t) {\n\t\treturn\n\t}\n", "", "sim/simtest", "TestFindIsKept"},

	// The bench.
	{"a bench in which half a line counts", "cmd/paxsim/internal/bench/row.go", "\twhole = bytes.LastIndexByte(data, '\\n') + 1\n", "\twhole = len(data)\n", "cmd/paxsim/internal/bench", "TestRead"},
	{"rows of other settings that mix", "cmd/paxsim/internal/bench/row.go", "case r.Settings != b.Hash:", "case r.Settings == \"\":", "cmd/paxsim/internal/bench", "TestRead"},
	{"a median of those alone who found something", "cmd/paxsim/internal/bench/cell.go", "if a.Censored != b.Censored {", "if a.Censored && b.Censored {", "cmd/paxsim/internal/bench", "TestSpread"},
	{"repetitions that share their seeds", "cmd/paxsim/internal/bench/settings.go", "j.Strategy, j.Repetition))", "j.Strategy, j.Repetition/2))", "cmd/paxsim/internal/bench", "TestFirstSeeds"},
	{"strategies that share their seeds", "cmd/paxsim/internal/bench/settings.go", "j.Mutant, j.Strategy, j.Repetition))", "j.Mutant, \"\", j.Repetition))", "cmd/paxsim/internal/bench", "TestFirstSeeds"},
	{"an interval that is too narrow", "cmd/paxsim/internal/bench/interval.go", "big.NewInt(2*missIn)", "big.NewInt(missIn)", "cmd/paxsim/internal/bench", "TestIntervalsCover"},
	{"repetitions that nobody has asked for", "cmd/paxsim/internal/bench/job.go", "return min(max(fit, b.Least), most)", "return max(fit, most)", "cmd/paxsim/internal/bench", "TestWanted"},
	{"hunts that share their runs", "sim/campaign/usual.go", "seed + (number-1)*stride", "seed + (number - 1)", "sim/campaign", "TestRepetition"},
	{"a bound that is told as a ratio", "cmd/paxsim/internal/bench/cell.go", "\t\tr.Bound = \"≥\"\n", "\t\tr.Bound = \"\"\n", "cmd/paxsim/internal/bench", "TestRatio"},
	{"a bench that measures all again", "cmd/paxsim/internal/cli/bench.go", "jobs := b.Missing(rows)", "jobs := b.Jobs(rows)", "cmd/paxsim/internal/cli", "TestBenchIsTheSame"},
	{"half a line that stays", "cmd/paxsim/internal/cli/bench.go", "file.Truncate(int64(whole))", "file.Sync()", "cmd/paxsim/internal/cli", "TestBenchHalfLine"},

	// The scheduler.
	{"a queue that turns a tick around", "scheduler/queue.go", "\t\tq.slab[l.tail].next = n\n", "\t\te.next, l.head = l.head, n\n", "scheduler", "TestQueueAgainstReference"},
	{"a stream instead of names", "scheduler/seed.go", "finalize(uint64(s) + uint64(k)*golden)", "finalize(uint64(s) + uint64(k>>26)*golden)", "sim", "TestFamiliesHappen"},
}

// TestBreakagesAreNoticed runs, for each breakage, the test that must notice,
// over the broken code. -short leaves it out.
func TestBreakagesAreNoticed(t *testing.T) {
	if testing.Short() {
		t.Skip("-short")
	}
	w := weave(t, all)
	w.look(t)
	tests := map[string][]string{} // by room
	for _, b := range all {
		tests[b.room] = append(tests[b.room], b.test)
	}
	bin := w.build(t, slices.Sorted(maps.Keys(tests)))
	for room, names := range tests {
		if out, err := w.run(bin, room, strings.Join(names, "|"), 0); err != nil {
			t.Fatalf("%s: with nothing broken the tests fail:\n%s", room, out)
		}
	}
	for i, b := range all {
		t.Run(strings.ReplaceAll(b.what, " ", "-"), func(t *testing.T) {
			t.Parallel()
			out, err := w.run(bin, b.room, b.test, i+1)
			if err == nil {
				t.Fatalf("%s does not notice:\n%s", b.test, out)
			}
			if !strings.Contains(out, "--- FAIL: "+b.test) && !strings.Contains(out, "panic:") {
				t.Fatalf("it fails, but not so that %s notices:\n%s", b.test, out)
			}
		})
	}
}
