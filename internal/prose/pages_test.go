package prose

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the list of pages that are not plain yet")

const (
	root = "../.."
	list = "testdata/pages.txt"
)

// pages are those of the tree by their paths, testdata and hidden folders apart.
func pages(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, p)
		rel = filepath.ToSlash(rel)
		if d.IsDir() && rel != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if filepath.Ext(p) != ".md" {
			return nil
		}
		text, err := os.ReadFile(p)
		all[rel] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Fatalf("%d pages: this test looks in the wrong place", len(all))
	}
	return all
}

// TestPages holds every page to its measure. A page within the measure must stay
// so. The list names the others, with how long their sentences may be and how many
// turns they may have: no more than today. -update makes the list shorter, never
// longer; -v prints every turn and the longest sentence of each page.
func TestPages(t *testing.T) {
	may := map[string]Measure{}
	text, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	head, rows, _ := strings.Cut(string(text), "\n\n")
	for row := range strings.Lines(rows) {
		var name string
		var mean float64
		var sentences, turns int
		if _, err := fmt.Sscanf(row, "%f %d %d %s", &mean, &sentences, &turns, &name); err != nil {
			t.Fatalf("%s: %q: %v", list, row, err)
		}
		may[name] = Measure{Sentences: 10, Words: int(mean*10 + .5), Found: make([]Found, turns)}
	}
	var left strings.Builder
	for _, name := range sorted(pages(t)) {
		m := Of(pages(t)[name])
		told := fmt.Sprintf("\n\tlongest: %s", m.Longest)
		for _, f := range m.Found {
			told += fmt.Sprintf("\n\t%s (better: %s): %s", f.Turn.Name, f.Turn.Instead, f.Sentence)
		}
		if testing.Verbose() {
			t.Logf("%s %s%s", m, name, told)
		}
		limit, listed := may[name]
		delete(may, name)
		switch {
		case m.Plain():
			if listed && !*update {
				t.Errorf("%s is plain now: -update takes it off %s", name, list)
			}
			continue
		case !listed:
			t.Errorf("%s: %.1f words a sentence, at most %v are wanted; turns to avoid: %d%s", name, m.Mean(), Limit, len(m.Found), told)
		case m.Mean() > max(limit.Mean(), Limit)+.05:
			t.Errorf("%s: %.1f words a sentence, and at most %.1f before%s", name, m.Mean(), limit.Mean(), told)
		case len(m.Found) > len(limit.Found):
			t.Errorf("%s: %d turns to avoid, and %d before%s", name, len(m.Found), len(limit.Found), told)
		}
		fmt.Fprintf(&left, "%s %s\n", m, name)
	}
	for name := range may {
		if !*update {
			t.Errorf("%s names %s, which is not there", list, name)
		}
	}
	if *update && !t.Failed() {
		if err := os.WriteFile(list, []byte(head+"\n\n"+left.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func sorted(pages map[string]string) (names []string) {
	for name := range pages {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
