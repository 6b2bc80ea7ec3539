package cli

import (
	"fmt"

	"github.com/paxsim/paxsim/scenarios"
)

// didYouMean is "; did you mean X?" for the one of the words that is nearest to
// what was written, or "" if none is near. format says how a word is written.
func didYouMean(written string, words []string, format string) string {
	if w := scenarios.Nearest(written, words); w != "" {
		return "; did you mean " + fmt.Sprintf(format, w) + "?"
	}
	return ""
}
