package breakages

// checks are breakages of check: what it makes of crashes inside handlers, of records that
// are not synced, of duplicates, and of a look by actions.
var checks = []breakage{
	{"check: no crash falls inside a handler", "sim.(*model).cut", always("len(seen) == len(before)"), "sim/explore.TestCutStories"},
	{"check: no crash falls within a broadcast", "sim.(*model).cutsBefore", never("to > 1"), "internal/naive.TestCuts"},
	{"check: a crash inside a handler where nothing was done", "sim.(*model).cut", never("len(seen) == len(before)"), "internal/naive.TestCuts"},
	{"check: what was sent before a crash inside a handler is lost", "sim.(*model).cut", drop("b.Sent = append"), "sim/explore.TestCutStories"},
	{"check: a crash before the second save is told as before the first", "sim.(*model).cut", never("at.nth > 1"), "sim/explore.TestCutStories"},
	{"check: all that is written and not synced survives a crash", "sim.(*model).crash", swap("keep >= 0", "keep >= len(l.cache)"), "sim/explore.TestCutStories"},
	{"check: of the writes of one sync all survive a crash before it", "sim.(*model).cut", swap("keep >= 0", "keep >= len(run.cache)"), "internal/naive.TestCuts"},
	{"check: what is written is told as saved at once", "sim.(*model).told", swap("l.write(x.Slot, &x.Record)\n\t\t\tcontinue", "l.write(x.Slot, &x.Record)\n\t\t\tseen = m.flush(l, seen, len(l.cache))\n\t\t\tcontinue"), "internal/naive.TestCuts"},
	{"check: a crash costs nothing", "sim.(*model).fall", drop("hops[i].Crashes++"), "internal/naive.TestCuts"},
	{"check: no message arrives twice", "sim/explore.(*memo).doublesLeft", swap("x.scope.Duplicates > 0", "false"), "internal/naive.TestDuplicates"},
	{"check: own messages arrive twice", "sim/explore.(*memo).mayDouble", always("x.from[p] != x.to[p]"), "internal/naive.TestDuplicates"},
	{"check: a story does not say that a message arrives again", "sim/explore.(*Result).Story", never("copies[step.Event] > 0"), "sim/explore.TestCutStories"},
	{"check: a way by actions counts what was done before", "sim/explore.(*deeds).add", never("at < len(bits)"), "sim/explore.TestByActions"},
	{"check: a look by actions takes the way with the fewest events", "sim/explore.(*byActions).push", swap("cost += n", "cost += 0 * n"), "sim/explore.TestFewestActions"},
	{"story: a last line that says again is not played", "sim/story.(*Story).Play", never("!p.again && p.mistake == nil"), "sim/explore.TestCutStories"},
}
