package trace

import (
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// Trailer is the last line of a trace: how the run ended.
type Trailer struct {
	Outcome   string // a sim.Verdict in text
	End       string // a sim.End in text: why it ended
	TimeUS    int64  // virtual time at the end, in microseconds
	Violation *Violation

	ChosenUS, DecidedUS, LearnedUS int64 // when a value was chosen, first decided, and learned by all, in microseconds; -1: never, or not known
	Learned, Awaited               int   // how many had learned, of how many the run waits for; 0 of 0: not known

	Sent, Delivered, Dropped, Duplicated, Crashes uint64 // as sim.Outcome counts them

	Events  uint64 // how many events the run had; those at which nobody was there are not in the trace
	Entries uint64 // how many lines there are between header and trailer
	Digest  uint64 // of the whole run
}

// NewTrailer tells how a run ended that had so many entries.
func NewTrailer(h *Header, o sim.Outcome, entries uint64) *Trailer {
	f := &Trailer{
		Outcome: o.Verdict.String(), End: o.End.String(), TimeUS: int64(o.Ended) * h.TickUS,
		Sent: o.Sent, Delivered: o.Delivered, Dropped: o.Dropped, Duplicated: o.Duplicated, Crashes: o.Crashes,
		Events: o.Events, Entries: entries, Digest: o.Digest,
	}
	at := func(t sim.Time, known bool) int64 {
		if !known {
			return -1
		}
		return int64(t) * h.TickUS
	}
	f.ChosenUS = at(o.FirstChosen())
	decided, _, known := o.FirstDecided()
	f.DecidedUS = at(decided, known)
	f.LearnedUS, f.Learned, f.Awaited = at(o.LearnedTime, o.AllLearned()), o.Learned, o.Awaited
	f.Violation = newViolation(o.Violation)
	return f
}

// append writes the trailer as a line.
func (f *Trailer) append(b []byte) []byte {
	number := func(name string, n uint64) {
		b = append(append(append(b, `,"`...), name...), `":`...)
		b = strconv.AppendUint(b, n, 10)
	}
	b = appendText(append(b, `{"outcome":`...), f.Outcome)
	b = appendText(append(b, `,"end":`...), f.End)
	number("time_us", uint64(f.TimeUS))
	if v := f.Violation; v != nil {
		b = appendText(append(b, `,"violation":`...), v.Invariant)
		b = appendText(append(b, `,"violation_text":`...), v.Text)
		number("violation_event", v.Event)
		if v.Grade != "" {
			b = appendText(append(b, `,"violation_grade":`...), v.Grade)
		}
	}
	for _, fact := range [...]struct {
		name string
		us   int64
	}{{"chosen_us", f.ChosenUS}, {"decided_us", f.DecidedUS}, {"learned_us", f.LearnedUS}} {
		if fact.us >= 0 {
			number(fact.name, uint64(fact.us))
		}
	}
	number("learned", uint64(f.Learned))
	number("awaited", uint64(f.Awaited))
	number("sent", f.Sent)
	number("delivered", f.Delivered)
	number("dropped", f.Dropped)
	number("duplicated", f.Duplicated)
	number("crashes", f.Crashes)
	number("events", f.Events)
	number("entries", f.Entries)
	b = appendText(append(b, `,"digest":`...), Hex(f.Digest))
	return append(b, "}\n"...)
}

// decodeTrailer reads the last line of a trace.
func decodeTrailer(line []byte) (*Trailer, error) {
	f, v := &Trailer{ChosenUS: -1, DecidedUS: -1, LearnedUS: -1}, &Violation{}
	violated := 0
	x := &flat{data: line}
	x.object(func(at int, name string) {
		switch name {
		case "outcome":
			f.Outcome = x.text(name)
			if _, ok := observe.ParseVerdict(f.Outcome); !ok {
				x.fail(at, "outcome %q: expected %s", clip(f.Outcome), verdictWords())
			}
		case "end":
			f.End = x.text(name)
		case "time_us":
			f.TimeUS = int64(x.number(name, 1<<62))
		case "violation":
			v.Invariant = x.text(name)
			violated++
		case "violation_text":
			v.Text = x.text(name)
			violated++
		case "violation_event":
			v.Event = x.number(name, sim.MaxEvents)
			violated++
		case "violation_grade":
			if v.Grade = x.text(name); !slices.Contains(sim.Grades, v.Grade) {
				x.fail(at, "violation_grade %q: expected %s", clip(v.Grade), strings.Join(sim.Grades, " or "))
			}
		case "chosen_us":
			f.ChosenUS = int64(x.number(name, 1<<62))
		case "decided_us":
			f.DecidedUS = int64(x.number(name, 1<<62))
		case "learned_us":
			f.LearnedUS = int64(x.number(name, 1<<62))
		case "learned":
			f.Learned = int(x.number(name, sim.MaxActors))
		case "awaited":
			f.Awaited = int(x.number(name, sim.MaxActors))
		case "sent":
			f.Sent = x.number(name, 1<<62)
		case "delivered":
			f.Delivered = x.number(name, 1<<62)
		case "dropped":
			f.Dropped = x.number(name, 1<<62)
		case "duplicated":
			f.Duplicated = x.number(name, 1<<62)
		case "crashes":
			f.Crashes = x.number(name, 1<<62)
		case "events":
			f.Events = x.number(name, sim.MaxEvents)
		case "entries":
			f.Entries = x.number(name, 1<<62)
		case "digest":
			text := x.text(name)
			n, err := strconv.ParseUint(text, 16, 64)
			if f.Digest = n; err != nil || Hex(n) != text {
				x.fail(at, "digest: expected 16 hexadecimal digits in lower case, found %q", clip(text))
			}
		default:
			x.unknown(at, name)
		}
	})
	x.need("outcome", "end", "time_us", "learned", "awaited", "sent", "delivered", "dropped", "duplicated", "crashes", "events", "entries", "digest")
	switch {
	case x.problem != nil:
		return nil, &Error{[]Problem{*x.problem}}
	case violated == 0 && v.Grade != "":
		return nil, &Error{[]Problem{{1, 1, "violation_grade: present, though nothing broke"}}}
	case violated != 0 && violated != 3 || (violated == 3) != (f.Outcome == "violated"):
		return nil, &Error{[]Problem{{1, 1, "violation, violation_text and violation_event: expected all three if the outcome is violated, else none"}}}
	case f.Learned > f.Awaited || (f.LearnedUS >= 0) != (f.Awaited > 0 && f.Learned == f.Awaited):
		return nil, &Error{[]Problem{{1, 1, "learned, awaited and learned_us: expected learned_us if all have learned, and only then"}}}
	case violated == 3:
		f.Violation = v
	}
	return f, nil
}

// verdictWords lists what an outcome may be.
func verdictWords() string {
	words := make([]string, len(observe.Verdicts))
	for i, v := range observe.Verdicts {
		words[i] = v.String()
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}
