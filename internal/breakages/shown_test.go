package breakages

// shown breaks what is told of a run, and what is said of a scenario file.
var shown = []breakage{
	{"messages that go untold with their actor", "sim/explain/export.(*text).Step", drop("range p.Gone"), "sim/explain/export.TestFormsTellTheTrace"},
	{"a command to see a run again without its bound on memory", "cmd/paxsim/internal/cli.(*limits).args", always("l.memory == usualMemory"), "cmd/paxsim.TestScripts/hostile"},
	{"a page of failures that is out of date", "actors/paxos.nextBallot", swap("1", "2"), "cmd/paxsim.TestCatalogue"},
	{"a mistake that quotes all", "scenarios.clip", never("len(r) >"), "scenarios.TestLargest"},
	{"a stepper that nobody can end", "sim/explain/stepper.(*Stepper).Err", swap("s.ctx.Err()", "nil"), "sim/explain/stepper.TestContextEnds"},
	{"an answer that cannot be taken back", "sim/explain/stepper.(*Stepper).comeBack", drop("s.answers = p.answers"), "sim/explain/stepper.TestAnsweredRunsReplay"},
	{"a look back at the same event", "sim/explain/stepper.(*Stepper).Before", swap("s.Back(1)", "s.Back(0)"), "sim/explain/stepper.TestBefore"},
	{"what was asked before that is not found", "sim/explain/stepper.(*Stepper).LastAsking", drop("asked = slices.Clone"), "sim/explain/stepper.TestAsking"},
	{"an event that is taken before everybody has started", "sim/explain/stepper.(*Stepper).Take", never("list[0].What == observe.Booted"), "sim/explain/stepper.TestMistakes"},
	{"an opened family that the run of a file does not have", "scenarios/load.(*Run).Stepper", drop("s.Opened("), "scenarios/load.TestStepper"},
	{"a rule of Paxos told of a run that breaks it", "actors/paxos/guide.(*sentences).rule", always("sound"), "sim/explain/view.TestCaptionsOfBrokenRuns"},
	{"a promise that is said to be saved whatever the disk holds", "actors/paxos/guide.(*Guide).promiseCaption", swap("disk.Promised < b", "disk.Promised < b && !now && sound"), "sim/explain/view.TestCaptionsOfBrokenRuns"},
	{"a rule of Paxos told of any run", "sim/explain/view.(*sentences).rule", always("sound"), "sim/explain/view.TestCaptionsAreTrue"},
	{"a rule of Paxos told by its guide of any run", "actors/paxos/guide.(*sentences).rule", always("sound"), "sim/explain/view.TestCaptionsAreTrue"},
	{"a message that the guide takes to be from its true sender", "actors/paxos/guide.(*ledger).event", never("e.As != 0"), "actors/paxos/guide.TestGuideBelievesReceivers"},
	{"a guide that nobody asks", "sim/explain/view.newGuide", never("names != nil"), "cmd/paxsim/internal/guests.TestSlots"},
	{"rounds that the page does not tell", "sim/explain/view.roundOf", drop("return e.Round"), "sim/explain/view.TestRounds"},
	{"one text for two rounds", "sim/explain/view.(*texts).addOf", before("n, ok := t.of", "if t.list[len(t.list)-1] == text { return len(t.list) - 1 }"), "sim/explain/view.TestTextsOfTwoRounds"},
	{"a condition on rounds that holds of what belongs to none", "sim/explain/condition.(*reader).round", never("is == 0"), "sim/explain/condition.TestConditionsOfNoRound"},
	{"alarms that do not say what they are for", "sim.(*Vocabulary).timerKind", never("kind < len(w.Timers)"), "cmd/paxsim/internal/dialogue.TestShow"},
	{"the rounds of every protocol called alike", "cmd/paxsim/internal/report.speechOf", swap("p.Rounds().Name", `"round"`), "cmd/paxsim/internal/report.TestCSV"},
	{"a violation that names no events", "sim/explain/say.SeeAlso", always("len(list) == 0"), "cmd/paxsim.TestScripts/violated"},
	{"a page that names no events of a violation", "sim/explain/view.earlier", swap("e == v.Event", "true"), "cmd/paxsim.TestScripts/view"},
	{"what is broken on purpose goes unsaid", "sim/explain/view.(*guide).told", always("len(wrong) == 0"), "sim/explain/view.TestCaptionsOfBrokenRuns"},
}
