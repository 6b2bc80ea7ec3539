package breakages

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// variable is the environment variable that says which breakage is in force, by
// its number from 1. Unset: none.
const variable = "PAXSIM_BREAKAGE"

// picker is the file that every room with a breakage gets. %s is its package.
const picker = `package %s

import (
	"os"
	"strconv"
)

var brokenLine, _ = strconv.Atoi(os.Getenv("` + variable + `"))

func pickBroken[T any](is bool, broken, whole T) T {
	if is {
		return broken
	}
	return whole
}
`

// woven is the tree with breakages in it, none of them in force.
type woven struct {
	root, dir string
	overlay   string // the file for -overlay
}

// weave puts all breakages into the files that they are for.
func weave(t *testing.T, list []breakage) *woven {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	w := &woven{root: root, dir: t.TempDir()}
	w.overlay = filepath.Join(w.dir, "overlay.json")
	files := map[string]*file{}
	for i, b := range list {
		f := files[b.file]
		if f == nil {
			text, err := os.ReadFile(filepath.Join(root, b.file))
			if err != nil {
				t.Fatal(err)
			}
			f = &file{text: string(text), heads: map[int]string{}, values: map[int]*value{}}
			files[b.file] = f
		}
		if err := f.weave(b, i+1); err != nil {
			t.Fatalf("%s, %s: %v", b.file, b.what, err)
		}
	}
	replace := map[string]string{}
	put := func(name, text string) {
		there := filepath.Join(w.dir, fmt.Sprintf("%d.go", len(replace)))
		if err := os.WriteFile(there, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		replace[filepath.Join(root, name)] = there
	}
	packages := map[string]string{}
	for name, f := range files {
		put(name, f.String())
		packages[path.Dir(name)] = f.pkg
	}
	for dir, pkg := range packages {
		put(path.Join(dir, "broken_line.go"), fmt.Sprintf(picker, pkg))
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(w.overlay, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	return w
}

// look looks at every file of Go that binaries may be built from. That is all:
// go test remembers what a test looked at, and takes its result from the cache
// only if none of it has changed; what a command of ours reads it does not see.
func (w *woven) look(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir(w.root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) != ".go" {
			return err
		}
		_, err = os.Stat(p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// build makes the test binaries of the rooms and returns the folder that they
// are in.
func (w *woven) build(t *testing.T, rooms []string) string {
	t.Helper()
	args := []string{"test", "-c", "-vet=off", "-overlay", w.overlay, "-o", w.dir + string(filepath.Separator)}
	for _, room := range rooms {
		args = append(args, "./"+room)
	}
	cmd := exec.Command("go", args...)
	cmd.Dir = w.root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return w.dir
}

// run runs tests of a room with one breakage in force; 0: none. tests are names
// with | between them.
func (w *woven) run(bin, room, tests string, n int) (string, error) {
	cmd := exec.Command(filepath.Join(bin, path.Base(room)+".test"), "-test.timeout=100s", "-test.run", "^("+tests+")$")
	cmd.Dir = filepath.Join(w.root, room)
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d", variable, n), "PAXSIM_TALLY=")
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// file is a source file and what is woven into it.
type file struct {
	text   string
	pkg    string
	heads  map[int]string // by offset of the body of a function: what it begins with
	values map[int]*value // by offset of the value of a variable
	tail   string         // the broken functions
}

// value is the value of a variable, with what it is instead.
type value struct {
	end  int // of the value as it was
	text string
}

// weave adds breakage number n.
func (f *file) weave(b breakage, n int) error {
	if times := strings.Count(f.text, b.old); times != 1 {
		return fmt.Errorf("the file holds %d times what is to be broken:\n%s", times, b.old)
	}
	brokenText := strings.Replace(f.text, b.old, b.new, 1)
	whole, err := parse(f.text)
	if err != nil {
		return err
	}
	broken, err := parse(brokenText)
	if err != nil {
		return err
	}
	f.pkg = whole.Name.Name
	if len(whole.Decls) != len(broken.Decls) {
		return fmt.Errorf("a breakage changes one declaration, and adds or removes none")
	}
	for i := range whole.Decls {
		is, was := cut(brokenText, broken.Decls[i]), cut(f.text, whole.Decls[i])
		if is == was {
			continue
		}
		switch d := whole.Decls[i].(type) {
		case *ast.FuncDecl:
			return f.double(d, brokenText, broken.Decls[i].(*ast.FuncDecl), n)
		case *ast.GenDecl:
			return f.pick(d, brokenText, broken.Decls[i].(*ast.GenDecl), n)
		}
	}
	return fmt.Errorf("no declaration is another than before")
}

// double adds the broken function under a name of its own, and makes the whole
// one call it when its turn is.
func (f *file) double(whole *ast.FuncDecl, brokenText string, broken *ast.FuncDecl, n int) error {
	name := fmt.Sprintf("broken%d%s", n, whole.Name.Name) // not exported: tests list what is
	text := cut(brokenText, broken)
	at := int(broken.Name.Pos() - broken.Type.Func)
	f.tail += "\n" + text[:at] + name + text[at+len(broken.Name.Name):] + "\n"
	call := name
	if whole.Recv != nil {
		if len(whole.Recv.List[0].Names) == 0 {
			return fmt.Errorf("%s: its receiver has no name to call it by", whole.Name)
		}
		call = whole.Recv.List[0].Names[0].Name + "." + name
	}
	var args []string
	for _, p := range whole.Type.Params.List {
		if len(p.Names) == 0 {
			return fmt.Errorf("%s: a parameter has no name to hand it on by", whole.Name)
		}
		for _, id := range p.Names {
			arg := id.Name
			if arg == "_" {
				return fmt.Errorf("%s: a parameter has no name to hand it on by", whole.Name)
			}
			if _, ok := p.Type.(*ast.Ellipsis); ok {
				arg += "..."
			}
			args = append(args, arg)
		}
	}
	call += "(" + strings.Join(args, ", ") + ")"
	if whole.Type.Results != nil {
		call = "return " + call
	} else {
		call += "; return"
	}
	f.heads[offset(whole.Body.Lbrace)+1] += fmt.Sprintf(" if brokenLine == %d { %s };", n, call)
	return nil
}

// pick makes the variable have its broken value when its turn is.
func (f *file) pick(whole *ast.GenDecl, brokenText string, broken *ast.GenDecl, n int) error {
	if whole.Tok != token.VAR || len(whole.Specs) != len(broken.Specs) {
		return fmt.Errorf("of declarations only functions and variables can be broken")
	}
	for i := range whole.Specs {
		was, is := whole.Specs[i].(*ast.ValueSpec), broken.Specs[i].(*ast.ValueSpec)
		for j := range was.Values {
			instead := cut(brokenText, is.Values[j])
			if instead == cut(f.text, was.Values[j]) {
				continue
			}
			at := offset(was.Values[j].Pos())
			v := f.values[at]
			if v == nil {
				v = &value{end: offset(was.Values[j].End()), text: cut(f.text, was.Values[j])}
				f.values[at] = v
			}
			v.text = fmt.Sprintf("pickBroken(brokenLine == %d, %s, %s)", n, instead, v.text)
			return nil
		}
	}
	return fmt.Errorf("no value is another than before")
}

// String is the file with everything woven in.
func (f *file) String() string {
	places := []int{}
	for at := range f.heads {
		places = append(places, at)
	}
	for at := range f.values {
		places = append(places, at)
	}
	slices.Sort(places)
	var b strings.Builder
	done := 0
	for _, at := range places {
		b.WriteString(f.text[done:at])
		done = at
		if head, ok := f.heads[at]; ok {
			b.WriteString(head)
			continue
		}
		b.WriteString(f.values[at].text)
		done = f.values[at].end
	}
	return b.String() + f.text[done:] + f.tail
}

// parse reads a file, the positions of which are offsets plus one.
func parse(text string) (*ast.File, error) {
	return parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution)
}

func offset(p token.Pos) int { return int(p) - 1 }

func cut(text string, n ast.Node) string { return text[offset(n.Pos()):offset(n.End())] }
