package trace

import "fmt"

// Bounds say how much JSON text may hold. They are looked at before anything is
// made of the text: a small file can ask for much memory, by depth alone or by a
// list without end.
type Bounds struct {
	Depth    int // objects and lists within one another
	Text     int // bytes of a text, as it is written
	Number   int // bytes of a number
	Elements int // values in lists and members of objects, all together
}

// fileBounds are those of a run file and of the header of a trace. The text of a
// scenario has at most [scenarios.MaxText] bytes, and JSON writes a byte as six at
// most.
var fileBounds = Bounds{Depth: 8, Text: 6<<20 + 2, Number: 64, Elements: MaxElements}

// MaxElements is how many answers, events held back and other things a run file
// may list, all together.
const MaxElements = 1 << 17

// MaxWord is the length in bytes of any text in a run file but the scenario.
const MaxWord = 1 << 16

// Beyond finds the first place at which text passes the bounds, and says which.
// ok: it passes none. The text need not be JSON: who reads it will say so.
func (b Bounds) Beyond(data []byte) (at int, why string, ok bool) {
	depth, elements := 0, 0
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == '"':
			end := endOfText(data, i, b.Text)
			if end-i > b.Text {
				return i, fmt.Sprintf("a text of more than %d bytes", b.Text), false
			}
			i = end
		case c == '[' || c == '{':
			if depth++; depth > b.Depth {
				return i, fmt.Sprintf("nested more than %d deep", b.Depth), false
			}
			elements++
		case c == ']' || c == '}':
			depth = max(0, depth-1)
		case c == ',':
			elements++
		case '0' <= c && c <= '9' || c == '-':
			end := i + 1
			for end < len(data) && partOfNumber(data[end]) {
				end++
			}
			if end-i > b.Number {
				return i, fmt.Sprintf("a number of more than %d digits", b.Number), false
			}
			i = end - 1
		}
		if elements > b.Elements {
			return i, fmt.Sprintf("more than %d elements", b.Elements), false
		}
	}
	return 0, "", true
}

// endOfText is where the text ends that begins with a quote, or where it becomes
// too long.
func endOfText(data []byte, from, most int) int {
	i := from + 1
	for ; i < len(data) && data[i] != '"' && i-from <= most; i++ {
		if data[i] == '\\' {
			i++
		}
	}
	return i
}

func partOfNumber(c byte) bool {
	return '0' <= c && c <= '9' || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E'
}

// bounded notes where the text passes bounds, and says whether it passes none.
func (r *reader) bounded(b Bounds) bool {
	at, why, ok := b.Beyond(r.data)
	if !ok {
		r.broken = true
		r.fail(at, "%s", why)
	}
	return ok
}
