package sim

import "github.com/paxsim/paxsim/scheduler"

// Family is a family of faults, of which a run counts how often it struck.
type Family uint8

// The families. The first five are by chance, message by message or effect by
// effect: of them it is counted too how often they were possible.
const (
	FamilyLoss Family = iota
	FamilyDuplicate
	FamilyCorrupt
	FamilyForge
	FamilyCrash
	FamilyEvict // a link was full
	FamilyCut   // from here on: faults with a name, that began
	FamilyClog
	FamilyWeather
	FamilyDown
	FamilyPause
	Families = int(FamilyPause) + 1
)

var familyWords = [Families]string{"loss", "duplicate", "corrupt", "forge", "crashes", "evict", "cut", "clog", "weather", "crash", "pause"}

// String is the word of the family.
func (f Family) String() string { return familyWords[f] }

// Happened is how often a family of faults struck in a run.
type Happened struct {
	Asked    uint64 // how often it could have, with a chance above 0; of a family by chance
	Struck   uint64 // how often it did
	Expected uint64 // the sum of those chances, in units of 2^-32
}

// Family is the family of a fault with a name.
func (f *Fault) Family() Family {
	switch {
	case f.cuts():
		return FamilyCut
	case f.Clog != nil:
		return FamilyClog
	case f.Weather != nil:
		return FamilyWeather
	case !f.Crash.IsZero():
		return FamilyDown
	}
	return FamilyPause
}

// asked counts that a family could strike.
func (w *World[M, D]) asked(f Family, p scheduler.Coin) {
	if p != 0 {
		h := &w.families[f]
		h.Asked++
		h.Expected += uint64(p)
	}
}

// struck counts that it did.
func (w *World[M, D]) struck(f Family) { w.families[f].Struck++ }

// segment is what is needed to count, without a step a message, how often the
// families on the short way were possible while the weather was the same.
type segment struct {
	cut        uint64 // messages that met a cut when they were sent
	effects    uint64 // before which a crash could fall, since the segment began
	copiesLost uint64
	sent       uint64 // Outcome.Sent - cut, when the segment began
	lost       uint64 // Families[FamilyLoss].Struck - copiesLost, when it began
	doubled    uint64 // Outcome.Duplicated, when it began
}

// tally counts the segment up to here and begins the next, and returns what the
// families come to. It is called before the weather changes, and by whoever
// wants to know.
func (w *World[M, D]) tally() []Happened {
	g := &w.segment
	w.possible(FamilyCrash, g.effects, w.crashes)
	g.effects = 0
	if !w.rich && w.search == nil { // else messages are counted one by one
		sent, lost, doubled := w.result.Sent-g.cut, w.families[FamilyLoss].Struck-g.copiesLost, w.result.Duplicated
		w.possible(FamilyLoss, sent-g.sent+(doubled-g.doubled), w.net.loss)
		w.possible(FamilyDuplicate, sent-g.sent-(lost-g.lost), w.net.dup)
		g.sent, g.lost, g.doubled = sent, lost, doubled
	}
	return w.families[:]
}

// possible counts that a family could strike so often.
func (w *World[M, D]) possible(f Family, n uint64, p scheduler.Coin) {
	if p != 0 {
		w.families[f].Asked += n
		w.families[f].Expected += n * uint64(p)
	}
}
