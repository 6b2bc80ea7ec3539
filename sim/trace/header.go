package trace

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
)

// Header is the first line of a trace: which run it is of, and the words that the
// other lines use.
type Header struct {
	Tool      string            // the program that wrote it: "paxsim 0.1.0"
	Trace     int               // TraceVersion of that program
	Name      string            // what the scenario is called
	Protocol  string            // its protocol
	Engine    string            // what chose the next event: Timed or Searched
	Strategy  string            // of a searched run, as in a run file, and so are the next two
	Budget    *search.Budget    //
	Deferrals map[string]string //
	Base      Base              // who answered the choices
	Answers   map[string]uint32 // answers that replaced those of Base, by the text of the choice
	Edits     []string          // made by hand, as in a run file
	Actors    int               // how many there are
	TickUS    int64             // microseconds that a tick stands for
	Messages  []string          // words for kinds, by number; "": the kind is not used
	Timers    []string
	Notes     []string
	Scenario  string // the whole text of the scenario as run
}

// NewHeader is the header of a run of a scenario. text is the whole text of the
// scenario. The answers, if there are any, are for the caller to add.
func NewHeader(s *sim.Scenario, text string, base Base) *Header {
	words := s.Protocol.Vocabulary()
	h := &Header{
		Tool: "paxsim " + Tool, Trace: TraceVersion, Name: s.Name, Protocol: s.Protocol.Name(), Engine: Timed, Base: base, Answers: map[string]uint32{},
		Edits: EditTexts(s), Actors: s.Actors, TickUS: s.Tick / 1000, Messages: words.Messages, Timers: words.TimerNames(), Scenario: text,
	}
	for _, n := range words.Notes {
		h.Notes = append(h.Notes, n.Name)
	}
	return h
}

// words lists what the kinds of an entry are called; nil: they have no words.
func (h *Header) words(w observe.What) []string {
	switch w {
	case observe.Delivered, observe.Sent, observe.Broadcast, observe.Dropped, observe.Doubled:
		return h.Messages
	case observe.TimedOut:
		return h.Timers
	case observe.Noted:
		return h.Notes
	}
	return nil
}

// append writes the header as a line.
func (h *Header) append(b []byte) []byte {
	b = appendText(append(b, `{"format":`...), lineFormat)
	b = appendText(append(b, `,"tool":`...), h.Tool)
	b = strconv.AppendInt(append(b, `,"trace":`...), int64(h.Trace), 10)
	b = appendText(append(b, `,"name":`...), h.Name)
	b = appendText(append(b, `,"protocol":`...), h.Protocol)
	if h.Engine == Searched {
		b = h.appendSearch(b)
	}
	b = appendText(append(b, `,"base":`...), h.Base.String())
	b = append(b, `,"answers":{`...)
	for i, key := range slices.Sorted(maps.Keys(h.Answers)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendUint(append(appendText(b, key), ':'), uint64(h.Answers[key]), 10)
	}
	b = append(b, '}')
	if len(h.Edits) > 0 {
		b = appendTexts(append(b, `,"edits":`...), h.Edits)
	}
	b = strconv.AppendInt(append(b, `,"actors":`...), int64(h.Actors), 10)
	b = strconv.AppendInt(append(b, `,"tick_us":`...), h.TickUS, 10)
	b = appendTexts(append(b, `,"messages":`...), h.Messages)
	b = appendTexts(append(b, `,"timers":`...), h.Timers)
	b = appendTexts(append(b, `,"notes":`...), h.Notes)
	b = appendText(append(b, `,"scenario":`...), h.Scenario)
	return append(b, "}\n"...)
}

func appendTexts(b []byte, list []string) []byte {
	b = append(b, '[')
	for i, text := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(b, text)
	}
	return append(b, ']')
}

