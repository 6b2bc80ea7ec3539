package faults

// Family is a family of faults. A run counts how often each struck.
type Family uint8

// The families. The first five strike by chance, message by message or effect by
// effect. Of those a run also counts how often they were possible.
const (
	FamilyLoss      Family = iota // a message, or a copy, was lost
	FamilyDuplicate               // a copy of a message travelled as well
	FamilyCorrupt                 // a message, or a copy, arrived damaged
	FamilyForge                   // a message, or a copy, named another sender
	FamilyCrash                   // an actor went down by chance
	FamilyEvict                   // a link was full
	FamilyCut                     // a fault with a name began, here and below: a cut
	FamilyClog                    // a clog
	FamilyWeather                 // another weather
	FamilyDown                    // a crash
	FamilyPause                   // a pause

	// Families is how many families there are.
	Families = int(FamilyPause) + 1
)

var familyWords = [Families]string{"loss", "duplicate", "corrupt", "forge", "crashes", "evict", "cut", "clog", "weather", "crash", "pause"}

// String is the word for the family that tables print. It panics if there is no such
// family.
func (f Family) String() string { return familyWords[f] }

// Tally is how often a family of faults struck in a run.
type Tally struct {
	Chances  uint64 // how often it could have, with a chance above 0; of the first five families
	Struck   uint64 // how often it did
	Expected uint64 // the sum of those chances, in units of 2^-32: how often it should have struck
}

// Family is the family of a fault with a name. A fault that is nothing else is a pause.
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
