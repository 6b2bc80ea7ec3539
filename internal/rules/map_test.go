package rules

import (
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// maps are the tables of docs/architecture.md that say where to look, by how the
// table is introduced, and the room that each is of. whole: every file of the room is
// in it.
var maps = []struct {
	begin, room string
	whole       bool
}{
	{"## Where to look in `sim/`", "sim", true},
	{"In `sim/campaign`:", "sim/campaign", true},
	{"In `sim/story`:", "sim/story", true},
	{"In `sim/explore`:", "sim/explore", true},
	{"And in `scenarios/`:", "scenarios", true},
	{"In `actors/paxos`:", "actors/paxos", true},
}

var rowOfFiles = regexp.MustCompile("(?m)^\\| ((?:`[a-z_]+\\.go`(?:, )?)+) \\|")

// TestMapNamesFiles: whoever looks for a file by docs/architecture.md finds it.
func TestMapNamesFiles(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "docs/architecture.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range maps {
		_, table, found := strings.Cut(string(text), m.begin)
		if !found {
			t.Errorf("docs/architecture.md has no %q", m.begin)
			continue
		}
		if end := strings.Index(table, "\n\n|"); end >= 0 {
			table = table[end+2:]
		}
		table, _, _ = strings.Cut(table, "\n\n")
		var named []string
		for _, row := range rowOfFiles.FindAllStringSubmatch(table, -1) {
			for _, f := range strings.Split(row[1], ", ") {
				named = append(named, strings.Trim(f, "`"))
			}
		}
		paths, err := filepath.Glob(filepath.Join(root, m.room, "*.go"))
		if err != nil || len(named) < 5 {
			t.Fatalf("%s: %d files are named: %v", m.room, len(named), err)
		}
		var there []string
		for _, p := range paths {
			if name := filepath.Base(p); !strings.HasSuffix(name, "_test.go") && name != "doc.go" {
				there = append(there, name)
			}
		}
		for i, name := range named {
			switch {
			case !slices.Contains(there, name):
				t.Errorf("docs/architecture.md names %s/%s, which is not there", m.room, name)
			case slices.Contains(named[:i], name):
				t.Errorf("docs/architecture.md names %s/%s twice", m.room, name)
			}
		}
		for _, name := range there {
			if m.whole && !slices.Contains(named, name) {
				t.Errorf("docs/architecture.md does not say what %s/%s is for", m.room, name)
			}
		}
	}
}

// TestGlossary: docs/glossary.md has each word once, and what it names is there.
func TestGlossary(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "docs/glossary.md"))
	if err != nil {
		t.Fatal(err)
	}
	tr := readTree(t)
	declared := map[string]bool{} // "sim.Outcome", "Outcome.Learned"
	for dir, files := range tr.rooms {
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.TypeSpec:
					declared[path.Base(dir)+"."+n.Name.Name] = true
					ast.Inspect(n.Type, func(m ast.Node) bool {
						if field, ok := m.(*ast.Field); ok {
							for _, id := range field.Names {
								declared[n.Name.Name+"."+id.Name] = true
							}
						}
						return true
					})
				case *ast.ValueSpec:
					for _, id := range n.Names {
						declared[path.Base(dir)+"."+id.Name] = true
					}
				case *ast.FuncDecl:
					declared[path.Base(dir)+"."+n.Name.Name] = true
					if n.Recv != nil {
						declared[receiverName(n.Recv.List[0].Type)+"."+n.Name.Name] = true
					}
				}
				return true
			})
		}
	}
	seen := map[string]bool{}
	for _, row := range regexp.MustCompile(`(?m)^\| ([^|]+) \| [^|]+ \| ([^|]+) \|$`).FindAllStringSubmatch(string(text), -1) {
		for _, word := range strings.Split(row[1], ", ") {
			if word != "word" && seen[word] {
				t.Errorf("docs/glossary.md has %q twice", word)
			}
			seen[word] = true
		}
		for _, m := range regexp.MustCompile("`([A-Za-z]+\\.[A-Za-z]+)`").FindAllStringSubmatch(row[2], -1) {
			if !declared[m[1]] {
				t.Errorf("docs/glossary.md: %s: there is no %s", row[1], m[1])
			}
		}
		for _, m := range regexp.MustCompile("`([a-z]+/[a-z_/.]+)`").FindAllStringSubmatch(row[2], -1) {
			if _, err := os.Stat(filepath.Join(root, m[1])); err != nil {
				t.Errorf("docs/glossary.md: %s: there is no %s", row[1], m[1])
			}
		}
	}
	if len(seen) < 60 {
		t.Errorf("docs/glossary.md has %d words only: this test looks at nothing", len(seen))
	}
}

// receiverName is the type of a receiver, without what it was made for.
func receiverName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiverName(e.X)
	case *ast.IndexExpr:
		return receiverName(e.X)
	case *ast.IndexListExpr:
		return receiverName(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}
