package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/cli"
	"github.com/paxsim/paxsim/scenarios"
)

// TestPagesCommands: on every page each command of paxsim is one that there is, with
// flags that it has, a scenario of the library and fields of it. That many of them
// print what their page says is held by the tests of those pages.
func TestPagesCommands(t *testing.T) {
	var pages []string
	for _, pattern := range []string{"*.md", "docs/*.md", "examples/*/*.md", "testdata/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, "../..", pattern))
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	all := 0
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range commandsIn(string(text)) {
			all++
			if wrong := wrongIn(line); wrong != "" {
				t.Errorf("%s: paxsim %s: %s", filepath.Base(page), line, wrong)
			}
		}
	}
	if all < 300 {
		t.Errorf("%d commands on %d pages: this test looks at nothing", all, len(pages))
	}
}

var (
	inText     = regexp.MustCompile("`paxsim ([^`\n]+)`")
	block      = regexp.MustCompile("(?ms)^```.*?^```$")
	inBlock    = regexp.MustCompile(`(?m)^(?:\$ )?(?:paxsim|go run \./cmd/paxsim) (.+)$`)
	shellAfter = regexp.MustCompile(`  +#.*| (?:\||&&|[12]?>|<) .*| [12]?>\S.*|&&? *$`)
)

// commandsIn are the commands of a page, without the name of the program and without
// what a shell does with them.
func commandsIn(page string) (list []string) {
	page = strings.ReplaceAll(page, "\\\n", " ")
	found := inText.FindAllStringSubmatch(block.ReplaceAllString(page, ""), -1)
	found = append(found, inBlock.FindAllStringSubmatch(strings.Join(block.FindAllString(page, -1), "\n"), -1)...)
	for _, m := range found {
		list = append(list, strings.TrimSpace(shellAfter.ReplaceAllString(m[1], "")))
	}
	return list
}

// placeholder is a word that a reader is to replace.
var placeholder = regexp.MustCompile(`^[^a-z]*[A-Z][^a-z]*$|…|^\$|\.\.\.`)

// wrongIn says what is wrong with a command; "": nothing that can be seen without
// running it.
func wrongIn(line string) string {
	args := words(line)
	var out bytes.Buffer
	real := slices.DeleteFunc(slices.Clone(args), func(w string) bool { return placeholder.MatchString(w) && !strings.HasPrefix(w, "-") })
	if help := append([]string{"help"}, args[:1]...); !strings.HasPrefix(args[0], "-") && !placeholder.MatchString(args[0]) {
		if args[0] == "scenarios" && len(real) > 1 && !strings.HasPrefix(args[1], "-") {
			help = append(help, args[1])
		}
		if code := cli.Main(help, strings.NewReader(""), &out, &out); code != 0 {
			return out.String()
		}
	}
	if out.Reset(); len(real) == len(args) {
		if code := cli.Main(append(slices.Clone(args), "--help"), strings.NewReader(""), &out, &out); code != 0 {
			return out.String()
		}
	}
	named := []string{"run", "fuzz", "sweep", "step", "view", "explain", "shrink", "export", "diff", "play", "check"}
	if len(args) < 2 || !slices.Contains(named, args[0]) || strings.ContainsAny(args[1], "./…") || strings.HasPrefix(args[1], "-") || placeholder.MatchString(args[1]) {
		return ""
	}
	if !slices.Contains(scenarios.Names(), args[1]) {
		return "there is no scenario " + args[1]
	}
	show := []string{"scenarios", "show", args[1]}
	for i := 2; i+1 < len(args); i++ {
		if f := args[i]; (f == "--set" || f == "--but" || f == "--calm" || f == "--mutant") && !placeholder.MatchString(args[i+1]) {
			show = append(show, strings.Replace(f, "--but", "--set", 1), args[i+1])
		}
	}
	out.Reset()
	if code := cli.Main(show, strings.NewReader(""), &out, &out); code != 0 {
		return out.String()
	}
	return ""
}

// TestWrongCommands: what is wrong on a page is seen.
func TestWrongCommands(t *testing.T) {
	for page, want := range map[string]string{
		"See `paxsim rnu lossy`.":                              "unknown command",
		"```sh\npaxsim run lossy --sed 3\n```":                 "unknown flag --sed",
		"```sh\ngo run ./cmd/paxsim run losy # it\n```":        "no scenario losy",
		"`paxsim run lossy --set network.los=3`":               "no field network.los",
		"`paxsim fuzz --runs many`":                            "expected a whole number",
		"```console\n$ paxsim run lossy --mutant brokker\n```": "brokker",
		"`paxsim run SCENARIO --seed N`":                       "",
		"```sh\npaxsim run lossy --runs 3 | wc\n```":           "",
	} {
		list := commandsIn(page)
		if len(list) != 1 {
			t.Fatalf("%q: %q", page, list)
		}
		if got := wrongIn(list[0]); !strings.Contains(got, want) || (got == "") != (want == "") {
			t.Errorf("%q: %q, want %q", page, got, want)
		}
	}
}
