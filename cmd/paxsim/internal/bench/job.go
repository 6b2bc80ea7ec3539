package bench

import (
	"math/bits"
	"slices"

	"github.com/paxsim/paxsim/sim/zoo"
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
	All []zoo.Mutant // the unsafe ones, in the order of the table
}

// Repetitions is how many a cell has at most.
func (b *Bench) Repetitions() uint64 {
	if n := b.Choice.Repetitions; n > 0 {
		return min(n, b.Most)
	}
	return b.Most
}

// Wanted is how many repetitions a cell has, as far as that is known: how many are
// too dear is seen by the first of them.
func (b *Bench) Wanted(rows Rows, c Cell) uint64 {
	most := b.Repetitions()
	if most <= b.Least {
		return most
	}
	spent := uint64(0)
	for r := range b.Least {
		row, ok := rows[Job{c, r + 1}]
		if !ok {
			return b.Least
		}
		spent += row.Runs
	}
	hi, lo := bits.Mul64(b.CellRuns, b.Least)
	if hi >= spent {
		return most
	}
	fit, _ := bits.Div64(hi, lo, spent)
	return min(max(fit, b.Least), most)
}

// Restricted says whether this is not the whole of what the settings speak of.
func (b *Bench) Restricted() bool {
	return b.Choice.Oracles != nil || b.Choice.Mutants != nil || b.Choice.Strategies != nil || b.Repetitions() < b.Most
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
func (b *Bench) Mutants(oracle string) (list []zoo.Mutant) {
	for _, m := range b.All {
		if (oracle != Agreement || m.Splits) && (b.Choice.Mutants == nil || slices.Contains(b.Choice.Mutants, m.Name)) {
			list = append(list, m)
		}
	}
	return list
}

// Jobs lists what is to be done and is not in rows yet. Its order makes the work useful
// whenever it stops: the first repetition of every cell comes before the second of any,
// and in each the hard mutants by agreement alone come last. Once it is all done there may
// be more to do: see Wanted.
func (b *Bench) Jobs(rows Rows) (jobs []Job) {
	wanted := map[Cell]uint64{}
	for r := range b.Repetitions() {
		var last []Job
		for _, o := range b.Oracles() {
			for _, m := range b.Mutants(o) {
				for _, s := range b.Strategies() {
					c := Cell{o, m.Name, s}
					if r == 0 {
						wanted[c] = b.Wanted(rows, c)
					}
					j := Job{c, r + 1}
					if r >= wanted[c] {
						continue
					}
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

// Missing lists what of that is not done.
func (b *Bench) Missing(rows Rows) []Job {
	return slices.DeleteFunc(b.Jobs(rows), func(j Job) bool { _, done := rows[j]; return done })
}
