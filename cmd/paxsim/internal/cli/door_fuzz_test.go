package cli

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// forged is what a hostile text has after a line break. No line of ours begins so.
const forged = "ok  forged"

// FuzzDoor: whatever stands in the place of an argument, of a flag, of a file's name
// or of a text in a file, and whatever the command: what it prints is text, with
// nothing in it that a terminal takes for more; and a line break in that text makes
// no line. CSV is exact and no part of this.
func FuzzDoor(f *testing.F) {
	files := doorFiles(f)
	for line, args := range doorLines {
		f.Add(line, line, "a\x1b]0;x\a\u202eb\r\u009b\u200b\xff\n"+forged)
		if strings.Contains(args, "{run}") || strings.Contains(args, "{trace}") || strings.Contains(args, "{hunt}") || strings.Contains(args, "{scenario}") {
			for number := 3; number < 100; number += 19 { // some texts of the file
				f.Add(line, number, "\x1b\u202e\n"+forged)
			}
		}
	}
	for number, text := range []string{"", " ", "\n", "é\u0301", "'", `"\`, "%s%d%!", "{{.}}", "-", "--", "\t\v\f", "\u2028x", "<script>&", "a=b", "=1+1", "\U000e0041", "\xe2\x80"} {
		f.Add(7*number, number, text)
	}
	f.Fuzz(func(t *testing.T, line, number int, text string) {
		text = strings.NewReplacer("/", "_", "\x00", "_").Replace(text) // names stay in this folder
		line, number = line&0xffff, number&0xffff
		if len(text) > 2000 {
			return
		}
		t.Chdir(t.TempDir())
		out, errs := throughDoor(t, files, line, number, text)
		for _, said := range []string{out, errs} {
			if at := strings.IndexFunc(said, unprintable); at >= 0 || !utf8.ValidString(said) {
				t.Errorf("%s, place %d, %q: a terminal gets %q", doorLines[line%len(doorLines)], number, text, said[max(at-40, 0):min(max(at, 0)+40, len(said))])
			}
		}
		if !strings.ContainsFunc(text, isBreak) {
			return
		}
		for _, said := range []string{out, errs} {
			for l := range strings.Lines(said) {
				if strings.HasPrefix(l, forged) {
					t.Errorf("%s, place %d, %q: a forged line:\n%s", doorLines[line%len(doorLines)], number, text, said)
				}
			}
		}
		if overridden.MatchString(doorLines[line%len(doorLines)]) || !utf8.ValidString(text) {
			return // of a text that is read as YAML, or is none, another mistake is told
		}
		tame := strings.Map(func(c rune) rune {
			switch { // what is refused and spelled out where a line break is, as wide
			case !isBreak(c):
				return c
			case c < ' ':
				return '\a'
			}
			return '\u200b'
		}, text)
		t.Chdir(t.TempDir())
		wantOut, wantErrs := throughDoor(t, files, line, number, tame)
		if strings.Count(out, "\n") != strings.Count(wantOut, "\n") || strings.Count(errs, "\n") != strings.Count(wantErrs, "\n") {
			t.Errorf("%s, place %d, %q: a line break makes lines:\n%s%s\nwithout it:\n%s%s", doorLines[line%len(doorLines)], number, text, out, errs, wantOut, wantErrs)
		}
	})
}

// overridden are the lines in which the text is read as a file is.
var overridden = regexp.MustCompile(`--(set|vary|but|mutant|calm) \S*\{\}`)

// throughDoor is what a command line prints.
func throughDoor(t *testing.T, files map[string]string, line, number int, text string) (out, errs string) {
	args, stdin := doorLine(t, files, line, number, text)
	if slices.Contains(args, "csv") {
		return "", ""
	}
	var o, e bytes.Buffer
	Main(args, strings.NewReader(stdin), &o, &e)
	return o.String(), e.String()
}

// unprintable says whether a character is more than text, or none.
func unprintable(c rune) bool { return c != '\n' && c != '\t' && !unicode.IsPrint(c) }

// isBreak says whether somebody could take a character for the end of a line.
func isBreak(c rune) bool {
	return c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == '\u0085' || c == '\u2028' || c == '\u2029'
}
