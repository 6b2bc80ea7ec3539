// Package zoo says what is known of protocols with one thing changed.
package zoo

// Mutant is a protocol with one thing changed. Either that is a bug that people have made:
// a search can be measured by whether it finds the bug. Or it is a change that looks like
// a bug and must not be flagged.
type Mutant struct {
	Name    string   // in small letters, with hyphens
	Aliases []string // other names for it, such as its number in a list of bugs
	Doc     string   // what is wrong, or else: one line
	Kind    Kind
	First   string   // the invariant that breaks first, as a rule; "": none breaks
	Splits  bool     // two values can be decided
	Par     int      // the actions of the shortest story known in which they do; 0: none is known
	Source  string   // where it was met
	Least   string   // the smallest way to meet it that is known
	Scope   string   // what a scenario must offer
	Try     []string // the arguments of "paxsim run" that show it, without --mutant; nil: none are known
}

// Kind says what a mutant does.
type Kind uint8

// The kinds of mutants.
const (
	Unsafe  Kind = iota // some run breaks an invariant
	Control             // it is as safe as the protocol itself
	Stalls              // it decides later, or not at all
	Variant             // it is safe for another reason: some run breaks a lemma, none breaks safety
)

// String is the word that tables print.
func (k Kind) String() string {
	return [...]string{"unsafe", "safe control", "liveness", "safe variant"}[k]
}
