package scenarios

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A file may say what it is like: base. What it does not say itself, its base
// says; and the base may have a base.
//
//	file:  network: {loss: 60%}             network: {delay: 1ms..20ms, loss: 60%}
//	base:  network: {delay: 1ms..20ms,  -->
//	                 loss: 30%}

const (
	baseKey  = "base"
	baseDoc  = "the scenario that this one is like; what this file says counts before it"
	baseTake = "a scenario of the library, or a file such as ./mine.yaml"
)

// maxBases is how many bases a chain of them may have.
const maxBases = 8

// home is a file that a base was read from.
type home struct {
	file  string // the name that its mistakes have
	lines []string
	depth int // 1: the base of the file itself
}

// place is where a text is, as far as that matters to the bases that it names.
type place struct {
	id  string // no two files have the same
	top string // no base outside of this folder is read; "": the library alone is in reach
	at  string // the file as seen from there, with slashes
}

// placeOf is the place of what was opened by a name.
func placeOf(nameOrPath string) place {
	if !isPath(nameOrPath) {
		return place{id: nameOrPath}
	}
	at := filepath.Base(nameOrPath)
	return place{id: "./" + at, top: filepath.Dir(nameOrPath), at: at}
}

// open finds a base that a file at this place names. wrong tells why there is
// none.
func (p place) open(name string) (next place, h home, text, wrong string) {
	if !isPath(name) {
		if !inLibrary(name) {
			hint := didYouMean(name, Names())
			if hint == "" {
				hint = "; a file is written as ./NAME.yaml"
			}
			return next, h, "", fmt.Sprintf("there is no scenario %q in the library%s", clip(name), hint)
		}
		text, err := libraryText(name)
		if err != nil {
			wrong = err.Error()
		}
		return place{id: name}, home{file: name + ending}, text, wrong
	}
	at := path.Join(path.Dir(p.at), name)
	switch {
	case p.top == "":
		return next, h, "", fmt.Sprintf("%s is out of reach: what is read here is in no folder, and can be like a scenario of the library only", clip(name))
	case path.IsAbs(name) || !filepath.IsLocal(filepath.FromSlash(at)):
		return next, h, "", fmt.Sprintf("%s is out of reach: a base is in the folder of the file that is read, or below it", clip(name))
	}
	next, h.file = place{id: "./" + at, top: p.top, at: at}, filepath.Join(p.top, filepath.FromSlash(at))
	folder, err := os.OpenRoot(p.top)
	if err != nil {
		return next, h, "", fmt.Sprintf("the folder of the file cannot be read: %v", cause(err))
	}
	defer func() { _ = folder.Close() }() // nothing was written
	text, err = readFile(h.file, func(string) (fs.FileInfo, error) { return folder.Stat(filepath.FromSlash(at)) },
		func(string) (*os.File, error) { return folder.Open(filepath.FromSlash(at)) })
	var bad *Errors
	switch {
	case errors.As(err, &bad):
		wrong = clip(name) + ": " + bad.Mistakes[0].Message
	case err != nil:
		wrong = fmt.Sprintf("%s cannot be read: %v", clip(name), cause(err))
	}
	return next, h, text, wrong
}

// cause is an error without the operation and the path that it failed on.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// based puts what the bases of a file say below what it says itself. It says
// whether to go on: where a base cannot be had, the rest would look wrong.
func (l *loader) based(ps Protocols, root *yaml.Node, here place, chain []string) bool {
	n := child(root, baseKey)
	if n == nil {
		return true
	}
	name, ok := l.scalar(n, baseKey, baseTake)
	if !ok {
		return false
	}
	if len(root.Content) < 4 || root.Content[3] != n {
		l.fail(n, baseKey, "is not at the head: put it right below %s: %d", formatKey, Format)
	}
	drop(root, baseKey)
	if again := child(root, baseKey); again != nil {
		l.fail(again, baseKey, "the key is here twice")
		return false
	}
	if len(chain) > maxBases {
		l.fail(n, baseKey, "more than %d bases on one another", maxBases)
		return false
	}
	next, h, text, wrong := here.open(name)
	switch {
	case wrong != "":
		l.fail(n, baseKey, "%s", wrong)
		return false
	case slices.Contains(chain, next.id):
		l.fail(n, baseKey, "a circle of bases: %s", clipped(append(chain, next.id), " is like "))
		return false
	}
	base := l.readBase(&h, text, len(chain))
	if base == nil || !l.based(ps, base, next, append(chain, next.id)) {
		return false
	}
	drop(base, formatKey)
	drop(base, "group") // says where in the library the base is
	withoutNone(root, base, ps.sections())
	l.lay(root, base, "")
	return true
}

