package trace

import (
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// MaxSize is the size in bytes above which a run file is not read.
const MaxSize = 64 << 20

// Decode reads a run file. It takes nothing that [File.Encode] would not write, except for
// the order of fields and white space: a field that is unknown, missing, doubled or of the
// wrong type is a mistake. If there are any, the error is an [*Error] that lists them.
func Decode(data []byte) (*File, error) {
	if len(data) > MaxSize {
		return nil, &Error{[]Problem{{1, 1, fmt.Sprintf("%d bytes: a run file has at most %d", len(data), MaxSize)}}}
	}
	r := newReader(data)
	if i := invalidUTF8(data); i >= 0 {
		r.fail(i, "not UTF-8 text")
		return nil, r.err()
	}
	f := &File{Settings: map[string]string{}, Answers: map[string]uint32{}}
	if r.bounded(fileBounds) {
		r.object("", fields(r, f))
	}
	if !r.broken {
		r.end("the run file")
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	return f, nil
}

// fields says how each field of a run file is read.
func fields(r *reader, f *File) []field {
	return []field{
		{name: "format", read: func() {
			if at, text := r.text("format"); !r.broken && text != format {
				r.fail(at, "format %q: this paxsim reads %q", clip(text), format)
			}
		}},
		{name: "tool", read: func() { _, f.Tool = r.text("tool") }},
		{name: "protocol", read: func() { _, f.Protocol = r.text("protocol") }},
		{name: "mutant", optional: true, read: func() { _, f.Mutant = r.text("mutant") }},
		{name: "settings", read: func() {
			r.members("settings", in(f.Settings), func(_ int, name string) { _, f.Settings[name] = r.text("settings." + clip(name)) })
		}},
		{name: "engine", read: func() {
			at, text := r.text("engine")
			if f.Engine = text; !r.broken && text != Timed && text != Searched {
				r.fail(at, "engine %q: this paxsim knows %q and %q", clip(text), Timed, Searched)
			}
		}},
		{name: "strategy", optional: true, read: func() { _, f.Strategy = r.text("strategy") }},
		{name: "budget", optional: true, read: func() { f.Budget = r.budget("budget") }},
		{name: "deferrals", optional: true, read: func() { f.Deferrals = r.deferrals("deferrals") }},
		{name: "base", read: func() {
			at, text := r.text("base")
			base, err := ParseBase(text)
			if f.Base = base; err != nil && !r.broken {
				r.fail(at, "%v", err)
			}
		}},
		{name: "answers", read: func() {
			r.members("answers", in(f.Answers), func(_ int, key string) {
				f.Answers[key] = uint32(r.number("answers."+clip(key), 1<<32-1))
			})
		}},
		{name: "edits", optional: true, read: func() { f.Edits = r.edits("edits") }},
		{name: "trace", read: func() { f.Trace = int(r.number("trace", 1<<31-1)) }},
		{name: "outcome", read: func() {
			at, text := r.text("outcome")
			f.Outcome = text
			if _, ok := observe.ParseVerdict(text); !ok && !r.broken {
				r.fail(at, "outcome %q: expected %s", clip(text), verdictWords())
			}
		}},
		{name: "facts", optional: true, read: func() { f.Facts = r.facts() }},
		{name: "violation", optional: true, read: func() {
			v := &Violation{}
			f.Violation = v
			r.object("violation", []field{
				{name: "invariant", read: func() { _, v.Invariant = r.text("violation.invariant") }},
				{name: "grade", optional: true, read: func() {
					at, text := r.text("violation.grade")
					if v.Grade = text; !r.broken && !slices.Contains(sim.Grades, text) {
						r.fail(at, "violation.grade %q: expected %s", clip(text), strings.Join(sim.Grades, " or "))
					}
				}},
				{name: "text", read: func() { _, v.Text = r.text("violation.text") }},
				{name: "event", read: func() { v.Event = r.number("violation.event", 1<<32-1) }},
				{name: "events", optional: true, read: func() {
					r.list("violation.events", func(i int) {
						v.Events = append(v.Events, r.number("violation.events."+strconv.Itoa(i+1), 1<<32-1))
					})
				}},
				{name: "stack", optional: true, read: func() {
					r.list("violation.stack", func(i int) {
						_, line := r.text("violation.stack." + strconv.Itoa(i+1))
						v.Stack = append(v.Stack, line)
					})
				}},
			})
		}},
		{name: "events", read: func() { f.Events = r.number("events", 1<<32-1) }},
		{name: "digest", read: func() { f.Digest = r.digest("digest") }},
		{name: "checkpoints", read: func() {
			r.list("checkpoints", func(i int) {
				f.Checkpoints = append(f.Checkpoints, r.digest("checkpoints."+strconv.Itoa(i+1)))
			})
		}},
		{name: "scenario", read: func() { _, f.Scenario = r.long("scenario") }},
		{check: func(at int) { f.check(r, at) }},
	}
}

// check holds the fields of a file against one another.
func (f *File) check(r *reader, at int) {
	if want := checkpointCount(f.Events); len(f.Checkpoints) != want {
		r.fail(at, "checkpoints: expected %d where events is %d, found %d", want, f.Events, len(f.Checkpoints))
	}
	r.checkSearch(at, f.Engine, f.Strategy, f.Budget, f.Deferrals)
	r.checkEdits(at, f.Engine, f.Edits)
	switch violated := f.Outcome == "violated"; {
	case violated && f.Violation == nil:
		r.fail(at, "violation: missing, though the outcome is violated")
	case !violated && f.Violation != nil:
		r.fail(at, "violation: present, though the outcome is %s", f.Outcome)
	case f.Facts != nil && f.Facts.wrong() != "":
		r.fail(at, "facts: %s", f.Facts.wrong())
	case violated && f.Violation.Event > f.Events:
		r.fail(at, "violation.event: %d, though events is %d", f.Violation.Event, f.Events)
	case violated && !f.Violation.inOrder():
		r.fail(at, "violation.events: expected numbers of events that rise, %d the last of them", f.Violation.Event)
	}
}

// inOrder says whether the events rise, and end with that of the breach; there may be
// none.
func (v *Violation) inOrder() bool {
	last := uint64(0)
	for _, e := range v.Events {
		if e <= last {
			return false
		}
		last = e
	}
	return v.Events == nil || last == v.Event
}

// checkpointCount is how many checkpoints a run of so many events has: one at event 64,
// 128, 256, …
func checkpointCount(events uint64) int {
	return max(0, bits.Len64(events)-6)
}

// digest reads 16 hexadecimal digits.
func (r *reader) digest(path string) uint64 {
	at, text := r.text(path)
	n, err := strconv.ParseUint(text, 16, 64)
	if !r.broken && (err != nil || Hex(n) != text) {
		r.fail(at, "%s: expected a digest of 16 hexadecimal digits in lower case, found %q", path, clip(text))
	}
	return n
}

// clip keeps a message about a text short.
func clip(text string) string {
	const most = 40
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + "…"
}

// invalidUTF8 is where data stops being UTF-8, or -1.
func invalidUTF8(data []byte) int {
	for i := 0; i < len(data); {
		c, n := utf8.DecodeRune(data[i:])
		if c == utf8.RuneError && n <= 1 {
			return i
		}
		i += n
	}
	return -1
}

// Error lists what is wrong with a file.
type Error struct{ Problems []Problem }

// Problem is one mistake in a file, and where it is.
type Problem struct {
	Line, Column int // from 1; columns are bytes
	Text         string
}

// Error is a line for each mistake: "3:14: what is wrong".
func (e *Error) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// String is "3:14: what is wrong".
func (p Problem) String() string { return fmt.Sprintf("%d:%d: %s", p.Line, p.Column, p.Text) }
