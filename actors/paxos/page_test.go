package paxos

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The page that a reader starts from is doc.go, and after it these four files.
var onePage = []string{"rules.go", "acceptor.go", "proposer.go", "learner.go"}

// functionsOf are the functions and methods of a file, by name.
func functionsOf(t *testing.T, name string) map[string]*ast.FuncDecl {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]*ast.FuncDecl{}
	for _, d := range f.Decls {
		if f, is := d.(*ast.FuncDecl); is {
			list[f.Name.Name] = f
		}
	}
	return list
}

// rulesOf are the functions that Sound names: the rules.
func rulesOf(t *testing.T) (names []string) {
	t.Helper()
	ast.Inspect(functionsOf(t, "rules.go")["Sound"], func(n ast.Node) bool {
		if kv, is := n.(*ast.KeyValueExpr); is {
			names = append(names, kv.Value.(*ast.Ident).Name)
		}
		return true
	})
	slices.Sort(names)
	return slices.Compact(names)
}

// row is a line of the tables of doc.go: a rule or step, its function, its place in
// the paper, and its name in the specification.
var row = regexp.MustCompile(`(?m)^//\t(\S.*\S) {2,}(\w+) +PMS (2\.\d(?:.*?\S)?) {2,}(\S.*)$`)

// TestPageNamesTheRules: each function that the tables of doc.go name is in one of
// the four files; each rule has a line, and cites in its comment the sections that
// the line gives.
func TestPageNamesTheRules(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]*ast.FuncDecl{}
	for _, file := range onePage {
		for name, f := range functionsOf(t, file) {
			there[name] = f
		}
	}
	section := regexp.MustCompile(`\b2\.\d\b`)
	named := map[string]bool{}
	for _, m := range row.FindAllStringSubmatch(string(text), -1) {
		f := there[m[2]]
		if f == nil {
			t.Errorf("doc.go names %s for %q, and no file of %v has it", m[2], m[1], onePage)
			continue
		}
		named[m[2]] = true
		for _, s := range section.FindAllString(m[3], -1) {
			if slices.Contains(rulesOf(t), m[2]) && !strings.Contains(f.Doc.Text(), s) {
				t.Errorf("doc.go says of %s that it is in PMS %s, and its own comment does not", m[2], s)
			}
		}
	}
	for _, name := range rulesOf(t) {
		if !named[name] {
			t.Errorf("doc.go does not name the rule %s", name)
		}
	}
	if len(named) < 19 {
		t.Errorf("doc.go has %d lines in its tables: this test looks at nothing", len(named))
	}
}

// TestRulesStandAlone: no rule calls another, so that a mutant which replaces one
// replaces one.
func TestRulesStandAlone(t *testing.T) {
	list, names := functionsOf(t, "rules.go"), rulesOf(t)
	for _, name := range names {
		ast.Inspect(list[name].Body, func(n ast.Node) bool {
			if id, is := n.(*ast.Ident); is && slices.Contains(names, id.Name) {
				t.Errorf("the rule %s uses the rule %s", name, id.Name)
			}
			return true
		})
	}
}

// TestPageIsShort: the four files are 500 lines at most.
func TestPageIsShort(t *testing.T) {
	lines := 0
	for _, file := range onePage {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines += strings.Count(string(text), "\n")
	}
	if lines > 500 {
		t.Errorf("%v have %d lines", onePage, lines)
	}
}
