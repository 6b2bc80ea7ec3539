package sim

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

// family is the family of a fault with a name.
func (f *Fault) family() Family {
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
func (w *World[M, D]) asked(f Family, p coin) {
	if p != 0 {
		h := &w.result.Families[f]
		h.Asked++
		h.Expected += uint64(p)
	}
}

// struck counts that it did.
func (w *World[M, D]) struck(f Family) { w.result.Families[f].Struck++ }

// segment is what is needed to count, without a step a message, how often the
// families on the short way were possible while the weather was the same.
type segment struct {
	cut     uint64 // messages that met a cut when they were sent
	effects uint64 // before which a crash could fall, since the segment began
	sent    uint64 // Outcome.Sent - cut, when the segment began
	lost    uint64 // Families[FamilyLoss].Struck, when it began
}

// tally adds to r what the segment under way comes to.
func (w *World[M, D]) tally(r *Outcome) {
	add := func(f Family, n uint64, p coin) {
		if p != 0 {
			r.Families[f].Asked += n
			r.Families[f].Expected += n * uint64(p)
		}
	}
	g := &w.segment
	add(FamilyCrash, g.effects, w.crashes)
	if w.rich {
		return // its messages are counted one by one
	}
	sent := r.Sent - g.cut - g.sent
	add(FamilyLoss, sent, w.net.loss)
	add(FamilyDuplicate, sent-(r.Families[FamilyLoss].Struck-g.lost), w.net.dup)
}

// newSegment is called before the weather changes.
func (w *World[M, D]) newSegment() {
	w.tally(&w.result)
	g := &w.segment
	g.effects = 0
	g.sent = w.result.Sent - g.cut
	g.lost = w.result.Families[FamilyLoss].Struck
}
