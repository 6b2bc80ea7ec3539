package bench

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// Cell is a place in the table.
type Cell struct{ Oracle, Mutant, Strategy string }

// Job is one repetition of a cell: a hunt.
type Job struct {
	Cell
	Repetition uint64 // from 1 on
}

// Choice is a part of a bench: what is in all lists. nil, 0: all.
type Choice struct {
	Oracles, Mutants, Strategies []string
	Repetitions                  uint64 // only the first so many
}

// Bench is what is to be measured.
type Bench struct {
	*Settings
	Choice
	All []sim.Mutant // the unsafe ones, in the order of the table
}

// Repetitions is how many each cell has.
func (b *Bench) Repetitions() uint64 {
	if n := b.Choice.Repetitions; n > 0 {
		return min(n, b.Settings.Repetitions)
	}
	return b.Settings.Repetitions
}

// Restricted says whether this is not the whole of what the settings speak of.
func (b *Bench) Restricted() bool {
	return b.Choice.Oracles != nil || b.Choice.Mutants != nil || b.Choice.Strategies != nil || b.Repetitions() < b.Settings.Repetitions
}

// Oracles are those that are chosen, in the order of the settings.
func (b *Bench) Oracles() []string { return chosen(b.Settings.Oracles, b.Choice.Oracles) }

// Strategies are those that are chosen, in the order of the settings.
func (b *Bench) Strategies() []string { return chosen(b.Settings.Strategies, b.Choice.Strategies) }

func chosen(all, some []string) (list []string) {
	for _, w := range all {
		if some == nil || slices.Contains(some, w) {
			list = append(list, w)
		}
	}
	return list
}

// Mutants are those that are chosen and that an oracle can see: not all make two
// values be decided.
func (b *Bench) Mutants(oracle string) (list []sim.Mutant) {
	for _, m := range b.All {
		if (oracle != Agreement || m.Splits) && (b.Choice.Mutants == nil || slices.Contains(b.Choice.Mutants, m.Name)) {
			list = append(list, m)
		}
	}
	return list
}

// Jobs lists what is to be done, so that what is done of it after any time is of
// use: the first repetition of every cell before the second of any, and in each the
// hard mutants by agreement alone last.
func (b *Bench) Jobs() (jobs []Job) {
	for r := range b.Repetitions() {
		var last []Job
		for _, o := range b.Oracles() {
			for _, m := range b.Mutants(o) {
				for _, s := range b.Strategies() {
					j := Job{Cell{o, m.Name, s}, r + 1}
					if o == Agreement && slices.Contains(b.Hard, m.Name) {
						last = append(last, j)
					} else {
						jobs = append(jobs, j)
					}
				}
			}
		}
		jobs = append(jobs, last...)
	}
	return jobs
}
