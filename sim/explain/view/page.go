package view

import (
	"bufio"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// writer writes the runs as JSON, an event a line.
type writer struct{ *bufio.Writer }

func (w *writer) put(format string, args ...any) { fmt.Fprintf(w, format, args...) }

// value writes anything as JSON. What a page could take for a tag is escaped.
func (w *writer) value(v any) {
	text, err := json.Marshal(v)
	if err != nil {
		panic("view: " + err.Error()) // texts and numbers cannot fail
	}
	w.WriteString(string(text))
}

func (w *writer) data(runs []*Recorder, d *Difference) {
	w.put(`{"whats":`)
	w.value(Whats())
	if d != nil {
		w.put(`,"difference":`)
		why := make([]string, len(d.Why))
		for i, line := range d.Why {
			why[i] = terminal.Text(line)
		}
		w.value(map[string]any{"a": d.A, "b": d.B, "why": why})
	}
	w.put(",\"runs\":[\n")
	for i, r := range runs {
		if i > 0 {
			w.put(",\n")
		}
		w.run(r)
	}
	w.put("]}")
}

// about is what the page says of a run beside its events.
type about struct {
	Name       string      `json:"name"`
	Summary    string      `json:"summary"`
	Note       string      `json:"note,omitempty"` // what is not shown
	Actors     int         `json:"actors"`
	TickUS     int64       `json:"tick_us"`
	Decimals   int         `json:"decimals"` // of times in milliseconds
	Looks      bool        `json:"looks"`    // there are states
	Searched   bool        `json:"searched"` // nothing takes time: events have numbers alone
	Messages   []string    `json:"messages"`
	Invariants [][2]string `json:"invariants"` // names and what they say
	Violation  any         `json:"violation,omitempty"`
	Faults     [][2]string `json:"faults"` // what each is and how it is called
	Captions   [][2]any    `json:"captions"`
	Fields     [][2]any    `json:"fields"`  // the place of each and how it is called
	Flying     []int       `json:"flying"`  // see flights.left
	Unflown    int         `json:"unflown"` // how many are left out there
	Start      []int       `json:"start"`   // see Recorder.lookAt
	Before     []int       `json:"before"`  // see Recorder.surprises
	Early      int         `json:"early"`   // how many there are before
	Texts      []string    `json:"texts"`
	Deeds      []int       `json:"deeds"`              // six numbers each
	Round      string      `json:"round,omitempty"`    // what a round is called; "": messages tell of none
	Rounds     []string    `json:"rounds,omitempty"`   // in their order
	RoundOf    []int       `json:"round_of,omitempty"` // by text: see texts.ranked
	Board      *boardData  `json:"board,omitempty"`    // nil: the protocol has none, or nobody plays the run
}

func (w *writer) run(r *Recorder) { w.part(r, nil, false) }

// part is run, without what a page has of old; telling says how much that is.
func (w *writer) part(r, old *Recorder, telling bool) {
	s := r.run.Scenario
	x := about{
		Name: terminal.Text(r.run.Name()), Summary: r.summary(), Note: r.note(), Actors: s.Actors, TickUS: s.Tick / 1000,
		Looks: r.look != nil, Searched: r.searched(), Invariants: [][2]string{}, Faults: [][2]string{}, Captions: [][2]any{}, Fields: [][2]any{},
		Start: r.start, Before: r.surprises(r.before), Early: r.early,
	}
	if _, decimals, ok := strings.Cut(say.Millis(s, 0), "."); ok {
		x.Decimals = len(decimals)
	}
	for _, word := range s.Protocol.Vocabulary().Messages {
		x.Messages = append(x.Messages, terminal.Text(word))
	}
	for _, inv := range s.Protocol.Invariants() {
		if s.Watches(inv.Name) {
			x.Invariants = append(x.Invariants, [2]string{inv.Name, inv.Doc})
		}
	}
	if v := r.foot.Violation; v != nil {
		x.Violation = map[string]any{"invariant": terminal.Text(v.Invariant), "broke": terminal.Text(v.Broke()), "means": meaning(v.Grade), "text": terminal.Text(v.Text), "event": v.Event, "events": earlier(v)}
	}
	for i := range s.FaultCount() {
		f := s.FaultAt(i)
		x.Faults = append(x.Faults, [2]string{faultWord(f), terminal.Text(strings.TrimPrefix(f.Name, faultWord(f)+" "))}) // an edit is called "cut 1 2"
	}
	if n := len(r.events); n > 0 {
		for _, c := range r.captions() {
			x.Captions = append(x.Captions, [2]any{c.event, c.text})
		}
		if r.events[n-1].number >= r.step.number { // the end is shown
			x.Flying, x.Unflown = r.flying.left()
		}
	}
	for _, f := range r.fields.list {
		x.Fields = append(x.Fields, [2]any{f.group, f.name})
	}
	x.Board = r.score.data(s)
	k := r.kept(old)
	x.Texts, x.Deeds = r.texts.list[k.Texts:], r.deeds.list[6*k.Deeds:]
	if sorted, place := r.texts.ranked(); len(sorted) > 0 {
		rounds := s.Protocol.Rounds()
		x.Round, x.RoundOf = terminal.Text(rounds.Name), place
		for _, round := range sorted {
			x.Rounds = append(x.Rounds, terminal.Text(rounds.Text(round)))
		}
	}
	w.put("{")
	if telling {
		w.put(`"keep":`)
		w.value(k)
		w.put(",\n")
	}
	w.put(`"about":`)
	w.value(x)
	w.put(",\n\"events\":[\n")
	last := event{}
	if k.Events > 0 {
		last = r.events[k.Events-1]
	}
	for i := k.Events; i < len(r.events); i++ {
		if i > k.Events {
			w.put(",\n")
		}
		w.event(&r.events[i], &last, r.score.numbers(r.events[i].board))
		last = r.events[i]
	}
	w.put("\n]}")
}

// event writes a line. Events and times are written as the difference from the line
// before, causes as how far they lie back.
//
//	[event, time, what, kind, actor, peer, copy, cause, sent, text, refused, [effects], [changes], [choices], [board]]
//
// Effects are numbers of deeds; board.go describes the changes of the board. Zeros and
// empty lists at the end of a line are left out.
func (w *writer) event(e, last *event, board [][]int) {
	back := func(n uint64) int {
		if n == 0 || n > e.number {
			return 0
		}
		return int(e.number-n) + 1
	}
	line := []any{
		e.number - last.number, e.at - last.at, e.what, e.kind, e.actor, e.peer, e.copy, back(e.cause), back(e.sent), e.text, e.refused,
		none(e.effects), none(e.changes), none(e.choices), none(board),
	}
	for n := len(line); n > 0 && fmt.Sprint(line[n-1]) == "0"; n-- {
		line = line[:n-1]
	}
	w.value(line)
}

// earlier is the events before the last that a violation speaks of.
func earlier(v *trace.Violation) []uint64 {
	return slices.DeleteFunc(slices.Clone(v.Events), func(e uint64) bool { return e == v.Event })
}

// none is 0 for an empty list.
func none[T any](list []T) any {
	if len(list) == 0 {
		return 0
	}
	return list
}

// captions are those of the events that are shown.
func (r *Recorder) captions() []caption {
	from, to := r.events[0].number, r.events[len(r.events)-1].number
	if r.story != nil {
		return r.storyCaptions(from, to)
	}
	return r.guide.told(from, to, r.foot, to >= r.step.number)
}

// faultWord says what a fault is.
func faultWord(f *faults.Fault) string {
	switch {
	case f.Split != nil || f.Cut != nil:
		return "cut"
	case f.Clog != nil:
		return "clog"
	case f.Weather != nil:
		return "weather"
	case !f.Pause.IsZero():
		return "pause"
	}
	return "crash"
}

// summary is what came of the run, in a sentence.
func (r *Recorder) summary() string {
	f, s := r.foot, r.run.Scenario
	text := fmt.Sprintf("%s; %s", say.Plural(uint64(s.Actors), "actor"), f.Outcome)
	if f.Outcome == observe.VerdictUndecided.String() || f.Outcome == observe.VerdictPartial.String() {
		text += " (" + terminal.Text(f.End) + ")"
	}
	facts, took := say.Facts(s, f), " and "+say.Millis(s, sim.Time(f.TimeUS/(s.Tick/1000)))+" ms"
	if r.searched() {
		facts, took = say.FactsByEvents(s, f), ""
	}
	if facts != "" {
		text += ": " + facts + ";"
	}
	return text + fmt.Sprintf(" after %s%s; digest %s", say.Plural(f.Events, "event"), took, trace.Hex(f.Digest))
}

// searched says whether the run is of the searched engine, in which nothing takes
// time.
func (r *Recorder) searched() bool { return r.run.Head.Engine == trace.Searched }

// note says what is not shown.
func (r *Recorder) note() string {
	var parts []string
	if n := uint64(len(r.events)); n < r.total {
		if n == 0 {
			parts = append(parts, fmt.Sprintf("None of %s is shown.", say.Plural(r.total, "event")))
		} else {
			parts = append(parts, fmt.Sprintf("Of %s this page holds %s, from %d to %d; --from and --events choose others.", say.Plural(r.total, "event"), say.Count(n), r.events[0].number, r.events[n-1].number))
		}
	}
	if r.look == nil {
		parts = append(parts, "The actors' states are not known: this paxsim plays the trace as another run.")
	}
	return strings.Join(parts, " ")
}
