package prose

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// Passage is a text in a Go file that somebody reads.
type Passage struct {
	Line int
	Kind Kind
	Text string
}

// Kind says who reads a passage.
type Kind int

// The kinds of passages. Authors of protocols read Exported in the documentation of a
// package. Users of the command read Said. People who change the code read Inside.
const (
	Exported Kind = iota // of a package, or of an exported name
	Said                 // a text in the code: an error, help, a caption
	Inside               // every other comment
)

func (k Kind) String() string { return [...]string{"doc comment", "text", "comment"}[k] }

// Passages are those of a Go file, in the order of the file.
func Passages(name string, source []byte) ([]Passage, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var list []Passage
	public := map[*ast.CommentGroup]bool{file.Doc: true}
	quiet := map[*ast.BasicLit]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			public[n.Doc] = n.Name.IsExported()
		case *ast.GenDecl:
			public[n.Doc] = exportsAny(n)
		case *ast.TypeSpec:
			public[n.Doc], public[n.Comment] = n.Name.IsExported(), n.Name.IsExported()
		case *ast.ValueSpec:
			public[n.Doc], public[n.Comment] = anyExported(n.Names), anyExported(n.Names)
		case *ast.Field:
			public[n.Doc], public[n.Comment] = anyExported(n.Names), anyExported(n.Names)
			if n.Tag != nil {
				quiet[n.Tag] = true
				list = append(list, Passage{files.Position(n.Tag.Pos()).Line, Said, help(n.Tag)})
			}
		case *ast.ImportSpec:
			quiet[n.Path] = true
		case *ast.BasicLit:
			if n.Kind == token.STRING && !quiet[n] {
				text, _ := strconv.Unquote(n.Value)
				list = append(list, Passage{files.Position(n.Pos()).Line, Said, text})
			}
		}
		return true
	})
	for _, c := range file.Comments {
		kind := Inside
		if public[c] {
			kind = Exported
		}
		list = append(list, Passage{files.Position(c.Pos()).Line, kind, c.Text()})
	}
	return list, nil
}

// help is what a tag of a flag shows to a user.
func help(tag *ast.BasicLit) string {
	text, _ := strconv.Unquote(tag.Value)
	return reflect.StructTag(text).Get("help")
}

func exportsAny(d *ast.GenDecl) bool {
	for _, s := range d.Specs {
		switch s := s.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() {
				return true
			}
		case *ast.ValueSpec:
			if anyExported(s.Names) {
				return true
			}
		}
	}
	return false
}

func anyExported(names []*ast.Ident) bool {
	for _, n := range names {
		if n.IsExported() {
			return true
		}
	}
	return false
}

// OfPassage measures a passage of a Go file. What is indented in a comment is code. A
// sentence may begin with a name in small letters, as parameters have them.
func OfPassage(p Passage) Measure {
	if p.Kind == Said {
		return of(strings.ReplaceAll(p.Text, "`", ""), ended)
	}
	var kept strings.Builder
	for line := range strings.Lines(p.Text) {
		if !strings.HasPrefix(line, "\t") && !strings.HasPrefix(line, "    ") {
			kept.WriteString(line)
		}
	}
	return of(kept.String(), ended)
}

var short = regexp.MustCompile(`\b(?:e\.g|i\.e|cf|etc|vs|resp)\.$`)

// ended says whether a full stop ends a sentence, whatever is next.
func ended(before, _ string) bool { return !short.MatchString(before) }
