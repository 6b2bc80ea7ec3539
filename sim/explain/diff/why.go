package diff

import (
	"strings"
)

// Why tells, a line each, the choice behind the first difference, and what only
// one of the scenarios says, as Print does; none if the runs are the same.
func (r *Result) Why(a, b *Side) []string {
	if r.Same {
		return nil
	}
	var w strings.Builder
	r.printCause(&w, a, b)
	return strings.Split(strings.TrimSuffix(w.String(), "\n"), "\n")
}
