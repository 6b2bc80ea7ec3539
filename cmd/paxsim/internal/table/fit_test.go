package table

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/screen"
)

var (
	fitted = []Column{{Name: "mutant"}, {Name: "alias", Drop: 1}, {Name: "kind", Drop: 2}, {Name: "what is wrong", Wrap: true}}
	wrongs = [][]string{{"no-adoption", "S1", "unsafe", "the proposer proposes its own value, whatever it hears"}, {"brooker", "S13", "unsafe", "it accepts"}}
)

// TestFit: first cells are broken, then columns go, in the order that they say.
func TestFit(t *testing.T) {
	for _, tt := range []struct {
		width int
		want  string
	}{
		{0, string(Plain(fitted, wrongs))},
		{200, string(Plain(fitted, wrongs))},
		{60, `
mutant       alias  kind    what is wrong
-----------------------------------------------------------
no-adoption  S1     unsafe  the proposer proposes its own
                            value, whatever it hears
brooker      S13    unsafe  it accepts
`},
		{50, `
mutant       alias  what is wrong
--------------------------------------------------
no-adoption  S1     the proposer proposes its
                    own value, whatever it hears
brooker      S13    it accepts
not shown: kind; --wide has all
`},
		{42, `
mutant       what is wrong
----------------------------------------
no-adoption  the proposer proposes its
             own value, whatever it
             hears
brooker      it accepts
not shown: kind, alias; --wide has all
`},
		{30, `
mutant       what is wrong
----------------------------
no-adoption  the proposer
             proposes its
             own value,
             whatever it
             hears
brooker      it accepts
not shown: kind, alias; --wide has all
`},
	} {
		got := string(Fit(fitted, wrongs, tt.width))
		if diff := cmp.Diff(strings.TrimPrefix(tt.want, "\n"), got); diff != "" {
			t.Errorf("%d columns: %s", tt.width, diff)
		}
	}
}

// TestFitKeepsItsWord: a table whose columns may all go, or be broken, is no wider
// than it is to be.
func TestFitKeepsItsWord(t *testing.T) {
	for width := 32; width < 120; width++ {
		table, _, _ := strings.Cut(string(Fit(fitted, wrongs, width)), "not shown")
		for line := range strings.Lines(table) {
			if screen.Width(strings.TrimSuffix(line, "\n")) > width {
				t.Errorf("%d columns: %q", width, line)
			}
		}
	}
}
