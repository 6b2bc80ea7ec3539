package breakages

// pages breaks what makes sure of documents, what they say, and the way to them; and
// what a person types before there is a run.
var pages = []breakage{
	{"a link in code that counts as one", "internal/prose.Links", swap(`fence.ReplaceAllString(page, "\n")`, "page"), "internal/prose.TestLinks"},
	{"sentences that have no words", "internal/prose.of", drop("m.Words += n"), "internal/prose.TestMeasure"},
	{"turns that nobody sees", "internal/prose.(*Measure).look", never("t.is.MatchString(plain)"), "internal/prose.TestTurns"},
	{"a heading that no link finds", "internal/prose.Anchor", swap("return '-'", "return '_'"), "internal/prose.TestLinksLead"},
	{"an answer to a question that is out of date", "actors/paxos.nextBallot", swap("1", "2"), "cmd/paxsim.TestFAQOutput"},
	{"first steps that are out of date", "actors/paxos.nextBallot", swap("1", "2"), "cmd/paxsim.TestStartOutput"},
	{"a page that names a flag which is gone", "cmd/paxsim/internal/cli.(*app).runCommand", drop("flags.BoolVar(&f.times"), "cmd/paxsim.TestPagesCommands"},
	{"a field that is explained as a section", "cmd/paxsim/internal/cli.(*app).field", never("len(some) == 0 && format"), "cmd/paxsim.TestScripts/scenarios"},
	{"a wait that is counted from the start of the run", "cmd/paxsim/internal/report.(*Times).phases", swap("w.Quorum-w.From", "w.Quorum"), "cmd/paxsim.TestScripts/times"},
	{"progress that is told at every moment", "cmd/paxsim/internal/cli.(*progress).say", never("now.Sub(p.last) < every"), "cmd/paxsim/internal/cli.TestProgress"},
	{"progress that is wider than the terminal", "cmd/paxsim/internal/cli.(*progress).say", never("p.terminal && p.width > 0"), "cmd/paxsim/internal/cli.TestProgressFits"},
	{"a remark that is wider than the terminal", "cmd/paxsim/internal/cli.(*app).remark", swap("a.screen.Width", "0"), "cmd/paxsim.TestTerminal/explain_literal-acks"},
	{"a run that ends at its goal, whatever its linger", "sim.(*World).reached", always("w.limits.Linger == 0"), "sim.TestLinger"},
	{"a round trip that takes no time back", "scenarios.(*loader).places", swap("p.Delay[i][j], p.Delay[j][i] = far, far", "p.Delay[i][j], p.Delay[j][i] = far, 0"), "scenarios.TestFiveRegions"},
	{"a bracket in quotes that opens a list", "scenarios.(*pieces).word", never(`c == '\'' || c == '"'`), "scenarios.TestTooMany"},
	{"a bracket in a block of text that opens a list", "scenarios.(*pieces).word", never("(c == '|' || c == '>')"), "scenarios.TestPiecesKnowBrackets"},
	{"a word that nothing carries on", "scenarios.(*pieces).word", never("p.carriesOn(column)"), "scenarios.TestPiecesKnowBrackets"},
	{"two blanks that become one where a line is broken", "scenarios.wrapped", never("line[at-1] == ' '"), "scenarios.TestShowFit"},
	{"an error that names a package", "cmd/paxsim/internal/cli.forPeople", swap(`ofLibrary.ReplaceAllString(text, "$1")`, "text"), "cmd/paxsim.TestScripts/check"},
	{"files of any kind, for a shell", "cmd/paxsim/internal/cli.filesFrom", always("endsWith(name, endings)"), "cmd/paxsim.TestScripts/usage"},
	{"a story that completes as a scenario", "cmd/paxsim/internal/cli.endsWith", never("is(scenarios.StoryEnding)"), "cmd/paxsim.TestScripts/usage"},
	{"an actor that a shell offers and that there is not", "cmd/paxsim/internal/cli.settingsOf", swap("id <= min(s.Actors, mostActors)", "id <= mostActors"), "cmd/paxsim.TestScripts/usage"},
}
