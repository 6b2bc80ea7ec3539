package dialogue

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/internal/words"
	"github.com/paxsim/paxsim/sim"
)

var (
	linkForm  = regexp.MustCompile(`^([0-9]{1,5})>([0-9]{1,5}|all)$`)
	countForm = regexp.MustCompile(`^#([0-9]{1,8})$`)
)

// parseMessage reads "KIND FROM>TO [#COUNT]" into a wish, and returns what
// follows.
func (d *Dialogue) parseMessage(x *wish, f []string, form string) (rest []string, err error) {
	kinds := slices.DeleteFunc(slices.Clone(d.words().Messages), func(k string) bool { return k == "" })
	if len(f) == 0 {
		return nil, mistake("expected %s", form)
	}
	i := slices.IndexFunc(kinds, func(k string) bool { return strings.EqualFold(k, f[0]) })
	if i < 0 {
		return nil, mistake("no message is called %q%s", words.Clip(f[0]), nearestOf(f[0], kinds))
	}
	x.kind = kinds[i]
	if f = f[1:]; len(f) == 0 {
		return nil, mistake("%s from whom, to whom? Expected %s", x.kind, form)
	}
	m := linkForm.FindStringSubmatch(f[0])
	if m == nil {
		return nil, mistake("expected who sends and who receives, such as 2>3 or 2>all, not %q", words.Clip(f[0]))
	}
	x.pair = true
	if x.from, err = d.id(m[1]); err != nil {
		return nil, err
	}
	if m[2] != "all" {
		if x.to, err = d.id(m[2]); err != nil {
			return nil, err
		}
		if x.to == x.from {
			return nil, mistake("what actor %d sends to itself always arrives: no choice is asked", x.from)
		}
	}
	return takeCount(x, f[1:])
}

// takeCount reads a count, if one follows.
func takeCount(x *wish, f []string) ([]string, error) {
	if len(f) == 0 || !strings.HasPrefix(f[0], "#") {
		return f, nil
	}
	m := countForm.FindStringSubmatch(f[0])
	if m == nil {
		return nil, mistake("expected a count such as #1, not %q", words.Clip(f[0]))
	}
	n, err := strconv.ParseUint(m[1], 10, 24)
	if err != nil || n == 0 {
		return nil, mistake("expected a count from #1 on, not %q", f[0])
	}
	x.count = uint32(n)
	return f[1:], nil
}

// id reads the number of an actor.
func (d *Dialogue) id(text string) (sim.ID, error) {
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil || n < 1 || int(n) > d.scenario.Actors {
		return 0, mistake("there is no actor %s: expected 1 to %d", words.Clip(text), d.scenario.Actors)
	}
	return sim.ID(n), nil
}
