package breakages

// weather breaks faults with a name, and what they do to links and actors.
var weather = []breakage{
	{"a ring that is a chain", "sim/partitions.Sides.Apart", never("shape == Ring"), "sim.TestCutShapes"},
	{"a one-way cut both ways", "sim/partitions.Sides.Apart", swap("a&Sender != 0 && b&Receiver != 0", "a&Sender != 0 && b&Receiver != 0 || b&Sender != 0 && a&Receiver != 0"), "sim.TestCutShapes"},
	{"a pause that forgets what has come", "sim.(*World).stall", drop("e.stalled = append"), "sim.TestPause"},
	{"pauses that do not add up", "sim.(*World).resume", never("e.pauses > 0"), "sim.TestPausesAddUp"},
	{"a moment in the middle of a fault", "sim.(*World).flushAftermath", never("a.changes > 0"), "sim.TestSelfCaused"},
	{"a moment that begins what would be over", "sim.(*World).trigger", never("w.queue.Now() >= w.scenario.Faults[m.Fault].Until"), "sim.TestSelfCaused"},
	{"a moment after the broadcast", "sim.(*World).broadcast", never("e.slow&dead != 0"), "sim.TestMomentInABroadcast"},
	{"a pause that ends with a crash", "sim.(*World).comeBack", never("e.pauses > 0"), "sim.TestOverlap"},
	{"a start that others do not wait for", "sim.(*World).stallStart", drop("e.slow |= unborn"), "sim.TestOverlap"},
	{"a crash that is released too early", "sim.(*World).crash", swap("e.holds++", "e.holds = 1"), "sim.TestOverlap"},
	{"records of one sync of which a moment parts some", "sim.(*World).flushCache", after("w.change()", "w.after.changes--; defer func() { w.after.changes++ }()"), "sim.TestOverlap"},
	{"a fault that is over before it begins", "sim.(*World).scheduleFaults", always("w.search == nil"), "sim/search.TestFaultsWithoutTime"},
	{"copies that are never lost", "sim/weather.(*Odds).LosesCopy", never("n.Loss != 0"), "sim.TestCopiesMeetLoss"},
	{"copies that are not counted as what could be lost", "sim.(*World).tally", swap("(doubled-g.doubled)", "0"), "sim.TestCopiesMeetLoss"},
	{"a copy that is lost and still arrives", "sim.(*World).broadcastBatch", after("w.copyLost", "m.targets = append(m.targets, target{uint32(f.CopyDelay - f.CopyDelay), uint16(to) | 1<<copyShift})"), "sim.TestCopiesMeetLoss"},
	{"a clog that lets pass", "sim.(*World).clog", drop("w.clogged = append"), "sim.TestClog"},
	{"links that forget their order", "sim/links.(*Table).Delay", drop("p.last[i] = at"), "sim.TestFIFO"},
	{"a link that holds one more", "sim/links.(*Table).Delay", swap("len(p.flights[i]) >= p.limit", "len(p.flights[i]) > p.limit"), "sim.TestCapacity"},
	{"a bias drawn anew", "sim/links.(*Table).Delay", always("p.extra[i] == 0"), "sim.TestStormIsARun"},
	{"damage that nobody counts", "sim.(*World).travel", drop("w.struck(faults.FamilyCorrupt)"), "sim.TestRates"},
	{"a quorum that is not spared", "sim.(*World).mayGo", always(">= w.scenario.LeastAble()"), "sim.TestSpareQuorum"},
	{"a core that is never calm", "sim.(*World).calmCore", before("w.unclog()", "core.Clear()"), "actors/paxos.TestRandomWeather"},
	{"a bound that counts from the storm's last message", "sim.(*World).arrivesBy", swap("n > 0", "n < 0"), "actors/paxos.TestBoundSteps"},
}
