package prose

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// index is the page from which all others are found.
const index = "docs/README.md"

// TestTwoClicks: a reader who begins at the index reaches every page of the project
// by two links, and the index by one from the first page.
func TestTwoClicks(t *testing.T) {
	all := pages(t)
	one := targets(index, all[index])
	two := slices.Clone(one)
	for _, name := range one {
		two = append(two, targets(name, all[name])...)
	}
	for _, name := range sorted(all) {
		if name != index && !slices.Contains(two, name) {
			t.Errorf("%s is not reached from %s in two clicks", name, index)
		}
	}
	if !slices.Contains(targets("README.md", all["README.md"]), index) {
		t.Errorf("README.md does not lead to %s", index)
	}
	schema := "docs/scenario.schema.json"
	if !slices.Contains(two, schema) {
		t.Errorf("%s is not reached from %s in two clicks", schema, index)
	}
}

func targets(name, page string) (files []string) {
	for _, l := range Links(name, page) {
		files = append(files, l.File)
	}
	return files
}

// TestLinksLead: what a page links to is there, and so is the heading.
func TestLinksLead(t *testing.T) {
	all := pages(t)
	links := 0
	for _, name := range sorted(all) {
		for _, l := range Links(name, all[name]) {
			links++
			if _, err := os.Stat(filepath.Join(root, l.File)); err != nil {
				t.Errorf("%s links to %s, which is not there", name, l.File)
				continue
			}
			if page, ok := all[l.File]; ok && l.Place != "" && !Anchors(page)[l.Place] {
				t.Errorf("%s links to %s#%s: there is no such heading (near: %s)", name, l.File, l.Place, near(l.Place, Anchors(page)))
			}
		}
	}
	if links < 200 {
		t.Errorf("%d links only: this test looks at nothing", links)
	}
}

// near are the headings that begin alike.
func near(place string, anchors map[string]bool) string {
	var list []string
	for a := range anchors {
		if strings.HasPrefix(a, place[:min(len(place), 4)]) {
			list = append(list, a)
		}
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}
