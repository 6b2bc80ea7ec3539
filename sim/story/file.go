package story

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/paxsim/paxsim/internal/words"
	"github.com/paxsim/paxsim/sim"
)

// File is a story as a test keeps it. It has no scenario: that is the test's.
//
//	breaks: agreement
//	story:
//	  - client asks 1
//	  - Prepare 1.1 reaches 1 and 2
//	given: {"gap split #1": 3}
//
// A story that keeps the clock has [ByClock] in the place of lines. It is a small part of
// YAML, and every reader of YAML reads the same in it.
type File struct {
	Breaks string
	Clock  bool // it keeps the clock
	Lines  []string
	Given  map[string]uint32

	at                         []int // by line of the story: its line in the file
	breaksAt, storyAt, givenAt int   // the lines of the fields; 0: there is none
}

// File is the story without its scenario.
func (st *Story) File() *File {
	return &File{Breaks: st.Breaks, Clock: st.Clock, Lines: st.Lines, Given: st.Given}
}

// Text is the text of the file. [ReadFile] reads it.
func (f *File) Text() string {
	var b strings.Builder
	b.WriteString("breaks: " + scalar(f.Breaks) + "\nstory:")
	if f.Clock {
		b.WriteString(" " + ByClock)
	}
	b.WriteString("\n")
	for _, l := range f.Lines {
		b.WriteString(item + scalar(l) + "\n")
	}
	if len(f.Given) > 0 {
		b.WriteString("given: {")
		for i, text := range sortedTexts(f.Given) {
			if i > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, "%s: %d", strconv.Quote(text), f.Given[text])
		}
		b.WriteString("}\n")
	}
	return b.String()
}

// ByClock is what files have in the place of lines where a story keeps the clock.
const ByClock = "by the clock"

// item begins each line of the story.
const item = "  - "

// scalar writes a text: as it is, or in quotes where it would not be read again.
func scalar(text string) string {
	if isPlain(text) {
		return text
	}
	return strconv.Quote(strings.ToValidUTF8(text, string(unicode.ReplacementChar)))
}

// isPlain says whether a text can be written without quotes: whatever reads YAML then
// reads that text, and no comment, map or number.
func isPlain(text string) bool {
	if text == "" || !isLetter(text[0]) && !isDigit(text[0]) || strings.Contains(text, ": ") || strings.Contains(text, " #") {
		return false
	}
	last := text[len(text)-1]
	return last != ' ' && last != ':' && !strings.ContainsFunc(text, func(c rune) bool { return !unicode.IsPrint(c) })
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

// Story is the story of the file in a scenario. Every line that says what cannot be is a
// mistake: [FileMistakes]. Whether the lines apply, playing alone can tell.
func (f *File) Story(s *sim.Scenario) (*Story, error) {
	st := &Story{Scenario: s, Breaks: f.Breaks, Clock: f.Clock, Lines: f.Lines, Given: f.Given}
	var found FileMistakes
	if why := unbreakable(s, f.Breaks); why != "" {
		found = append(found, FileMistake{Line: f.breaksAt, Text: why})
	}
	r := reader{ourWords: st.words()}
	for i, text := range f.Lines {
		if _, err := r.read(text); err != nil {
			found = append(found, FileMistake{Line: f.lineAt(i), Text: err.Error()})
		}
	}
	for _, text := range sortedTexts(f.Given) {
		one := Story{Scenario: s, Clock: f.Clock, Given: map[string]uint32{text: f.Given[text]}}
		if _, err := one.given(); err != nil {
			found = append(found, FileMistake{Line: f.givenAt, Text: err.Error()})
		}
	}
	if found != nil {
		return nil, found.sorted()
	}
	return st, nil
}

// unbreakable says why no run of a scenario breaks a rule; "": it may.
func unbreakable(s *sim.Scenario, rule string) string {
	if rule == sim.PanicInvariant {
		return ""
	}
	var names []string
	for _, x := range s.Protocol.Invariants() {
		names = append(names, x.Name)
	}
	switch {
	case !slices.Contains(names, rule):
		return fmt.Sprintf("%s has no invariant %q%s", s.Protocol.Name(), words.Clip(rule), words.Hint(rule, append(names, sim.PanicInvariant)))
	case !s.Watches(rule):
		return fmt.Sprintf("the scenario does not watch the invariant %s", rule)
	}
	return ""
}

// lineAt is the line of the file that holds a line of the story, counted from 0; 0: the
// file was not read.
func (f *File) lineAt(i int) int {
	if i < 0 || i >= len(f.at) {
		return f.storyAt
	}
	return f.at[i]
}

// Mistake is a mistake of playing the story, by its place in the file.
func (f *File) Mistake(m *Mistake) FileMistake {
	return FileMistake{Line: f.lineAt(m.Line - 1), Text: m.Text}
}

// FileMistake is a line of a file that says what cannot be.
type FileMistake struct {
	Line int // from 1; 0: it is about the file as a whole
	Text string
}

// In tells the mistake with its place in a file of that name.
func (m FileMistake) In(name string) string {
	if m.Line == 0 {
		return name + ": " + m.Text
	}
	return fmt.Sprintf("%s:%d: %s", name, m.Line, m.Text)
}

// FileMistakes are all mistakes of a file, in the order of its lines.
type FileMistakes []FileMistake

// Error tells all of them, a line each.
func (all FileMistakes) Error() string {
	texts := make([]string, len(all))
	for i, m := range all {
		if texts[i] = m.Text; m.Line != 0 {
			texts[i] = fmt.Sprintf("line %d: %s", m.Line, m.Text)
		}
	}
	return strings.Join(texts, "\n")
}

// In tells all of them, a line each, with their places in a file of that name.
func (all FileMistakes) In(name string) string {
	texts := make([]string, len(all))
	for i, m := range all {
		texts[i] = m.In(name)
	}
	return strings.Join(texts, "\n")
}

// sorted puts the mistakes in the order of their lines.
func (all FileMistakes) sorted() FileMistakes {
	slices.SortStableFunc(all, func(a, b FileMistake) int { return a.Line - b.Line })
	return all
}
