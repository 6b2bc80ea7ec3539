package trace

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// flat reads a line that is an object of JSON without lists and objects in it:
// its members are texts and whole numbers. There are millions of such lines,
// which is why they are not read by tokens, as other files are. It stops at the
// first mistake.
type flat struct {
	data    []byte
	at      int
	seen    []string
	problem *Problem
}

// fail notes a mistake at an offset of the line, if it is the first.
func (x *flat) fail(at int, format string, args ...any) {
	if x.problem == nil {
		x.problem = &Problem{1, at + 1, fmt.Sprintf(format, args...)}
	}
}

func (x *flat) unknown(at int, name string) {
	x.fail(at, "%s: there is no such field", clip(name))
}

// need notes the first of these members that was not there.
func (x *flat) need(names ...string) {
	for _, name := range names {
		if !slices.Contains(x.seen, name) {
			x.fail(0, "%s: missing", name)
			return
		}
	}
}

// object reads the line. each is called with the name of every member and where
// it begins, and must read its value.
func (x *flat) object(each func(at int, name string)) {
	if x.byte("an object"); x.problem != nil {
		return
	}
	if x.data[x.at-1] != '{' {
		x.fail(x.at-1, "expected an object")
		return
	}
	for more := x.skip() != '}'; more && x.problem == nil; {
		x.skip()
		at := x.at
		name := x.text("a name")
		if x.problem == nil && slices.Contains(x.seen, name) {
			x.fail(at, "%s: comes twice", clip(name))
		}
		x.seen = append(x.seen, name)
		if x.byte("a colon"); x.problem == nil && x.data[x.at-1] != ':' {
			x.fail(x.at-1, "not JSON: expected a colon")
		}
		if x.problem != nil {
			return
		}
		each(at, name)
		c := x.skip()
		if more = c == ','; more {
			x.at++
		} else if c != '}' {
			x.fail(x.at, "not JSON: expected a comma or the end of the object")
		}
	}
	if x.problem != nil {
		return
	}
	x.at++
	if x.skip(); x.at < len(x.data) {
		x.fail(x.at, "something follows the end of the object")
	}
}

// skip passes over white space and says which byte follows; 0: none.
func (x *flat) skip() byte {
	for x.at < len(x.data) {
		if c := x.data[x.at]; c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return c
		}
		x.at++
	}
	return 0
}

// byte passes over white space and a byte, which must be there.
func (x *flat) byte(want string) {
	if x.skip(); x.at == len(x.data) {
		x.fail(x.at, "the line ends too early: expected %s", want)
		return
	}
	x.at++
}

// text reads a text.
func (x *flat) text(path string) string {
	if x.skip() != '"' {
		x.fail(x.at, "%s: expected a text", path)
		return ""
	}
	from := x.at
	plain := true
	for i := from + 1; i < len(x.data); i++ {
		switch c := x.data[i]; {
		case c == '\\':
			plain = false
			i++
		case c < ' ':
			x.fail(i, "%s: a text has a byte that must be escaped", path)
			return ""
		case c == '"' && plain:
			x.at = i + 1
			return string(x.data[from+1 : i])
		case c == '"':
			x.at = i + 1
			var text string
			if err := json.Unmarshal(x.data[from:x.at], &text); err != nil {
				x.fail(from, "%s: not JSON: %v", path, err)
			}
			return text
		}
	}
	x.fail(from, "%s: the text has no end", path)
	return ""
}

// number reads a whole number from 0 to limit.
func (x *flat) number(path string, limit uint64) uint64 {
	x.skip()
	from := x.at
	for x.at < len(x.data) && strings.IndexByte(" \t\r\n,}", x.data[x.at]) < 0 {
		x.at++
	}
	digits := string(x.data[from:x.at])
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || n > limit || len(digits) > 1 && digits[0] == '0' {
		x.fail(from, "%s: expected a whole number from 0 to %d, found %s", path, limit, clip(digits))
		return 0
	}
	return n
}
