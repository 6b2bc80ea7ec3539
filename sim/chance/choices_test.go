package chance_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
)

// TestQuestionsHaveNamesOfTheirOwn reads the table of choices: with the numbers that
// its comments reserve after them ("+1..3"), no two choices have the same, and all
// fit into a key.
func TestQuestionsHaveNamesOfTheirOwn(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "choices.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	owner := map[int]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		first, err := strconv.Atoi(v.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		last := first
		if _, more, ok := strings.Cut(v.Comment.Text(), "+"); ok {
			var from, to int
			if _, err := fmt.Sscanf(more, "%d..%d", &from, &to); err != nil || from > 1 {
				t.Fatalf("%s: the numbers after it: %q", v.Names[0], more)
			}
			last += to
		}
		for n := first; n <= last; n++ {
			if owner[n] != "" || n > scheduler.MaxWhat {
				t.Errorf("choice %d is %s, and %s: the greatest is %d", n, owner[n], v.Names[0], scheduler.MaxWhat)
			}
			owner[n] = v.Names[0].Name
		}
		return true
	})
	if len(owner) < 40 || owner[chance.Protocol+15] != "Protocol" || owner[chance.Forged+3] != "Forged" || owner[chance.CrashAnswer] != "CrashAnswer" {
		t.Errorf("the table is not read: %v", owner)
	}
}
