package trace_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/trace"
)

// TestBeyond finds what passes bounds, and nothing in the texts of JSON.
func TestBeyond(t *testing.T) {
	b := trace.Bounds{Depth: 2, Text: 8, Number: 4, Elements: 5}
	tests := []struct{ name, text, why string }{
		{"all at their bounds", `{"a":["123456",1234,-123]}`, ""},
		{"deep", `[[[`, "2: nested more than 2 deep"},
		{"deep in a text", `"[[[["`, ""},
		{"deep behind a quote that is escaped", `"\"[[["`, ""},
		{"deep behind a text that ends with a backslash", `"\\"[[[`, "6: nested more than 2 deep"},
		{"long text", `["12345678"]`, "1: a text of more than 8 bytes"},
		{"text without end", `"12345678901`, "0: a text of more than 8 bytes"},
		{"text that ends with an escape", `"\`, ""},
		{"long number", `[12345]`, "1: a number of more than 4 digits"},
		{"many elements", `[1,2,3,4,5,6]`, "10: more than 5 elements"},
		{"many objects", `{}{}{}{}{}{}`, "10: more than 5 elements"},
		{"brackets closed too often", `]]][[[`, "5: nested more than 2 deep"},
	}
	for _, tt := range tests {
		at, why, ok := b.Beyond([]byte(tt.text))
		if got := fmt.Sprintf("%d: %s", at, why); ok != (tt.why == "") || !ok && got != tt.why {
			t.Errorf("%s: %v, %s, want %s", tt.name, ok, got, tt.why)
		}
	}
}

// hostile are run files that ask for much memory: what nests, what has no end, and
// what is too many. %d is a number of bytes, of which each has about so many.
var hostile = map[string]func(bytes int) string{
	"nested more than 8 deep":            func(n int) string { return strings.Repeat("[", n) },
	"a number of more than 64 digits":    func(n int) string { return `{"format":` + strings.Repeat("1", n) },
	"a text of more than 6291458 bytes":  func(n int) string { return `{"format":"` + strings.Repeat("a", n) + `"}` },
	"more than 131072 elements":          func(n int) string { return `{"checkpoints":[` + strings.Repeat("0,", n/2) },
	"not JSON":                           func(n int) string { return strings.Repeat("\x00", n) },
	"not UTF-8":                          func(n int) string { return strings.Repeat("\xff", n) },
	"the file: a name of more than 6553": func(n int) string { return `{"` + strings.Repeat("a", 1<<20) + `":1}` },
	"format: a text of more than 65536":  func(n int) string { return `{"format":"` + strings.Repeat("a", 1<<20) + `"}` },
}

// TestHostileRunFiles: they are refused for what they are, and cost no more than they
// have bytes.
func TestHostileRunFiles(t *testing.T) {
	const size = 8 << 20
	for want, file := range hostile {
		data := []byte(file(size))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := trace.Decode(data)
		runtime.ReadMemStats(&after)
		if err == nil || !strings.Contains(err.Error(), want) || len(err.Error()) > 3000 {
			t.Errorf("%.200v, want %s", err, want)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > 16<<20 {
			t.Errorf("%s: %d MB to refuse %d MB", want, took>>20, len(data)>>20)
		}
	}
}
