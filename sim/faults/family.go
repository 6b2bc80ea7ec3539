package faults

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
	Chances  uint64 // how often it could have, with a chance above 0; of a family by chance
	Struck   uint64 // how often it did
	Expected uint64 // the sum of those chances, in units of 2^-32
}

// Family is the family of a fault with a name.
func (f *Fault) Family() Family {
	switch {
	case f.Cuts():
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
