package breakages

// protocol breaks the rest of Paxos: what it does beside its rules.
var protocol = []breakage{
	{"a round that is not saved", "actors/paxos.(*Actor).takeRole", drop("env.Save"), "actors/paxos.TestSoundIsNotFlagged"},
	{"a promise that is not saved", "actors/paxos.(*Actor).prepare", drop("SavePromise"), "actors/paxos.TestSoundIsNotFlagged"},
	{"a vote that is not saved", "actors/paxos.(*Actor).accept", drop("SaveVote"), "actors/paxos.TestSoundIsNotFlagged"},
	{"a lost message that is never repeated", "actors/paxos.(*Actor).repeat", always("stage != a.stage()"), "actors/paxos.TestRepeats"},
	{"learning that stops what a client waits for", "actors/paxos.(*Actor).learn", always("!a.open"), "actors/paxos.TestLearningStopsNoRequest"},
	{"an idle spell with no calm answer", "sim.(*Env).AfterChance", always("answer > 0"), "actors/paxos.TestCalmRunIsTheHappyPath"},
	{"an x that forgets the other actors", "actors/paxos.idleChance", swap("twice*sim.Time(max(s.Actors-1, 1))", "twice"), "cmd/paxsim/internal/formulas.TestXLaw"},
	{"an x that is far from the best", "actors/paxos.idleChance", swap("scheduler.FractionOf(1, uint64(den))", "scheduler.FractionOf(2, uint64(den))"), "cmd/paxsim/internal/formulas.TestXAuto"},
	{"a back-off that does not double", "actors/paxos.newSettings", swap("w *= 2", "w = t.backoffCap"), "cmd/paxsim/internal/formulas.TestBackoffIsUniform"},
	{"a back-off all of the same length", "actors/paxos.window.Seeded", swap("scheduler.Uniform(w).Seeded(u)", "uint32(w)/2"), "cmd/paxsim/internal/formulas.TestBackoffIsUniform"},
	{"a back-off of half the window", "actors/paxos.window.Seeded", swap("scheduler.Uniform(w)", "scheduler.Uniform(w/2+1)"), "cmd/paxsim/internal/formulas.TestBackoffIsUniform"},
	{"a proposer that waits for one promise more", "actors/paxos.isQuorum", swap("q.Holds(size, n)", "q.Holds(size-1, n)"), "cmd/paxsim/internal/formulas.TestWaitForPromises"},
	{"a repeat before an answer can be there", "actors/paxos.computeTiming", swap(`or("repeat", 2*delay+2*save+1)`, `or("repeat", delay+2*save+1)`), "cmd/paxsim/internal/formulas.TestLossLaw"},
	{"asking for ever", "actors/paxos.(*Actor).learnedNothing", always("a.asks < a.set.repeats"), "actors/paxos.TestRoughWeather"},

	// What a second implementation must know.
	{"an idle spell a tick too long", "sim.(*Env).AfterChance", swap("Time(answer) - 1", "Time(answer)"), "actors/paxos.TestTwinIdleSpellMayBeNothing"},
	{"acceptances that tell no ballot", "actors/paxos.(*Actor).Receive", swap("a.see(m.Ballot)", "if m.kind != Accepted { a.see(m.Ballot) }"), "actors/paxos.TestTwinAcceptedRaisesTheRound"},
	{"a round for nothing that is no giving up", "actors/paxos.(*Actor).propose", swap("a.giveUp(env)", "a.leave(env); a.awaitDecision(env)"), "actors/paxos.TestTwinNothingToPropose"},
	{"a round for nothing after which an idle spell begins", "actors/paxos.(*Actor).giveUp", both(drop("a.awaitDecision"), always("a.own != 0")), "actors/paxos.TestTwinNothingToPropose"},
	{"a learner that tells its client nothing", "actors/paxos.(*Actor).learn", drop("env.AnswerAll(v)"), "actors/paxos.TestClientsAreAnswered"},
	{"a learner that does not answer who asks later", "actors/paxos.(*Actor).Request", drop("env.AnswerAll"), "actors/paxos.TestClientsAreAnswered"},
	{"a client that is told another value", "actors/paxos.(*Actor).learn", swap("env.AnswerAll(v)", "env.AnswerAll(v + 1)"), "actors/paxos.TestSoundIsNotFlagged"},
	{"a request that stays open when its actor gives up", "actors/paxos.(*Actor).giveUp", both(drop("a.open = false"), drop("env.Busy(false)")), "actors/paxos.TestTwinRequestIsOpenUntilAGiveUp"},
	{"late refusals that do not count", "actors/paxos.(*Actor).refused", both(drop("env.Note(noteNack)"), after("b != a.ballot", "env.Note(noteNack)")), "actors/paxos.TestTwinNacksAllCount"},
	{"messages to oneself that take as long as any", "sim.(*World).post", swap("delay := w.net.DelayMin", "delay := w.net.DelayMin + 1"), "actors/paxos.TestTwinOwnMessagesTakeTheLeastDelay"},
	{"no wait for a decision from the start", "actors/paxos.(*Actor).Start", drop("a.awaitDecision"), "actors/paxos.TestTwinLearnAlarm"},
	{"no new wait for a decision", "actors/paxos.(*Actor).giveUp", swap("a.awaitDecision(env)", "if !env.Armed(alarmLearn) { a.awaitDecision(env) }"), "actors/paxos.TestTwinLearnAlarm"},
	{"a round that ends when its actor learns", "actors/paxos.(*Actor).learn", after("a.learned = v", "a.leave(env)"), "actors/paxos.TestTwinLearnedGoesOn"},
	{"others who take the role as well", "actors/paxos.(*Actor).barred", never("env.Leader() != 0 && env.Leader() != env.Self()"), "actors/paxos.TestRandomWeather"},

	// What it promises about time.
	{"a bound that does not know the disks", "actors/paxos.(*calm).work", swap("sim.Time(saves) + 5*c.core + 2", "sim.Time(0)"), "actors/paxos.TestBoundSteps"},
	{"a limit that does not know faults at moments", "sim.(*Trouble).add", drop("t.Moments = append"), "actors/paxos.TestLimitKnowsEveryDuration"},
	{"a limit that comes too soon", "actors/paxos.(*calm).work", swap("sim.Time(saves) + 5*c.core + 2", "sim.Time(0)"), "internal/anyscenario.TestAnyScenario"},
	{"a limit that does not know how long actors are down", "sim.(*Scenario).Trouble", swap("calm+s.Crashes.DownMax", "calm"), "actors/paxos.TestLimitKnowsEveryDuration"},
}
