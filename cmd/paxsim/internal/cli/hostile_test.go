package cli

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestArgumentsThatAreNoText: whatever stands in the place of a word, the answer
// is exit 2 and text that a terminal can be trusted with. A shell cannot hand
// over a NUL; other programs might one day.
func TestArgumentsThatAreNoText(t *testing.T) {
	for _, bad := range []string{"\x00", "a\x00b", "\xff", "\x1b[2J", "\u202e", "\n\n", "\ufeff", strings.Repeat("x", 100_000), "a/\x00.yaml", "%s%d%!"} {
		for _, args := range [][]string{
			{bad}, {"run", bad}, {"run", "./" + bad}, {"run", bad + ".yaml"}, {"run", "--" + bad}, {"run", "--seed", bad}, {"run", "--runs", bad}, {"run", "-j", bad},
			{"run", "--set", bad}, {"run", "--set", bad + "=1"}, {"run", "--set", "actors=" + bad}, {"run", "--set", "faults." + bad + "=1"},
			{"run", "--calm", bad}, {"run", "--only", bad}, {"run", "--format", bad}, {"run", "--max-memory", bad}, {"run", "--save", "nowhere/" + bad},
			{"replay", bad}, {"scenarios", bad}, {"scenarios", "show", bad}, {"scenarios", "vet", bad},
			{"scenarios", "test", bad}, {"scenarios", "test", "--runs", bad}, {"scenarios", "new", bad}, {"scenarios", "new", "none.yaml", "--base", bad}, {"version", bad}, {"help", bad},
			{"run", "--metrics", "nowhere/" + bad}, {"run", "--cpuprofile", "nowhere/" + bad}, {"run", "--log", bad},
			{"sweep", bad, "--vary", "actors=3,5"}, {"sweep", "--vary", bad}, {"sweep", "--vary", "actors=" + bad}, {"sweep", "--vary", bad + "=1..2/2"}, {"sweep", "--vary", "actors=3.." + bad + "/3"},
			{"sweep", "--vary", "actors=3,5", "--plot", "nowhere/" + bad}, {"sweep", "--vary", "actors=3,5", "--chart", "--y", bad}, {"sweep", "--vary", "actors=3,5", "--plot", "x.svg", "--plot-kind", bad},
			{"export", bad}, {"export", "./" + bad + ".jsonl"}, {"export", bad + ".json"}, {"export", "--to", bad}, {"export", "-o", "nowhere/" + bad}, {"export", "--from", bad},
		} {
			code, out, errs := command(args...)
			if code != exitUsage || out != "" && args[0] != "help" {
				t.Errorf("%.60q: exit %d, %.60s", args, code, out)
			}
			if !utf8.ValidString(errs) || strings.ContainsFunc(errs, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }) {
				t.Errorf("%.60q: %.200q", args, errs)
			}
			for line := range strings.Lines(errs) {
				if !strings.HasPrefix(line, "paxsim: ") && !strings.HasPrefix(line, " ") {
					t.Errorf("%.60q: a line of its own: %.200q", args, line)
				}
			}
			if len(errs) > 300_000 {
				t.Errorf("%.60q: %d bytes of complaint", args, len(errs))
			}
		}
	}
}
