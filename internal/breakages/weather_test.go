package breakages

// weather breaks faults with a name, and what they do to links and actors.
var weather = []breakage{
	{"a ring that is a chain", "sim.(*strike).parts", never("f.Cut.Shape == Ring"), "sim.TestCutShapes"},
	{"a one-way cut both ways", "sim.(*strike).parts", swap("a&sender != 0 && b&receiver != 0", "a&sender != 0 && b&receiver != 0 || b&sender != 0 && a&receiver != 0"), "sim.TestCutShapes"},
	{"a pause that forgets what has come", "sim.(*World).stall", drop("e.stalled = append"), "sim.TestPause"},
	{"pauses that do not add up", "sim.(*World).resume", never("e.pauses > 0"), "sim.TestPausesAddUp"},
	{"a moment in the middle of a fault", "sim.(*World).settleDown", never("a.changes > 0"), "sim.TestSelfCaused"},
	{"a moment that begins what would be over", "sim.(*World).notice", never("w.queue.Now() >= w.scenario.Faults[m.fault].Until"), "sim.TestSelfCaused"},
	{"a moment after the broadcast", "sim.(*World).broadcast", never("e.slow&dead != 0"), "sim.TestMomentInABroadcast"},
	{"a pause that ends with a crash", "sim.(*World).comeBack", never("e.pauses > 0"), "sim.TestOverlap"},
	{"a start that others do not wait for", "sim.(*World).stallStart", drop("e.slow |= unborn"), "sim.TestOverlap"},
	{"a crash that is released too early", "sim.(*World).crash", swap("e.holds++", "e.holds = 1"), "sim.TestOverlap"},
	{"records of one sync of which a moment parts some", "sim.(*World).settle", after("w.change()", "w.after.changes--; defer func() { w.after.changes++ }()"), "sim.TestOverlap"},
	{"a fault that is over before it begins", "sim.(*World).scheduleFaults", always("w.search == nil"), "sim/search.TestFaultsWithoutTime"},
	{"copies that are never lost", "sim.(*network).loses", never("n.loss != 0"), "sim.TestCopiesMeetLoss"},
	{"copies that are not counted as what could be lost", "sim.(*World).tally", swap("(doubled-g.doubled)", "0"), "sim.TestCopiesMeetLoss"},
	{"a copy that is lost and still arrives", "sim.(*World).broadcastMany", after("w.copyLost", "m.targets = append(m.targets, target{uint32(f.second - f.second), uint16(to) | 1<<copyShift})"), "sim.TestCopiesMeetLoss"},
	{"a clog that lets pass", "sim.(*World).clog", drop("w.clogged = append"), "sim.TestClog"},
	{"links that forget their order", "sim.(*pairs).delay", drop("p.last[i] = at"), "sim.TestFIFO"},
	{"a link that holds one more", "sim.(*pairs).delay", swap("len(p.way[i]) >= p.limit", "len(p.way[i]) > p.limit"), "sim.TestCapacity"},
	{"a bias drawn anew", "sim.(*pairs).delay", always("p.extra[i] == 0"), "sim.TestStormIsARun"},
	{"damage that nobody counts", "sim.(*World).travel", drop("w.struck(FamilyCorrupt)"), "sim.TestRates"},
	{"a quorum that is not spared", "sim.(*World).mayGo", always(">= w.scenario.LeastAble()"), "sim.TestSpareQuorum"},
	{"a core that is never calm", "sim.(*World).calmCore", before("w.unclog()", "core.Clear()"), "actors/paxos.TestRandomWeather"},
	{"a bound that counts from the storm's last message", "sim.(*World).settlesAt", swap("n > 0", "n < 0"), "actors/paxos.TestBoundSteps"},
}
