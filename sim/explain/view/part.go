package view

import (
	"bufio"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// keep is how much of the data of a run stays when the run is changed: so many of its
// lines, of its texts and of its deeds. The zero keep is a page of its own.
type keep struct {
	Events int `json:"events"`
	Texts  int `json:"texts"`
	Deeds  int `json:"deeds"`
}

// WriteRun writes the data of a run: what a page has as one of its runs, with "keep"
// before it. What the page has of old, the run before it was changed, is left out as far
// as the two are the same; both show the same window. nil: all is written. The error is
// that of the writer.
func WriteRun(w io.Writer, r, old *Recorder) error {
	out := &writer{bufio.NewWriter(w)}
	out.part(r, old, true)
	return out.Flush()
}

// Whats are the words for the kinds of events and effects, by their numbers.
func Whats() map[string]string {
	list := map[string]string{}
	for what := observe.What(1); what < 64; what++ {
		if text := what.String(); !strings.HasPrefix(text, "what(") {
			list[strconv.Itoa(int(what))] = text
		}
	}
	return list
}

// First is the number, in each, of the first event that two recorders of the same window
// show differently: 0 if there is none.
func First(a, b *Recorder) (inA, inB uint64) {
	n := a.kept(b).Events
	if n < len(a.events) {
		inA = a.events[n].number
	}
	if n < len(b.events) {
		inB = b.events[n].number
	}
	return inA, inB
}

// kept is what two runs share, from the start of their window. Numbers of texts and
// deeds are given in the order in which these come up, so runs share them as long as
// they are the same.
func (r *Recorder) kept(old *Recorder) (k keep) {
	if old == nil || r.run.Window.From != old.run.Window.From || !slices.Equal(r.start, old.start) || !slices.Equal(r.score.start, old.score.start) {
		return k
	}
	k.Texts = common(r.texts.list, old.texts.list, func(a, b string) bool { return a == b })
	k.Texts = min(k.Texts, common(r.texts.rounds, old.texts.rounds, func(a, b sim.Round) bool { return a == b }))
	for deeds := min(len(r.deeds.list), len(old.deeds.list)) / 6; k.Deeds < deeds; k.Deeds++ {
		x := r.deeds.list[6*k.Deeds : 6*k.Deeds+6]
		if !slices.Equal(x, old.deeds.list[6*k.Deeds:6*k.Deeds+6]) || x[5] >= k.Texts {
			break
		}
	}
	fields := common(r.fields.list, old.fields.list, func(a, b field) bool { return a == b })
	last := lastSame(r.score.columns(), old.score.columns())
	k.Events = common(r.events, old.events, func(a, b event) bool { return a.is(&b) && a.within(k, fields, last) })
	return k
}

// lastSame is the last of the columns that two boards begin with: up to there they have
// the same numbers; 0: there is none.
func lastSame(a, b []sim.Round) sim.Round {
	if n := common(a, b, func(x, y sim.Round) bool { return x == y }); n > 0 {
		return a[n-1]
	}
	return 0
}

// common is how many elements two lists begin with that are the same.
func common[T any](a, b []T, same func(a, b T) bool) int {
	for i := range min(len(a), len(b)) {
		if !same(a[i], b[i]) {
			return i
		}
	}
	return min(len(a), len(b))
}

// is says whether two lines are the same, by their numbers.
func (e *event) is(o *event) bool {
	return e.number == o.number && e.at == o.at && e.what == o.what && e.kind == o.kind && e.copy == o.copy &&
		e.actor == o.actor && e.peer == o.peer && e.cause == o.cause && e.sent == o.sent && e.text == o.text && e.refused == o.refused &&
		slices.Equal(e.effects, o.effects) && slices.Equal(e.changes, o.changes) && slices.Equal(e.choices, o.choices) && slices.Equal(e.board, o.board)
}

// within says whether the numbers in a line mean what is kept. column is the last column of
// the board that has the same number as before.
func (e *event) within(k keep, fields int, column sim.Round) bool {
	if e.text >= k.Texts || e.refused >= k.Texts {
		return false
	}
	for _, deed := range e.effects {
		if deed >= k.Deeds {
			return false
		}
	}
	for i := 0; i < len(e.changes); i += 3 {
		if e.changes[i+1] >= fields || e.changes[i+2] >= k.Texts {
			return false
		}
	}
	for i := 0; i < len(e.choices); i += 5 {
		if e.choices[i] >= k.Texts {
			return false
		}
	}
	for _, m := range e.board {
		if m.text >= k.Texts || m.value >= k.Texts || m.round > column || m.of > column {
			return false
		}
	}
	return true
}
