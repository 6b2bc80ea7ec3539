package rules

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fake is a source that stands in no room, named as if it did.
func fake(t *testing.T, fset *token.FileSet, name, src string) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// expect wants the one finding that contains say, or none if say is empty.
func expect(t *testing.T, what string, found []string, say string) {
	t.Helper()
	text := strings.Join(found, "\n")
	switch {
	case say == "" && len(found) > 0:
		t.Errorf("%s is refused, and should not be:\n%s", what, text)
	case say != "" && !strings.Contains(text, say):
		t.Errorf("%s is not refused with %q; said:\n%s", what, say, text)
	}
}

func TestImportsRefuse(t *testing.T) {
	for _, c := range []struct{ dir, imports, say string }{
		{"scheduler", "fmt", ""},
		{"scheduler", module + "/sim", "scheduler may not import"},
		{"scheduler", "golang.org/x/exp/slices", "may not import"},
		{"scheduler", "C", "may not import C"},
		{"sim", module + "/scheduler", ""},
		{"sim", module + "/actors/paxos", "sim may not import"},
		{"sim", module + "/sim/trace", "sim may not import"},
		{"sim", "github.com/google/go-cmp/cmp", "may not import"},
		{"sim/trace", module + "/sim", ""},
		{"sim/trace", module + "/sim/story", "may not import"},
		{"sim/story", module + "/sim/trace", ""},
		{"sim/story", module + "/sim/explain/grid", "may not import"},
		{"sim/trace", module + "/sim/campaign", "may not import"},
		{"sim/campaign", module + "/sim/story", ""},
		{"sim/campaign", module + "/sim/search", ""},
		{"sim/search", module + "/sim/campaign", "may not import"},
		{"sim/campaign", module + "/actors/paxos", "may not import"},
		{"sim/unheard", "fmt", "not in the table"},
		{"actors", module + "/actors/paxos", ""},
		{"actors/paxos", module + "/sim", ""},
		{"actors/paxos", module + "/sim/campaign", "may not import"},
		{"actors/paxos", module + "/scenarios", "may not import"},
		{"actors/paxos/mutants", module + "/actors/paxos", ""},
		{"actors/paxos/mutants", module + "/scenarios", "may not import"},
		{"actors/paxos/mutants", module + "/actors/paxos/guide", ""},
		{"actors/paxos/guide", module + "/actors/paxos/mutants", "may not import"},
		{"actors/paxos", module + "/sim/trace", "may not import"},
		{"actors", module + "/actors/paxos/mutants", ""},
		{"actors/multi", module + "/actors/paxos/mutants", "may not import"},
		{"sim", module + "/actors/paxos/mutants", "sim may not import"},
		{"actors/multi", module + "/actors/paxos", "may not import"},
		{"actors/paxosish", module + "/actors/paxos", "may not import"},
		{"actors/paxos", "pgregory.net/rapid", "may not import"},
		{"scenarios", "go.yaml.in/yaml/v4", ""},
		{"scenarios", module + "/actors/paxos", ""},
		{"scenarios", module + "/cmd/paxsim/internal/table", "may not import"},
		{"scenarios", "github.com/spf13/cobra", "may not import"},
		{"cmd/paxsim", "github.com/spf13/cobra", ""},
		{"cmd/paxsim", module + "/sim/campaign", ""},
		{"cmd/paxsim", module + "/bench/heaptwin", "may not import"},
		{"cmd/paxsim", "github.com/somebody/something", "may not import"},
		{"bench", module + "/bench/heaptwin", ""},
		{"bench", module + "/cmd/paxsim/internal/table", "may not import"},
		{"elsewhere", "fmt", "not in the table"},
		{".", "fmt", "not in the table"},
	} {
		fset := token.NewFileSet()
		f := fake(t, fset, c.dir+"/fake.go", "package fake\nimport _ \""+c.imports+"\"\n")
		expect(t, c.dir+" importing "+c.imports, checkImports(fset, c.dir, []*ast.File{f}), c.say)
	}
}

func TestOneFileRefuses(t *testing.T) {
	fset := token.NewFileSet()
	a := fake(t, fset, "a.go", "package fake\nimport _ \"github.com/olekukonko/tablewriter\"\n")
	b := fake(t, fset, "b.go", "package fake\nimport _ \"github.com/olekukonko/tablewriter/tw\"\n")
	expect(t, "tablewriter in one file", checkOneFile(fset, []*ast.File{a}), "")
	expect(t, "tablewriter in two files", checkOneFile(fset, []*ast.File{a, b}), "more than one file: a.go, b.go")
}

