package breakages

// world breaks the network, the disks, the clients and crashes, and the queue
// below them.
var world = []breakage{
	{"no loss", "sim/weather.lossBits", swap("uint32(h)", "uint32(h) >> 31"), "sim.TestFamiliesHappen"},
	{"no duplicates", "sim/weather.dupBits", swap("uint32(h) * 0x9e3779b1", "uint32(h) >> 31"), "sim.TestFamiliesHappen"},
	{"one delay for all", "sim/weather.delayBits", swap("h >> 32", "h >> 63"), "sim.TestFamiliesHappen"},
	{"a loss edited away that becomes a duplicate", "sim/weather.dupBits", swap("uint32(h) * 0x9e3779b1", "uint32(h)"), "sim.TestLossAndDuplicateAreTheirOwn"},
	{"a cut that lets pass what is in flight", "sim.(*World).undeliverable", swap("cutOnArrival", "arrives"), "sim.TestCut"},
	{"a cut that begins a message too late", "sim.(*World).postAny", never("w.faults.cut() && w.faults.separated"), "sim.TestCut"},
	{"a client that asks once", "sim.(*World).comeBack", drop("w.askAgain"), "sim.TestClientAsksAgain"},
	{"a client that asks again with the old value", "sim.(*clients).begin", drop("c.asks[r.actor]++"), "sim.TestClientAsksAgain"},
	{"an answer that leaves the operation open", "sim.(*World).answer", drop("r.ended = true"), "sim.TestAskedAgain"},
	{"an answer that ends all requests of its actor", "sim.(*Env).Answer", swap("w.reply(e, r, result)", "e.AnswerAll(result)"), "sim.TestOperations"},
	{"an answer before which nobody can crash", "sim.(*World).answer", never("w.crashesBefore"), "sim.TestCrashBeforeAnswer"},
	{"an answer that no digest sees", "sim.(*World).answer", both(drop("uint64(opAnswer)<<56"), drop("w.digest.Mix(uint64(r.op))")), "sim.TestAnswersAreInTheDigest"},
	{"a run that ends with requests open", "sim.(*World).openRequests", drop("c.open++"), "sim.TestOperations"},
	{"a client that is known over a crash", "sim.(*World).hangUp", drop("r.known = false"), "sim.TestAskedAgain"},
	{"a retry that is another operation", "sim.(*clients).begin", never("r.op != 0"), "sim.TestAskedAgain"},
	{"an answer that overtakes a sync", "sim.(*World).reply", never("e.slow&mustWait != 0"), "sim.TestAnswerBehindDisk"},
	{"work that outlives its actor", "sim.(*World).hangUp", drop("w.clients.rest"), "sim.TestBusy"},
	{"a disk that keeps nothing", "sim.(*World).store", swap("d.Records[slot] = *rec", "d.Records[slot] = d.Records[0]"), "actors/paxos.TestSoundIsNotFlagged"},
	{"a restart that remembers", "sim.(*World).comeBack", drop("w.renew"), "sim.TestRestartForgets"},
	{"alarms that survive a crash", "sim.(*World).fall", drop("w.disarm"), "sim.TestRestartForgets"},
	{"effects that overtake a sync", "sim.(*Env).Send", swap("state&mustWait != 0", "state&dead != 0"), "actors/paxos.TestSoundIsNotFlagged"},
	{"a half-sent broadcast that cannot be", "sim.(*World).broadcast", swap("to != e.self", "to == 1 && to != e.self"), "actors/paxos.TestEveryCrashCut"},
	{"the dead who set alarms", "sim.(*Env).After", always("e.slow&dead == 0"), "sim.TestTheDeadDoNothing"},
	{"weather that never calms", "sim/weather.Network.Calmed", drop("n.Loss, n.Duplicate"), "actors/paxos.TestUntil"},
	{"a double that takes its message's time", "sim/weather.(*Odds).Fate", swap("key.WithWhat(chance.Delay+1)", "key.WithWhat(chance.Delay)"), "sim.TestNoChoiceIsAskedTwice"},
	{"a broadcast to many that forgets its order", "sim.(*World).file", before("m.counts[t.delay] = 0", "b.to[0], b.to[len(b.to)-1] = b.to[len(b.to)-1], b.to[0]"), "sim.TestManyIsTheSame"},
	{"a queue that turns a tick around", "scheduler.(*Queue).Push", swap("q.slab[l.tail].next = n", "e.next, l.head = l.head, n"), "scheduler.TestQueueAgainstReference"},
	{"a stream instead of names", "scheduler.Seed.Hash", swap("uint64(k)", "uint64(k>>26)"), "sim.TestFamiliesHappen"},
}
