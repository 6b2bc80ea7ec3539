package cli

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/pflag"
)

// page is a manual page as it is written.
type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	p.WriteString(text + "\n")
}

// roffWords are what the language of man would take otherwise.
var roffWords = strings.NewReplacer(`\`, `\e`, "-", `\-`)

// roff is a text, line by line, in the language of man, in ASCII.
func roff(text string) string {
	var b strings.Builder
	for _, c := range roffWords.Replace(text) {
		if c > 126 {
			b.WriteString(`\[u` + fmt.Sprintf("%04X", c) + "]")
		} else {
			b.WriteRune(c)
		}
	}
	lines := strings.Split(b.String(), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}

// text writes paragraphs. One with a line that is indented is a list or a table: it
// stays as it is.
func (p *page) text(long string) {
	for _, paragraph := range strings.Split(strings.TrimSpace(long), "\n\n") {
		p.line(".PP")
		if strings.HasPrefix(paragraph, "  ") || strings.Contains(paragraph, "\n  ") {
			p.asIs(paragraph)
		} else {
			p.line("%s", roff(paragraph))
		}
	}
}

// asIs writes lines that stay as they are.
func (p *page) asIs(text string) {
	p.line(".nf")
	p.line("%s", roff(strings.Trim(text, "\n")))
	p.line(".fi")
}

// item writes a word and what it means.
func (p *page) item(word, means string) {
	p.line(".TP")
	p.line(".B %s", roff(word))
	p.line("%s", roff(means))
}

// columns are what separates a flag from what it does, in its help.
var columns = regexp.MustCompile(` {3,}`)

// flags writes those of a set, as the help has them.
func (p *page) flags(head string, set *pflag.FlagSet) {
	if !set.HasAvailableFlags() {
		return
	}
	p.line(".SH %s", head)
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		one := pflag.NewFlagSet("", pflag.ContinueOnError)
		one.AddFlag(f)
		parts := columns.Split(strings.TrimSpace(one.FlagUsages()), 2)
		p.item(parts[0], strings.Join(parts[1:], ""))
	})
}
