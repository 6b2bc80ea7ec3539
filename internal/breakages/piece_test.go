package breakages

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/scanner"
	"go/token"
	"slices"
	"strings"
)

// span is a part of a file, in bytes.
type span struct {
	from, to int
	element  bool // of a list in braces; else a statement or an expression
}

func (s span) holds(o span) bool { return s.from <= o.from && o.to <= s.to }

// word is a token of Go with its place. Comments are none, and neither are
// semicolons: so a piece is found however the code is laid out.
type word struct {
	text string
	at   span
}

func hashOf(text string) []word {
	var list []word
	var s scanner.Scanner
	fset := token.NewFileSet()
	s.Init(fset.AddFile("", fset.Base(), len(text)), []byte(text), func(token.Position, string) {}, 0)
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return list
		}
		if tok == token.SEMICOLON {
			continue
		}
		if lit == "" {
			lit = tok.String()
		}
		from := fset.Position(pos).Offset
		list = append(list, word{lit, span{from: from, to: from + len(lit)}})
	}
}

// occurrences are the places where a declaration holds a piece.
func (d *declaration) occurrences(piece string) []span {
	want := hashOf(piece)
	if len(want) == 0 {
		return nil
	}
	all := hashOf(d.cut(d.span))
	var list []span
	for i := 0; i+len(want) <= len(all); i++ {
		is := all[i : i+len(want)]
		if slices.EqualFunc(is, want, func(a, b word) bool { return a.text == b.text }) {
			list = append(list, span{from: d.from + is[0].at.from, to: d.from + is[len(is)-1].at.to})
		}
	}
	return list
}

// only is the one place of a kind that holds the piece.
func (d *declaration) only(piece, kind string, of func(ast.Node, func(ast.Node) span) []span) (span, error) {
	list := of(d.node, d.file.spanOf)
	var found []span
	for _, o := range d.occurrences(piece) {
		least := span{from: -1}
		for _, s := range list {
			if s.holds(o) && (least.from < 0 || least.holds(s)) {
				least = s
			}
		}
		if least.from >= 0 && !slices.Contains(found, least) {
			found = append(found, least)
		}
	}
	return d.one(piece, kind, found)
}

// exactly is the one expression, statement or row of statements that is the
// piece.
func (d *declaration) exactly(piece string) (span, error) {
	list := wholes(d.node, d.file.spanOf)
	var found []span
	for _, o := range d.occurrences(piece) {
		if slices.ContainsFunc(list, func(s span) bool { return s.from == o.from && s.to == o.to }) {
			found = append(found, o)
		}
	}
	return d.one(piece, "whole expression or statement", found)
}

// one is the only one of the places that were found, or says what is there
// instead.
func (d *declaration) one(piece, kind string, found []span) (span, error) {
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return span{}, fmt.Errorf("no %s has %q; near:%s", kind, piece, d.lines(d.near(piece)))
	}
	return span{}, fmt.Errorf("%q means %d places; say more of the one that is meant:%s", piece, len(found), d.lines(found))
}

// lines shows where places are and how each begins.
func (d *declaration) lines(list []span) string {
	var out strings.Builder
	for _, s := range list {
		first, _, _ := strings.Cut(d.cut(s), "\n")
		fmt.Fprintf(&out, "\n\t%s: %s", d.file.line(s.from), first)
	}
	return out.String()
}

// near are the three statements, or elements, that have the most words in common
// with a piece.
func (d *declaration) near(piece string) []span {
	want := map[string]bool{}
	for _, w := range hashOf(piece) {
		if token.IsIdentifier(w.text) {
			want[w.text] = true
		}
	}
	list := droppable(d.node, d.file.spanOf)
	common := func(s span) int {
		first, _, _ := strings.Cut(d.cut(s), "\n")
		seen := map[string]bool{}
		for _, w := range hashOf(first) {
			if want[w.text] {
				seen[w.text] = true
			}
		}
		return len(seen)
	}
	slices.SortStableFunc(list, func(a, b span) int {
		return cmp.Or(common(b)-common(a), a.to-a.from-(b.to-b.from))
	})
	return list[:min(3, len(list))]
}

// withComma is an element with the comma behind it, if there is one.
func (d *declaration) withComma(s span) span {
	for _, w := range hashOf(d.file.text[s.to:d.to])[:1] {
		if w.text == "," {
			s.to += w.at.to
		}
	}
	return s
}
