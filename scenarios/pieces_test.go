package scenarios

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
)

// TestTooMany finds where a text has more pieces than the parser of YAML should be
// given, and is not misled by brackets that are none.
func TestTooMany(t *testing.T) {
	ones := strings.Repeat("1,", maxInside+1)
	lines := strings.Repeat("- 1\n", maxPieces/2+1)
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
		{"no end", "nor what has no end in its line", "a: ['x, " + ones + "]", 1},
		{"long line", "quotes without end are looked for once", strings.Repeat(`", ' `, 200_000), 0},
	}
	for _, tt := range tests {
		if line, _, why := tooMany(tt.text); line != tt.line || (why == "") != (line == 0) {
			t.Errorf("%s: line %d, %q, want %d: %s", tt.name, line, why, tt.line, tt.why)
		}
	}
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
