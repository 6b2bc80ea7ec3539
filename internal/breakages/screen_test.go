package breakages

// screens breaks what a person sees at a terminal, and what they type there.
var screens = []breakage{
	{"a line of a terminal that is one column too wide", "cmd/paxsim/internal/screen.breaking", swap("Width(text) <= room", "Width(text) <= room+1"), "cmd/paxsim/internal/screen.TestFitLosesNothing"},
	{"a command that is broken in its quotes", "cmd/paxsim/internal/screen.lastBreak", drop("quoted = !quoted"), "cmd/paxsim/internal/screen.TestFitCommand"},
	{"a table that does not say what it left out", "cmd/paxsim/internal/table.Fit", drop("out = append(out"), "cmd/paxsim/internal/table.TestFit"},
	{"columns that go in another order", "cmd/paxsim/internal/table.next", swap("c.Drop >= columns[found].Drop", "false"), "cmd/paxsim/internal/table.TestFit"},
	{"a pipe that is taken for a terminal", "cmd/paxsim/internal/screen.Of", swap("return Screen{}", "return Screen{Terminal: true, Width: 80}"), "cmd/paxsim.TestTerminal/zoo"},
	{"COLUMNS that nobody heeds", "cmd/paxsim/internal/screen.Of", never("err == nil && width > 0"), "cmd/paxsim.TestTerminal/zoo"},
	{"NO_COLOR that nobody heeds", "cmd/paxsim/internal/screen.Screen.Paints", swap(`os.Getenv("NO_COLOR") == ""`, "true"), "cmd/paxsim/internal/screen.TestPaints"},
	{"0 violated, in red", "cmd/paxsim/internal/screen.Paint", never("none.MatchString(line[:m[0]])"), "cmd/paxsim/internal/screen.TestPaint"},
	{"two runs side by side on a narrow terminal", "sim/explain/diff.(*Result).printBeside", never("room > 0"), "sim/explain/diff.TestPrintFit"},
	{"a grid with columns on a narrow terminal", "sim/explain/grid.(*Grid).list", never("g.room > 0"), "sim/explain/grid.TestFit"},
	{"a Ctrl-C that ends the dialogue", "cmd/paxsim/internal/cli.keys.Read", never("c == ctrlC"), "cmd/paxsim.TestStepKeys"},
	{"a terminal that is left raw", "cmd/paxsim/internal/cli.(*editor).read", drop("_ = term.Restore"), "cmd/paxsim.TestStepExit"},
	{"an empty line that changes the run", "cmd/paxsim/internal/dialogue.(*Dialogue).Do", always("slices.Contains(repeatable, c.name)"), "cmd/paxsim/internal/dialogue.TestAgain"},
	{"a violation that step forgets", "cmd/paxsim/internal/dialogue.(*Dialogue).ending", drop("d.Broken"), "cmd/paxsim/internal/dialogue.TestBroken"},
	{"a line of progress that stays", "cmd/paxsim/internal/cli.(*app).working", never("shown"), "cmd/paxsim.TestWorking"},
	{"an interrupted sweep that draws nothing", "cmd/paxsim/internal/cli.(*app).sweep", always("len(played) == 0"), "cmd/paxsim.TestInterruptedSweep"},
	{"a fault that none does not take out", "scenarios.(*loader).sayNone", drop("l.remove(root"), "cmd/paxsim.TestScripts/scenarios"},
}
