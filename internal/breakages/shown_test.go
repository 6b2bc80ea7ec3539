package breakages

// shown breaks what is told of a run, and what is said of a scenario file.
var shown = []breakage{
	{"messages that go untold with their actor", "cmd/paxsim/internal/export.(*text).Step", drop("range p.Gone"), "cmd/paxsim/internal/export.TestFormsTellTheTrace"},
	{"a command to see a run again without its bound on memory", "cmd/paxsim/internal/cli.(*limits).args", always("l.memory == usualMemory"), "cmd/paxsim.TestScripts/hostile"},
	{"a page of failures that is out of date", "actors/paxos.nextBallot", swap("1", "2"), "cmd/paxsim.TestCatalogue"},
	{"a mistake that quotes all", "scenarios.clip", never("len(r) >"), "scenarios.TestLargest"},
	{"a walk that nobody can end", "cmd/paxsim/internal/walk.(*Walk).stopped", swap("w.ctx.Err()", "nil"), "cmd/paxsim/internal/walk.TestContextEndsWalks"},
	{"a rule of Paxos told of a run that breaks it", "cmd/paxsim/internal/view.(*sentences).rule", always("sound"), "cmd/paxsim/internal/view.TestCaptionsOfBrokenRuns"},
	{"a promise that is said to be saved whatever the disk holds", "cmd/paxsim/internal/view.(*guide).promiseCaption", swap("disk.promised.below(b)", "disk.promised.below(b) && !now && sound"), "cmd/paxsim/internal/view.TestCaptionsOfBrokenRuns"},
	{"a rule of Paxos told of any run", "cmd/paxsim/internal/view.(*sentences).rule", always("sound"), "cmd/paxsim/internal/view.TestCaptionsAreTrue"},
	{"what is broken on purpose goes unsaid", "cmd/paxsim/internal/view.(*guide).told", always("len(wrong) == 0"), "cmd/paxsim/internal/view.TestCaptionsOfBrokenRuns"},
}
