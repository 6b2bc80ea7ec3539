package breakages

// searched breaks the searched engine, in which an adversary picks the next event.
var searched = []breakage{
	{"an event held back for good", "sim/search.(*Deferred).Release", swap("true", "false"), "sim/search.TestHoldsReplay"},
	{"a hold that is lost with its alarm", "sim/search.(*Enabled).Take", drop("p.keepDeferral"), "sim/search.TestHoldsReplay"},
	{"an event held back as another was in its slot", "sim/search.(*Enabled).keepDeferral", drop("p.until[slot] = 0"), "sim/search.TestPendingIsPlain"},
	{"a highest tag that is not looked for again", "sim/search.(*chunk).take", drop("c.top = 0"), "sim/search.TestPendingIsPlain"},
	{"alarms that wait in vain and still go off", "sim.(*searched).pop", drop("p.Spend"), "sim/campaign.TestSearchedRunsStay"},
	{"an actor that stays down after an idle crash", "sim.(*World).crashIdle", drop("w.search.bounce"), "sim.TestIdleCrash"},
	{"copies whose idle crash is that of their message", "sim.idleKey", swap("happened + idleOffset", "happened.WithWhat(chance.CrashIdle)"), "sim.TestIdleCrashIsAChoice"},
	{"a return that releases nothing", "sim.(*searched).next", drop("x.held.Release(p.Key(at))"), "cmd/paxsim/internal/dialogue.TestHeldUntilAReturn"},
	{"a budget that is never spent", "sim.(*World).losesSearched", drop("w.search.left.Losses--"), "sim/search.TestBudgets"},
	{"a fall that is none", "sim/search.(*PCT).Pick", drop("p.Retag"), "sim/search.TestFall"},
}
