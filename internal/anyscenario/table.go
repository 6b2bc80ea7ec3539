package anyscenario

import (
	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/links"
	"github.com/paxsim/paxsim/sim/weather"
	"github.com/paxsim/paxsim/sim/zoo"
)

// field is how a field of a file is drawn.
type field struct {
	path string // as scenarios.Fields has it
	said int64  // in how many of a hundred cases it is said, where it can be; own: its section decides
	draw kind   // nil: its section writes it
	ends string // why it is not drawn over its whole range: which ends it has; "": both
}

// own, as how often a field is said, leaves that to the section that it is in.
const own = -1

// Ends that sound scenarios do not have.
const (
	lowAlone  = "low"
	highAlone = "high"
	noEnds    = "none"
)

const certain = int64(scheduler.Certain)

// table is a line for each field of a file. They are drawn in this order, so
// that what others depend on comes first. A new field of the format needs a line
// here, where it is to be drawn.
var table = []field{
	{"paxsim", 100, words("1"), ""},
	{"base", own, words(bases...), ""},
	{"tick", own, ticks(), ""},
	{"actors", 100, numbersOfActors(), ""},
	{"members", 15, or("all", actorLists()), ""},
	{"quorums.promises", own, or("majority", counts(1, sim.MaxActors)), ""},
	{"quorums.accepts", own, or("majority", counts(1, sim.MaxActors)), ""},
	{"protocol", 5, words("paxos"), ""},

	{"periods.N.for", own, times(1, maxTime), ""},
	{"periods.N.delay", 30, anyDelays(), ""},
	{"periods.N.loss", 40, chances(0, certain), ""},
	{"periods.N.duplicate", 30, chances(0, certain), ""},
	{"periods.N.corrupt", 20, chances(0, certain), ""},
	{"periods.N.forge", 2, words("0%"), lowAlone},
	{"periods.N.crashes", 40, chances(0, certain), ""},
	{"periods", own, nil, ""},
	{"until", own, or("never", times(1, maxTime)), ""},

	{"mutant", 2, words("none"), lowAlone},

	{"network.delay", 90, anyDelays(), ""},
	{"network.loss", 45, ending(chances(0, certain)), ""},
	{"network.duplicate", 35, chances(0, certain), ""},
	{"network.copies", 25, counts(1, weather.MaxCopies), ""},
	{"network.corrupt", 20, ending(chances(0, certain)), ""},
	{"network.forge", 2, words("0%"), lowAlone},
	{"network.bias", 20, paired("0s", times(0, maxDelay)), ""},
	{"network.fifo", 20, paired("false", truth()), ""},
	{"network.capacity", 4, paired("unlimited", or("unlimited", counts(1, links.MaxCapacity))), ""},
	{"network.evict", 10, words("newest", "oldest"), ""},
	{"disk.sync", 45, times(0, maxDelay), ""},
	{"crashes.chance", 35, ending(chances(0, certain)), ""},
	{"crashes.down", 35, spans(maxDelay), ""},
	{"core", own, or("all", or("any", actorLists())), ""},
	{"spare", 20, words("nobody", "quorum"), ""},

	{"faults.NAME.split", own, splits(), ""},
	{"faults.NAME.isolate", own, targets(), ""},
	{"faults.NAME.one_way.from", own, targets(), ""},
	{"faults.NAME.one_way.to", own, targets(), ""},
	{"faults.NAME.ring", own, targets(), ""},
	{"faults.NAME.chain", own, targets(), ""},
	{"faults.NAME.bridge", own, targets("all"), ""},
	{"faults.NAME.clog", own, words("all"), ""},
	{"faults.NAME.clog.from", 50, targets(), ""},
	{"faults.NAME.clog.to", 50, targets(), ""},
	{"faults.NAME.clog.messages", 50, lists(messages...), ""},
	{"faults.NAME.weather.from", 50, targets(), ""},
	{"faults.NAME.weather.to", 50, targets(), ""},
	{"faults.NAME.weather.messages", 40, lists(messages...), ""},
	{"faults.NAME.weather.delay", 40, anyDelays(), ""},
	{"faults.NAME.weather.loss", 50, chances(0, certain), ""},
	{"faults.NAME.weather.duplicate", 40, chances(0, certain), ""},
	{"faults.NAME.weather.corrupt", 40, chances(0, certain), ""},
	{"faults.NAME.weather.forge", 2, words("0%"), lowAlone},
	{"faults.NAME.crash", own, targets(), ""},
	{"faults.NAME.pause", own, targets(), ""},
	{"faults.NAME.every", own, anyDelays(), ""},
	{"faults.NAME.when", own, moments(), noEnds},
	{"faults.NAME.at", own, times(0, maxTime), ""},
	{"faults.NAME.until", own, or("never", times(1, maxTime)), ""},
	{"faults.NAME.until_when", own, moments(), noEnds},
	{"faults.NAME.for", own, anyDelays(), ""},
	{"faults", own, nil, ""},

	{"requests.N.actor", 80, or("any", actorNumbers()), ""},
	{"requests.N.at", 60, times(0, maxTime), ""},
	{"requests.N.value", 30, lines(40), ""},
	{"requests", own, nil, ""},

	{"paxos.x", 20, usually(calmX(), or("auto", chances(1, certain))), ""},
	{"paxos.adopt", 10, words("true"), highAlone},
	{"paxos.fan_out", 35, words("ackers", "all", "quorum"), ""},
	{"paxos.on_nack", 45, words("give-up", "when-lost", "retry"), ""},
	{"paxos.learn", 30, words("propose", "ask"), ""},
	{"paxos.save_learned", 25, truth(), ""},
	{"paxos.repeats", 20, counts(0, 1000), ""},
	{"paxos.repeat", 20, usually(patience(), or("auto", times(1, maxWait))), ""},
	{"paxos.round_limit", 15, usually(atLeastARound(), or("auto", times(1, maxWait))), ""},
	{"paxos.learn_timeout", 20, or("auto", times(1, maxWait)), ""},

	{"limits.time", own, or("auto", times(1, maxTime)), ""},
	{"limits.events", own, or("auto", counts(1, sim.MaxEvents)), ""},

	{"paxos.backoff_cap", 15, backoffCap(), ""},
	{"paxos.backoff", 15, or("auto", times(1, maxWait)), ""},

	{"invariants", 25, invariantLists(), ""},
	{"outside", 3, words("none"), lowAlone},
	{"teaches", 15, lines(200), ""},

	{"expect.always", own, words("held", "decided", "partial", "undecided", "anything"), ""},
	{"expect.some.violated", own, words(invariants...), ""},
	{"expect.some.decided", own, truth(), ""},
	{"expect.some.partial", own, truth(), ""},
	{"expect.some.undecided", own, truth(), ""},
	{"expect.some.in", own, or("all", counts(1, scenarios.MaxExpectRuns)), ""},
	{"expect.chosen_within", own, or("any", times(1, maxTime)), ""},
	{"expect.learned", own, learners(), ""},
	{"expect.within", own, or("any", times(1, maxTime)), ""},
	{"expect.decided_within", own, or("any", times(1, maxTime)), ""},
	{"expect.learned_within", own, or("any", times(1, maxTime)), ""},
	{"expect.never_decided_before", own, or("any", times(1, maxTime)), ""},
	{"expect.instances", own, words("none"), ""},
	{"expect.instances.N.chosen_within", own, or("any", times(1, maxTime)), ""},
	{"expect.instances.N.decided_within", own, or("any", times(1, maxTime)), ""},
	{"expect.instances.N.learned_within", own, or("any", times(1, maxTime)), ""},
	{"expect.instances.N.never_decided_before", own, or("any", times(1, maxTime)), ""},
	{"expect.instances.N.learned", own, learners(), ""},
	{"expect.instances.N.within", own, or("any", times(1, maxTime)), ""},
	{"expect.messages.at_most", own, or("any", counts(1, sim.MaxEvents)), ""},
	{"expect.marks", own, or("none", lists(marks...)), ""},
	{"expect.runs", own, counts(1, scenarios.MaxExpectRuns), ""},
	{"premise.set", own, words("{network.loss: 0%}", "{disk.sync: 0s, teaches: \"x: y\"}", "{requests: by-chance}", "{limits.events: 7}"), ""},
	{"premise.calm", own, words("loss", "[duplicate, delay]", "crashes", "[periods, bias, disk, corrupt, forge]"), ""},
	{"premise.mutant", own, words(append([]string{"none"}, mutantNames...)...), ""},
	{"premise.breaks", own, lists(scenarios.Clauses...), ""},
	{"group", own, words(groups...), ""},
}

const (
	maxTime = int64(sim.MaxTime)
	maxWait = 1 << 31
)

// What the format knows by name. The test of the table holds that these are all.
var (
	protocol    = mutants.Protocol()
	messages    = used(protocol.Vocabulary().Messages)
	invariants  = names(protocol.Invariants(), func(i sim.Invariant) string { return i.Name })
	marks       = names(protocol.Marks(), func(m sim.Mark) string { return m.Name })
	mutantNames = names(protocol.(sim.Mutable).Mutants(), func(m zoo.Mutant) string { return m.Name })
	groups      = []string{"calm", "network", "cuts", "crashes", "contention", "misconfiguration", "specification"}
)

func names[T any](list []T, name func(T) string) (all []string) {
	for _, x := range list {
		all = append(all, name(x))
	}
	return all
}

func used(words []string) (all []string) {
	for _, w := range words {
		if w != "" {
			all = append(all, w)
		}
	}
	return all
}
