// Package diff holds two runs side by side: how far they are the same, the
// first event in which they differ, and the choice that made it so.
package diff

import (
	"slices"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/grid"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// How much is kept of two runs, in events and choices.
const (
	maxCommon = 3    // the last that are the same
	maxAfter  = 4    // those after the first difference
	maxOther  = 1000 // choices answered differently
)

// Side is one of the two runs.
type Side struct {
	Name     string // for people
	Scenario *sim.Scenario
	World    string // the text of the scenario, without what it says of its runs

	// Next hands on the next event and what it asked of chance. The first call
	// hands on what was asked before the first event, and no event. It is good
	// until the next call.
	Next func() (Moment, bool)
	// Played says that choices are known; a trace holds none.
	Played bool
	// Foot is how the run ended, once Next has reached the end.
	Foot func() *trace.Trailer
}

// Moment is an event and what it asked of chance.
type Moment struct {
	Step  trace.Step
	Asked []scheduler.Asked
}

// Event is an event of one of the runs, in words.
type Event struct {
	Number uint64
	Micros int64
	Actor  sim.ID // at whom; 0: at nobody
	Lines  []string
}

// Choice is a choice that the two runs answer differently.
type Choice struct {
	Key   scheduler.Key
	Text  string
	Event uint64 // during which it is asked; 0: before the first
	A, B  uint32 // 0, the calm one, also where it is not asked
}

// Result is what became of holding two runs side by side.
type Result struct {
	Same     bool
	Common   uint64   // how many events are the same
	Last     []Event  // the last of these
	A, B     []Event  // the first event that differs and some after it; none: that run is over
	Cause    *Choice  // nil: no choice is known
	First    *Choice  // the first that is answered differently, if that is another
	Others   int      // how many are answered differently up to the first difference
	EditA    string   // what somebody did by hand in A, if that is its first event that differs: "after 8: pause 2"; else ""
	EditB    string   // and in B
	OnlyA    []string // lines of the scenario that the other does not have
	OnlyB    []string
	FiguresA Figures
	FiguresB Figures
}

// Compare plays both runs to their ends.
func Compare(a, b *Side) *Result {
	r := &Result{Same: true}
	tellA, tellB := grid.Tell(a.Scenario), grid.Tell(b.Scenario)
	var choices []Choice
	more := [2]bool{true, true}
	var moments [2]Moment
	for first := true; more[0] || more[1]; first = false {
		for i, side := range []*Side{a, b} {
			if more[i] {
				moments[i], more[i] = side.Next()
			}
		}
		x, y := moments[0], moments[1]
		if more[0] {
			r.FiguresA.add(a, x.Step, first)
		}
		if more[1] {
			r.FiguresB.add(b, y.Step, first)
		}
		if r.Same && (more[0] != more[1] || more[0] && !first && !sameStep(a, x.Step, b, y.Step)) {
			r.Same = false
			if more[0] && more[1] && sameEntry(a, x.Step.Event, b, y.Step.Event) {
				choices = append(choices, otherwise(a, x, b, y)...)
			}
			var e, f *observe.Entry
			if more[0] {
				e = &x.Step.Event
			}
			if more[1] {
				f = &y.Step.Event
			}
			if r.EditA, r.EditB = editOf(a, e), editOf(b, f); r.EditA == "" && r.EditB == "" {
				r.blame(a, e, b, f, choices)
			}
		}
		switch {
		case r.Same && more[0]:
			if choices = append(choices, otherwise(a, x, b, y)...); len(choices) > maxOther {
				choices = choices[:maxOther]
			}
			if !first {
				r.Common++
				r.Last = append(r.Last, tell(a, tellA, x.Step))
				r.Last = r.Last[max(0, len(r.Last)-maxCommon):]
			}
		case !r.Same:
			if more[0] && len(r.A) <= maxAfter {
				r.A = append(r.A, tell(a, tellA, x.Step))
			}
			if more[1] && len(r.B) <= maxAfter {
				r.B = append(r.B, tell(b, tellB, y.Step))
			}
		}
	}
	r.FiguresA.end(a)
	r.FiguresB.end(b)
	if r.Same && r.FiguresA.Digest != r.FiguresB.Digest {
		r.Same = false
	}
	if !r.Same {
		r.OnlyA, r.OnlyB = lines(a.World, b.World)
	}
	return r
}

// editOf is the edit of a run that is an event; "": none is.
func editOf(side *Side, e *observe.Entry) string {
	if e == nil {
		return ""
	}
	at := uint64(0)
	for i := range side.Scenario.Edits {
		x := &side.Scenario.Edits[i]
		if at = max(at, x.After) + 1; at == e.Event {
			return side.Scenario.EditText(x)
		}
	}
	return ""
}

// sameStep says whether an event and all that happened during it are the same.
func sameStep(a *Side, x trace.Step, b *Side, y trace.Step) bool {
	return sameEntry(a, x.Event, b, y.Event) && slices.EqualFunc(x.Effects, y.Effects, func(e, f observe.Entry) bool { return sameEntry(a, e, b, f) })
}

func sameEntry(a *Side, x observe.Entry, b *Side, y observe.Entry) bool {
	if say.Micros(a.Scenario, x.At) != say.Micros(b.Scenario, y.At) {
		return false
	}
	x.At = y.At
	return x.Plain() == y.Plain()
}

// otherwise lists the choices of an event that the runs answer differently, in the order
// in which they are asked. One that a run does not ask is calm there.
func otherwise(a *Side, x Moment, b *Side, y Moment) (list []Choice) {
	if !a.Played || !b.Played || slices.Equal(x.Asked, y.Asked) {
		return nil
	}
	answers := func(asked []scheduler.Asked) map[scheduler.Key]uint32 {
		m := make(map[scheduler.Key]uint32, len(asked))
		for _, c := range asked {
			m[c.Key] = c.Answer
		}
		return m
	}
	inA, inB := answers(x.Asked), answers(y.Asked)
	add := func(side *Side, k scheduler.Key) {
		if inA[k] != inB[k] && !slices.ContainsFunc(list, func(c Choice) bool { return c.Key == k }) && len(list) < maxOther {
			list = append(list, Choice{k, side.Scenario.Protocol.Vocabulary().KeyText(k), x.Step.Event.Event, inA[k], inB[k]})
		}
	}
	for _, c := range x.Asked {
		add(a, c.Key)
	}
	for _, c := range y.Asked {
		add(b, c.Key)
	}
	return list
}

// blame finds the choice that causes the first difference. Of the two events that differ
// the earlier counts. The choice is about the message that arrives in it, or about the
// actor whose alarm goes off in it. Else it is the first of all that are answered
// differently.
func (r *Result) blame(a *Side, x *observe.Entry, b *Side, y *observe.Entry, choices []Choice) {
	if r.Others = len(choices); r.Others == 0 {
		return
	}
	if x != nil && y != nil { // what comes later comes first only because the other does not
		switch s, t := say.Micros(a.Scenario, x.At), say.Micros(b.Scenario, y.At); {
		case s < t:
			y = nil
		case s > t:
			x = nil
		}
	}
	i := slices.IndexFunc(choices, func(c Choice) bool { return concerns(c.Key, x) || concerns(c.Key, y) })
	i = max(i, 0)
	if r.Cause = &choices[i]; i > 0 {
		r.First = &choices[0]
	}
}

// concerns says whether a choice is about the message that arrives in an event,
// or the actor's whose alarm goes off; e may be nil.
func concerns(k scheduler.Key, e *observe.Entry) bool {
	switch {
	case e == nil:
		return false
	case e.What == observe.Delivered:
		return uint16(e.Peer) == k.From() && uint16(e.Actor) == k.To() && e.Kind == k.Kind() && e.N == k.Count()
	case e.What == observe.TimedOut:
		return uint16(e.Actor) == k.From() && k.To() == 0
	}
	return false
}

// tell tells a step in the words of a grid.
func tell(side *Side, t grid.Teller, s trace.Step) Event {
	e := Event{Number: s.Event.Event, Micros: say.Micros(side.Scenario, s.Event.At), Actor: s.Event.Actor}
	for _, l := range t.Lines(s) {
		e.Lines = append(e.Lines, l.Text)
	}
	return e
}

// lines are the lines of two scenarios that only one of them has.
func lines(a, b string) (onlyA, onlyB []string) {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for _, l := range x {
		if !slices.Contains(y, l) {
			onlyA = append(onlyA, l)
		}
	}
	for _, l := range y {
		if !slices.Contains(x, l) {
			onlyB = append(onlyB, l)
		}
	}
	return onlyA, onlyB
}
