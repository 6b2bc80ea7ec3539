package rules

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

const root = "../.."

// tree is the module as the rules see it: by room, the files that are no tests.
type tree struct {
	fset  *token.FileSet
	rooms map[string][]*ast.File
	other []string // assembly and the like: files that go builds and that are not Go
}

func readTree(t *testing.T) tree {
	t.Helper()
	out := tree{fset: token.NewFileSet(), rooms: map[string][]*ast.File{}}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, p)
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if rel != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
				return filepath.SkipDir
			}
			if _, err := os.Stat(filepath.Join(p, "go.mod")); err == nil && rel != "." {
				return filepath.SkipDir // another module
			}
			return nil
		}
		switch filepath.Ext(p) {
		case ".s", ".S", ".c", ".h", ".cc", ".cpp", ".m", ".f", ".swig", ".syso":
			out.other = append(out.other, rel)
		}
		if !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return nil
		}
		src, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(out.fset, rel, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir := filepath.ToSlash(filepath.Dir(rel))
		out.rooms[dir] = append(out.rooms[dir], f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// exports finds the compiled form of a package, for types of what is imported.
var exports = sync.OnceValues(func() (map[string]string, error) {
	args := append([]string{"list", "-e", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}",
		"./scheduler/...", "./sim/...", "./actors/...", "time", "os", "sync", "math/rand/v2", "unsafe"}, deterministic...)
	cmd := exec.Command("go", args...)
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	text, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w\n%s", err, stderr.Bytes())
	}
	found := map[string]string{}
	for line := range strings.Lines(string(text)) {
		pkg, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		found[pkg] = file
	}
	return found, nil
})

// typesOf checks the types of a room.
func typesOf(fset *token.FileSet, dir string, files []*ast.File) (*types.Info, error) {
	found, err := exports()
	if err != nil {
		return nil, err
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		file := found[path]
		if file == "" {
			return nil, fmt.Errorf("%s does not compile", path)
		}
		return os.Open(file)
	})}
	_, err = config.Check(module+"/"+dir, fset, files, info)
	return info, err
}

func report(t *testing.T, found []string) {
	t.Helper()
	for _, f := range found {
		t.Error(f)
	}
}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	report(t, checkTopLevel(entries))
}

func checkTopLevel(entries []fs.DirEntry) []string {
	var out []string
	allowed := map[string]bool{}
	for _, name := range topLevel {
		allowed[name] = true
	}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !allowed[e.Name()] {
			out = append(out, e.Name()+"/: the root has no such room")
		}
		if strings.HasSuffix(e.Name(), ".go") {
			out = append(out, e.Name()+": the root holds no package")
		}
	}
	return out
}

func TestImports(t *testing.T) {
	tr := readTree(t)
	var all []*ast.File
	for dir, files := range tr.rooms {
		report(t, checkImports(tr.fset, dir, files))
		all = append(all, files...)
	}
	report(t, checkOneFile(tr.fset, all))
	for _, dir := range []string{"scheduler", "sim", "actors", "actors/paxos"} {
		if len(tr.rooms[dir]) == 0 {
			t.Errorf("no source found in %s: the test looks in the wrong place", dir)
		}
	}
}

func TestPurity(t *testing.T) {
	tr := readTree(t)
	rooms, typed := 0, 0
	for dir, files := range tr.rooms {
		if !strict(dir) {
			continue
		}
		info, err := typesOf(tr.fset, dir, files)
		if err != nil {
			t.Errorf("%s: %v", dir, err)
			continue
		}
		report(t, checkPure(tr.fset, files, info))
		rooms++
		typed += len(info.Types)
	}
	for _, f := range tr.other {
		if strict(filepath.ToSlash(filepath.Dir(f))) {
			t.Errorf("%s: a run is Go alone", f)
		}
	}
	if rooms < 4 || typed < 5000 {
		t.Errorf("only %d rooms with %d expressions seen", rooms, typed)
	}
}

func TestEngineKnowsNoProtocol(t *testing.T) {
	tr := readTree(t)
	for dir, files := range tr.rooms {
		if knowsNoProtocol(dir) {
			report(t, checkWords(tr.fset, files))
		}
	}
}
