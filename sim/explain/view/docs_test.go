package view

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/explain/say"
)

// TestDocs holds docs/viewer.md against the keys of keys.js and the bounds of
// these tests.
func TestDocs(t *testing.T) {
	text, err := os.ReadFile("../../../docs/viewer.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	_, rest, _ := strings.Cut(page, "<!-- held against keys.js -->")
	table, _, ok := strings.Cut(rest, "<!-- end -->")
	if !ok {
		t.Fatal("docs/viewer.md has no table of keys")
	}
	var want strings.Builder
	want.WriteString("\n| key | does |\n|---|---|\n")
	keys := regexp.MustCompile(`(?m)^  \['([^']+)', '([^']+)', \[`).FindAllStringSubmatch(moduleText("keys"), -1)
	if len(keys) < 10 {
		t.Fatalf("keys.js has only %d keys", len(keys))
	}
	for _, k := range keys {
		key := "`" + k[1] + "`"
		if strings.ContainsAny(k[1], "→↓") {
			key = strings.ReplaceAll(key, " ", "` `")
		}
		fmt.Fprintf(&want, "| %s | %s |\n", key, k[2])
	}
	if table != want.String() {
		t.Errorf("docs/viewer.md says of keys\n%s\nand keys.js\n%s", table, want.String())
	}
	for _, figure := range []uint64{MaxEvents, pageSmall, pageBase, thingBytes, eventBytes, svgMost, touchedMost} {
		if n := say.Count(figure); !regexp.MustCompile(`\b` + n + `\b`).MatchString(page) {
			t.Errorf("docs/viewer.md does not say %s", n)
		}
	}
}
