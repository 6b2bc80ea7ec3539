package rules

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

const module = "github.com/paxsim/paxsim"

// rooms is who may import whom. The longest matching name counts; a name that
// ends in /... stands for all rooms below it and for itself.
var rooms = []struct {
	room string
	may  []string // rooms
	libs []string // modules other than the standard library
}{
	{"scheduler", []string{"scheduler/internal/far"}, nil},
	{"scheduler/internal/far", nil, nil},
	{"sim", with(parts, "scheduler"), nil},
	{"sim/ids", nil, nil},
	{"sim/shown", []string{"sim/ids"}, nil},
	{"sim/abilities", []string{"sim/ids", "sim/shown"}, nil},
	{"sim/observe", []string{"scheduler", "sim/ids", "sim/shown"}, nil},
	{"sim/board", []string{"sim/ids", "sim/observe"}, nil},
	{"sim/quorums", nil, nil},
	{"sim/plain", []string{"sim/ids"}, nil},
	{"sim/zoo", nil, nil},
	{"sim/aims", []string{"sim/ids"}, nil},
	{"sim/partitions", []string{"sim/ids", "sim/aims"}, nil},
	{"sim/triggers", []string{"sim/ids"}, nil},
	{"sim/chance", []string{"scheduler"}, nil},
	{"sim/delays", []string{"scheduler"}, nil},
	{"sim/weather", []string{"scheduler", "sim/chance", "sim/delays"}, nil},
	{"sim/links", []string{"scheduler", "sim/chance", "sim/weather"}, nil},
	{"sim/disks", []string{"scheduler"}, nil},
	{"sim/faults", []string{"scheduler", "sim/ids", "sim/aims", "sim/partitions", "sim/triggers", "sim/delays", "sim/weather"}, nil},
	{"sim/search", []string{"scheduler"}, nil},
	{"sim/trace", with(parts, "sim", "scheduler"), nil},
	{"sim/story", with(inside, "sim/campaign", "internal/words"), nil},
	{"sim/campaign/...", inside, nil},
	{"sim/explore/...", inside, nil},
	{"sim/explain/...", with(inside, "sim/explain/...", "internal/terminal", "internal/words"), nil},
	{"sim/simtest/...", with(inside, "sim/campaign", "sim/story", "sim/explain/tell", "sim/explain/grid", "sim/explain/view", "sim/explain/export"), nil},
	{"actors/...", with(parts, "sim", "scheduler"), nil}, // and along its own branch
	{"actors/paxos/mutants", with(parts, "sim", "scheduler", "actors/paxos/guide"), nil},
	{"scenarios/...", with(parts, "scheduler", "sim", "sim/story", "actors/...", "scenarios/...", "internal/words", "internal/yamldoc"), []string{"go.yaml.in/yaml/v4"}},
	{"scenarios/library", nil, nil},
	{"scenarios/load", everything, nil},
	{"cmd/paxsim/...", with(everything, "cmd/paxsim/...", "internal/terminal", "internal/words", "internal/yamldoc"), []string{
		"github.com/olekukonko/tablewriter", "github.com/spf13/cobra", "github.com/spf13/pflag", "go.yaml.in/yaml/v4",
		"github.com/google/jsonschema-go", "github.com/HdrHistogram/hdrhistogram-go", "golang.org/x/sys", "golang.org/x/term", "github.com/clipperhouse/displaywidth",
	}},
	{"bench/...", with(everything, "bench/..."), nil},
	{"examples/...", everything, nil},
	{"internal/...", []string{"internal/..."}, nil},
	{"internal/yamldoc", nil, []string{"go.yaml.in/yaml/v4"}},
	{"internal/chromium", nil, nil},                                        // for tests alone
	{"internal/played", with(parts, "scheduler", "sim", "sim/trace"), nil}, // for tests alone
	{"internal/naive", with(parts, "scheduler", "sim"), nil},               // for tests alone
	{"internal/minimal", []string{"sim", "sim/faults", "sim/story"}, nil},  // for tests alone
	{"internal/votes", with(parts, "sim"), nil},                            // for tests alone
	{"internal/anyscenario", with(everything, "internal/..."), []string{"go.yaml.in/yaml/v4"}},
}

var (
	// parts are those of a world: plain data, and functions.
	parts = []string{
		"sim/ids", "sim/shown", "sim/abilities", "sim/observe", "sim/board", "sim/quorums", "sim/aims", "sim/partitions", "sim/triggers", "sim/chance", "sim/delays", "sim/weather", "sim/links", "sim/disks",
		"sim/faults", "sim/search", "sim/zoo", "sim/plain",
	}
	inside     = with(parts, "scheduler", "sim", "sim/trace", "sim/story")
	everything = []string{"scheduler", "sim/...", "actors/...", "scenarios/..."}
)

// with is a list of rooms and some more.
func with(list []string, more ...string) []string { return slices.Concat(list, more) }

// topLevel is what the root of the module holds, dot-files apart.
var topLevel = []string{"actors", "bench", "cmd", "docs", "examples", "internal", "scenarios", "scheduler", "sim", "testdata"}

// oneFile are libraries that a single file may import, to keep them
// replaceable.
var oneFile = []string{"github.com/olekukonko/tablewriter"}

// matches says whether dir is the room of that name.
func matches(name, dir string) bool {
	if stem, ok := strings.CutSuffix(name, "/..."); ok {
		return dir == stem || strings.HasPrefix(dir, stem+"/")
	}
	return dir == name
}

// within says whether pkg is a package of the library.
func within(library, pkg string) bool {
	return pkg == library || strings.HasPrefix(pkg, library+"/")
}

func checkImports(fset *token.FileSet, dir string, files []*ast.File) []string {
	var out []string
	best := -1
	for i, r := range rooms {
		if matches(r.room, dir) && (best < 0 || len(r.room) > len(rooms[best].room)) {
			best = i
		}
	}
	if best < 0 {
		return []string{dir + ": this room is not in the table of rooms"}
	}
	r := rooms[best]
	for _, f := range files {
		for _, spec := range f.Imports {
			target, _ := strconv.Unquote(spec.Path.Value)
			to, ours := strings.CutPrefix(target, module+"/")
			first, _, _ := strings.Cut(target, "/")
			var ok bool
			switch {
			case target == module:
			case ours:
				ok = slices.ContainsFunc(r.may, func(name string) bool { return matches(name, to) }) ||
					strings.HasPrefix(dir, "actors") && (within(to, dir) || within(dir, to))
			case !strings.Contains(first, "."): // the standard library
				ok = target != "C"
			default:
				ok = slices.ContainsFunc(r.libs, func(lib string) bool { return within(lib, target) })
			}
			if !ok {
				out = append(out, fset.Position(spec.Pos()).String()+": "+dir+" may not import "+target)
			}
		}
	}
	return out
}

// checkOneFile holds the libraries of which one file is to have the use.
func checkOneFile(fset *token.FileSet, files []*ast.File) []string {
	var out []string
	for _, lib := range oneFile {
		var users []string
		for _, f := range files {
			if slices.ContainsFunc(f.Imports, func(s *ast.ImportSpec) bool {
				target, _ := strconv.Unquote(s.Path.Value)
				return within(lib, target)
			}) {
				users = append(users, fset.Position(f.Pos()).Filename)
			}
		}
		if len(users) > 1 {
			out = append(out, lib+" is imported by more than one file: "+strings.Join(users, ", "))
		}
	}
	return out
}
