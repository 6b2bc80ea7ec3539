package cli

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"github.com/paxsim/paxsim/internal/prose"
)

// TestHelpIsPlain holds the help to the measure of the pages. Lists and exit codes
// are no sentences: in them, and in what flags say, only turns are looked for.
func TestHelpIsPlain(t *testing.T) {
	var out bytes.Buffer
	a := &app{out: newOutput(&out, &out)}
	sentences := 0
	for _, c := range withManual(a.root()) {
		var text, rest strings.Builder
		for _, paragraph := range strings.Split(c.Long, "\n\n") {
			into := &text
			if strings.HasPrefix(paragraph, "Exit code") {
				into = &rest
			}
			for line := range strings.Lines(paragraph) {
				if strings.HasPrefix(line, "  ") {
					rest.WriteString("\n" + line)
				} else {
					into.WriteString(line)
				}
			}
			into.WriteString("\n\n")
		}
		m := prose.Of(text.String())
		sentences += m.Sentences
		if m.Mean() > prose.Limit {
			t.Errorf("%s: %.1f words a sentence, and at most %v are wanted; the longest: %s", c.CommandPath(), m.Mean(), prose.Limit, m.Longest)
		}
		found := m.Found
		found = append(found, prose.Of(rest.String()+"\n\n"+c.Short).Found...)
		c.LocalFlags().VisitAll(func(f *pflag.Flag) { found = append(found, prose.Of(f.Usage).Found...) })
		for _, f := range found {
			t.Errorf("%s: %s (better: %s): %s", c.CommandPath(), f.Turn.Name, f.Turn.Instead, f.Sentence)
		}
	}
	if sentences < 100 {
		t.Errorf("%d sentences: this test looks at nothing", sentences)
	}
}
