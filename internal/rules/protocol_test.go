package rules

import (
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const protocolPage = "docs/protocol.md"

// inCode is a name of the code as the page of the protocol has it: a room and a
// function, type or method, paxos.nextBallot or sim.World.post.
var inCode = regexp.MustCompile("`([a-z]+\\.(?:[A-Z][A-Za-z]*\\.)?[A-Za-z][A-Za-z0-9]*)`")

// TestProtocolPage: what docs/protocol.md names is there, functions and tests, and
// each rule names a test. That the page is whole is held in actors/paxos.
func TestProtocolPage(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, protocolPage))
	if err != nil {
		t.Fatal(err)
	}
	tr := readTree(t)
	named, missing := checkNamed(protocolPage, string(text), testsOfTree(t))
	report(t, missing)
	report(t, checkInCode(string(text), declaredIn(tr)))
	if named < 60 {
		t.Errorf("%s names %d tests only: this test looks at nothing", protocolPage, named)
	}
	for _, row := range regexp.MustCompile(`(?m)^\| (.+) \|$`).FindAllStringSubmatch(tablesOf(string(text), "held by"), -1) {
		cells := strings.Split(row[1], " | ")
		if last := cells[len(cells)-1]; last != "held by" && !testName.MatchString(last) {
			t.Errorf("%s: no test holds %q", protocolPage, cells[0])
		}
	}
}

// tablesOf is the tables of a page whose last column has that head, without the lines
// below their heads.
func tablesOf(text, head string) string {
	var out strings.Builder
	in := false
	for line := range strings.Lines(text) {
		switch {
		case strings.HasSuffix(strings.TrimSpace(line), "| "+head+" |"):
			in = true
		case !strings.HasPrefix(line, "|"):
			in = false
		case in && !strings.HasPrefix(line, "|---"):
			out.WriteString(line)
		}
	}
	return out.String()
}

// declaredIn is all that the rooms declare: "paxos.nextBallot", "sim.World.post".
func declaredIn(tr tree) map[string]bool {
	all := map[string]bool{}
	for dir, files := range tr.rooms {
		room := path.Base(dir)
		for _, f := range files {
			for _, d := range f.Decls {
				switch d := d.(type) {
				case *ast.FuncDecl:
					if d.Recv == nil {
						all[room+"."+d.Name.Name] = true
					} else {
						all[room+"."+receiverName(d.Recv.List[0].Type)+"."+d.Name.Name] = true
					}
				case *ast.GenDecl:
					for _, s := range d.Specs {
						if s, is := s.(*ast.TypeSpec); is {
							all[room+"."+s.Name.Name] = true
						}
					}
				}
			}
		}
	}
	// A method that an embedded field lends, or one of a part of the world.
	for name := range all {
		if parts := strings.Split(name, "."); len(parts) == 3 && parts[1] == "clients" {
			all[parts[0]+".World."+parts[2]] = true
		}
	}
	return all
}

// checkInCode says which names of the code are nowhere.
func checkInCode(text string, declared map[string]bool) (missing []string) {
	for _, m := range inCode.FindAllStringSubmatch(text, -1) {
		if !declared[m[1]] && !isFieldName(m[1]) {
			missing = append(missing, protocolPage+": there is no "+m[1])
		}
	}
	return missing
}

// isFieldName: a field of scenario files looks like a name of the code, and so does
// the form of a ballot.
func isFieldName(name string) bool {
	room, _, _ := strings.Cut(name, ".")
	return slices.Contains([]string{"network", "disk", "crashes", "quorums", "limits", "round"}, room)
}
