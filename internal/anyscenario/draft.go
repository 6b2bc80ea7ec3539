package anyscenario

import (
	"slices"
	"strings"
)

// Scenario is a scenario that was drawn.
type Scenario struct {
	Number uint64 // the whole is a function of it
	Text   string // as a file
	Seed   uint64 // for a run of it

	drawn []drawn
}

// drawn is a field that was said, for the count of what is covered.
type drawn struct {
	path string
	value
}

// century bounds every time, in nanoseconds.
const century = 876_000 * 3600e9

// draft is a scenario that is being drawn: what was said, and what of it later
// fields depend on. Times are in ticks.
type draft struct {
	numbers
	tree  // what the file says
	drawn []drawn
	as    map[string]int64 // what was said, as numbers

	hopeful    bool  // it is meant to decide, if nothing ends it before
	timeLimit  bool  // it is to state limits.time
	eventLimit bool  // and limits.events
	density    int64 // how much it says, in per cent of what is usual

	tick   int64   // nanoseconds
	most   int64   // the latest time that can be written
	pace   int64   // times are often near it
	actors int64   //
	quorum int64   // how many members are a quorum of every phase; 0: a majority
	last   int64   // when the last thing by the script is over
	gone   []int64 // who goes down for good, by number
	anyone bool    // somebody goes down for good, drawn in the run
}

// Draw draws the scenario of a number.
func Draw(number uint64) Scenario {
	d := &draft{numbers: numbersOf(number), as: map[string]int64{}}
	d.purpose()
	for i := range table {
		f := &table[i]
		rule := rules[f.path]
		switch {
		case rule != nil:
			rule(d, f)
		case f.said != own && !inEntry(f.path) && d.says(f):
			d.say(&d.tree, f.path, f)
		}
	}
	return Scenario{Number: number, Text: d.text(), Seed: 1 + uint64(d.below(1<<32)), drawn: d.drawn}
}

// inEntry says whether a field is one of an entry. There may be many entries.
func inEntry(path string) bool { return strings.Contains(path, ".N") }

// purpose draws what kind of scenario it is to be. It is to decide, or it states a limit,
// whatever it does, or it is one of the few that do neither.
func (d *draft) purpose() {
	d.density = pick(&d.numbers, int64(25), 50, 100, 100, 170)
	switch p := d.below(100); {
	case p < 74:
		d.hopeful = true
	case p < 84:
		d.hopeful = true
		d.timeLimit = d.below(2) == 0
		d.eventLimit = !d.timeLimit || d.below(2) == 0
	case p < 94:
		d.timeLimit = true
		d.eventLimit = d.below(2) == 0
	}
}

// says decides whether a field is said that is said so often.
func (d *draft) says(f *field) bool {
	often := f.said
	if often < 100 {
		often = min(often*d.density/100, 95)
	}
	return d.outOf100(often)
}

// say draws a field and puts it at a path of a mapping.
func (d *draft) say(t *tree, path string, f *field) value {
	v := f.draw(d)
	t.put(path, v.text)
	d.note(f.path, v)
	return v
}

// note remembers what was drawn for a field.
func (d *draft) note(path string, v value) {
	d.drawn = append(d.drawn, drawn{path, v})
	d.as[path] = v.n
}

// entry draws the fields below a path that are said: of an entry of a list, or of
// a section in one. It says whether there is any.
func (d *draft) entry(t *tree, above string) (some bool) {
	for i := range table {
		f := &table[i]
		name, below := strings.CutPrefix(f.path, above)
		if below && f.said != own && d.says(f) {
			d.say(t, name, f)
			some = true
		}
	}
	return some
}

// row is the line of a field.
func row(path string) *field {
	return &table[slices.IndexFunc(table, func(f field) bool { return f.path == path })]
}

// rules are how fields are drawn that depend on others. They are filled at the
// start, since they look into the table.
var rules map[string]func(d *draft, f *field)

func init() {
	rules = map[string]func(d *draft, f *field){
		"base":             (*draft).drawBase,
		"tick":             (*draft).drawTick,
		"actors":           (*draft).drawActors,
		"quorums.promises": (*draft).drawQuorums,
		"quorums.accepts":  func(*draft, *field) {}, // drawn with the other
		"periods":          (*draft).drawPeriods,
		"until":            (*draft).drawUntil,
		"network.places":   (*draft).drawPlaces,
		"core":             (*draft).drawCore,
		"faults":           (*draft).drawFaults,
		"requests":         (*draft).drawRequests,
		"limits.linger":    (*draft).drawLinger,
		"limits.time":      (*draft).drawTimeLimit,
		"limits.events":    (*draft).drawEventLimit,
		"expect.always":    (*draft).drawExpect,
		"premise.set":      (*draft).drawPremise,
		"group":            (*draft).drawGroup,
	}
}
