package rules

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// door is where lines for people are made, so that no value ends its line.
const door = "internal/terminal"

// forms are the files of the command that write for programs or for a browser.
// Each escapes texts in the way of its form.
var forms = []string{
	"sim/explain/diagram/builder.go",
	"sim/explain/diagram/svg.go",
	"sim/explain/export/mermaid.go",
	"sim/explain/export/perfetto.go",
	"sim/explain/export/shiviz.go",
	"sim/explain/metrics/openmetrics.go",
	"cmd/paxsim/internal/plot/plot.go",
	"sim/explain/view/page.go",
}

// TestDoor: the command prints lines by the door alone.
func TestDoor(t *testing.T) {
	tr := readTree(t)
	looked := 0
	for dir, files := range tr.rooms {
		if strings.HasPrefix(dir, "cmd/paxsim") && dir != door {
			report(t, checkDoor(tr.fset, files))
			looked += len(files)
		}
	}
	if looked < 100 {
		t.Errorf("%d files only: this test looks at nothing", looked)
	}
}

// checkDoor finds what prints past the door.
func checkDoor(fset *token.FileSet, files []*ast.File) (bad []string) {
	for _, f := range files {
		name := fset.Position(f.Pos()).Filename
		if slices.Contains(forms, name) {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			from, ok := s.X.(*ast.Ident)
			if !ok {
				return true
			}
			said := from.Name + "." + s.Sel.Name
			switch {
			case from.Name == "fmt" && (strings.HasPrefix(s.Sel.Name, "Fprint") || strings.HasPrefix(s.Sel.Name, "Print")),
				from.Name == "os" && (s.Sel.Name == "Stdout" || s.Sel.Name == "Stderr") && name != "cmd/paxsim/cli/main.go":
				bad = append(bad, fset.Position(s.Pos()).String()+": "+said+" prints past "+door)
			}
			return true
		})
	}
	return bad
}

func TestDoorRefuse(t *testing.T) {
	for _, c := range []struct{ file, body, say string }{
		{"cmd/paxsim/internal/cli/x.go", `terminal.Fprintf(a.out, "%s\n", name)`, ""},
		{"cmd/paxsim/internal/cli/x.go", `_ = fmt.Sprintf("%s", name)`, ""},
		{"cmd/paxsim/internal/cli/x.go", `fmt.Fprintf(a.out, "%s\n", name)`, "fmt.Fprintf prints past"},
		{"cmd/paxsim/internal/cli/x.go", `fmt.Println(name)`, "fmt.Println prints past"},
		{"cmd/paxsim/internal/cli/x.go", `os.Stderr.WriteString(name)`, "os.Stderr prints past"},
		{"cmd/paxsim/cli/main.go", `run(os.Stderr)`, ""},
		{"cmd/paxsim/internal/plot/plot.go", `fmt.Fprint(w, name)`, ""},
	} {
		fset := token.NewFileSet()
		f := fake(t, fset, c.file, "package x\nfunc f() { "+c.body+" }")
		expect(t, c.body, checkDoor(fset, []*ast.File{f}), c.say)
	}
}
