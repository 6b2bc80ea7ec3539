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
	{"messages whose rounds nobody checks", "sim.messageAbilities", drop(`abilityOf[Rounder]("Round")`), "sim.TestAbilitiesHaveOneSignature"},
	{"entries without a round", "sim.(*World).told", drop("e.Round = m.Round()"), "sim.TestEntriesTellRounds"},
	{"a forged sender that is not told", "sim.(*World).emitArrival", drop("e.As = as"), "sim.TestEntriesTellRounds"},
	{"decisions without a round", "sim.(*World).saw", drop("Round: under"), "sim.TestEntriesTellRounds"},
	{"events of a violation in no order", "sim.spokenOf", drop("slices.Sort"), "sim.TestViolationNamesItsEvents"},
	{"a decision whose event is forgotten", "sim.(*Consensus).Decided", swap("c.run.Event()", "0"), "sim.TestViolationNamesItsEvents"},
	{"events of a violation that the file does not hold", "sim/trace.newViolation", swap("slices.Clone(v.Events)", "nil"), "sim/trace.TestFileTellsTheEventsOfAViolation"},
	{"events of a violation that may fall", "sim/trace.(*Violation).inOrder", never("e <= last"), "sim/trace.TestDecodeNamesEveryMistake"},
	{"a round read that is not as it is printed", "actors/paxos.parseRound", swap("b.String() == text", "true"), "actors/paxos.TestRoundsReadBack"},
	{"a refusal that is no evidence", "sim/campaign.(*Evidence).add", never("n.Purpose == sim.RefusesRound"), "cmd/paxsim.TestScripts/fuzz"},
	{"a history of consensus that watches nothing", "sim.(*Consensus).Decided", never("c.agreement && v != first.Value"), "sim/simtest.TestSmallest"},
	{"a run that is not made twice", "sim/campaign.twice", swap("i%again == again-1", "false"), "sim/simtest.TestHandlersAreDeterministic"},
	{"a quorum of one phase for all", "sim.(*Scenario).LeastAble", swap("max(least, q)", "least"), "actors/paxos.TestQuorumsThatMeet"},
	{"Accepts to fewer than a quorum of acceptances", "actors/paxos.(*Actor).promisedMore", never("a.set.fanOut == fanOutQuorum && a.promises.Count <= a.set.accepters"), "actors/paxos.TestQuorumsThatMeet"},
	{"quorums that miss and are not told of", "sim.(*Scenario).Missing", always("a+b > n"), "actors/paxos.TestQuorumsThatMiss"},
	{"a moment of a quorum that is one of a majority", "sim.(*Moment).times", never("m.Quorum"), "actors/paxos.TestMomentOfAQuorum"},
	{"an instance out of the digest", "sim.(*World).decide", drop("w.digest.Mix(uint64(i))"), "sim.TestInstancesInTheDigest"},
	{"instances that a crash leaves", "sim.(*World).fall", drop("w.instances.forget"), "sim.TestInstancesAreForgotten"},
	{"a goal of one instance", "sim.(*World).Reset", swap("w.instances.goal", "1"), "sim.TestInstances"},
}
