package breakages

// searched breaks the searched engine, in which an adversary picks the next event.
var searched = []breakage{
	{"an event held back for good", "sim.(*searched).release", swap("true", "false"), "sim/search.TestHoldsReplay"},
	{"a hold that is lost with its alarm", "sim.(*searched).takeBack", before("x.take", "x.pending.hold(x.queue.At(slot).place, 0)"), "sim/search.TestHoldsReplay"},
	{"tags that are forgotten when places are given out anew", "sim.(*Pending).renumber", drop("p.list[x.Place].tag"), "sim.TestPendingIsPlain"},
	{"a highest tag that is not looked for again", "sim.(*Pending).Racing", drop("p.raced = actor + 1"), "sim.TestPendingIsPlain"},
	{"alarms that wait in vain and still go off", "sim.(*searched).pop", drop("p.spend"), "sim/campaign.TestSearchedRunsStay"},
	{"an actor that stays down after an idle crash", "sim.(*World).crashIdle", drop("w.search.bounce"), "sim.TestIdleCrash"},
	{"copies whose idle crash is that of their message", "sim.idleKey", swap("happened + idleOffset", "happened.WithWhat(whatCrashIdle)"), "sim.TestIdleCrashIsAChoice"},
	{"a return that releases nothing", "sim.(*searched).next", drop("x.release(p.Key(at))"), "cmd/paxsim/internal/walk.TestHeldUntilAReturn"},
	{"a budget that is never spent", "sim.(*World).losesSearched", drop("w.search.left.Losses--"), "sim/search.TestBudgets"},
	{"a fall that is none", "sim/search.(*PCT).fall", drop("racing[i].Tag = to"), "sim/search.TestFall"},
}