func TestTopLevelRefuses(t *testing.T) {
	dir := t.TempDir()
	entries := func() []fs.DirEntry {
		e, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	for _, name := range []string{"sim", ".ci", "docs"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	expect(t, "sim/, .ci/, docs/", checkTopLevel(entries()), "")
	if err := os.Mkdir(filepath.Join(dir, "pkg"), 0o755); err != nil {
		t.Fatal(err)
	}
	expect(t, "pkg/", checkTopLevel(entries()), "pkg/: the root has no such room")
	if err := os.WriteFile(filepath.Join(dir, "main.go"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	expect(t, "main.go", checkTopLevel(entries()), "main.go: the root holds no package")
}

func TestPurityRefuses(t *testing.T) {
	for _, c := range []struct{ name, src, say string }{
		{"nothing", "", ""},
		{"time", `import "time"; var t time.Time`, "package time"},
		{"os", `import "os"; var _ = os.Args`, "package os"},
		{"sync", `import "sync"; var m sync.Mutex`, "package sync"},
		{"chance", `import "math/rand/v2"; var n = rand.Int()`, "package math/rand/v2"},
		{"unsafe", `import "unsafe"; var p unsafe.Pointer`, "package unsafe"},
		{"dot import", `import . "fmt"; var _ = Sprint(1)`, "hides"},
		{"goroutine", `func f() { go f() }`, "goroutine"},
		{"select", `func f() { select {} }`, "select"},
		{"channel type", `var c chan int`, "a channel"},
		{"channel in make", `func f() { _ = make(chan int) }`, "a channel"},
		{"send", `func f(c chan<- int) { c <- 1 }`, "a send"},
		{"receive", `func f(c <-chan int) { <-c }`, "a receive"},

		{"range over a slice", `func f(s []int) { for range s {} }`, ""},
		{"range over a map", `func f(m map[int]int) { for range m {} }`, "range over a map"},
		{"range over a named map", `type set map[int]bool; func (s set) f() { for k := range s { _ = k } }`, "range over a map"},
		{"range over a field", `type s struct{ m map[int]int }; func (s *s) f() { for range s.m {} }`, "range over a map"},
		{"range over a result", `func g() map[int]int { return nil }; func f() { for range g() {} }`, "range over a map"},
		{"range over a map of a parameter type", `func f[M ~map[int]int](m M) { for range m {} }`, "range over a map"},
		{"range over a map with a reason", "func f(m map[int]int) { for range m { //sorted: only counts\n} }", ""},
		{"range over a map with an empty reason", "func f(m map[int]int) { for range m { //sorted:\n} }", "range over a map"},
		{"range over a map with another comment", "func f(m map[int]int) { for range m { // sorted: is not the form\n} }", "range over a map"},
		{"a reason on another line", "func f(m map[int]int) { //sorted: too early\nfor range m {}\n}", "range over a map"},
		{"maps.Keys", `import "maps"; func f(m map[int]int) { for range maps.Keys(m) {} }`, "maps.Keys"},
		{"maps.Keys kept", `import "maps"; func f(m map[int]int) { k := maps.Keys(m); _ = k }`, "maps.Keys"},
		{"maps.Values renamed", `import x "maps"; func f(m map[int]int) { for range x.Values(m) {} }`, "maps.Values"},
		{"sorted keys", `import ("maps"; "slices"); func f(m map[int]int) { for range slices.Sorted(maps.Keys(m)) {} }`, ""},
		{"collected keys", `import ("maps"; "slices"); func f(m map[int]int) { for range slices.Collect(maps.Keys(m)) {} }`, "maps.Keys"},

		{"types by reflection", `import "reflect"; func f() string { return reflect.TypeFor[int]().String() }`, ""},
		{"kinds by reflection", `import "reflect"; func f(t reflect.Type) bool { return t.Kind() == reflect.Pointer }`, ""},
		{"map keys by reflection", `import "reflect"; func f(v reflect.Value) { _ = v.MapKeys() }`, "reflect's MapKeys"},
		{"address by reflection", `import "reflect"; func f(v reflect.Value) { _ = v.Pointer() }`, "reflect's Pointer"},

		{"float type", `var x float64`, "float64"},
		{"float field", `type s struct{ x float32 }`, "float32"},
		{"float parameter", `func f(x float64) {}`, "float64"},
		{"float conversion", `func f(n int) int { return int(float64(n)) }`, "float64"},
		{"float constant", `const half = 0.5`, "float"},
		{"float variable without a name for it", `var x = 1.5`, "float64"},
		{"float function", `import "math"; func f(n int) bool { return math.Sqrt(2) > 1 }`, "float64"},
		{"complex", `var x complex128`, "complex128"},
		{"a whole number written short", `const billion int = 1e9`, ""},
		{"integers of math", `import "math"; const m uint64 = math.MaxUint64`, ""},
		{"an own name", `func f() { float64 := 1; _ = float64 }`, ""},

		{"package variable", `var n int; func f() { n = 1 }`, "package variable n"},
		{"package variable counted", `var n int; func f() { n++ }`, "package variable n"},
		{"package map", `var m = map[int]int{}; func f() { m[1] = 2 }`, "package variable m"},
		{"package struct", `var s struct{ a [3]int }; func f() { s.a[1] = 2 }`, "package variable s"},
		{"package pointer", `var p *int; func f() { *p = 2 }`, "package variable p"},
		{"package variable read", `var n = 1; func f() int { return n }`, ""},
		{"local variable", `func f() { n := 1; n++; _ = n }`, ""},
		{"local shadows", `var n int; func f() { n := 1; n = 2; _ = n }`, ""},

		{"linkname", "//go:linkname f runtime.f\nfunc f() {}", "linkname"},
	} {
		fset := token.NewFileSet()
		files := []*ast.File{fake(t, fset, "sim/fake.go", "package fake\n"+c.src+"\n")}
		info, err := typesOf(fset, "sim/fake", files)
		if err != nil {
			t.Errorf("%s: the fake does not compile: %v", c.name, err)
			continue
		}
		expect(t, c.name, checkPure(fset, files, info), c.say)
	}
}

func TestPurityRefusesConstraints(t *testing.T) {
	for _, c := range []struct{ name, src, say string }{
		{"sim/fake.go", "//go:build amd64\n\npackage fake\n", "a build constraint"},
		{"sim/fake.go", "// +build amd64\n\npackage fake\n", "a build constraint"},
		{"sim/fake_amd64.go", "package fake\n", "name is a build constraint"},
		{"sim/fake_windows.go", "package fake\n", "name is a build constraint"},
		{"sim/fake_name.go", "package fake\n", ""},
	} {
		fset := token.NewFileSet()
		files := []*ast.File{fake(t, fset, c.name, c.src)}
		info, err := typesOf(fset, "sim/fake", files)
		if err != nil {
			t.Fatal(err)
		}
		expect(t, c.name, checkPure(fset, files, info), c.say)
	}
}

func TestStrictRooms(t *testing.T) {
	for dir, want := range map[string]bool{
		"scheduler": true, "sim": true, "sim/trace": true, "sim/story": true, "sim/search": true, "actors": true, "actors/paxos": true, "actors/paxos/mutants": true,
		"sim/explain/grid": true, "sim/explain/view": false, "sim/campaign": false, "sim/explore": false, "sim/simtest": false, "scenarios": false, "cmd/paxsim": false, "bench": false,
		"simulator": false, "sim/campaigner": true,
	} {
		if strict(dir) != want {
			t.Errorf("strict(%s) = %v", dir, !want)
		}
	}
}

func TestRoomsWithoutAProtocol(t *testing.T) {
	for dir, want := range map[string]bool{
		"scheduler": true, "sim": true, "sim/campaign": true, "sim/explain/view": true, "cmd/paxsim/internal/dialogue": true, "cmd/paxsim/internal/report": true,
		"cmd/paxsim/internal/cli": true, "cmd/paxsim/internal/bench": true, "scenarios": true, "scenarios/load": true, "internal/terminal": true,
		"cmd/paxsim": false, "actors/paxos": false, "scenarios/library": false, "bench": false, "internal/anyscenario": false,
	} {
		if knowsNoProtocol(dir) != want {
			t.Errorf("knowsNoProtocol(%s) = %v", dir, !want)
		}
	}
}

func TestWordsRefuse(t *testing.T) {
	for _, c := range []struct{ name, src, say string }{
		{"comment", "// Prepare is what Paxos calls it.\nvar x int", ""},
		{"import", `import _ "example.com/paxos"`, ""},
		{"identifier", "var lastBallot int", "ballot"},
		{"type", "type Acceptor struct{}", "acceptor"},
		{"field", "type s struct{ promised int }", "promise"},
		{"method", "func (s) prepare() {}", "prepare"},
		{"use", "var x = y.Proposer", "proposer"},
		{"text", `var x = "a Paxos text"`, "paxos"},
		{"the module's own name", `var x = "paxsim"`, ""},
	} {
		fset := token.NewFileSet()
		f := fake(t, fset, "sim/fake.go", "package fake\n"+c.src+"\n")
		expect(t, c.name, checkWords(fset, []*ast.File{f}), c.say)
	}
}
