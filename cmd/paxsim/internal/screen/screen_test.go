package screen

import (
	"bytes"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/internal/terminal"
)

func TestFit(t *testing.T) {
	for _, tt := range []struct {
		name, line string
		want       []string
	}{
		{"it fits", "runs      10: 10 decided", []string{"runs      10: 10 decided"}},
		{"a fact: behind its name", "marks     decided 3; never: adopted, crashed-before", []string{
			"marks     decided 3; never:", "          adopted,", "          crashed-before"}},
		{"a sentence: two blanks", "seed 1: agreement broken at event 31 of all", []string{
			"seed 1: agreement broken at", "  event 31 of all"}},
		{"a list", "  run     play a scenario under many seeds", []string{
			"  run     play a scenario", "          under many seeds"}},
		{"a command: as a shell reads it", "    see it again: paxsim run lossy --set 'a b=c d' --seed 3", []string{
			`    see it again: paxsim \`, `      run lossy \`, `      --set 'a b=c d' \`, `      --seed 3`}},
		{"an example", "  paxsim run lossy --runs 100 --seed 17", []string{
			`  paxsim run lossy \`, `    --runs 100 --seed 17`}},
		{"an example with a text beside it", "  paxsim run   the first scenario once", []string{
			"  paxsim run   the first", "               scenario once"}},
		{"a word that is too long", "found: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", []string{
			"found:", "  aaaaaaaaaaaaaaaaaaaaaaaaaa", "  aaaaaaaaaaaaa"}},
		{"wide characters", "日本日本日本 日本日本日本", []string{"日本日本日本 日本日本日本"}},
		{"wide characters, too many", "日本日本日本日 日本日本日本日", []string{"日本日本日本日", "  日本日本日本日"}},
	} {
		if got := Fit(tt.line, 28); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestFitLosesNothing: whatever a line is and however wide the screen, nothing of the line
// is lost or wider than the screen.
func TestFitLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.StringMatching(`( {0,6}[a-z日é!'\-]{0,12}){0,20}`).Draw(t, "line")
		for width := least; width <= 100; width++ {
			lines := Fit(line, width)
			for _, l := range lines {
				if Width(l) > width {
					t.Fatalf("%q is wider than %d", l, width)
				}
			}
			if squeeze(strings.Join(lines, "")) != squeeze(line) {
				t.Fatalf("at %d, %q became %q", width, line, lines)
			}
		}
	})
}

func squeeze(text string) string { return strings.ReplaceAll(text, " ", "") }

// TestFitCommand: whatever its arguments are, a shell reads a command that is broken
// as the one that it was.
func TestFitCommand(t *testing.T) {
	var script strings.Builder
	var want []string
	rapid.Check(t, func(t *rapid.T) {
		args := rapid.SliceOfN(rapid.StringMatching(`-{0,2}[a-z日 ='\\\\-]{1,50}`), 1, 8).Draw(t, "arguments")
		width := rapid.IntRange(least, 100).Draw(t, "width")
		lines := Fit("    see it again: show "+terminal.Quote(args...), width)
		for _, l := range lines {
			if Width(l) > width {
				t.Fatalf("%q is wider than %d", l, width)
			}
		}
		_, command, ok := strings.Cut(strings.Join(lines, "\n"), "see it again:")
		if !ok {
			t.Fatalf("%q", lines)
		}
		script.WriteString(strings.TrimPrefix(strings.TrimPrefix(command, " \\"), "\n") + "\n")
		want = append(want, strings.Join(args, "\n"))
	})
	cmd := exec.Command("sh")
	cmd.Stdin = strings.NewReader("show() { printf '%s\\n' \"$@\"; echo; }\n" + script.String())
	out, err := cmd.Output()
	if err != nil {
		t.Skip(err)
	}
	if got := strings.TrimSuffix(string(out), "\n\n"); got != strings.Join(want, "\n\n") {
		for i, x := range strings.Split(got, "\n\n") {
			if i >= len(want) || x != want[i] {
				t.Fatalf("%q, want %q", x, want[min(i, len(want)-1)])
			}
		}
	}
}

func TestReflow(t *testing.T) {
	text := "One line that is\nbroken, and more.\n\n  a list   of one\n\nThe end."
	want := "One line that is broken,\nand more.\n\n  a list   of one\n\nThe end."
	if got := Reflow(text, 24); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if Reflow(text, 0) != text {
		t.Error("it changes what nobody looks at")
	}
}

func TestPaint(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"   1  violated  x, y", "   1  {r}violated{/}  x, y"},
		{"seed 1: agreement broken at event 7", "seed 1: agreement {r}broken{/} at event 7"},
		{"0 violated; 10 violated; 1,000 violated", "0 violated; 10 {r}violated{/}; 1,000 {r}violated{/}"},
		{"runs  decided  partial  violated  undecided", "runs  decided  partial  violated  undecided"},
		{"none is broken any more", "none is broken any more"},
		{"  DECIDES x       ! Prepare to 3, 5: lost   <2 Vote", "  {g}DECIDES{/} x       {y}! Prepare to 3, 5: lost{/}   <2 Vote"},
		{"! actor 2 is down | ! lost", "{y}! actor 2 is down{/} | {y}! lost{/}"},
		{"actor 3: ! lost", "actor 3: {y}! lost{/}"},
		{"  !     a fault", "  !     a fault"},
		{"wow! decided", "wow! decided"},
		{"  1  ---- cut1 is over ----", "  1  {y}---- cut1 is over ----{/}"},
		{"  CRASHES   VIOLATED agreement", "  {y}CRASHES{/}   {r}VIOLATED{/} agreement"},
		{"------------", "------------"},
	} {
		got := strings.NewReplacer(red, "{r}", green, "{g}", yellow, "{y}", reset, "{/}").Replace(Paint(tt.line))
		if got != tt.want {
			t.Errorf("%q: %q, want %q", tt.line, got, tt.want)
		}
	}
}

// TestWriter: however a text is cut into writes, the same comes out; and without a
// screen what went in.
func TestWriter(t *testing.T) {
	text := "a line that is wider than twenty\n\nshort violated\nno end"
	want := "a line that is wider\n  than twenty\n\nshort " + red + "violated" + reset + "\nno end"
	for size := 1; size <= len(text); size++ {
		for _, tt := range []struct {
			fit  int
			want string
		}{{20, want}, {0, text}} {
			var out bytes.Buffer
			w := NewWriter(&out)
			w.Fit, w.Paint = tt.fit, tt.fit > 0
			for rest := []byte(text); len(rest) > 0; {
				n := min(size, len(rest))
				if wrote, err := w.Write(rest[:n]); wrote != n || err != nil {
					t.Fatal(wrote, err)
				}
				rest = rest[n:]
			}
			if err := w.Flush(); err != nil || out.String() != tt.want {
				t.Fatalf("in writes of %d: %q, want %q", size, out.String(), tt.want)
			}
		}
	}
}

// TestPaints: --color counts before NO_COLOR, and NO_COLOR before the terminal.
func TestPaints(t *testing.T) {
	for _, tt := range []struct {
		screen     Screen
		colour, no string
		want       bool
	}{
		{Screen{Terminal: true}, Auto, "", true},
		{Screen{Terminal: true}, Auto, "1", false},
		{Screen{Terminal: true, Dumb: true}, Auto, "", false},
		{Screen{}, Auto, "", false},
		{Screen{}, Always, "1", true},
		{Screen{Terminal: true}, Never, "", false},
	} {
		t.Setenv("NO_COLOR", tt.no)
		if got := tt.screen.Paints(tt.colour); got != tt.want {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}

// TestClip: what is clipped is never wider, and never cuts a character.
func TestClip(t *testing.T) {
	if got := Clip("ab日本", 5); got != "ab日" {
		t.Errorf("%q", got)
	}
	if got := Clip("abc", 3); got != "abc" {
		t.Errorf("%q", got)
	}
	if !regexp.MustCompile(`^(e\x{301}){2}$`).MatchString(Clip(strings.Repeat("e\u0301", 9), 2)) {
		t.Error("a character was cut")
	}
}