func clipped(words []string, between string) string {
	shown := make([]string, len(words))
	for i, w := range words {
		shown[i] = clip(w)
	}
	return strings.Join(shown, between)
}

// readBase makes nodes of the text of a base, or notes why it cannot.
func (l *loader) readBase(h *home, text string, depth int) *yaml.Node {
	text = strings.TrimPrefix(text, "\ufeff")
	h.lines, h.depth = splitLines(text), depth
	root, wrong := parse(h.file, text, h.lines)
	if wrong != nil {
		l.add(*wrong, h)
		return nil
	}
	l.pin(root, h)
	foreign(root, l.spoil)
	if root.Kind != yaml.MappingNode {
		l.fail(root, "", "expected keys and values, beginning with %s: %d, not %s", formatKey, Format, describe(root))
		return nil
	}
	if !l.format(root) {
		return nil
	}
	return root
}

// pin remembers from which file nodes come.
func (l *loader) pin(n *yaml.Node, h *home) {
	l.homes[n] = h
	for _, c := range n.Content {
		l.pin(c, h)
	}
}

// lay puts a mapping on top of that of a base. Where both say something, the upper one
// counts. Sections, and faults of the same name, are laid on one another in the same way.
// None takes one of the base out. Order is the base's; what only the upper one says comes
// last.
func (l *loader) lay(n, base *yaml.Node, path string) {
	merged := slices.Clone(base.Content)
	where := map[string]int{}
	for i := 0; i+1 < len(merged); i += 2 {
		if _, twice := where[merged[i].Value]; !twice && merged[i].Kind == yaml.ScalarNode {
			where[merged[i].Value] = i
		}
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at, there := where[key.Value]
		switch {
		case key.Kind != yaml.ScalarNode || !there:
			if path == "faults" && isNone(value) {
				hint := ""
				if len(l.mistakes) < maxMistakes && len(base.Content) <= 2*maxFaults { // else nobody reads it
					hint = didYouMean(key.Value, keyNames(base))
				}
				l.fail(value, join(path, key.Value), "the base has no fault of this name to take out%s", hint)
				continue
			}
			merged = append(merged, key, value)
			continue
		case merged[at+1].Kind != yaml.MappingNode || !inParts(join(path, key.Value)):
		case isNone(value):
			merged[at] = nil
		case value.Kind == yaml.MappingNode && len(value.Content) > 0 && !asOne(join(path, key.Value)):
			l.lay(value, merged[at+1], join(path, key.Value))
			if len(value.Content) == 0 {
				merged[at] = nil
			}
		}
		delete(where, key.Value) // a second one is reported as such
		if merged[at] != nil {
			merged[at], merged[at+1] = key, value
		}
	}
	n.Content = n.Content[:0:0]
	for i := 0; i+1 < len(merged); i += 2 {
		if merged[i] != nil {
			n.Content = append(n.Content, merged[i], merged[i+1])
		}
	}
}

// withoutNone drops the keys that take a section out of a base which has none.
func withoutNone(root, base *yaml.Node, sections []string) {
	for _, name := range sections {
		if n := child(root, name); n != nil && isNone(n) && child(base, name) == nil {
			drop(root, name)
		}
	}
}

// sections are the keys of files that hold keys.
func (ps Protocols) sections() (names []string) {
	for _, name := range ps.Names() {
		p, _ := ps.Find(name)
		for _, f := range table(p) {
			if (f.parts != nil || f.named) && !slices.Contains(names, f.name) {
				names = append(names, f.name)
			}
		}
	}
	return names
}

// inParts says whether what is at a path may be taken out, or be laid on what the
// base has there: a section, or a fault by the script. Any other mapping is a
// value.
func inParts(path string) bool {
	name, ok := strings.CutPrefix(path, "faults.")
	return !strings.Contains(name, ".") && (ok || name == path)
}

// asOne says whether what a file says at a path takes the place of all that its
// base says there: half of an expectation or of a premise is neither.
func asOne(path string) bool { return path == "expect" || path == "premise" }

func isNone(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Value == none }

// keyNames are the keys of a mapping that are words.
func keyNames(n *yaml.Node) (list []string) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Kind == yaml.ScalarNode {
			list = append(list, n.Content[i].Value)
		}
	}
	return list
}
