package rules

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestClaims holds what docs/claims.md and docs/architecture.md name against the
// tree: a claim whose test is gone, or whose command is, is worth nothing.
func TestClaims(t *testing.T) {
	tests := testsOfTree(t)
	for _, page := range []string{"docs/claims.md", "docs/architecture.md"} {
		text, err := os.ReadFile(filepath.Join(root, page))
		if err != nil {
			t.Fatal(err)
		}
		named, missing := checkNamed(page, string(text), tests)
		report(t, missing)
		if named < 10 {
			t.Errorf("%s names %d tests only: this test looks at nothing", page, named)
		}
		if page == "docs/claims.md" {
			report(t, checkClaims(page, string(text)))
			report(t, checkCommands(page, string(text), commandSources(t)))
		}
	}
}

// testsOfTree lists the tests and fuzz targets by folder.
func testsOfTree(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && p != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(p, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, filepath.Dir(p))
		dir := filepath.ToSlash(rel)
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && testName.MatchString(fn.Name.Name) {
				out[dir] = append(out[dir], fn.Name.Name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var (
	testName = regexp.MustCompile(`\b(Test|Fuzz|Benchmark)[A-Z]\w*`)
	span     = regexp.MustCompile("`[^`\n]+`")
	inRooms  = regexp.MustCompile(`^([a-z/]+(?:, [a-z/]+)*): `)
)

// checkNamed looks at what a page has between backquotes: names of tests, with
// the rooms they are in or without, and commands.
func checkNamed(page, text string, tests map[string][]string) (named int, missing []string) {
	miss := func(what string) { missing = append(missing, page+": "+what) }
	for _, s := range span.FindAllString(text, -1) {
		s = strings.Trim(s, "`")
		if command, ok := strings.CutPrefix(s, "go test "); ok {
			if why := checkGoTest(strings.Fields(command), tests); why != "" {
				miss(s + ": " + why)
			}
			continue
		}
		if program, _, _ := strings.Cut(s, " "); strings.HasPrefix(program, ".ci/") || strings.HasSuffix(program, ".sh") {
			if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(program))); err != nil {
				miss(program + " does not exist")
			}
			continue
		}
		var rooms []string
		if m := inRooms.FindStringSubmatch(s); m != nil {
			rooms = strings.Split(m[1], ", ")
		}
		for _, name := range testName.FindAllString(s, -1) {
			named++
			if len(rooms) == 0 && !in(tests, "", name) {
				miss("there is no test " + name)
			}
			for _, room := range rooms {
				if !in(tests, room, name) {
					miss("there is no test " + name + " in " + room)
				}
			}
		}
	}
	return named, missing
}

// in says whether a room, named by its folder or the end of it, has a test. No
// room: whether any has.
func in(tests map[string][]string, room, name string) bool {
	for dir, names := range tests {
		if (room == "" || dir == room || strings.HasSuffix(dir, "/"+room)) && slices.Contains(names, name) {
			return true
		}
	}
	return false
}

// checkGoTest says what is wrong with the arguments of go test; "": nothing.
func checkGoTest(args []string, tests map[string][]string) string {
	var packages []string
	patterns := map[string]string{}
	for i, arg := range args {
		switch {
		case strings.HasPrefix(arg, "./"):
			packages = append(packages, strings.TrimPrefix(arg, "./"))
		case (arg == "-run" || arg == "-fuzz") && i+1 < len(args):
			patterns[arg] = strings.Trim(args[i+1], "'")
		}
	}
	if len(packages) == 0 {
		return "it names no package"
	}
	for flag, pattern := range patterns {
		r, err := regexp.Compile(pattern)
		if err != nil {
			return err.Error()
		}
		if flag == "-run" && pattern == "^$" {
			continue // none, on purpose
		}
		found := false
		for dir, names := range tests {
			if slices.ContainsFunc(packages, func(p string) bool { return matches(p, dir) || p == "..." }) {
				found = found || slices.ContainsFunc(names, r.MatchString)
			}
		}
		if !found {
			return flag + " " + pattern + " finds no test"
		}
	}
	for _, p := range packages {
		if _, err := os.Stat(filepath.Join(root, strings.TrimSuffix(p, "..."))); err != nil {
			return "there is no ./" + p
		}
	}
	return ""
}

var (
	// heads of the tables of claims.
	claimHead = "| promise | shown by | last figure |"

	// history is what a table of promises does not tell: who wanted what, when it
	// was shown, and what was before.
	history = regexp.MustCompile(`(?i)\bissues?\b|#[0-9]+\b|\basks for\b|\bwas wanted\b|\bused to\b|\bwhere it was\b|\bcommit\b|\b[0-9a-f]*[a-f][0-9a-f]*[0-9][0-9a-f]{3,}\b`)
)

// checkClaims holds the form of the tables: a promise in a sentence or two, what
// shows it, and the last figure; below a heading that says what a user wants.
func checkClaims(page, text string) []string {
	var out []string
	rows, tables, headed := 0, 0, false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "## "):
			headed = true
		case line == claimHead:
			if tables++; !headed {
				out = append(out, page+": a table without a heading of its own")
			}
			headed = false
		case !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|---"):
		default:
			rows++
			cells := strings.Split(strings.Trim(line, "| "), " | ")
			if len(cells) != 3 || !strings.HasSuffix(cells[0], ".") || !strings.Contains(cells[1], "`") || strings.TrimSpace(cells[2]) == "" {
				out = append(out, page+": a row is a promise in whole sentences, a test or command, and a figure: "+line)
			}
		}
		if at := history.FindString(line); at != "" {
			out = append(out, page+": it speaks of history, with "+at+": "+line)
		}
	}
	if rows == 0 || tables == 0 {
		out = append(out, page+": no claims")
	}
	return out
}

