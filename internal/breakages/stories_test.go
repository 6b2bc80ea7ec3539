package breakages

// stories breaks what makes stories of finds, and what reads and plays them.
var stories = []breakage{
	{"a line that names an actor twice", "sim/story.(*reader).actors", never("slices.Contains"), "sim/story.TestMistakesInLines"},
	{"a line that is read and not written so", "sim/story.(*reader).read", never("again != text"), "sim/story.TestMistakesInLines"},
	{"ordinals that end in th alone", "sim/story.ordinal", drop("switch"), "sim/story.TestLineForms"},
	{"2.2 that means 2.25", "sim/story.begins", swap("!joins(rest)", "true"), "sim/story.TestBegins"},
	{"a crash that does not fall and is passed over", "sim/story.(*performer).mistakes", never("slices.Contains(p.answer"), "sim/story.TestMistakesInPlay"},
	{"a line after the end that is passed over", "sim/story.(*performer).mistakes", never("p.next < len(p.steps)"), "sim/story.TestMistakesInPlay"},
	{"a message from whoever sent it first", "sim/story.(*performer).message", never("list[i].Peer != list[fit[0]].Peer"), "sim/story.TestWhose"},
	{"an answer that belongs to a line", "sim/story.(*Story).given", never("!ofWorld(k)"), "sim/story.TestGiven"},
	{"a story of another invariant", "sim/story.(*shrinker).same", swap("v != nil && v.Invariant == x.breaks.Invariant && v.Grade == x.breaks.Grade && v.Place == x.breaks.Place", "v != nil"), "sim/story.TestFixed"},
	{"marks that are not cut", "sim/story.(*shrinker).cut", swap("x.cutMarks()", "false, error(nil)"), "sim/story.TestStoriesOfSearchedFinds"},
	{"requests that nobody makes", "sim/story.(*shrinker).scenarios", drop("x.withoutRequest(i)"), "sim/story.TestStoriesOfSearchedFinds"},
	{"members that nobody needs", "sim/story.(*shrinker).fewer", drop("x.try(&s, x.best.schedule)"), "sim/story.TestStoriesOfSearchedFinds"},
	{"steps in which nothing happens", "sim/story.(*shrinker).vain", always("len(out) == 0"), "sim/story.TestVain"},
	{"copies that come before their message", "sim/story.(*shrinker).originals", always("!changed"), "sim/story.TestCappedStories"},
	{"a limit that is none", "sim/story.(*shrinker).play", never("x.work.Events"), "sim/story.TestCap"},
	{"an event that decides too late", "sim/story.(*Played).Decisive", opposite("holds"), "sim/story.TestDecisive"},
	{"a calm that loses its answers before", "sim/story.(*calmFrom).Answer", never("c.now < c.event"), "sim/story.TestDecisive"},
	{"many actors, taken out one by one", "sim/story.(*shrinker).crowds", always("x.fixed"), "sim/story.TestManyActors"},
	{"an answer that nobody asks for", "sim/story.(*Story).playTimed", never("!was[k]"), "sim/story.TestClockMistakes"},
	{"an answer that there is not", "sim/story.(*answers).Answer", drop("g.wrong, g.outcomes"), "sim/story.TestClockMistakes"},
	{"a late message that stays as late", "sim/story.(*shrinker).fall", never("step > 0"), "sim/story.TestClock"},
	{"times that do not fall", "sim/story.(*shrinker).lower", always("x.fixed"), "sim/story.TestClock"},
	{"an answer that decides too late", "sim/story.(*Played).decisiveByClock", drop("g.calm = true"), "sim/story.TestClockDecisive"},
	{"a story that nothing can be taken from, as far as its checker sees", "internal/minimal.lower", never("half > least"), "internal/minimal.TestCheck"},
}
