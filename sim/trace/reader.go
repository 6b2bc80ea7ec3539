package trace

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// reader walks JSON text by its tokens. It goes on after a mistake, so that one
// reading names them all, unless the text is no JSON at all: then it is broken,
// and every further reading does nothing.
type reader struct {
	data     []byte
	tokens   *json.Decoder
	broken   bool
	problems []Problem
}

// A field is a member that an object may have. The last one of a list may have
// no name: its check is then called once the object is complete.
type field struct {
	name     string
	optional bool
	read     func()
	check    func(at int)
}

// renamed are words that files once had, and what is written in their place.
var renamed = map[string]string{"holds": "deferrals", "season": "period"}

// maxProblems is how many mistakes are named at once.
const maxProblems = 20

func newReader(data []byte) *reader {
	r := &reader{data: data, tokens: json.NewDecoder(bytes.NewReader(data))}
	r.tokens.UseNumber()
	return r
}

// fail notes a mistake at an offset of the text.
func (r *reader) fail(at int, format string, args ...any) {
	if len(r.problems) < maxProblems {
		line := 1 + bytes.Count(r.data[:at], []byte("\n"))
		column := at - bytes.LastIndexByte(r.data[:at], '\n')
		r.problems = append(r.problems, Problem{line, column, fmt.Sprintf(format, args...)})
	}
}

// stop notes that the text is no JSON.
func (r *reader) stop(at int, err error) {
	if r.broken {
		return
	}
	r.broken = true
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		r.fail(len(r.data), "the file ends too early")
		return
	}
	r.fail(at, "not JSON: %v", err)
}

// next reads a token and says where it begins.
func (r *reader) next() (at int, token json.Token) {
	if r.broken {
		return 0, nil
	}
	at = int(r.tokens.InputOffset())
	for at < len(r.data) && strings.IndexByte(" \t\r\n,:", r.data[at]) >= 0 {
		at++
	}
	token, err := r.tokens.Token()
	if err != nil {
		r.stop(at, err)
		return at, nil
	}
	return at, token
}

// wrong notes that a value is of the wrong type, and passes over it.
func (r *reader) wrong(at int, path, want string, token json.Token) {
	if r.broken {
		return
	}
	if path == "" {
		path = "the file"
	}
	r.fail(at, "%s: expected %s, found %s", path, want, describe(token))
	if d, ok := token.(json.Delim); ok && (d == '{' || d == '[') {
		r.skip(1)
	}
}

// skip passes over tokens until so many brackets have been closed, or over one
// value if depth is 0.
func (r *reader) skip(depth int) {
	for !r.broken {
		_, token := r.next()
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth <= 0 {
			return
		}
	}
}

// long reads a string.
func (r *reader) long(path string) (at int, text string) {
	at, token := r.next()
	text, ok := token.(string)
	if !ok {
		r.wrong(at, path, "a text", token)
	}
	return at, text
}

// text reads a string that is a word or a line.
func (r *reader) text(path string) (at int, text string) {
	at, text = r.long(path)
	if len(text) > MaxWord {
		r.fail(at, "%s: a text of more than %d bytes", path, MaxWord)
		return at, ""
	}
	return at, text
}

// number reads a whole number from 0 to limit.
func (r *reader) number(path string, limit uint64) uint64 {
	at, token := r.next()
	n, ok := token.(json.Number)
	v, err := strconv.ParseUint(string(n), 10, 64)
	if !ok || err != nil || v > limit || strconv.FormatUint(v, 10) != string(n) {
		r.wrong(at, path, fmt.Sprintf("a whole number from 0 to %d", limit), token)
		return 0
	}
	return v
}

// list reads an array, whose values each reads.
func (r *reader) list(path string, each func(i int)) {
	at, token := r.next()
	if token != json.Delim('[') {
		r.wrong(at, path, "a list", token)
		return
	}
	for i := 0; !r.broken && r.tokens.More(); i++ {
		each(i)
	}
	r.next()
}

// members reads an object with any names, whose values each reads. It notes
// names that come twice: those that have been read already.
func (r *reader) members(path string, read func(name string) bool, each func(at int, name string)) (at int, ok bool) {
	at, token := r.next()
	if token != json.Delim('{') {
		r.wrong(at, path, "an object", token)
		return at, false
	}
	for !r.broken && r.tokens.More() {
		at, token := r.next()
		name, _ := token.(string)
		if r.broken {
			break
		}
		if len(name) > MaxWord {
			r.broken = true
			r.fail(at, "%s: a name of more than %d bytes", cmp.Or(path, "the file"), MaxWord)
			break
		}
		if read(name) {
			r.fail(at, "%s: comes twice", join(path, clip(name)))
			r.skip(0)
			continue
		}
		each(at, name)
	}
	r.next()
	return at, true
}

// in says what a map has.
func in[V any](m map[string]V) func(name string) bool {
	return func(name string) bool {
		_, ok := m[name]
		return ok
	}
}

// object reads an object with the fields given. It notes names that are
// unknown and fields that are missing.
func (r *reader) object(path string, fields []field) {
	before := len(r.problems)
	var seen []string
	read := func(name string) bool { return slices.Contains(seen, name) }
	at, ok := r.members(path, read, func(at int, name string) {
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == name && f.read != nil })
		if i < 0 {
			if len(r.problems) < maxProblems { // else nobody hears of it
				seen = append(seen, name)
			}
			if now, was := renamed[name]; was {
				r.fail(at, "%s: there is no such field; it is called %s", join(path, clip(name)), now)
			} else {
				r.fail(at, "%s: there is no such field; expected %s", join(path, clip(name)), names(fields))
			}
			r.skip(0)
			return
		}
		seen = append(seen, name)
		fields[i].read()
	})
	if !ok || r.broken {
		return
	}
	for _, f := range fields {
		if f.read != nil && !f.optional && !slices.Contains(seen, f.name) {
			r.fail(at, "%s: missing", join(path, f.name))
		}
		if f.check != nil && len(r.problems) == before {
			f.check(at)
		}
	}
}

// end notes what follows the value that was read, of what.
func (r *reader) end(what string) {
	if rest := bytes.TrimLeft(r.data[r.tokens.InputOffset():], " \t\r\n"); len(rest) > 0 {
		r.fail(len(r.data)-len(rest), "something follows the end of %s", what)
	}
}

func (r *reader) err() error {
	if len(r.problems) == 0 {
		return nil
	}
	return &Error{r.problems}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func names(fields []field) string {
	var out []string
	for _, f := range fields {
		if f.name != "" {
			out = append(out, f.name)
		}
	}
	return strings.Join(out, ", ")
}

// describe tells a token in a few words.
func describe(token json.Token) string {
	switch t := token.(type) {
	case nil:
		return "null"
	case string:
		return fmt.Sprintf("the text %q", clip(t))
	case json.Number:
		return "the number " + clip(string(t))
	case json.Delim:
		if t == '[' {
			return "a list"
		}
		return "an object"
	}
	return fmt.Sprint(token)
}
