package rules

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// paxosWords are what the engine must not know. Comments may name Paxos: an
// example in words binds nothing.
var paxosWords = []string{"prepare", "promise", "acceptor", "proposer", "ballot", "nack", "paxos"}

// tellers are the rooms of the command that show runs of any protocol.
var tellers = []string{
	"memlimit", "metrics", "part", "plot", "report", "sweep", "table", "walk",
}

// knowsNoProtocol says whether the room must be free of them.
func knowsNoProtocol(dir string) bool {
	room, of := strings.CutPrefix(dir, "cmd/paxsim/internal/")
	return matches("scheduler/...", dir) || matches("sim/...", dir) || of && slices.Contains(tellers, room)
}

// checkWords looks at identifiers and at string literals, import paths apart.
func checkWords(fset *token.FileSet, files []*ast.File) []string {
	var out []string
	look := func(at token.Pos, s string) {
		if s == "NoPromise" { // of a plan, which is about time: see sim.Plan
			return
		}
		for _, w := range paxosWords {
			if strings.Contains(strings.ToLower(s), w) {
				out = append(out, fset.Position(at).String()+": "+s+": the engine knows no protocol, and so not the word "+w)
			}
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
