package breakages

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// variable is the environment variable that says which breakage is in force, by
// its number from 1. Unset: none.
const variable = "PAXSIM_BREAKAGE"

// picker is the file that every folder with a breakage gets. %s is its package.
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

// value is what takes the place of the value of a variable, or of a name.
type value struct {
	end  int // of the value as it was
	text string
}

// woven is the tree with breakages in it, none of them in force.
type woven struct {
	root, dir string
	overlay   string // the file for -overlay
}

// weave puts breakages into the files that they are for, and makes the overlay.
func weave(t *testing.T, list []int) *woven {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	files, err := weaveAll(tree(), all, list)
	if err != nil {
		t.Fatal(err)
	}
	w := &woven{root: root, dir: t.TempDir()}
	w.overlay = filepath.Join(w.dir, "overlay.json")
	replace := map[string]string{}
	put := func(name, text string) {
		there := filepath.Join(w.dir, fmt.Sprintf("%d.go", len(replace)))
		if err := os.WriteFile(there, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		replace[filepath.Join(root, filepath.FromSlash(name))] = there
	}
	for f := range files {
		put(f.name, f.String())
		picking := path.Join(path.Dir(f.name), "broken_line.go")
		if replace[filepath.Join(root, filepath.FromSlash(picking))] == "" {
			put(picking, fmt.Sprintf(picker, f.tree.Name.Name))
		}
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

// weaveAll weaves some of a table into files, or tells of all whose place is gone.
func weaveAll(from *source, table []breakage, list []int) (map[*file]bool, error) {
	files := map[*file]bool{}
	var problems []error
	for _, i := range list {
		b := &table[i]
		d, err := from.find(b.place)
		if err == nil {
			err = d.weave(b.change, i+1)
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%q: %s: %w", b.what, b.place, err))
			continue
		}
		files[d.file] = true
	}
	return files, errors.Join(problems...)
}

// weave adds breakage number n.
func (d *declaration) weave(c change, n int) error {
	text, err := d.broken(c)
	if err != nil {
		return err
	}
	if f, ok := d.node.(*ast.FuncDecl); ok {
		return d.double(f, text, n)
	}
	v := d.file.values[d.from]
	if v == nil {
		v = &value{d.to, d.cut(d.span)}
		d.file.values[d.from] = v
	}
	v.text = fmt.Sprintf("pickBroken(brokenLine == %d, %s, %s)", n, text, v.text)
	return nil
}

// double adds the broken function under a name of its own, and makes the whole
// one call it when its turn is.
func (d *declaration) double(whole *ast.FuncDecl, broken string, n int) error {
	name := fmt.Sprintf("broken%d%s", n, whole.Name.Name) // not exported: tests list what is
	at := d.file.spanOf(whole.Name)
	d.file.tail += "\n" + broken[:at.from-d.from] + name + broken[at.to-d.from:] + "\n"
	call := name
	if whole.Recv != nil {
		if len(whole.Recv.List[0].Names) == 0 {
			return errors.New("its receiver has no name to call it by")
		}
		call = whole.Recv.List[0].Names[0].Name + "." + name
	}
	call += "(" + strings.Join(d.arguments(whole.Type.Params.List), ", ") + ")"
	if whole.Type.Results != nil {
		call = "return " + call
	} else {
		call += "; return"
	}
	d.file.heads[d.file.spanOf(whole.Body).from+1] += fmt.Sprintf(" if brokenLine == %d { %s };", n, call)
	return nil
}

// arguments hand on what a function is given. A parameter without a name gets one.
func (d *declaration) arguments(parameters []*ast.Field) (list []string) {
	for _, p := range parameters {
		more := ""
		if _, ok := p.Type.(*ast.Ellipsis); ok {
			more = "..."
		}
		if len(p.Names) == 0 {
			name := fmt.Sprintf("handed%d", len(list))
			d.file.heads[d.file.spanOf(p.Type).from] = name + " "
			list = append(list, name+more)
		}
		for _, id := range p.Names {
			name := id.Name
			if name == "_" {
				name = fmt.Sprintf("handed%d", len(list))
				at := d.file.spanOf(id)
				d.file.values[at.from] = &value{at.to, name}
			}
			list = append(list, name+more)
		}
	}
	return list
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