// commandLine is a command of paxsim with what stands behind it.
var commandLine = regexp.MustCompile("`(?:go run \\./cmd/)?paxsim ([^`]+)`")

// checkCommands holds the commands of paxsim that a page names against its
// sources: the command is there, and so is each flag.
func checkCommands(page, text, sources string) (out []string) {
	for _, m := range commandLine.FindAllStringSubmatch(text, -1) {
		words := strings.Fields(m[1])
		if !regexp.MustCompile(`Use:\s+"` + regexp.QuoteMeta(words[0]) + `[ "]`).MatchString(sources) {
			out = append(out, page+": paxsim "+m[1]+": there is no command "+words[0])
		}
		for _, w := range words[1:] {
			flag, _, _ := strings.Cut(strings.TrimPrefix(w, "--"), "=")
			if strings.HasPrefix(w, "--") && !strings.Contains(sources, `"`+flag+`"`) {
				out = append(out, page+": paxsim "+m[1]+": there is no flag --"+flag)
			}
		}
	}
	return out
}

// commandSources is the text of the room of the commands.
func commandSources(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "cmd/paxsim/internal/cli/*.go"))
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	var all strings.Builder
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}

func TestClaimsRefuse(t *testing.T) {
	tests := map[string][]string{"sim": {"TestTwice"}, "actors/paxos": {"TestLaw2", "FuzzAnswers"}}
	for _, c := range []struct{ text, say string }{
		{"`paxos: TestLaw2`, `sim: TestTwice`, `TestLaw2/one`, `sim/`", ""},
		{"`paxos, sim: TestLaw2`", "there is no test TestLaw2 in sim"},
		{"`paxos: TestLaw2, TestLaw3`", "there is no test TestLaw3 in paxos"},
		{"`sim: TestLaw2`", "there is no test TestLaw2 in sim"},
		{"`TestNone`", "there is no test TestNone"},
		{"`go test ./sim -run Twice -v`, `go test -run '^$' -fuzz Answers ./actors/paxos`, `go test ./sim/...`", ""},
		{"`go test ./sim -run Law2`", "-run Law2 finds no test"},
		{"`go test -run '^$' -fuzz Bytes ./actors/paxos`", "-fuzz Bytes finds no test"},
		{"`go test ./nowhere`", "there is no ./nowhere"},
		{"`go test -run Twice`", "names no package"},
		{"`bench/run.sh`, `.ci/run`", ""},
		{"`bench/none.sh 5`", "bench/none.sh does not exist"},
	} {
		_, missing := checkNamed("page", c.text, tests)
		expect(t, c.text, missing, c.say)
	}
	const head = "## What one wants\n" + "| promise | shown by | last figure |\n|---|---|---|\n"
	for row, say := range map[string]string{
		head + "| It holds. | `go test ./sim` | 12 of 12 |":                 "",
		head + "| It holds. | `go test ./sim` | 12 of 12 | 0123abc |":       "a row is",
		head + "| it holds | `go test ./sim` | 12 of 12 |":                  "a row is",
		head + "| It holds. | by looking | 12 of 12 |":                      "a row is",
		head + "| It holds. | `go test ./sim` |  |":                         "a row is",
		head + "| It holds, as the issue says. | `go test ./sim` | 12 |":    "it speaks of history, with issue",
		head + "| It holds. | `go test ./sim` | 12, where it was 13 |":      "it speaks of history, with where it was",
		head + "| It holds. | `go test ./sim` | 12, in 0cf9fa3 |":           "it speaks of history, with 0cf9fa3",
		head + head[len("## What one wants\n"):] + "| It. | `x` | 1 |":      "a table without a heading",
		"| claim | seen by | last figure |\n| It. | `go test ./sim` | 12 |": "no claims",
		"no table": "no claims",
	} {
		expect(t, row, checkClaims("page", row), say)
	}
	for text, say := range map[string]string{
		"`paxsim run lossy --seed 7`, `go run ./cmd/paxsim fuzz --seed=3`": "",
		"`paxsim walk lossy`":          "there is no command walk",
		"`paxsim run lossy --speed 7`": "there is no flag --speed",
	} {
		expect(t, text, checkCommands("page", text, `Use: "run [SCENARIO]", Use:  "fuzz", "seed", "walk"`), say)
	}
}
