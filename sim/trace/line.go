package trace

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// appendEntry writes an entry as a line. What is 0 or empty is left out, except the number
// of the event.
func (h *Header) appendEntry(b []byte, e observe.Entry) []byte {
	number := func(name string, n uint64) {
		if n != 0 {
			b = append(append(append(b, `,"`...), name...), `":`...)
			b = strconv.AppendUint(b, n, 10)
		}
	}
	b = strconv.AppendUint(append(b, `{"event":`...), e.Event, 10)
	number("cause", e.Cause)
	number("time_us", uint64(int64(e.At)*h.TickUS))
	b = appendText(append(b, `,"what":`...), e.What.String())
	if word := h.kind(e.What, e.Kind); word != "" {
		b = appendText(append(b, `,"kind":`...), word)
	} else {
		number("kind", uint64(e.Kind))
	}
	number("copy", uint64(e.Copy))
	number("actor", uint64(e.Actor))
	number("peer", uint64(e.Peer))
	number("count", uint64(e.N))
	number("round", uint64(e.Round))
	if e.Text != "" {
		b = appendText(append(b, `,"text":`...), e.Text)
	}
	return append(b, "}\n"...)
}

// kind is the word for a kind, if there is one that reads back.
func (h *Header) kind(w observe.What, kind uint8) string {
	words := h.words(w)
	if int(kind) >= len(words) || slices.Index(words, words[kind]) != int(kind) {
		return ""
	}
	return words[kind]
}

// decodeEntry reads a line. A line that begins with an outcome is the trailer.
func (h *Header) decodeEntry(line []byte) (e observe.Entry, trailer bool, err error) {
	x := &flat{data: line, seen: make([]string, 0, 10)}
	kindAt, kind := -1, ""
	x.object(func(at int, name string) {
		switch name {
		case "event":
			e.Event = x.number(name, sim.MaxEvents)
		case "cause":
			e.Cause = x.number(name, sim.MaxEvents)
		case "time_us":
			us := int64(x.number(name, 1<<62))
			if e.At = sim.Time(us / h.TickUS); us%h.TickUS != 0 {
				x.fail(at, "time_us: %d is no multiple of the tick, %d", us, h.TickUS)
			}
		case "what":
			word := x.text(name)
			w, ok := whats[word]
			if e.What = w; !ok {
				now := ""
				if renamed[word] != "" {
					now = "; it is called " + renamed[word]
				}
				x.fail(at, "what: this paxsim knows no %q%s", clip(word), now)
			}
		case "kind":
			if x.skip() == '"' {
				kindAt, kind = at, x.text(name)
			} else {
				e.Kind = uint8(x.number(name, sim.MaxMessages-1))
			}
		case "copy":
			e.Copy = uint8(x.number(name, 3))
		case "actor":
			e.Actor = sim.ID(x.number(name, uint64(h.Actors)))
		case "peer":
			e.Peer = sim.ID(x.number(name, sim.MaxActors)) // of a fault by chance it is no actor
		case "count":
			e.N = uint32(x.number(name, 1<<32-1))
		case "round":
			e.Round = sim.Round(x.number(name, 1<<64-1))
		case "text":
			e.Text = x.text(name)
		case "outcome":
			if trailer = len(x.seen) == 1; trailer {
				x.fail(at, "read on as the trailer")
				return
			}
			x.unknown(at, name)
		default:
			x.unknown(at, name)
		}
	})
	if trailer {
		return e, true, nil
	}
	x.need("event", "what")
	if kindAt >= 0 && x.problem == nil {
		i := slices.Index(h.words(e.What), kind)
		if e.Kind = uint8(i); i < 0 || kind == "" {
			x.fail(kindAt, "kind: the first line has no word %q for %s", clip(kind), e.What)
		}
	}
	if x.problem != nil {
		return e, false, &Error{[]Problem{*x.problem}}
	}
	return e, false, nil
}

// whats is what the words for happenings mean.
var whats = func() map[string]observe.What {
	m := map[string]observe.What{}
	for w := observe.What(1); w < 64; w++ {
		if text := w.String(); !strings.HasPrefix(text, "what(") {
			m[text] = w
		}
	}
	return m
}()

// appendText writes a text as JSON, in letters that neither a terminal nor a
// page takes for anything else: what cannot be printed, or would end a script,
// is escaped.
func appendText(b []byte, text string) []byte {
	const digits = "0123456789abcdef"
	escape := func(c uint16) {
		b = append(b, '\\', 'u', digits[c>>12], digits[c>>8&15], digits[c>>4&15], digits[c&15])
	}
	b = append(b, '"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', byte(c))
		case c == '\n':
			b = append(b, `\n`...)
		case c >= ' ' && c < 0x7f && c != '<' && c != '>' && c != '&':
			b = append(b, byte(c))
		case c > 0x7f && unicode.IsPrint(c):
			b = append(b, string(c)...)
		case c < 0x10000:
			escape(uint16(c))
		default: // two halves
			escape(uint16(0xd800 + (c-0x10000)>>10))
			escape(uint16(0xdc00 + (c-0x10000)&0x3ff))
		}
	}
	return append(b, '"')
}
