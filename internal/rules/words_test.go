package rules

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"
)

// paxosWords are what only the rooms of Paxos know. Comments may name Paxos: an
// example in words binds nothing. Quorum, round and decide are everybody's.
var paxosWords = regexp.MustCompile(`(?i)paxos|prepare|promise|\bacceptor|\baccept(ed)?\b|nack|proposer|ballot`)

// paxosRooms are those of Paxos, the twins and measures of the benchmarks, examples,
// and what is for tests alone; the Promise of internal/chromium is that of JavaScript.
// The texts of the command's main are its help.
var paxosRooms = []string{
	"actors/...", "scenarios/library", "bench/...", "examples/...", "cmd/paxsim", "internal/anyscenario", "internal/votes", "internal/chromium",
}

// knowsNoProtocol says whether the room must be free of them.
func knowsNoProtocol(dir string) bool {
	return !slices.ContainsFunc(paxosRooms, func(room string) bool { return matches(room, dir) })
}

// humps are where a name has the next word.
var humps = regexp.MustCompile(`([a-z])([A-Z])`)

// checkWords looks at identifiers and at string literals, import paths apart.
func checkWords(fset *token.FileSet, files []*ast.File) []string {
	var out []string
	look := func(at token.Pos, s string) {
		plain := humps.ReplaceAllString(strings.ReplaceAll(s, "paxsim", ""), "$1 $2")
		if w := paxosWords.FindString(plain); w != "" {
			out = append(out, fset.Position(at).String()+": "+s+": only the rooms of Paxos know the word "+strings.ToLower(w))
		}
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.Ident:
				look(n.Pos(), n.Name)
			case *ast.BasicLit:
				if n.Kind == token.STRING {
					look(n.Pos(), n.Value)
				}
			}
			return true
		})
	}
	return out
}
