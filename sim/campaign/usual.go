package campaign

import "github.com/paxsim/paxsim/sim/search"

// UsualBudget is the most that a run of a hunt has, unless it is given another. There are
// four crashes because two kinds of moments share them: before an effect, and between two
// events. Each crash makes clients ask again, so that there are more rounds.
func UsualBudget() search.Budget {
	return search.Budget{Events: 400, Alarms: 8, Losses: 3, Duplicates: 3, Crashes: 4}
}

// UsualRuns is how many runs a hunt makes, unless it is given another number. That is
// several times the mean number of runs that the hardest find of docs/bench.md takes.
const UsualRuns = 200_000

// stride is how far the first seeds of two repetitions are apart. No hunt has so
// many runs.
const stride = 1 << 32

// MaxRepetition is the greatest number of a repetition.
const MaxRepetition = 1 << 31

// Repetition is the first seed of one of several hunts that share none, from 1 on:
// seed + (number-1)·2³². A hunt has the seeds from its first on, one a run; so two
// whose first seeds are 1 and 2 have all runs but two in common. ok is false if
// there are no seeds there for so many runs.
func Repetition(seed, number, runs uint64) (first uint64, ok bool) {
	first = seed + (number-1)*stride
	return first, number >= 1 && number <= MaxRepetition && first >= seed && first+max(runs, 1)-1 >= first
}
