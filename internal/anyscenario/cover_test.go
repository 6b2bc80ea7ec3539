package anyscenario_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/internal/anyscenario"
	"github.com/paxsim/paxsim/scenarios"
)

// TestEveryFieldIsDrawn holds that each field of a file has a line in the table,
// and no line is of a field that there is not. What fails here after a new field
// was added: give it a line in table.go.
func TestEveryFieldIsDrawn(t *testing.T) {
	var fields []string
	for _, f := range scenarios.Fields(mutants.Protocol()) {
		fields = append(fields, f.Path)
	}
	drawn := anyscenario.Paths()
	for _, path := range fields {
		if !slices.Contains(drawn, path) {
			t.Errorf("%s: no scenario says anything of it", path)
		}
	}
	for i, path := range drawn {
		if !slices.Contains(fields, path) || slices.Contains(drawn[:i], path) {
			t.Errorf("%s: no such field, or twice", path)
		}
	}
}

// TestBothEnds holds that each field is drawn at both ends of its range, and that
// these are the ends that the format has. No scenario is read.
func TestBothEnds(t *testing.T) {
	var c anyscenario.Coverage
	for i := range uint64(60_000) {
		s := anyscenario.Draw(i)
		c.Add(&s)
	}
	for _, text := range c.Missing() {
		t.Error(text)
	}
	bounded := 0
	for _, f := range scenarios.Fields(mutants.Protocol()) {
		low, high, ok := bounds(f)
		if !ok || f.Path == "network.forge" || regexp.MustCompile(`\.forge$`).MatchString(f.Path) {
			continue
		}
		bounded++
		if least, most := c.Range(f.Path); least != low && least != 0 || most != high { // 0: a word in place of a number
			t.Errorf("%s: from %d to %d was drawn; %s %s", f.Path, least, most, f.Takes, f.Bounds)
		}
	}
	if bounded < 40 {
		t.Errorf("%d fields with bounds that are known", bounded)
	}
	if testing.Verbose() {
		fmt.Print(c.String())
	}
}

var (
	numbers    = regexp.MustCompile(`^a whole number from (\d+) to (\d+)`)
	textBounds = regexp.MustCompile(`^(\d+) to (\d+) (?:characters|entries)$`)
	others     = map[string][2]int64{
		"0s to 2^31 - 1 ticks":                      {0, 1<<31 - 1},
		"1 tick to 2^31 ticks":                      {1, 1 << 31},
		"1 tick to 10^12 ticks":                     {1, 1e12},
		"0s to 10^12 ticks":                         {0, 1e12},
		"0% to 100%":                                {0, 1e9},
		"0.0000001% to 100%":                        {1, 1e9},
		"1us to 1s, a whole number of microseconds": {1e3, 1e9},
	}
)

// bounds is the range of a field, as the format tells it.
func bounds(f scenarios.Field) (low, high int64, ok bool) {
	m := numbers.FindStringSubmatch(f.Takes)
	if m == nil {
		m = textBounds.FindStringSubmatch(f.Bounds)
	}
	if m != nil {
		low, _ = strconv.ParseInt(m[1], 10, 64)
		high, _ = strconv.ParseInt(m[2], 10, 64)
		return low, high, true
	}
	x, ok := others[f.Bounds]
	return x[0], x[1], ok
}
