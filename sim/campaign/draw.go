package campaign

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/search"
)

// Strategies are the names of the adversaries that a hunt can have.
func Strategies() []string { return []string{"walk", "pct", "pos", Feedback} }

// Feedback is the strategy that learns from its own runs. What it goes on with
// from a state, it picks as pos.
const Feedback = "feedback"

func newPicker(strategy string, depth int) search.Picker {
	switch strategy {
	case "walk":
		return new(search.Walk)
	case "pct":
		return &search.PCT{Depth: depth}
	case "pos", Feedback:
		return new(search.POS)
	}
	panic("campaign: there is no strategy " + strategy)
}

// Draw is what a seed makes of a hunt: the run is that of this variant, under
// this adversary and this budget.
type Draw struct {
	Seed     uint64
	Variant  int // of Hunt.Ground
	Strategy string
	Budget   search.Budget
}

// Draw says what run a seed is of. It follows from the seed and from what the
// hunt is over, and from nothing else.
//
// Unless the hunt is steady, or the run is one of feedback, each family of faults is off
// in half of the runs. Otherwise the family has a budget from 1 up to that of the hunt. A
// little of everything all the time would hide what a family shows when it is alone
// (Groce, Zhang, Eide, Chen and Regehr, "Swarm Testing", ISSTA 2012). Alarms are off in a
// quarter of the runs.
func (h *Hunt) Draw(seed uint64) Draw {
	dice := drawing{seed: scheduler.NewSeed(seed ^ 0xd4a35)}
	d := Draw{Seed: seed, Strategy: h.Strategies[seed%uint64(len(h.Strategies))], Budget: h.Budget}
	total := uint32(0)
	for i := range h.Ground {
		total += h.Ground[i].weight()
	}
	at := dice.below(total)
	for at >= h.Ground[d.Variant].weight() {
		at -= h.Ground[d.Variant].weight()
		d.Variant++
	}
	if h.Steady || d.Strategy == Feedback {
		return d
	}
	b := &d.Budget
	b.Losses = dice.some(b.Losses, 2)
	b.Duplicates = dice.some(b.Duplicates, 2)
	b.Crashes = dice.some(b.Crashes, 2)
	b.Alarms = dice.some(b.Alarms, 4)
	return d
}

func (v *Variant) weight() uint32 { return max(v.Weight, 1) }

// drawing is random numbers for one run.
type drawing struct {
	seed scheduler.Seed
	n    uint64
}

// below is a number from 0 to n-1, all as likely.
func (d *drawing) below(n uint32) uint32 {
	d.n++
	return scheduler.Scale(uint32(d.seed.Hash(scheduler.Key(d.n))>>32), n)
}

// some is 0 in one of so many cases, or else a number from 1 to most, all as
// likely; 0 if most is.
func (d *drawing) some(most, offIn int) int {
	off, n := d.below(uint32(offIn)) == 0, 1+int(d.below(uint32(max(most, 1))))
	if off || most <= 0 {
		return 0
	}
	return n
}

// configured says which families of faults are on in a run of a variant under a
// budget.
func configured(s *sim.Scenario, b search.Budget) (on [faults.Families]bool) {
	on[faults.FamilyLoss] = s.Network.Loss > 0 && b.Losses > 0
	on[faults.FamilyCorrupt] = s.Network.Corrupt > 0 && b.Losses > 0
	on[faults.FamilyDuplicate] = s.Network.Duplicate > 0 && b.Duplicates > 0
	on[faults.FamilyForge] = s.Network.Forge > 0
	on[faults.FamilyCrash] = s.Crashes.Chance > 0 && b.Crashes > 0
	for i := range s.Faults {
		on[s.Faults[i].Family()] = true
	}
	return on
}
