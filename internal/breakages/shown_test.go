package breakages

// shown breaks what the viewer tells of a run.
var shown = []breakage{
	{"a rule of Paxos told of a run that breaks it", "cmd/paxsim/internal/view.(*sentences).rule", always("sound"), "cmd/paxsim/internal/view.TestCaptionsOfBrokenRuns"},
	{"a promise that is said to be saved whatever the disk holds", "cmd/paxsim/internal/view.(*guide).promiseCaption", swap("disk.promised.below(b)", "disk.promised.below(b) && !now && sound"), "cmd/paxsim/internal/view.TestCaptionsOfBrokenRuns"},
	{"what is broken on purpose goes unsaid", "cmd/paxsim/internal/view.(*guide).told", always("len(wrong) == 0"), "cmd/paxsim/internal/view.TestCaptionsOfBrokenRuns"},
}
