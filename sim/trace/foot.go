package trace

import (
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim"
)

// Foot is the last line of a trace: how the run ended.
type Foot struct {
	Outcome   string // a sim.Verdict in text
	End       string // a sim.End in text: why it ended
	TimeUS    int64  // virtual time at the end, in microseconds
	Violation *Violation

	Sent, Delivered, Dropped, Duplicated, Crashes uint64 // as sim.Outcome counts them

	Events  uint64 // how many events the run had; those at which nobody was there are not in the trace
	Entries uint64 // how many lines there are between head and foot
	Digest  uint64 // of the whole run
}

// NewFoot tells how a run ended that had so many entries.
func NewFoot(h *Head, o sim.Outcome, entries uint64) *Foot {
	f := &Foot{
		Outcome: o.Verdict.String(), End: o.End.String(), TimeUS: int64(o.Ended) * h.TickUS,
		Sent: o.Sent, Delivered: o.Delivered, Dropped: o.Dropped, Duplicated: o.Duplicated, Crashes: o.Crashes,
		Events: o.Events, Entries: entries, Digest: o.Digest,
	}
	f.Violation = newViolation(o.Violation)
	return f
}

// append writes the foot as a line.
func (f *Foot) append(b []byte) []byte {
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

// decodeFoot reads the last line of a trace.
func decodeFoot(line []byte) (*Foot, error) {
	f, v := &Foot{}, &Violation{}
	violated := 0
	x := &flat{data: line}
	x.object(func(at int, name string) {
		switch name {
		case "outcome":
			if f.Outcome = x.text(name); f.Outcome != "decided" && f.Outcome != "undecided" && f.Outcome != "violated" {
				x.fail(at, "outcome %q: expected decided, undecided or violated", clip(f.Outcome))
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
	x.need("outcome", "end", "time_us", "sent", "delivered", "dropped", "duplicated", "crashes", "events", "entries", "digest")
	switch {
	case x.problem != nil:
		return nil, &Error{[]Problem{*x.problem}}
	case violated == 0 && v.Grade != "":
		return nil, &Error{[]Problem{{1, 1, "violation_grade: present, though nothing broke"}}}
	case violated != 0 && violated != 3 || (violated == 3) != (f.Outcome == "violated"):
		return nil, &Error{[]Problem{{1, 1, "violation, violation_text and violation_event: expected all three if the outcome is violated, else none"}}}
	case violated == 3:
		f.Violation = v
	}
	return f, nil
}
