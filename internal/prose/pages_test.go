package prose

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

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

// TestPages holds every page to the measure: the mean length of its sentences, the
// longest, and no turn to avoid. -v prints the measure and the longest sentence of each page.
func TestPages(t *testing.T) {
	all := pages(t)
	for _, name := range sorted(all) {
		m := Of(all[name])
		if testing.Verbose() {
			t.Logf("%s %s: %s", m, name, m.Longest)
		}
		if m.Mean() > Limit {
			t.Errorf("%s: %.1f words a sentence, and at most %v are wanted; the longest: %s", name, m.Mean(), Limit, m.Longest)
		}
		if n := words(m.Longest); n > LongLimit {
			t.Errorf("%s: a sentence of %d words, and at most %d are wanted: %s", name, n, LongLimit, m.Longest)
		}
		for _, f := range m.Found {
			t.Errorf("%s: %s (better: %s): %s", name, f.Turn.Name, f.Turn.Instead, f.Sentence)
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
