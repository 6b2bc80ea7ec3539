package scenarios

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/yamldoc"
	"go.yaml.in/yaml/v4"
)

// TestTooMany finds where a text has more pieces than the parser of YAML should be
// given, and is not misled by brackets that are none.
func TestTooMany(t *testing.T) {
	ones := strings.Repeat("1,", maxInside+1)
	lines := strings.Repeat("- 1\n", maxPieces/2+1)
	lots := strings.Repeat("- 1\n", maxInside)
	tests := []struct {
		name, why, text string
		line            int // 0: it is well
	}{
		{"list", "a list within brackets", "a: 1\nb: [" + ones + "]", 2},
		{"deep", "what is too deep is told as such", "a: 1\nb: " + strings.Repeat("[", maxInside+1), 2},
		{"lines", "a list in lines is longer", "a: 1\n" + lines, maxPieces/2 + 1},
		{"lines that are few", "", strings.Repeat("- 1\n", maxPieces/3), 0},
		{"many lists", "each is closed", strings.Repeat("- [1,1,1]\n", maxPieces/8), 0},
		{"comment", "a bracket in a comment opens nothing", "a: 1 # [\n" + strings.Repeat("- 1\n", maxInside), 0},
		{"quotes", "nor in quotes", "a: '['\nb: \"[\"\n" + strings.Repeat("- 1\n", maxInside), 0},
		{"apostrophe", "which begin no word in its middle", "a: [it 's, " + ones + " it's]", 1},
		{"no end", "what has no end is one word", "a: ['x, " + ones + "]", 0},
		{"quotes inside", "what quotes themselves stand for ends nothing", `a: "\"["` + "\nb: 'it''s ['\n" + lots, 0},
		{"quotes over lines", "quotes end where they end", "a: \"b\n  [ {\n  '\"\n" + lots, 0},
		{"after quotes over lines", "and not before", "a: \"b\n  c\"\nd: [" + ones + "]", 3},
		{"word", "nor in the middle of a word", "a: b [{ c[{\n" + lots, 0},
		{"line that goes on", "nor where a word goes on", "a: b\n  [{ c\n  \"{\n" + lots, 0},
		{"no line that goes on", "which a line that is no deeper does not", "a:\n- b\n- [" + ones + "]", 3},
		{"comment between", "nor one behind a comment", "a: b # c\n  [" + ones + "]", 2},
		{"block", "nor in a block of text", "a: |\n  [{ '\n\n  \" {\n" + lots, 0},
		{"folded block", "however its head is written", "a:\n  - b: >2- # [\n       {\n      {\n" + lots, 0},
		{"behind a block", "which ends", "a:\n  - b: |\n      x\n    c: [" + ones + "]", 4},
		{"empty block", "at once if nothing is in it", "a:\n  b: |\n  c: [" + ones + "]", 3},
		{"document", "a document begins anew", "a\n--- [" + ones + "]", 2},
		{"tag", "a tag does not hide what it is of", "a: !x [" + ones + "]", 1},
		{"long line", "quotes without end are looked for once", strings.Repeat(`", ' `, 200_000), 0},
	}
	for _, tt := range tests {
		if line, _, why := tooMany(tt.text); line != tt.line || (why == "") != (line == 0) {
			t.Errorf("%s: line %d, %q, want %d: %s", tt.name, line, why, tt.line, tt.why)
		}
	}
}

// TestPiecesKnowBrackets: of any text that is YAML, as many brackets are counted as
// lists and mappings are written with.
func TestPiecesKnowBrackets(t *testing.T) {
	signs := []string{"a", "b", " ", " ", "\n", "\n", "\n  ", "\n ", ": ", "- ", ", ", "[", "]", "{", "}", "'", "\"", "\\", " #", "|\n", ">-\n", "\t", "? ", "#", ":", "a: ", "b: ", "\n- ", "'", "\"", "''", "|2\n", "[a]", "{a: b}", "--- "}
	draw := rand.New(rand.NewPCG(1, 2))
	read, brackets := 0, 0
	for range 200_000 {
		var b strings.Builder
		for range 3 + draw.IntN(14) {
			b.WriteString(signs[draw.IntN(len(signs))])
		}
		root, err := yamldoc.Read(b.String(), maxNesting, errDeep)
		if err != nil {
			continue
		}
		p := &pieces{text: b.String(), line: 1, first: -1, parent: -1}
		counted := 0
		for p.at < len(p.text) {
			before := p.depth
			if p.word(); p.depth > before {
				counted++
			}
		}
		want := flows(root, strings.Split(p.text, "\n"))
		if read, brackets = read+1, brackets+want; counted != want {
			t.Errorf("%q: %d brackets, and there are %d", p.text, counted, want)
		}
	}
	if read < 5000 || brackets < 1000 {
		t.Errorf("%d texts with %d brackets: this test looks at nothing", read, brackets)
	}
}

// flows counts what is written with brackets. A pair in a list, as in [a: b], has
// none of its own.
func flows(n *yaml.Node, lines []string) (count int) {
	if n.Style&yaml.FlowStyle != 0 {
		bare := !strings.HasPrefix(lines[n.Line-1][n.Column-1:], "{")
		pair := n.Kind == yaml.MappingNode && (bare || len(n.Content) > 0 && n.Content[0].Line == n.Line && n.Content[0].Column == n.Column)
		if !pair {
			count++
		}
	}
	for _, c := range n.Content {
		count += flows(c, lines)
	}
	return count
}

// TestPiecesBoundMemory: what has just few enough pieces takes no more than 60 MB to
// be parsed, in whatever shape they are.
func TestPiecesBoundMemory(t *testing.T) {
	inside := strings.Repeat("1,", maxInside-10)
	for _, text := range []string{
		"- {a: [" + inside + "1]}",
		strings.Repeat("- ["+inside+"1]\n", maxPieces/maxInside),
		strings.Repeat("- 1\n", maxPieces/2), strings.Repeat("? \n", maxPieces/2), strings.Repeat("a: b\n", maxPieces/2),
		strings.Repeat("\n", maxPieces), strings.Repeat("# a\n", maxPieces),
		strings.Repeat("- [] # b\n", maxPieces/3), strings.Repeat("- a: b # c\n", maxPieces/4),
	} {
		debug.FreeOSMemory()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		root, wrong := parse("x", text, nil)
		runtime.ReadMemStats(&after)
		if _, _, why := tooMany(text); why != "" {
			t.Errorf("%.20q: %s", text, why)
		}
		if took := int64(after.HeapSys-after.HeapReleased) - int64(before.HeapSys-before.HeapReleased); took > 60<<20 {
			t.Errorf("%.20q: %d MB: %v", text, took>>20, wrong)
		} else {
			t.Log(fmt.Sprintf("%.20q", text), took>>20, "MB")
		}
		runtime.KeepAlive(root)
	}
}
