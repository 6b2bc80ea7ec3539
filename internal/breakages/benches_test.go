package breakages

// benches breaks the bench that measures which adversary finds which bug.
var benches = []breakage{
	{"a bench in which half a line counts", "cmd/paxsim/internal/bench.(*Bench).Read", swap("return rows, whole, nil", "return rows, whole + int64(len(line)), nil"), "cmd/paxsim/internal/bench.TestRead"},
	{"rows of other settings that mix", "cmd/paxsim/internal/bench.(*Bench).decode", never("r.Settings != b.Hash"), "cmd/paxsim/internal/bench.TestRead"},
	{"a median of those alone who found something", "cmd/paxsim/internal/bench.spreadOf", swap("a.Censored != b.Censored", "a.Censored && b.Censored"), "cmd/paxsim/internal/bench.TestSpread"},
	{"repetitions that share their seeds", "cmd/paxsim/internal/bench.(*Settings).First", swap("j.Repetition", "j.Repetition/2"), "cmd/paxsim/internal/bench.TestFirstSeeds"},
	{"strategies that share their seeds", "cmd/paxsim/internal/bench.(*Settings).First", swap("j.Strategy", `""`), "cmd/paxsim/internal/bench.TestFirstSeeds"},
	{"an interval that is too narrow", "cmd/paxsim/internal/bench.medianRank", swap("2*missIn", "missIn"), "cmd/paxsim/internal/bench.TestIntervalsCover"},
	{"repetitions that nobody has asked for", "cmd/paxsim/internal/bench.(*Bench).Wanted", swap("min(max(fit, b.Least), most)", "max(fit, most)"), "cmd/paxsim/internal/bench.TestWanted"},
	{"a bound that is told as a ratio", "cmd/paxsim/internal/bench.ratio", drop(`r.Bound = "≥"`), "cmd/paxsim/internal/bench.TestRatio"},
	{"a bench that measures all again", "cmd/paxsim/internal/cli.(*app).measure", swap("jobs := b.Missing(rows)", "jobs := b.Jobs(rows)"), "cmd/paxsim/internal/cli.TestBenchIsTheSame"},
	{"rows that nobody can make again", "cmd/paxsim/internal/bench.(*Settings).First", swap("j.Mutant", `""`), "cmd/paxsim/internal/cli.TestBenchAgain"},
	{"half a line that stays", "cmd/paxsim/internal/cli.(*app).openRows", drop("file.Truncate"), "cmd/paxsim/internal/cli.TestBenchHalfLine"},
}
