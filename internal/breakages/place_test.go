package breakages

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// file is a source file as it is, and what is woven into it.
type file struct {
	name   string // from the root of the module
	text   string
	fset   *token.FileSet
	tree   *ast.File
	heads  map[int]string // by offset of the body of a function: what it begins with
	values map[int]*value // by offset of the value of a variable
	tail   string         // the broken functions
}

// declaration is a function, or a variable with its value.
type declaration struct {
	span
	name string // "(*World).crash"
	node ast.Node
	file *file
}

func (f *file) spanOf(n ast.Node) span {
	return span{from: f.fset.Position(n.Pos()).Offset, to: f.fset.Position(n.End()).Offset}
}

// line is the place of an offset, for people: "sim/crash.go:12".
func (f *file) line(offset int) string {
	return fmt.Sprintf("%s:%d", f.name, 1+strings.Count(f.text[:offset], "\n"))
}

func (d *declaration) cut(s span) string { return d.file.text[s.from:s.to] }

// source is the code of the module, a folder at a time.
type source struct {
	root    string
	folders map[string][]*declaration
}

// tree is the module that the tests are part of.
func tree() *source { return &source{filepath.Join("..", ".."), map[string][]*declaration{}} }

// find is the declaration that a place names.
func (s *source) find(place string) (*declaration, error) {
	folder, name, _ := strings.Cut(place, ".")
	list, err := s.read(folder)
	if err != nil {
		return nil, err
	}
	var found []*declaration
	for _, d := range list {
		if d.name == name {
			found = append(found, d)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, fmt.Errorf("%s has no function or variable %s; near:%s", folder, name, nearNames(list, name))
	}
	return nil, fmt.Errorf("%s has two declarations of %s", folder, name)
}

// read parses a folder, but for its tests.
func (s *source) read(folder string) ([]*declaration, error) {
	if list, ok := s.folders[folder]; ok {
		return list, nil
	}
	names, err := filepath.Glob(filepath.Join(s.root, filepath.FromSlash(folder), "*.go"))
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("%s holds no Go", folder)
	}
	var list []*declaration
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		f, err := parse(path.Join(folder, filepath.Base(name)), string(text))
		if err != nil {
			return nil, err
		}
		list = append(list, f.declarations()...)
	}
	s.folders[folder] = list
	return list, nil
}

func parse(name, text string) (f *file, err error) {
	f = &file{name: name, text: text, fset: token.NewFileSet(), heads: map[int]string{}, values: map[int]*value{}}
	f.tree, err = parser.ParseFile(f.fset, name, text, parser.SkipObjectResolution)
	return f, err
}

// declarations are those of a file that can be broken.
func (f *file) declarations() (list []*declaration) {
	for _, d := range f.tree.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			name := d.Name.Name
			if d.Recv != nil {
				name = typeName(d.Recv.List[0].Type) + "." + name
			}
			from := d.Type.Pos() // without the comment
			list = append(list, &declaration{span{from: f.fset.Position(from).Offset, to: f.spanOf(d).to}, name, d, f})
		case *ast.GenDecl:
			for _, s := range d.Specs {
				if v, ok := s.(*ast.ValueSpec); ok && d.Tok == token.VAR && len(v.Values) == len(v.Names) {
					for i, n := range v.Names {
						list = append(list, &declaration{f.spanOf(v.Values[i]), n.Name, v.Values[i], f})
					}
				}
			}
		}
	}
	return list
}

// typeName is the type of a receiver without its parameters.
func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return "(*" + typeName(e.X) + ")"
	case *ast.IndexExpr:
		return typeName(e.X)
	case *ast.IndexListExpr:
		return typeName(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// nearNames are the three declarations whose names are nearest to one, and where
// they are.
func nearNames(list []*declaration, name string) string {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *declaration) int {
		return distance(a.name, name) - distance(b.name, name)
	})
	var out strings.Builder
	for _, d := range list[:min(3, len(list))] {
		fmt.Fprintf(&out, "\n\t%s: %s", d.file.line(d.from), d.name)
	}
	return out.String()
}

// distance is how many letters must change, come or go to make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
