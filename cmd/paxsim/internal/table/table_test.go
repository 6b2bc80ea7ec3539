package table

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	columns = []Column{{Name: "seed", Right: true}, {Name: "decide_time_us", Right: true}, {Name: "outcome"}, {Name: "value"}}
	rows    = [][]string{{"1", "4000", "decided", "x"}, {"200", "", "", "  ä"}, {"3", "5", "undecided", "日本"}, {"4", "6", "a\nb", "\x1b[2J"}}
)

// Heads are printed as they are, cells keep their blanks, and characters that
// some terminals draw wide count as one or two by themselves, not by the
// language of the machine.
func TestPlain(t *testing.T) {
	want := `
seed  decide_time_us  outcome    value
------------------------------------------
   1            4000  decided    x
 200                               ä
   3               5  undecided  日本
   4               6  a\nb       \x1b[2J
`
	if diff := cmp.Diff(want, "\n"+string(Plain(columns, rows))); diff != "" {
		t.Error(diff)
	}
}

func TestMarkdown(t *testing.T) {
	want := `
| seed | value          |
|-----:|:---------------|
|    1 | a\|b           |
|    2 | two\\nlines \\ |
`
	got := Markdown([]Column{{Name: "seed", Right: true}, {Name: "value"}}, [][]string{{"1", "a|b"}, {"2", "two\nlines \\"}})
	if diff := cmp.Diff(want, "\n"+string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestNoRows(t *testing.T) {
	if got := string(Plain(columns[:1], nil)); got != "seed\n" {
		t.Errorf("%q", got)
	}
}
