package breakages

// parts breaks what a world is made of, in rooms that know no world: their own tests
// must notice.
var parts = []breakage{
	{"an actor that is drawn twice", "sim/aims.(*Chooser).draw", drop("left = append(left[:j]"), "sim/aims.TestDrawsPutNothingBack"},
	{"a half that is empty", "sim/partitions.Sides.Halve", drop("s[last] ^= 1"), "sim/partitions.TestHalve"},
	{"a moment that comes again", "sim/triggers.(*Moments).StopAwaiting", swap("m.due-c.done", "m.Due"), "sim/triggers.TestMomentsAreCounted"},
	{"a source that is asked about nothing", "sim/chance.(*Door).answer", never("outcomes < 2"), "sim/chance.TestSourceIsAsked"},
	{"weights of another delay", "sim/delays.Delay.equal", always("a.Sigma == b.Sigma"), "sim/delays.TestCache"},
	{"a loss edited away that is doubled", "sim/weather.dupBits", swap("uint32(h) * 0x9e3779b1", "uint32(h)"), "sim/weather.TestLossEditedAway"},
	{"a calm link that still drops", "sim/links.(*Table).Delay", always("!w.Calm()"), "sim/links.TestCapacity"},
	{"a disk that reads past its cache", "sim/disks.(*Store).Last", never("s.Cache[i].Slot == slot"), "sim/disks.TestLast"},
	{"a crash that ends by an event of its own", "sim/faults.(*Fault).EndsByClock", always("f.Crash.IsZero()"), "sim/faults.TestWhen"},
	{"half as a majority", "sim/quorums.Quorum.Holds", swap("2*size > n", "2*size >= n"), "sim/quorums.TestQuorum"},
	{"a set that forgets its second word", "sim/ids.(*Set).CopyFrom", drop("s.more = append"), "sim/ids.TestSet"},
}
