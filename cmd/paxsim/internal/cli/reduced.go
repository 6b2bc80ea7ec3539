package cli

import (
	"errors"
	"strings"
)

// reduced is which reductions a check uses. It is a flag.
type reduced struct{ symmetry, dead, order bool }

var (
	allReductions  = reduced{symmetry: true, dead: true, order: true}
	reductionNames = []string{"symmetry", "dead", "order"}
)

// Type is what the flag is given.
func (r *reduced) Type() string { return "WORDS" }

// String is the words for the reductions, as the flag has them.
func (r reduced) String() string {
	switch r {
	case reduced{}:
		return "none"
	case allReductions:
		return "all"
	}
	var words []string
	for i, is := range []bool{r.symmetry, r.dead, r.order} {
		if is {
			words = append(words, reductionNames[i])
		}
	}
	return strings.Join(words, ",")
}

// Set implements the flag.
func (r *reduced) Set(text string) error {
	var x reduced
	words := strings.Split(text, ",")
	for _, word := range words {
		switch {
		case word == "symmetry":
			x.symmetry = true
		case word == "dead":
			x.dead = true
		case word == "order":
			x.order = true
		case word == "all" && len(words) == 1:
			x = allReductions
		case word == "none" && len(words) == 1:
		default:
			return errors.New("expected none, all, or some of " + orList(reductionNames) + didYouMean(word, append([]string{"none", "all"}, reductionNames...), "%s"))
		}
	}
	*r = x
	return nil
}
