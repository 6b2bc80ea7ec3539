package story

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/paxsim/paxsim/internal/words"
)

// ReadFile reads a file that [File.Text] has written and a person may have edited: it
// may have comments and blank lines. All else is a mistake: [FileMistakes].
func ReadFile(data []byte) (*File, error) {
	r := fileReader{file: &File{}}
	for text := range strings.SplitSeq(strings.TrimSuffix(string(data), "\n"), "\n") {
		r.n++
		r.line(strings.TrimSuffix(text, "\r"))
	}
	r.end()
	if r.found != nil {
		return nil, r.found.sorted()
	}
	return r.file, nil
}

// fileReader reads a file line by line. It keeps all mistakes.
type fileReader struct {
	file   *File
	n      int // the number of the line
	inside bool
	found  FileMistakes
}

func (r *fileReader) fail(format string, args ...any) {
	r.found = append(r.found, FileMistake{r.n, fmt.Sprintf(format, args...)})
}

// fileKeys are the fields of a file.
var fileKeys = []string{"breaks", "story", "given"}

// line reads a line.
func (r *fileReader) line(text string) {
	if bad := strange(text); bad >= 0 {
		r.fail("character %q is not expected here: write it in quotes as %s", bad, strings.Trim(strconv.QuoteRuneToASCII(bad), "'"))
		return
	}
	blank := strings.TrimLeft(text, " ")
	switch {
	case blank == "" || blank[0] == '#':
	case strings.HasPrefix(text, item):
		r.item(text[len(item):])
	case blank != text || text[0] == '-':
		r.fail("expected %q and a line of the story after two blanks, or a field without a blank before it", "- ")
	default:
		r.field(text)
	}
}

// strange is a character that may not be in a line; -1: there is none. A comment may
// have more.
func strange(text string) rune {
	comment := strings.HasPrefix(strings.TrimLeft(text, " "), "#")
	for i, c := range text {
		switch {
		case c == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError)):
			return c // it is no UTF-8
		case !unicode.IsPrint(c) && (!comment || c != '\t'):
			return c
		}
	}
	return -1
}

// item reads a line of the story.
func (r *fileReader) item(text string) {
	if !r.inside {
		r.fail("a line of the story is expected below %q", "story:")
		return
	}
	r.file.Lines, r.file.at = append(r.file.Lines, r.scalar(text)), append(r.file.at, r.n)
}

// field reads a field, or where it begins.
func (r *fileReader) field(text string) {
	name, value, ok := strings.Cut(text, ":")
	r.inside = name == "story"
	switch {
	case !ok:
		r.fail("expected a field: %s", strings.Join(fileKeys, ", "))
		return
	case !slices.Contains(fileKeys, name):
		r.fail("there is no field %q%s The fields are %s: the scenario is that of the test", words.Clip(name), orDot(words.Hint(name, fileKeys)), strings.Join(fileKeys, ", "))
		return
	case value != "" && value[0] != ' ':
		r.fail("expected a blank after %q", name+":")
		return
	}
	value = strings.TrimLeft(value, " ")
	switch f := r.file; name {
	case "breaks":
		if r.first(name, &f.breaksAt) {
			f.Breaks = r.scalar(value)
		}
	case "story":
		if first := r.first(name, &f.storyAt); first && value == ByClock {
			f.Clock, r.inside = true, false
		} else if first && !ends(value) {
			r.fail("expected the lines of the story below, each after %q", item)
		}
	case "given":
		if r.first(name, &f.givenAt) {
			r.given(value)
		}
	}
}

// first notes the line of a field, and says whether it is the first of its name.
func (r *fileReader) first(name string, at *int) bool {
	if *at != 0 {
		r.fail("%s is there already, in line %d", name, *at)
		return false
	}
	*at = r.n
	return true
}

// orDot ends a sentence that has no end of its own.
func orDot(hint string) string {
	if hint == "" {
		return "."
	}
	return hint
}

// ends says whether nothing but a comment is left of a line.
func ends(rest string) bool {
	rest = strings.TrimLeft(rest, " ")
	return rest == "" || rest[0] == '#'
}

// scalar reads a text, which ends where the line or a comment does.
func (r *fileReader) scalar(text string) string {
	text = strings.TrimLeft(text, " ")
	if strings.HasPrefix(text, `"`) {
		s, rest, ok := r.quoted(text)
		if ok && rest != "" && (rest[0] != ' ' || !ends(rest)) {
			r.fail("after the quotes nothing but a comment is expected, not %q", words.Clip(rest))
		}
		return s
	}
	if at := strings.Index(text, " #"); at >= 0 {
		text = text[:at]
	}
	text = strings.TrimRight(text, " ")
	switch {
	case text == "" || text[0] == '#':
		r.fail("there is nothing here")
	case !isPlain(text):
		r.fail("expected it in quotes: %s", strconv.Quote(text))
	}
	return text
}

// quoted reads a text in quotes, and returns what is behind it.
func (r *fileReader) quoted(text string) (s, rest string, ok bool) {
	in, err := strconv.QuotedPrefix(text)
	if err != nil {
		r.fail("the quotes do not end, or what follows a backslash is not known: %s", words.Clip(text))
		return "", "", false
	}
	s, err = strconv.Unquote(in)
	if err != nil || strconv.Quote(s) != in {
		r.fail("expected it written %s, not %s", strconv.Quote(s), words.Clip(in))
		return "", "", false
	}
	if !utf8.ValidString(s) {
		r.fail("%s is no UTF-8", words.Clip(in))
		return "", "", false
	}
	return s, text[len(in):], true
}

// end looks whether all is there.
func (r *fileReader) end() {
	r.n = 0
	f := r.file
	if f.breaksAt == 0 {
		r.fail("the field breaks is missing: the invariant that breaks")
	}
	if r.n = f.storyAt; f.storyAt == 0 {
		r.fail("the field story is missing: what happens")
	} else if len(f.Lines) == 0 && !f.Clock && r.found == nil {
		r.fail("the story has no lines")
	}
}
