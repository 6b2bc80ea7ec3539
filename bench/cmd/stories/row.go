package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim/story"
)

// row is the results of the finds of a mutant.
type row struct {
	mutant, alias, invariant string

	finds []find
	none  int // hunts that found nothing
	best  *story.Story
	size  story.Size // of best
}

// columns are the heads of the table.
var columns = []string{"mutant", "alias", "known", "actions", "shortest", "events", "actors", "replays", "events replayed", "ms"}

// cells are those of a row. Most are a median and a worst; where an arrow is, what the
// find had is before it, and what the story has behind it.
func (r *row) cells() []string {
	known := "–"
	if n, ok := least[r.alias]; ok {
		known = n
	}
	shortest := "–"
	if r.best != nil {
		shortest = strconv.Itoa(r.size.Actions)
	}
	beforeAfter := func(of func(s story.Size) int) string {
		return r.both(func(f *find) int { return of(f.before) }) + " → " + r.both(func(f *find) int { return of(f.after) })
	}
	return []string{
		r.mutant, r.alias, known,
		beforeAfter(func(s story.Size) int { return s.Actions }), shortest,
		beforeAfter(func(s story.Size) int { return int(s.Events) }),
		beforeAfter(func(s story.Size) int { return s.Actors }),
		r.both(func(f *find) int { return int(f.work.Replays) }),
		r.both(func(f *find) int { return int(f.work.Events) }),
		r.both(func(f *find) int { return int(f.took.Milliseconds()) }),
	}
}

// both is the median and the worst of a number, over the finds.
func (r *row) both(of func(f *find) int) string {
	if len(r.finds) == 0 {
		return "–"
	}
	list := make([]int, len(r.finds))
	for i := range r.finds {
		list[i] = of(&r.finds[i])
	}
	slices.SortFunc(list, cmp.Compare)
	return fmt.Sprintf("%d, %d", list[len(list)/2], list[len(list)-1])
}

// String is the row on one line.
func (r *row) String() string {
	s := strings.Join(r.cells(), " | ")
	if r.none > 0 {
		s += fmt.Sprintf(" (%d hunts found nothing)", r.none)
	}
	return s
}

// table is that of a page, in Markdown.
func table(rows []row) []byte {
	var b strings.Builder
	b.WriteString("| " + strings.Join(columns, " | ") + " |\n|:--|:--|" + strings.Repeat("--:|", len(columns)-2) + "\n")
	for i := range rows {
		b.WriteString("| " + strings.Join(rows[i].cells(), " | ") + " |\n")
	}
	return []byte(b.String())
}

// least is, by the alias of a mutant, the least number of actions to split agreement that
// an exhaustive search breadth first has found in a model of 3 actors; "≤": the best
// that a search without a proof has found.
var least = map[string]string{
	"S1": "12", "S2": "12", "S3a": "17", "S3b": "17", "S3c": "17", "S4a": "12", "S5": "12", "S6": "13", "S7": "13", "S8": "13",
	"S9": "10", "S10": "12", "S11": "14", "S12": "13", "S13": "17", "S14a": "≤ 22", "S14b": "18", "S14c": "17", "S15": "18",
	"S16": "15", "S17": "12", "S18": "≤ 22", "S19": "12", "S20": "12", "S21": "≤ 23",
}
