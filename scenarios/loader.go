package scenarios

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// given is what of a scenario must be known to read and write the rest.
type given struct {
	tick   int64 // nanoseconds; 0: not known, so that no time can be checked
	actors int   // 0: not known
	fields []about
}

// loader is the state of reading one file.
type loader struct {
	given
	file     string
	lines    []string
	planned  bool                    // whether the protocol is asked, too
	told     bool                    // the file is a story
	from     map[*yaml.Node]Override // nodes that are not in a file
	homes    map[*yaml.Node]*home    // nodes that are in the file of a base
	spoiled  map[*yaml.Node]bool     // what is wrong here is reported already
	bad      map[string]bool         // the paths at which there are mistakes
	above    map[string]bool         // the paths above them
	mistakes []noted
	more     int // mistakes that are counted only
}

func newLoader(file string, lines []string) *loader {
	return &loader{
		file: file, lines: lines,
		from: map[*yaml.Node]Override{}, homes: map[*yaml.Node]*home{}, spoiled: map[*yaml.Node]bool{},
		bad: map[string]bool{}, above: map[string]bool{},
	}
}

// noteBad remembers that there is a mistake at a path.
func (l *loader) noteBad(path string) {
	l.bad[path] = true
	for i, c := range path {
		if c == '.' {
			l.above[path[:i]] = true
		}
	}
}

// wrong says whether there is a mistake at a path, above it or below it.
func (l *loader) wrong(path string) bool {
	for i, c := range path {
		if c == '.' && l.bad[path[:i]] {
			return true
		}
	}
	return l.bad[path] || l.above[path]
}

// noted is a mistake, and where it is.
type noted struct {
	Mistake
	in *home // nil: in the file itself
}

// add notes a mistake, unless there are too many to tell.
func (l *loader) add(m Mistake, in *home) {
	if len(l.mistakes) < 10*maxMistakes {
		l.mistakes = append(l.mistakes, noted{m, in})
	} else {
		l.more++
	}
}

// fail notes a mistake in the value of a field.
func (l *loader) fail(n *yaml.Node, path, format string, args ...any) {
	l.noteBad(path)
	l.tell(n, path, format, args...)
}

// tell is fail for what others need not know.
func (l *loader) tell(n *yaml.Node, path, format string, args ...any) {
	if l.spoiled[n] {
		return
	}
	text := fmt.Sprintf(format, args...)
	if path != "" {
		text = clip(path) + ": " + text
	}
	if o, ok := l.from[n]; ok {
		l.add(Mistake{File: o.String(), Excerpt: o.excerpt(n.Line, n.Column), Message: text}, nil)
		return
	}
	file, in := l.file, l.homes[n]
	if in != nil {
		file = in.file
	}
	l.add(Mistake{File: file, Line: n.Line, Column: n.Column, Message: text}, in)
}
