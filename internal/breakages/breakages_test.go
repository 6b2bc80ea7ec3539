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

	// What a second implementation must know.
	{"an idle spell a tick too long", "actors/paxos/proposer.go", "return sim.Time(answer - 1)", "return sim.Time(answer)", "actors/paxos", "TestTwinIdleSpellMayBeNothing"},
	{"acceptances that tell no ballot", "actors/paxos/actor.go", "\ta.see(m.Ballot)\n\tswitch m.kind {", "\tif m.kind != Accepted {\n\t\ta.see(m.Ballot)\n\t}\n\tswitch m.kind {", "actors/paxos", "TestTwinAcceptedRaisesTheRound"},
	{"a round for nothing that is no giving up", "actors/paxos/proposer.go", "\t\ta.giveUp(env) // it came to learn, and nothing is there to be learned\n", "\t\ta.leave(env)\n\t\ta.awaitDecision(env)\n", "actors/paxos", "TestTwinNothingToPropose"},
	{"a round for nothing after which an idle spell begins", "actors/paxos/proposer.go", "\ta.awaitDecision(env)\n\tif a.own != 0 {", "\tif true {", "actors/paxos", "TestTwinNothingToPropose"},
	{"a request that stays open when its actor gives up", "actors/paxos/proposer.go", "\ta.open = false\n\tenv.Done()\n\tif a.learned != 0 {", "\tif a.learned != 0 {", "actors/paxos", "TestTwinRequestIsOpenUntilAGiveUp"},
	{"late refusals that do not count", "actors/paxos/proposer.go", "\tenv.Note(noteNack)\n\tif a.phase == idle || b != a.ballot {\n\t\treturn\n\t}\n", "\tif a.phase == idle || b != a.ballot {\n\t\treturn\n\t}\n\tenv.Note(noteNack)\n", "actors/paxos", "TestTwinNacksAllCount"},
	{"messages to oneself that take as long as any", "sim/letter.go", "\tdelay := w.net.min\n", "\tdelay := w.net.min + 1\n", "actors/paxos", "TestTwinOwnMessagesTakeTheLeastDelay"},
	{"no wait for a decision from the start", "actors/paxos/actor.go", "\t\treturn\n\t}\n\ta.awaitDecision(env)\n}", "\t\treturn\n\t}\n}", "actors/paxos", "TestTwinLearnAlarm"},
	{"no new wait for a decision", "actors/paxos/proposer.go", "\ta.awaitDecision(env)\n\tif a.own != 0 {", "\tif !env.Armed(alarmLearn) {\n\t\ta.awaitDecision(env)\n\t}\n\tif a.own != 0 {", "actors/paxos", "TestTwinLearnAlarm"},
	{"a round that ends when its actor learns", "actors/paxos/learner.go", "\ta.learned = v\n\tenv.Stop(alarmLearn)", "\ta.learned = v\n\ta.leave(env)\n\tenv.Stop(alarmLearn)", "actors/paxos", "TestTwinLearnedGoesOn"},

	// What watches.
	{"an invariant that watches nothing", "actors/paxos/safeat.go", "if h.on&safeAt == 0 {", "if h.on&safeAt != 0 {", "actors/paxos", "TestEveryInvariant"},
	{"an invariant off the list", "actors/paxos/invariants.go", "\t{Name: QuorumIntersection, Grade: sim.Lemma, Doc: \"any two sets that count as quorums meet\"},\n", "", "actors/paxos/mutants", "TestUnsafeMutantsAreCaught"},
	{"a decision that agreement does not see", "actors/paxos/history.go", "\treturn h.claims(id, v, Ballot(under))\n", "\treturn nil\n", "actors/paxos", "TestEveryInvariant"},
	{"quorums that only majorities can be", "actors/paxos/history.go", "q.meet = q.promises+q.acceptances > n; !q.meet", "q.meet = 2*min(q.promises, q.acceptances) > n; !q.meet", "actors/paxos/mutants", "TestControlsAreNotFlagged"},
	{"a mutant that is not put in", "scenarios/read.go", "\tmutate(s)\n", "", "scenarios", "TestMutant"},
	{"a mutant that run files do not name", "sim/trace/file.go", "\t\tMutant:   s.Mutant,\n", "", "cmd/paxsim", "TestScripts"},
	{"a field of a message out of the digest", "actors/paxos/message.go", "\td.Mix(uint64(m.Last))\n", "", "actors/paxos", "TestDigestSeesEveryField"},
	{"a field of a record out of the digest", "actors/paxos/record.go", "\td.Mix(uint64(r.Accepted))\n", "", "actors/paxos", "TestDigestSeesEveryField"},
	{"the time of events out of the digest", "sim/world.go", "\td.Mix(uint64(w.queue.Now()))\n", "", "sim", "TestDigestSeesTheWorld"},

	// What a run came to.
	{"one actor that counts for all", "sim/world.go", "\tcase r.AllLearned():\n", "\tcase r.Decisions > 0:\n", "actors/paxos", "TestOutcomes"},
	{"the dead who are waited for", "sim/crash.go", "\t\t\tw.unlearned--\n\t\t\tw.learned(all)\n", "\t\t\tw.learned(all)\n", "actors/paxos", "TestOutcomes"},
	{"all who learn when one more dies", "sim/effect.go", "if w.unlearned <= 0 && !before {", "if w.unlearned <= 0 {", "actors/paxos", "TestOutcomes"},
	{"a decision that a crash leaves", "sim/crash.go", "\t\tw.learnedAt[id] = -1\n", "", "sim", "TestLearnedAt"},
	{"a core that is not alone waited for", "sim/calm.go", "w.awaited, w.unlearned = core.Len(), 0", "w.awaited, w.unlearned = w.n, 0", "actors/paxos", "TestCoreIsAwaited"},
	{"a second value that nobody is told of", "actors/paxos/votes.go", "h.onChosen != nil && !x.told", "h.onChosen != nil && !x.told && v == h.chosen", "actors/paxos/mutants", "TestChosenAgainstTrace"},
	{"a vote that is told of another", "actors/paxos/votes.go", "\t\th.onChosen(id, sim", "\t\th.onChosen(id%2+1, sim", "actors/paxos/mutants", "TestChosenAgainstTrace"},
	{"chosen, though the vote broke something", "sim/chosen.go", "\tif w.result.Violation != nil {\n\t\treturn\n\t}\n", "", "actors/paxos/mutants", "TestChosenAgainstTrace"},
	{"votes that nobody counts", "sim/world.go", "w.history == nil && len(w.observers) != 0 {", "false && w.history == nil && len(w.observers) != 0 {", "actors/paxos", "TestCountedWhileObserved"},
	{"a quota that one may miss", "sim/quota.go", "return actors/2 + 1", "return actors / 2", "scenarios", "TestExpectations"},

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
	{"pauses that do not add up", "sim/pause.go", "if e.pauses--; e.pauses > 0 ||", "if e.pauses--; e.pauses > 9 ||", "sim", "TestPausesAddUp"},
	{"a moment in the middle of a fault", "sim/aftermath.go", "if a.changes > 0 || a.coming {", "if a.coming {", "sim", "TestSelfCaused"},
	{"a pause that ends with a crash", "sim/crash.go", "\tif e.pauses > 0 {\n", "\tif false {\n", "sim", "TestOverlap"},
	{"a start that others do not wait for", "sim/pause.go", "\te.slow |= unborn\n\te.stalled", "\te.stalled", "sim", "TestOverlap"},
	{"a crash that is released too early", "sim/crash.go", "\t\te.holds++\n", "\t\te.holds = 1\n", "sim", "TestOverlap"},
	{"records of one sync of which a moment parts some", "sim/disk.go", "w.change() // they reach it together\n\td := &e.disk\n", "w.change() // they reach it together\n\tw.after.changes--\n\tdefer func() { w.after.changes++ }()\n\td := &e.disk\n", "sim", "TestOverlap"},
	{"a fault that is over before it begins", "sim/strike.go", "if w.search == nil && f.endsByClock() {", "if f.endsByClock() {", "sim/search", "TestFaultsWithoutTime"},
	{"a moment that begins what would be over", "sim/notice.go", "w.queue.Now() >= w.scenario.Faults[m.fault].Until //", "false //", "sim", "TestSelfCaused"},
	{"copies that are never lost", "sim/network.go", "return n.loss != 0 && c.flip(", "return false && c.flip(", "sim", "TestCopiesMeetLoss"},
	{"copies that are not counted as what could be lost", "sim/families.go", "sent-g.sent+(doubled-g.doubled)", "sent-g.sent", "sim", "TestCopiesMeetLoss"},
	{"a copy that is lost and still arrives", "sim/many.go", "\t\t\t\tw.copyLost(e, key, 1)\n", "\t\t\t\tw.copyLost(e, key, 1)\n\t\t\t\tm.targets = append(m.targets, target{uint32(f.second - f.second), uint16(to) | 1<<copyShift})\n", "sim", "TestCopiesMeetLoss"},
	{"an x that is far from the best", "actors/paxos/settings.go", "return scheduler.FractionOf(1, uint64(den)), den", "return scheduler.FractionOf(2, uint64(den)), den", "cmd/paxsim/internal/laws", "TestXAuto"},
	{"a clog that lets pass", "sim/longway.go", "\tw.clogged = append(w.clogged, x)\n", "", "sim", "TestClog"},
	{"a moment after the broadcast", "sim/effect.go", "\t\t\tif e.slow&dead != 0 {\n\t\t\t\treturn\n\t\t\t}\n\t\t}\n\t}\n}\n\n// left tells", "\t\t}\n\t}\n}\n\n// left tells", "sim", "TestMomentInABroadcast"},
	{"links that forget their order", "sim/pairs.go", "\t\tp.last[i] = at\n", "", "sim", "TestFIFO"},
	{"a link that holds one more", "sim/pairs.go", "len(p.way[i]) >= p.limit", "len(p.way[i]) > p.limit", "sim", "TestCapacity"},
	{"a bias drawn anew", "sim/pairs.go", "if p.extra[i] == 0 {", "if p.extra[i] >= 0 {", "sim", "TestStormIsARun"},
	{"damage that nobody counts", "sim/longway.go", "\t\t\tw.struck(FamilyCorrupt)\n", "", "sim", "TestRates"},
	{"a quorum that is not spared", "sim/strike.go", "return 2*(members-w.goneMembers-1) > members", "return members > 0", "sim", "TestSpareQuorum"},
	{"a core that is never calm", "sim/calm.go", "\tw.unclog()\n\tall := w.unlearned <= 0\n", "\tcore.Clear()\n\tw.unclog()\n\tall := w.unlearned <= 0\n", "actors/paxos", "TestTempest"},
	{"others who take the role as well", "actors/paxos/proposer.go", "return env.Leader() != 0 && env.Leader() != env.Self()", "return false", "actors/paxos", "TestTempest"},
	{"a bound that does not know the disks", "actors/paxos/bound.go", "work := sim.Time(saves) + 5*c.core + 2 +", "work := sim.Time(0) +", "actors/paxos", "TestBoundSteps"},
	{"a bound that counts from the storm's last message", "sim/calm.go", "\tif n := w.backlog(); n > 0 {", "\tif n := w.backlog(); n < 0 {", "actors/paxos", "TestBoundSteps"},
	{"a limit that does not know faults at moments", "sim/trouble.go", "\t\tt.Moments = append(t.Moments, f.For.Max)\n", "", "actors/paxos", "TestLimitKnowsEveryDuration"},
	{"a limit that does not know how long actors are down", "sim/trouble.go", "calm+s.Crashes.DownMax", "calm", "actors/paxos", "TestLimitKnowsEveryDuration"},
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
	{"a budget that is never spent", "sim/searched.go", "\tw.search.left.Losses--\n", "", "sim/search", "TestBudgets"},

	// The hunt.
	{"runs of pct longer than what its falls are drawn over", "sim/campaign/island.go", "\t\tc.Budget.Events = x.lengths[c.Variant]\n", "\t\t_ = x.lengths\n", "sim/campaign", "TestPCTHasABound"},
	{"a bound of pct of some runs alone", "sim/campaign/hunter.go", "max(e.Width, pct.Width)", "pct.Width", "sim/campaign", "TestPCTHasABound"},
	{"a fall that is none", "sim/search/pct.go", "\t\t\tracing[i].Tag = to\n", "\t\t\t_ = to\n", "sim/search", "TestFall"},
	{"a family of faults that is never off", "sim/campaign/draw.go", "\tb.Losses = dice.some(b.Losses, 2)\n", "", "sim/campaign", "TestDraw"},
	{"a find that is not the first", "sim/campaign/find.go", "\t\tif x.First.Seed < y.First.Seed {\n", "\t\tif x.First.Seed > y.First.Seed {\n", "sim/campaign", "TestHuntIsTheSame"},
	{"runs that are proof of nothing, and count", "sim/campaign/evidence.go", "case o.Violation == nil && !watches(s):\n", "case o.Violation == nil && false:\n", "sim/campaign", "TestProved"},
	{"vacuous runs that count", "sim/campaign/evidence.go", "case !atStake(s, o):\n", "case false:\n", "sim/campaign", "TestProved"},
	{"runs without a value that have something to lose", "sim/outcome.go", "o.Asked > 0 && o.Delivered > 0", "o.Delivered > 0", "sim/campaign", "TestProved"},
	{"a vote that nobody asked for", "actors/paxos/votes.go", "s == nil || !s.voters.Has(id) && !s.asked.Has(id)", "s == nil", "actors/paxos", "TestVoteAnswersAnAccept"},
	{"a refusal after which a vote counts", "actors/paxos/history.go", "\t\th.votes.refused(from, m.Ballot)\n", "", "actors/paxos", "TestVoteAnswersAnAccept"},
	{"an Accept that is heard before what was to be done first", "sim/arrive.go", "case e.slow&waiting != 0:\n", "case false:\n", "actors/paxos/mutants", "TestControlsAreNotFlagged"},
	{"an Accept that the history does not hear of", "sim/arrive.go", "\tw.overhear(e, ev, ev.key)\n", "", "actors/paxos", "TestHistoryHearsEveryAccept"},
	{"a text that replay does not compare", "sim/trace/compare.go", "if was[path] == got ||", "if path == \"violation.text\" || was[path] == got ||", "cmd/paxsim/internal/cli", "TestReplayComparesAll"},
	{"a lemma that is called safety", "sim/world.go", "Grade: gradeOf(w.spec.invariants, b.Invariant), ", "", "actors/paxos/mutants", "TestVariantsBreakALemmaOnly"},
	{"feedback that goes back to nothing", "sim/campaign/island.go", "\tleast.Tries++\n", "\treturn\n", "sim/campaign", "TestFeedbackReturns"},
	{"a way that leads elsewhere", "sim/campaign/island.go", "\tslices.Reverse(c.turns)\n", "\tif false {\n\t\tslices.Reverse(c.turns)\n\t}\n", "sim/campaign", "TestFeedbackReturns"},
	{"a hunt gone on with that has forgotten", "sim/campaign/state.go", "\t\tif err := x.Islands[i].index(); err != nil {\n", "\t\tx.Islands[i] = island{}\n\t\tif err := x.Islands[i].index(); err != nil {\n", "sim/campaign", "TestResume"},
	{"batches that are handed out too far ahead", "sim/campaign/campaign.go", "make(chan *job[T], c.ahead)", "make(chan *job[T], c.ahead+1)", "sim/campaign", "TestAhead"},
	{"a sample of states that depends on their order", "sim/campaign/states.go", "\tif t.Zero > s.Zero {\n", "\tif false {\n", "sim/campaign", "TestStates"},
	{"a state that tells actors apart", "actors/paxos/abstract.go", "\t\tif v := h.actors[i].decided; v != 0 {\n", "\t\td.Mix(uint64(h.actors[i].accepted))\n\t\tif v := h.actors[i].decided; v != 0 {\n", "actors/paxos", "TestAbstract"},
	{"a hunt that is gone on with whatever it was of", "cmd/paxsim/internal/cli/resume.go", "why := head.Of.Differs(&r.of); why != \"\"", "why := head.Of.Differs(&head.Of); why != \"\"", "cmd/paxsim", "TestKill"},
	{"a run file whose holds are not played", "cmd/paxsim/internal/cli/saved.go", "\tw.Search(search)\n", "\t_ = search\n", "cmd/paxsim/internal/cli", "TestFoundAgain"},
	{"a kept run that is not played first", "sim/simtest/simtest.go", "\tif !x.again(t) {\n\t\treturn\n\t}\n", "", "sim/simtest", "TestFindIsKept"},

	// The viewer's guide.
	{"a rule of Paxos told of a run that breaks it", "cmd/paxsim/internal/view/captions.go", "\tif sound {\n\t\t*s = append(*s, text)\n\t}\n", "\t*s = append(*s, text)\n", "cmd/paxsim/internal/view", "TestCaptionsOfBrokenRuns"},
	{"a promise that is said to be saved whatever the disk holds", "cmd/paxsim/internal/view/captions.go", "case disk.promised.below(b):", "case disk.promised.below(b) && !now && sound:", "cmd/paxsim/internal/view", "TestCaptionsOfBrokenRuns"},
	{"what is broken on purpose goes unsaid", "cmd/paxsim/internal/view/guide.go", "\tsound := len(wrong) == 0\n", "\tsound := len(wrong) >= 0\n", "cmd/paxsim/internal/view", "TestCaptionsOfBrokenRuns"},

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
