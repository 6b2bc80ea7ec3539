package breakages

// contract breaks what a protocol is promised: that what no handler may do is a
// find, that quorums are those of the scenario, and that instances are apart.
var contract = []breakage{
	{"a panic of a source that is blamed on the protocol", "sim.(*World).caught", never("stack.ofOthers()"), "sim.TestPanicOfOthers"},
	{"a run that panics and lacks a checkpoint", "sim.(*World).caught", never("w.events >= w.nextStop"), "sim.TestPanicAtACheckpoint"},
	{"a flood that nobody stops to blame", "sim.(*World).caught", never("w.pushed() >= most/2"), "sim.TestPanicIsAViolation"},
	{"an address in the text of a panic", "sim.panicText", swap(`fmt.Sprintf("a value of type %T", p)`, `fmt.Sprintf("%p", p)`), "sim.TestPanicIsAViolation"},
	{"a panic without its stack in the file", "sim/trace.newViolation", swap("slices.Clone(v.Stack)", "nil"), "sim/simtest.TestPanicIsKept"},
	{"an ability with the wrong signature", "sim.misnamed", always("!ok || t.Implements(a.is)"), "sim.TestAbilitiesHaveOneSignature"},
	{"a history of consensus that watches nothing", "sim.(*Consensus).Decided", never("c.agreement && v != first.Value"), "sim/simtest.TestSmallest"},
	{"a run that is not made twice", "sim/campaign.twice", swap("i%again == again-1", "false"), "sim/simtest.TestHandlersAreDeterministic"},
	{"a quorum of one phase for all", "sim.(*Scenario).LeastAble", swap("max(least, q)", "least"), "actors/paxos.TestQuorumsThatMeet"},
	{"Accepts to fewer than a quorum of acceptances", "actors/paxos.(*Actor).promisedMore", never("a.set.fanOut == fanOutQuorum && a.promises.Count <= a.set.accepters"), "actors/paxos.TestQuorumsThatMeet"},
	{"quorums that miss and are not told of", "sim.(*Scenario).Missing", always("a+b > n"), "actors/paxos.TestQuorumsThatMiss"},
	{"a moment of a quorum that is one of a majority", "sim.(*Moment).times", never("m.Quorum"), "actors/paxos.TestMomentOfAQuorum"},
	{"an instance out of the digest", "sim.(*World).decide", drop("w.digest.Mix(uint64(i))"), "sim.TestInstancesInTheDigest"},
	{"instances that a crash leaves", "sim.(*World).fall", drop("w.instances.forget"), "sim.TestInstancesAreForgotten"},
	{"an instance that is known since its first learner", "sim.(*learning).settle", always("l.awaited == awaited"), "sim.TestInstancesAreTimed"},
	{"an instance that all know anew when one goes", "sim.(*learning).settle", never("!l.AllLearned"), "sim.TestInstancesAreTimed"},
	{"an instance that is known as before a crash", "sim.(*instances).forget", drop("l.values[id], l.LearnedAt[id] = 0, -1"), "sim.TestInstancesAreTimed"},
	{"a crash for good that no instance hears of", "sim.(*World).crash", drop("w.instances.settle"), "sim.TestInstancesAreTimed"},
	{"a core that no instance hears of", "sim.(*World).calmCore", drop("w.instances.await"), "sim.TestInstancesInACore"},
	{"an instance that is chosen and not kept", "sim.(*World).chosen", drop("l.Chosen, l.ChosenTime = c, now"), "sim.TestChosenByInstance"},
	{"a first decision that is of instance 0", "sim.(*Outcome).FirstDecided", never("d.DecideTime < at"), "sim.TestFirstOfAnyInstance"},
	{"an outcome that is the world's", "sim.Outcome.Kept", drop("o.Instances[i].LearnedAt = slices.Clone"), "sim.TestKept"},
	{"an instance that no run waits for", "sim.(*Scenario).checkInstances", drop(`bad(path, "a run of %s waits for instances 0 to %d: none waits for instance %d", s.Protocol.Name(), goal-1, x.Instance)`), "scenarios.TestInstanceMistakes"},
	{"an instance that is decided before the run is", "sim.(*Scenario).checkInstances", never("t.t < run.NeverDecidedBefore"), "scenarios.TestInstanceMistakes"},
	{"an instance that is judged as the run", "scenarios.standingIn", swap("o.Decision(i)", "o.Decision(0)"), "scenarios.TestInstancesAreJudged"},
	{"instances in the order of the file", "scenarios.instancesField", drop("slices.SortFunc"), "scenarios.TestInstancesAreWritten"},
	{"a table of all instances", "cmd/paxsim/internal/report.(*tableSink).drawInstances", swap("r.ByInstance[:min(len(r.ByInstance), mostLines)]", "r.ByInstance"), "cmd/paxsim/internal/report.TestInstancesInATable"},
	{"a goal of one instance", "sim.(*World).Reset", swap("w.instances.goal", "1"), "sim.TestInstances"},
}
