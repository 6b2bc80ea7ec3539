package condition

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/internal/words"
	"github.com/paxsim/paxsim/sim"
)

// reader reads a condition word by word.
type reader struct {
	scenario *sim.Scenario
	words    []string
	err      error
}

// word is the next word; "": there is none.
func (r *reader) word() string {
	if len(r.words) == 0 {
		return ""
	}
	return r.words[0]
}

// take takes the next word if it is one of some, whatever its letters' case, and
// says which.
func (r *reader) take(some ...string) (int, bool) {
	i := slices.IndexFunc(some, func(w string) bool { return w != "" && strings.EqualFold(w, r.word()) })
	if i >= 0 {
		r.words = r.words[1:]
	}
	return i, i >= 0
}

// fail notes what was expected at the next word, if nothing was wrong before,
// and the nearest of the words that would do.
func (r *reader) fail(expected string, right []string) {
	if r.err != nil {
		return
	}
	if r.word() == "" {
		r.err = fmt.Errorf("the condition ends too early: %s", expected)
		return
	}
	r.err = fmt.Errorf("%s, not %q%s", expected, words.Clip(r.word()), words.Hint(r.word(), right))
}

// phrase takes the next words if they are these.
func (r *reader) phrase(text string) bool {
	said := strings.Fields(text)
	if len(r.words) < len(said) || !slices.EqualFunc(said, r.words[:len(said)], strings.EqualFold) {
		return false
	}
	r.words = r.words[len(said):]
	return true
}

// actor reads the number of an actor.
func (r *reader) actor() sim.ID {
	n, err := strconv.ParseUint(r.word(), 10, 16)
	if err != nil || n < 1 || n > uint64(r.scenario.Actors) {
		r.fail("expected an actor from 1 to "+strconv.Itoa(r.scenario.Actors), nil)
		return 0
	}
	r.words = r.words[1:]
	return sim.ID(n)
}
