package rules

import (
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// strict says whether the room is part of a run: nothing there may depend on
// anything but the scenario and the source of choices.
func strict(dir string) bool {
	for _, free := range []string{"sim/campaign/...", "sim/explore/...", "sim/simtest/...", "sim/explain/view/..."} {
		if matches(free, dir) {
			return false
		}
	}
	return matches("scheduler/...", dir) || matches("sim/...", dir) || matches("actors/...", dir)
}

// deterministic are the packages of the standard library that a run may use:
// none of them asks a clock, chance, the machine or a lock for anything.
var deterministic = []string{
	"bufio", "bytes", "cmp", "encoding/base64", "encoding/binary", "encoding/hex", "encoding/json", "errors", "fmt", "io", "iter",
	"maps", "math", "math/bits", "path", "reflect", "regexp", "slices", "sort", "strconv", "strings", "unicode", "unicode/utf8",
}

// purity looks for what a room of a run must not do. What a rule cannot see
// without types, it finds by info.
type purity struct {
	fset  *token.FileSet
	info  *types.Info
	why   map[string]map[int]bool // by file: lines that carry a //sorted: reason
	found []string
}

func checkPure(fset *token.FileSet, files []*ast.File, info *types.Info) []string {
	p := &purity{fset: fset, info: info, why: map[string]map[int]bool{}}
	for _, f := range files {
		p.header(f)
		var stack []ast.Node
		ast.Inspect(f, func(n ast.Node) bool {
			if n == nil {
				stack = stack[:len(stack)-1]
				return true
			}
			p.node(n, stack)
			stack = append(stack, n)
			return true
		})
	}
	p.floats()
	slices.Sort(p.found)
	return slices.Compact(p.found)
}

func (p *purity) add(n token.Pos, format string, args ...any) {
	p.found = append(p.found, p.fset.Position(n).String()+": "+fmt.Sprintf(format, args...))
}

// exceptions are the files that may use one package more.
var exceptions = []struct{ file, target string }{
	{"sim/panic.go", "runtime"},                   // for the calls that led to a panic, told by function, file and line
	{"sim/explain/stepper/stepper.go", "context"}, // for who ends what takes long: what comes of a run does not depend on it
	{"sim/explain/play/session.go", "context"},    // likewise
	{"sim/explain/play/host.go", "context"},
	{"sim/story/shrink.go", "context"}, // likewise
	{"sim/story/record.go", "context"},
	{"sim/story/play.go", "context"},
	{"sim/story/decisive.go", "context"},
	{"sim/story/clock.go", "context"},
	{"sim/plain/share.go", "unsafe"}, // as walk.go
	{"sim/plain/walk.go", "unsafe"},  // for the fields of values that have no exported name: what they hold is read and copied, and no address is told
	{"sim/around.go", "sync"},        // a lock that lets no two worlds use one library at a time: what comes of a run does not depend on it
}

// excepted says whether a file is one that may use a package.
func excepted(name, target string) bool {
	for _, x := range exceptions {
		if strings.HasSuffix(name, x.file) && target == x.target {
			return true
		}
	}
	return false
}

// header looks at imports and comments.
func (p *purity) header(f *ast.File) {
	name := p.fset.Position(f.Pos()).Filename
	p.why[name] = map[int]bool{}
	for _, spec := range f.Imports {
		target, _ := strconv.Unquote(spec.Path.Value)
		if !strings.HasPrefix(target, module) && !slices.Contains(deterministic, target) && !excepted(name, target) {
			p.add(spec.Pos(), "a run may not use package %s", target)
		}
		if spec.Name != nil && spec.Name.Name == "." {
			p.add(spec.Pos(), "an import that hides where names come from")
		}
	}
	for _, g := range f.Comments {
		for _, c := range g.List {
			if reason, ok := strings.CutPrefix(c.Text, "//sorted:"); ok && strings.TrimSpace(reason) != "" {
				p.why[name][p.fset.Position(c.Pos()).Line] = true
			}
			if constraint.IsGoBuild(c.Text) || constraint.IsPlusBuild(c.Text) {
				p.add(c.Pos(), "a build constraint: a run is the same source on every machine")
			}
			if strings.HasPrefix(c.Text, "//go:linkname") {
				p.add(c.Pos(), "a linkname reaches around every rule")
			}
		}
	}
	stem := strings.TrimSuffix(filepath.Base(name), ".go")
	if i := strings.LastIndex(stem, "_"); i >= 0 && slices.Contains(machines, stem[i+1:]) {
		p.add(f.Pos(), "the file's name is a build constraint: a run is the same source on every machine")
	}
}

var machines = strings.Fields("aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 windows " +
	"386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm")

func (p *purity) node(n ast.Node, stack []ast.Node) {
	switch n := n.(type) {
	case *ast.GoStmt:
		p.add(n.Pos(), "a goroutine")
	case *ast.SelectStmt:
		p.add(n.Pos(), "a select: it picks by chance")
	case *ast.ChanType:
		p.add(n.Pos(), "a channel")
	case *ast.SendStmt:
		p.add(n.Pos(), "a send on a channel")
	case *ast.UnaryExpr:
		if n.Op == token.ARROW {
			p.add(n.Pos(), "a receive from a channel")
		}
	case *ast.RangeStmt:
		if mayBeMap(p.info.TypeOf(n.X)) && !p.justified(n.Pos()) {
			p.add(n.Pos(), "a range over a map: sort first, or say on this line why the order cannot matter: //sorted: …")
		}
	case *ast.SelectorExpr:
		p.mapOrder(n, stack)
	case *ast.AssignStmt:
		for _, e := range n.Lhs {
			p.write(e)
		}
	case *ast.IncDecStmt:
		p.write(n.X)
	case *ast.Ident:
		if obj := p.info.Uses[n]; obj != nil && obj.Parent() == types.Universe && slices.Contains(floating, n.Name) {
			p.add(n.Pos(), "%s: floating point differs between machines", n.Name)
		}
	}
}

// unordered is what of package reflect depends on map order, on addresses, or
// on chance.
var unordered = []string{"MapKeys", "MapRange", "Seq", "Seq2", "Pointer", "UnsafePointer", "UnsafeAddr", "Select", "Send", "Recv"}

var floating = []string{"float32", "float64", "complex64", "complex128", "complex", "real", "imag"}

func (p *purity) justified(at token.Pos) bool {
	pos := p.fset.Position(at)
	return p.why[pos.Filename][pos.Line]
}

func mayBeMap(t types.Type) bool {
	if t == nil {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Map:
		return true
	case *types.Interface: // the constraint of a type parameter
		for e := range u.EmbeddedTypes() {
			switch e := e.(type) {
			case *types.Union:
				for t := range e.Terms() {
					if mayBeMap(t.Type()) {
						return true
					}
				}
			default:
				if mayBeMap(e) {
					return true
				}
			}
		}
	}
	return false
}

// mapOrder finds what walks over a map in disguise.
func (p *purity) mapOrder(n *ast.SelectorExpr, stack []ast.Node) {
	obj := p.info.Uses[n.Sel]
	if obj == nil || obj.Pkg() == nil {
		return
	}
	if _, call := obj.(*types.Func); call && obj.Pkg().Path() == "reflect" && slices.Contains(unordered, obj.Name()) {
		p.add(n.Pos(), "reflect's %s: it tells what differs from run to run", obj.Name())
	}
	if obj.Pkg().Path() != "maps" || !slices.Contains([]string{"All", "Keys", "Values", "DeleteFunc", "EqualFunc"}, obj.Name()) {
		return
	}
	// slices.Sorted(maps.Keys(m)): the call of Keys is the argument of Sorted.
	if len(stack) >= 2 {
		if outer, ok := stack[len(stack)-2].(*ast.CallExpr); ok {
			if s, ok := outer.Fun.(*ast.SelectorExpr); ok {
				if f := p.info.Uses[s.Sel]; f != nil && f.Pkg() != nil && f.Pkg().Path() == "slices" && strings.HasPrefix(f.Name(), "Sorted") {
					return
				}
			}
		}
	}
	if !p.justified(n.Pos()) {
		p.add(n.Pos(), "maps.%s gives things in no order: sort them (slices.Sorted), or say on this line why that cannot matter: //sorted: …", obj.Name())
	}
}

// write finds assignments to package variables: a run would leave something
// to the next.
func (p *purity) write(e ast.Expr) {
	for {
		switch x := e.(type) {
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		case *ast.SelectorExpr:
			if v, ok := p.info.Uses[x.Sel].(*types.Var); ok && !v.IsField() {
				e = x.Sel
				continue
			}
			e = x.X
		case *ast.Ident:
			if v, ok := p.info.Uses[x].(*types.Var); ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
				p.add(x.Pos(), "a write to the package variable %s: it would outlive the run", x.Name)
			}
			return
		default:
			return
		}
	}
}

// floats finds expressions of a floating type. A literal such as 1e9 that
// stands for a whole number is none.
func (p *purity) floats() {
	for e, tv := range p.info.Types {
		if b, ok := types.Unalias(tv.Type).(*types.Basic); ok && b.Info()&(types.IsFloat|types.IsComplex) != 0 {
			p.add(e.Pos(), "an expression of type %v: floating point differs between machines", b)
		} else if b, ok := tv.Type.Underlying().(*types.Basic); ok && b.Info()&(types.IsFloat|types.IsComplex) != 0 {
			p.add(e.Pos(), "an expression of type %v: floating point differs between machines", tv.Type)
		}
	}
}
