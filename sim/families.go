package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/faults"
)

// asked counts that a family could strike.
func (w *World[M, D]) asked(f faults.Family, p scheduler.Coin) {
	if p != 0 {
		h := &w.families[f]
		h.Chances++
		h.Expected += uint64(p)
	}
}

// struck counts that it did.
func (w *World[M, D]) struck(f faults.Family) { w.families[f].Struck++ }

// segment is what is needed to count, without a step a message, how often the
// families on the short way were possible while the weather was the same.
type segment struct {
	cut        uint64 // messages that met a cut when they were sent
	effects    uint64 // before which a crash could fall, since the segment began
	copiesLost uint64
	sent       uint64 // Outcome.Sent - cut, when the segment began
	lost       uint64 // Families[faults.FamilyLoss].Struck - copiesLost, when it began
	doubled    uint64 // Outcome.Duplicated, when it began
}

// tally counts the segment up to here and begins the next, and returns the counts of the
// families. It is called before the weather changes, and by whoever wants to know.
func (w *World[M, D]) tally() []faults.Tally {
	g := &w.segment
	w.possible(faults.FamilyCrash, g.effects, w.crashes)
	g.effects = 0
	if !w.fullNetwork && w.search == nil { // else messages are counted one by one
		sent, lost, doubled := w.result.Sent-g.cut, w.families[faults.FamilyLoss].Struck-g.copiesLost, w.result.Duplicated
		w.possible(faults.FamilyLoss, sent-g.sent+(doubled-g.doubled), w.net.Loss)
		w.possible(faults.FamilyDuplicate, sent-g.sent-(lost-g.lost), w.net.Duplicate)
		g.sent, g.lost, g.doubled = sent, lost, doubled
	}
	return w.families[:]
}

// possible counts that a family could strike so often.
func (w *World[M, D]) possible(f faults.Family, n uint64, p scheduler.Coin) {
	if p != 0 {
		w.families[f].Chances += n
		w.families[f].Expected += n * uint64(p)
	}
}