// decodeHeader reads the first line of a trace.
func decodeHeader(line []byte) (*Header, error) {
	h := &Header{Engine: Timed, Answers: map[string]uint32{}}
	r := newReader(line)
	if !r.bounded(fileBounds) {
		return nil, r.err()
	}
	r.object("", []field{
		{name: "format", read: func() {
			if at, text := r.text("format"); !r.broken && text != lineFormat {
				r.fail(at, "format %q: this paxsim reads %q", clip(text), lineFormat)
			}
		}},
		{name: "tool", read: func() { _, h.Tool = r.text("tool") }},
		{name: "trace", read: func() { h.Trace = int(r.number("trace", 1<<31-1)) }},
		{name: "name", read: func() { _, h.Name = r.text("name") }},
		{name: "protocol", read: func() { _, h.Protocol = r.text("protocol") }},
		{name: "engine", optional: true, read: func() {
			at, text := r.text("engine")
			if h.Engine = text; !r.broken && text != Searched {
				r.fail(at, "engine %q: expected %q, or no engine for one that is timed", clip(text), Searched)
			}
		}},
		{name: "strategy", optional: true, read: func() { _, h.Strategy = r.text("strategy") }},
		{name: "budget", optional: true, read: func() { h.Budget = r.budget("budget") }},
		{name: "deferrals", optional: true, read: func() { h.Deferrals = r.deferrals("deferrals") }},
		{name: "base", read: func() {
			at, text := r.text("base")
			base, err := ParseBase(text)
			if h.Base = base; err != nil && !r.broken {
				r.fail(at, "%v", err)
			}
		}},
		{name: "answers", read: func() {
			r.members("answers", in(h.Answers), func(_ int, key string) {
				h.Answers[key] = uint32(r.number("answers."+clip(key), 1<<32-1))
			})
		}},
		{name: "edits", optional: true, read: func() { h.Edits = r.edits("edits") }},
		{name: "actors", read: func() { h.Actors = int(r.number("actors", sim.MaxActors)) }},
		{name: "tick_us", read: func() { h.TickUS = int64(r.number("tick_us", maxTickUS)) }},
		{name: "messages", read: func() { h.Messages = r.words("messages", sim.MaxMessages) }},
		{name: "timers", read: func() { h.Timers = r.words("timers", sim.MaxKinds) }},
		{name: "notes", read: func() { h.Notes = r.words("notes", sim.MaxKinds) }},
		{name: "scenario", read: func() { _, h.Scenario = r.long("scenario") }},
		{check: func(at int) {
			if h.Actors < 1 || h.TickUS < 1 {
				r.fail(at, "actors and tick_us: expected at least 1")
			}
			r.checkSearch(at, h.Engine, h.Strategy, h.Budget, h.Deferrals)
			r.checkEdits(at, h.Engine, h.Edits)
		}},
	})
	if !r.broken {
		r.end("the line")
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	return h, nil
}

// maxTickUS is the longest tick that a scenario may have, in microseconds.
const maxTickUS = 1_000_000

// words reads a list of words for kinds, so many at most.
func (r *reader) words(path string, most int) (list []string) {
	r.list(path, func(i int) {
		at, text := r.text(path + "." + strconv.Itoa(i+1))
		if i == most {
			r.fail(at, "%s: there are at most %d kinds", path, most)
		}
		if i < most {
			list = append(list, text)
		}
	})
	return list
}

// lineFormat is the first field of a trace.
var lineFormat = fmt.Sprintf("paxsim trace %d", LinesVersion)

// Against says in what a scenario is not the one that the header is of, or "".
func (h *Header) Against(s *sim.Scenario) string {
	is := NewHeader(s, "", Base{})
	switch {
	case h.Protocol != is.Protocol:
		return fmt.Sprintf("protocol: it says %q, and its scenario says %q", clip(h.Protocol), is.Protocol)
	case h.Actors != is.Actors:
		return fmt.Sprintf("actors: it says %d, and its scenario says %d", h.Actors, is.Actors)
	case h.TickUS != is.TickUS:
		return fmt.Sprintf("tick_us: it says %d, and its scenario says %d", h.TickUS, is.TickUS)
	case !slices.Equal(h.Messages, is.Messages) || !slices.Equal(h.Timers, is.Timers) || !slices.Equal(h.Notes, is.Notes):
		return "messages, timers, notes: this paxsim has other words for " + is.Protocol
	}
	return ""
}
