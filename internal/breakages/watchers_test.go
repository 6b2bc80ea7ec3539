package breakages

// watchers breaks what looks at runs, and what is said of their end.
var watchers = []breakage{
	{"an invariant that watches nothing", "actors/paxos.(*history).safeAt", opposite("h.on&safeAt == 0"), "actors/paxos.TestEveryInvariant"},
	{"a disk that may forget a vote", "actors/paxos.(*history).Saved", never("r.Accepted < a.accepted"), "actors/paxos.TestEveryInvariant"},
	{"a promise that may go back", "actors/paxos.(*history).promised", never("h.on&promiseRises != 0"), "actors/paxos.TestEveryInvariant"},
	{"an invariant off the list", "actors/paxos.invariantList", drop("{Name: QuorumIntersection"), "actors/paxos/mutants.TestUnsafeMutantsAreCaught"},
	{"a decision that agreement does not see", "actors/paxos.(*history).Decided", swap("h.claims(id, v, Ballot(under))", "nil"), "actors/paxos.TestEveryInvariant"},
	{"quorums that only majorities can be", "actors/paxos.quorumsOf", swap("q.promises+q.acceptances", "2*min(q.promises, q.acceptances)"), "actors/paxos/mutants.TestControlsAreNotFlagged/half-accept-quorum"},
	{"a vote that nobody asked for", "actors/paxos.(*history).voted", never("!s.voters.Has(id) && !s.asked.Has(id)"), "actors/paxos.TestVoteAnswersAnAccept"},
	{"a refusal after which a vote counts", "actors/paxos.(*history).Sent", drop("h.votes.refused"), "actors/paxos.TestVoteAnswersAnAccept"},
	{"a violation that names others as voters", "actors/paxos.(*history).voters", swap("int(id)", "int(id)%3 + 1"), "actors/paxos/mutants.TestVotersWereAsked"},
	{"an Accept that is heard before what was to be done first", "sim.(*World).overhear", never("e.slow&waiting != 0"), "actors/paxos/mutants.TestControlsAreNotFlagged/strict-promise"},
	{"an Accept that the history does not hear of", "sim.(*World).receive", drop("w.overhear"), "actors/paxos.TestHistoryHearsEveryAccept"},
	{"a lemma that is called safety", "sim.(*World).broke", drop("Grade: gradeOf"), "actors/paxos/mutants.TestVariantsBreakALemmaOnly"},
	{"a state that tells actors apart", "actors/paxos.(*history).Abstract", before("h.actors[i].decided; v != 0", "d.Mix(uint64(h.actors[i].accepted))"), "actors/paxos.TestAbstract"},
	{"a mutant that is none", "actors/paxos/mutants.unsavedPromise", swap("func(*paxos.Env, *paxos.Record) {}", "r.SavePromise"), "actors/paxos/mutants.TestUnsafeMutantsAreCaught/unsaved-promise"},
	{"a mutant that is not put in", "scenarios.(*loader).scenario", drop("mutate(s)"), "scenarios.TestMutant"},
	{"a mutant that run files do not name", "sim/trace.New", drop("Mutant: s.Mutant"), "cmd/paxsim.TestScripts/zoo"},
	{"a field of a message out of the digest", "actors/paxos.Message.Words", drop("m.Last"), "actors/paxos.TestDigestSeesEveryField"},
	{"a field of a record out of the digest", "actors/paxos.Record.Words", drop("r.Accepted"), "actors/paxos.TestDigestSeesEveryField"},
	{"the time of events out of the digest", "sim.(*World).Steps", drop("d.Mix(uint64(w.queue.Now()))"), "sim.TestDigestSeesTheWorld"},

	// What a run came to.
	{"one actor that counts for all", "sim.(*World).Outcome", swap("case r.AllLearned(): r.Verdict = VerdictDecided", "case r.Decisions > 0: r.Verdict = VerdictDecided"), "actors/paxos.TestOutcomes"},
	{"the dead who are waited for", "sim.(*World).crash", drop("w.unlearned--"), "actors/paxos.TestOutcomes"},
	{"all who learn when one more dies", "sim.(*World).learned", always("!before"), "actors/paxos.TestOutcomes"},
	{"a decision that a crash leaves", "sim.(*World).fall", drop("w.learnedAt[id] = -1"), "sim.TestLearnedAt"},
	{"a core that is not alone waited for", "sim.(*World).calmCore", swap("core.Len()", "w.n"), "actors/paxos.TestCoreIsAwaited"},
	{"a second value that nobody is told of", "actors/paxos.(*history).choose", after("h.onChosen(id", "h.onChosen = nil"), "actors/paxos/mutants.TestChosenAgainstTrace"},
	{"a vote that is told of another", "actors/paxos.(*history).choose", before("h.onChosen(id", "id = id%2+1"), "actors/paxos/mutants.TestChosenAgainstTrace"},
	{"chosen, though the vote broke something", "sim.(*World).chosen", never("w.result.Violation != nil"), "actors/paxos/mutants.TestChosenAgainstTrace"},
	{"votes that nobody counts", "sim.(*World).Reset", never("w.history == nil && len(w.observers) != 0"), "actors/paxos.TestCountedWhileObserved"},
	{"a stated limit that counts as a fault", "internal/anyscenario.explain", swap("e.Came = AtItsLimit", "e.Came = Fault"), "internal/anyscenario.TestAnyScenario"},
	{"a quota that one may miss", "sim.(*Quota).many", swap("actors/2 + 1", "actors / 2"), "scenarios.TestExpectations"},
	{"a run file with another digest", "sim/trace.(*File).cameTo", swap("o.Digest", "o.Digest + 1"), "cmd/paxsim/internal/cli.TestAllRoads"},
	{"a text that replay does not compare", "sim/trace.(*File).Compare", swap("was[path] == got", `path == "violation.text" || was[path] == got`), "cmd/paxsim/internal/cli.TestReplayComparesAll"},
}
