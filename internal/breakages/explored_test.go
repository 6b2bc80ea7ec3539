package breakages

// explored breaks exhaustive looks: what a world is, which are one, and which steps there
// are.
var explored = []breakage{
	// What a world is.
	{"half of a hash that adds nothing", "sim/plain.Sum.Plus", swap("s[1] + t[1]", "s[1]"), "sim/explore.TestWeigh"},
	{"a hash of half as many bits", "sim/plain.(*Hash).Mix", drop("h.a = stir"), "sim/plain.TestHashHas128Bits"},
	{"texts of one length that are one", "sim/plain.(*node).hash", drop("h.Mix(uint64(s[i]))"), "sim/plain.TestHashSeesEveryField"},
	{"a text whose length says nothing", "sim/plain.(*node).hash", drop("h.Mix(uint64(len(s)))"), "sim/plain.TestHashSeesBorders"},
	{"a list whose length says nothing", "sim/plain.(*node).elements", drop("h.Mix(uint64(count))"), "sim/plain.TestHashSeesBorders"},
	{"a set that is only its size", "sim/plain.hashSet", drop("h.Mix(uint64(id))"), "sim/plain.TestHashSeesEveryField"},
	{"an actor that keeps its number", "sim/plain.(*Renaming).Actor", always("r == nil"), "sim/plain.TestRenaming"},
	{"values that keep their numbers", "sim/plain.(*Renaming).Value", always("r == nil"), "sim/explore.TestSpec"},
	{"a list by actor in which all stay", "sim/plain.(*node).elements", swap("uint64(r.Actor(ids.ID(i)))", "uint64(i)"), "sim/explore.TestSpec"},
	{"a pointer that is taken for a number", "sim/plain.node.kind", swap("refused(path, t)", "nil"), "sim/explore.TestPointer"},
	{"crashes that a world forgets", "sim/explore.(*memo).foretell", swap("uint64(spent) + 1<<40", "uint64(spent*0) + 1<<40"), "internal/naive.TestPaxos"},
	{"any renaming for the least", "sim/explore.least", never("s.Less(f)"), "sim/explore.TestSpec"},
	{"places in a line that a world forgets", "sim/explore.(*walker).inLine", drop("h.Mix(place)"), "internal/naive.TestPaxos"},

	// Which steps there are.
	{"messages that overtake others", "sim/explore.(*walker).waits", swap("slices.ContainsFunc(before, func(q uint32) bool { return w.from[q] == w.from[p] && w.to[q] == w.to[p] })", "len(before) < 0 && p == 0"), "internal/naive.TestPaxos"},
	{"messages that wait for those of others", "sim/explore.(*walker).waits", swap("w.from[q] == w.from[p]", "true"), "internal/naive.TestPaxos"},
	{"messages to a leader that wait", "sim/explore.(*walker).instant", swap("slices.Contains(w.scope.Instant, w.to[p])", "false"), "sim/explore.TestSpec"},
	{"own messages that wait", "sim/explore.(*walker).instant", never("w.scope.Inline"), "sim/explore.TestPaxos"},
	{"one answer where there are more", "sim/explore.(*memo).learn", swap("i+1 < len(list)", "i < 0"), "sim/explore.TestChoices"},
	{"two events that are one", "sim/explore.pair", swap("uint64(a)<<32", "uint64(a)<<4"), "sim/explore.TestPaxos"},
	{"an alarm too many", "sim.(*model).Events", swap("int(l.fired[t.Kind]) < most", "int(l.fired[t.Kind]) <= most"), "sim/explore.TestAlarmBudget"},
	{"an alarm too few", "sim.(*model).Events", swap("int(l.fired[t.Kind]) < most", "int(l.fired[t.Kind])+1 < most"), "sim/explore.TestAlarmBudget"},
	{"a crash too few", "sim/explore.(*memo).mayCrash", swap("(int(number)%p.numbers+price)/(x.scope.Duplicates+1) <= x.scope.Crashes", "(int(number)%p.numbers+price)/(x.scope.Duplicates+1) < x.scope.Crashes"), "sim/explore.TestCrashBudget"},
	{"a crash that leaves the memory", "sim.(*model).fall", drop("m.h.Crash"), "internal/naive.TestPaxos"},
	{"a client that asks once, whatever crashes", "sim.(*model).fall", drop("c.stage = unasked"), "internal/naive.TestPaxos"},
	{"messages that are lost, and arrive", "sim.(*model).lost", swap("slices.Contains(m.scope.Lost, (*x).Kind())", "false"), "internal/naive.TestPaxos"},
	{"a client that asks again, and is to ask once", "sim.(*model).fall", never("m.scope.AskOnce"), "internal/naive.TestPaxos"},
	{"handlers that are called at one time", "sim.clocks", swap("1_000_003", "0"), "sim/explore.TestImpure"},
	{"a handler that is not compared with itself", "sim.(*model).branch", never("a.Next != b.Next"), "sim/explore.TestImpure"},

	// When it ends, and what it says then.
	{"a world more than may be", "sim/explore.(*look).take", swap("x.seen.count >= x.States", "x.seen.count > x.States"), "sim/explore.TestLimits"},
	{"memory that nobody counts", "sim/explore.(*look).mayGrow", never("x.Memory > 0"), "sim/explore.TestLimits"},
	{"a clock that nobody looks at", "sim/explore.(*look).due", swap("true", "false"), "sim/explore.TestLimits"},
	{"a set that loses what it holds when it grows", "sim/explore.(*shard).grow", drop("s.put(f)"), "sim/explore.TestVisitedGrows"},
	{"a table that loses what it holds when it grows", "sim/explore.(*table).put", drop("t.put(s.key-1, s.value)"), "sim/explore.TestTable"},
	{"who is not alike, and nobody looks", "sim/explore.(*equivariance).holds", swap("known != out", "known != known"), "sim/explore.TestNotAlike"},
	{"a first world that is another under other numbers", "sim/explore.(*walker).fixed", never("s != w.sums[0]"), "sim/explore.TestNotAlike"},
	{"fewer who change places than could", "sim/explore.few", swap("list[:n]", "list[:1]"), "sim/explore.TestManyAlike"},

	{"a request that is named where it has no name", "sim.(*model).Line", swap("!m.sameAsk(c.request, uint16(e.Number()))", "true"), "bench/cmd/scopes.TestPar"},
	{"an own message that is told as a copy", "sim/explore.(*Result).Story", swap("!step.With", "true"), "sim/explore.TestStoryOfOwnMessages"},

	// Lamport's specification.
	{"an acceptor that joins a ballot twice", "actors/paxosspec.promises", swap("b > r.MaxBal", "b >= r.MaxBal"), "sim/explore.TestSpec"},
	{"no vote in the ballot that was joined", "actors/paxosspec.votes", swap("b >= r.MaxBal", "b > r.MaxBal"), "sim/explore.TestSpec"},
	{"a report that nobody reads", "actors/paxosspec.showsSafe", swap("highest.MBal == 0 || highest.MVal == v", "true"), "actors/paxosspec.TestSound"},
	{"a value that is safe only if nobody has voted", "actors/paxosspec.showsSafe", swap("highest.MBal == 0 || highest.MVal == v", "highest.MBal == 0"), "sim/explore.TestSpec"},
	{"votes that nobody can cast any more, and can", "actors/paxosspec.(*history).noneOtherAt", swap("h.maxBal[a] > c", "h.maxBal[a] >= c"), "actors/paxosspec.TestNoneOtherAt"},
	{"a ballot with two values, and nobody looks", "actors/paxosspec.(*history).isProposed", never("h.checks.oneValue"), "actors/paxosspec.TestOneValueOfABallot"},

	// Reductions.
	{"two orders that end in two states", "sim/explore.(*diamonds).compare", swap("then.next == b.next", "true"), "sim/explore.TestAnyProtocol"},
	{"an event that undoes nothing", "sim/explore.(*diamonds).compare", swap("a.next == b.next", "true"), "sim/explore.TestAnyProtocol"},
	{"what is sent in one order alone", "sim/explore.(*diamonds).compare", swap("slices.Equal(d.sentBy(a), d.sentBy(b))", "true"), "sim/explore.TestAnyProtocol"},
	{"what is postponed, and sends something", "sim/explore.(*cube).goes", never("h.sentN > 0"), "sim/explore.TestAnyProtocol"},
	{"an event that what is postponed makes possible", "sim/explore.(*cube).goes", swap("!c.can(local, e)", "false"), "sim/explore.TestAnyProtocol"},
	{"a step of the cube alone", "sim/explore.(*cube).goes", never("at < 0"), "sim/explore.TestAnyProtocol"},
	{"a history that sees nothing else", "sim/explore.swap.isPlain", swap("line(s.late, s.after) == line(s.before, s.then)", "line(s.late, s.after) == line(s.late, s.after)"), "sim/explore.TestAnyProtocol"},
	{"histories that are the same in no order", "sim/explore.(*views).holds", never("v.then(first, late) != v.two(h, late, seen)"), "sim/explore.TestAnyProtocol"},
	{"two events that a history sees otherwise", "sim/explore.(*views).holds", never("v.two(h, s.late, s.after) != v.two(h, s.before, s.then)"), "sim/explore.TestAnyProtocol"},
	{"what is postponed, and breaks something", "sim/explore.(*views).reachOf", swap("next&isBroken != 0", "next&isBroken > isBroken"), "sim/explore.TestAnyProtocol"},
	{"quiet events that are seen", "sim/explore.(*cube).goes", never("c.quiet && h.trail != 0"), "sim/explore.TestAnyProtocol"},
	{"actors that agree one by one alone", "sim/explore.(*walker).mayBeLoud", never("!w.agrees(world, loud)"), "sim/explore.TestAnyProtocol"},
	{"one mailbox, whether its actor may crash or not", "sim/explore.(*walker).postpone", drop("f = f.Plus(mayCrashToken)"), "sim/explore.TestAnyProtocol"},
	{"a message that may arrive twice, and once", "sim/explore.(*order).cubeOf", swap("!w.mayDouble(number, p)", "true"), "sim/explore.TestAnyProtocol"},
	{"one mailbox, whether a message may arrive twice or not", "sim/explore.(*walker).postpone", drop("f = f.Plus(mayDoubleToken)"), "sim/explore.TestAnyProtocol"},
	{"hops that were looked at, and were not", "sim/explore.(*cube).goes", swap("c.stops[c.stops[n].first].seen&bit != 0", "n > 0"), "sim/explore.TestAnyProtocol"},
	{"a decision that is postponed, and that nobody knows of", "sim/explore.(*cube).goes", drop("c.decides = c.decides || h.decides && !c.used(n, p)"), "sim/explore.TestOrderKnowsDecisions"},
	{"dead state that is believed", "sim.(*model).Hop", swap("m.alike(local, e, hops)", "nil"), "sim/explore.TestAnyProtocol"},
	{"one choice of who may crash", "sim/explore.sets", swap("set>>n == 0", "len(list) == 0"), "sim/explore.TestAnyProtocol"},
	{"a choice that keeps its name", "sim/explore.(*memo).foretell", swap("renamed(choice, x.n, &r)", "renamed(choice, x.n, &r)*0+choice"), "sim/explore.TestReduced"},
	{"alarms that are dead, and go off", "sim.(*model).faded", swap("!left.Alarms[t.Kind]", "true"), "sim/explore.TestAnyProtocol"},

	// What a person sees.
	{"a full disk that is a verdict", "cmd/paxsim/internal/cli.(*app).check", never("x.failed != nil"), "cmd/paxsim/internal/cli.TestFullDisk"},
	{"own messages at once, and a proof", "cmd/paxsim/internal/cli.(*checked).vacuous", swap("x.inline", "false"), "cmd/paxsim/internal/cli.TestCheckHostile"},
	{"nobody decides, and it is a proof", "cmd/paxsim/internal/cli.(*checked).vacuous", swap("!x.r.Decided", "false"), "cmd/paxsim/internal/cli.TestCheckHostile"},
}
