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
	{"crashes that a world forgets", "sim/explore.spentTokens", swap("uint64(k) + 1<<40", "uint64(k*0) + 1<<40"), "internal/naive.TestPaxos"},
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
	{"a crash too few", "sim/explore.(*memo).affords", swap("(int(spent)+int(h.spends))/(x.scope.Duplicates+1) <= x.scope.Crashes", "(int(spent)+int(h.spends))/(x.scope.Duplicates+1) < x.scope.Crashes"), "sim/explore.TestCrashBudget"},
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
	{"diamonds that all hold", "sim/explore.(*order).holds", swap("o.commutes(at, list[x.met-1].history, list[x.met-1].event)", "true"), "sim/explore.TestAnyProtocol"},
	{"diamonds of loud packets that all hold", "sim/explore.(*order).holds", swap("o.commutes(at, x.history, s.events[x.met-1])", "true"), "sim/explore.TestAnyProtocol"},
	{"what happens elsewhere, unlooked at", "sim/explore.(*order).holds", swap("o.passes(at, deeds[x.seen-1])", "true"), "sim/explore.TestAnyProtocol"},
	{"a history that need not be the same", "sim/explore.(*order).square", never("o.step(first, late) != second"), "sim/explore.TestAnyProtocol"},
	{"an order that alone breaks something", "sim/explore.(*order).square", never("first&isBroken != 0"), "sim/explore.TestOrderGivesUp"},
	{"what settles whatever is sent", "sim/explore.(*order).settles", swap("slices.Equal(o.sentBy(a), o.sentBy(b))", "true"), "sim/explore.TestAnyProtocol"},
	{"what settles whatever is seen of it", "sim/explore.(*order).settles", swap("a.trail == b.trail", "true"), "sim/explore.TestAnyProtocol"},
	{"what settles whatever is seen of the packet", "sim/explore.(*order).settles", swap("late.trail == 0", "true"), "sim/explore.TestAnyProtocol"},
	{"what an actor can do only before a packet arrives", "sim/explore.(*order).begins", never("!e.IsCrash() && !slices.Contains(o.m.Events(next), e)"), "sim/explore.TestAnyProtocol"},
	{"what comes to nothing after a packet has arrived", "sim/explore.(*order).begins", never("!slices.Contains(o.ownOf(next), e) && !o.settles(at, e)"), "sim/explore.TestOrderGivesUp"},
	{"one post that is given up, and those before it stay", "sim/explore.(*order).giveUp", drop("o.giveUp(b)"), "sim/explore.TestAnyProtocol"},
	{"dead state that is believed", "sim.(*model).Hop", swap("m.alike(local, e, hops)", "nil"), "sim/explore.TestAnyProtocol"},
	{"a packet that is free where its receiver may crash", "sim/explore.(*walker).deliver", swap("w.prophecy.may(w.next[w.crashesAt()], i)", "false"), "sim/explore.TestAnyProtocol"},
	{"what was given up, and no step is made again", "sim/explore.(*goback).giveUp", drop("g.stale = append(g.stale, g.list[n-1].world)"), "sim/explore.TestAnyProtocol"},
	{"one use of what is given up", "sim/explore.(*goback).uses", drop("x.used = uint32(len(g.list))"), "sim/explore.TestAnyProtocol"},
	{"one look depth first, whatever was given up", "sim/explore.(*order).check", swap("!o.again", "true"), "sim/explore.TestAnyProtocol"},
	{"a way without what was delivered at once", "sim/explore.(*walker).delivered", swap("w.base[0] == w.sums[0]", "len(next) > 0"), "sim/explore.TestAnyProtocol"},
	{"one choice of who may crash", "sim/explore.newProphecy", swap("set>>actors != 0", "set > 1<<(p.most-1)"), "sim/explore.TestAnyProtocol"},
	{"alarms that are dead, and go off", "sim.(*model).faded", swap("!left.Alarms[t.Kind]", "true"), "sim/explore.TestAnyProtocol"},

	// What a person sees.
	{"a full disk that is a verdict", "cmd/paxsim/internal/cli.(*app).check", never("x.failed != nil"), "cmd/paxsim/internal/cli.TestFullDisk"},
	{"own messages at once, and a proof", "cmd/paxsim/internal/cli.(*checked).vacuous", swap("x.inline", "false"), "cmd/paxsim/internal/cli.TestCheckHostile"},
	{"a look with order, and a proof", "cmd/paxsim/internal/cli.(*checked).vacuous", swap("x.r.Order", "false"), "cmd/paxsim/internal/cli.TestCheckHostile"},
	{"nobody decides, and it is a proof", "cmd/paxsim/internal/cli.(*checked).vacuous", swap("!x.r.Decided", "false"), "cmd/paxsim/internal/cli.TestCheckHostile"},
}
