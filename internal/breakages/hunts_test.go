package breakages

// hunts breaks campaigns: many runs, and what they are worth.
var hunts = []breakage{
	{"runs of pct longer than what its falls are drawn over", "sim/campaign.(*hunter).course", drop("c.Budget.Events = "), "sim/campaign.TestPCTHasABound"},
	{"a bound of pct of some runs alone", "sim/campaign.(*hunter).run", swap("max(e.Width, pct.Width)", "pct.Width"), "sim/campaign.TestPCTHasABound"},
	{"a family of faults that is never off", "sim/campaign.(*Hunt).Draw", drop("b.Losses ="), "sim/campaign.TestDraw"},
	{"a find that is not the first", "sim/campaign.(*Evidence).find", opposite("x.First.Seed < y.First.Seed"), "sim/campaign.TestHuntIsTheSame"},
	{"a hunt that flags what is safe", "actors/paxos.quorumsOf", swap("q.promises+q.acceptances", "2*min(q.promises, q.acceptances)"), "cmd/paxsim/internal/cli.TestFuzzFlagsNoControl"},
	{"runs that are proof of nothing, and count", "sim/campaign.(*Evidence).add", never("!watches(s)"), "sim/campaign.TestProved"},
	{"vacuous runs that count", "sim/campaign.(*Evidence).add", never("!atStake(s, o)"), "sim/campaign.TestProved"},
	{"runs without a value that have something to lose", "sim.(*Outcome).AtStake", always("o.Asked > 0"), "sim/campaign.TestProved"},
	{"feedback that goes back to nothing", "sim/campaign.(*island).plan", swap("least.Tries++", "return"), "sim/campaign.TestFeedbackReturns"},
	{"a way that leads elsewhere", "sim/campaign.(*island).back", drop("slices.Reverse(c.turns)"), "sim/campaign.TestFeedbackReturns"},
	{"a hunt gone on with that has forgotten", "sim/campaign.ReadState", swap("append(s.islands, l)", "append(s.islands, island{})"), "sim/campaign.TestResume"},
	{"batches that are handed out too far ahead", "sim/campaign.(*campaign).together", swap("c.ahead", "c.ahead+1"), "sim/campaign.TestAhead"},
	{"a sample of states that depends on their order", "sim/campaign.(*States).Merge", never("t.Zero > s.Zero"), "sim/campaign.TestStates"},
	{"hunts that share their runs", "sim/campaign.Repetition", swap("(number-1)*stride", "(number - 1)"), "sim/campaign.TestRepetition"},
	{"a hunt that is gone on with whatever it was of", "cmd/paxsim/internal/cli.(*resumer).read", swap("&r.of", "&head.Of"), "cmd/paxsim/internal/cli.TestResumeOfAnotherHunt"},
	{"a run file whose holds are not played", "cmd/paxsim/internal/cli.(*app).decodeSaved", drop("w.Search(r.Search)"), "cmd/paxsim/internal/cli.TestFoundAgain"},
	{"a kept run that is not played first", "sim/simtest.Run", never("x.again(t) > 0"), "sim/simtest.TestFindIsKept"},
	{"a find that takes the place of another", "sim/simtest.fileName", swap("trace.Hex(f.Digest)", `"0"`), "sim/simtest.TestFindsStandSideBySide"},
	{"a find of an input that its fuzz target does not know", "sim/simtest.owner", never(`strings.HasPrefix(target, "Fuzz")`), "sim/simtest.TestFuzzTargetKeeps"},
	{"a panic of rapid that is blamed on the protocol", "sim/simtest.Play", never("door.broken"), "sim/simtest.TestRapidTwice"},
	{"a variable that the code overrides", "sim/simtest.(*settings).environment", never("!v.set(x, value)"), "sim/simtest.TestEnvironment"},
}
