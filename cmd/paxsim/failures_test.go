package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/cli"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/scenarios"
)

// The catalogue of failures, docs/failures.md. A chapter is a group of the
// library, and a section of it a failure:
//
//	### Loss
//	what goes wrong
//	- **Knob**: the fields that make it
//	- **Mitigation**: what helps, and where it is
//	a picture
//	<!-- made by go test ./cmd/paxsim -update: lossy -->
//	the scenario, and two commands with what they print
//	<!-- end of lossy -->
//
// The rest of the marker may name more lines of the summary: "lossy, marks".

const catalogue = "docs/failures.md"

var (
	madePart    = regexp.MustCompile(`(?s)(<!-- made by go test \./cmd/paxsim -update: ([a-z-]+)((?:, [a-z]+)*) -->\n).*?(<!-- end of ([a-z-]+) -->)`)
	chapterHead = regexp.MustCompile(`(?m)^## (.+)$`)
	sectionHead = regexp.MustCompile(`(?m)^### (.+)$`)
	knobLine    = regexp.MustCompile(`(?m)^- \*\*Knob\*\*: (.+)$`)
	mendLine    = regexp.MustCompile(`(?m)^- \*\*Mitigation\*\*: (.+)$`)
	ticked      = regexp.MustCompile("`([^`]+)`")
	linked      = regexp.MustCompile(`\]\(([^)#]+)\)`)
)

// failure is a section of the catalogue.
type failure struct {
	name, group, scenario, knob, mend string
}

// TestCatalogue holds docs/failures.md: its table and its scenarios and what
// their commands print, which -update writes there; that every scenario outside
// the groups calm and specification has a section in the chapter of its group; and that what
// sections name as knob and mitigation is there. Where the gate does not run it
// makes every fourth part of the page.
func TestCatalogue(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("../..", catalogue))
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	failures, wrong := readCatalogue(page)
	for _, w := range append(wrong, checkCatalogue(failures)...) {
		t.Error(w)
	}
	made := -1
	want := madePart.ReplaceAllStringFunc(page, func(part string) string {
		m := madePart.FindStringSubmatch(part)
		if made++; !gate.On && !*update && made%4 != 0 {
			return part
		}
		body := failureTable(failures)
		if m[2] != "table" {
			more := strings.FieldsFunc(m[3], func(c rune) bool { return c == ',' || c == ' ' })
			body = shown(t, m[2], more)
		}
		return m[1] + body + m[4]
	})
	if want == page || t.Failed() {
		return
	}
	if !*update {
		t.Fatalf("%s is not what comes out: go test ./cmd/paxsim -run Catalogue -update rewrites it (-was +is):\n%s", catalogue, cmp.Diff(page, want))
	}
	if err := os.WriteFile(filepath.Join("../..", catalogue), []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// readCatalogue finds the failures of the page, and what a section lacks.
func readCatalogue(page string) (failures []failure, wrong []string) {
	for _, chapter := range parts(chapterHead, page) {
		for _, section := range parts(sectionHead, chapter[1]) {
			f := failure{name: section[0], group: strings.ToLower(chapter[0])}
			if m := madePart.FindAllStringSubmatch(section[1], -1); len(m) == 1 && m[0][2] == m[0][5] {
				f.scenario = m[0][2]
			} else {
				wrong = append(wrong, fmt.Sprintf("%q has %d scenarios, or one that does not end as it begins", f.name, len(m)))
				continue
			}
			if m := knobLine.FindStringSubmatch(section[1]); m != nil {
				f.knob = m[1]
			}
			if m := mendLine.FindStringSubmatch(section[1]); m != nil {
				f.mend = m[1]
			}
			if f.knob == "" || f.mend == "" || !strings.Contains(section[1], "```text\n") {
				wrong = append(wrong, fmt.Sprintf("%q lacks the knob, the mitigation or a picture", f.name))
			}
			failures = append(failures, f)
		}
	}
	return failures, wrong
}

// parts cuts a text at its heads: what each says, and what stands below it.
func parts(head *regexp.Regexp, text string) (list [][2]string) {
	at := head.FindAllStringSubmatchIndex(text, -1)
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		list = append(list, [2]string{text[m[2]:m[3]], text[m[1]:end]})
	}
	return list
}

// checkCatalogue says what is wrong with what the sections name.
func checkCatalogue(failures []failure) (wrong []string) {
	sections, groups := map[string]int{}, groupsOfLibrary()
	for _, f := range failures {
		sections[f.scenario]++
		if group, ok := groups[f.scenario]; !ok {
			wrong = append(wrong, fmt.Sprintf("%q: there is no scenario %s", f.name, f.scenario))
		} else if group != f.group {
			wrong = append(wrong, fmt.Sprintf("%q stands in the chapter %s, and %s is of the group %q", f.name, f.group, f.scenario, group))
		}
		knobs := ticked.FindAllStringSubmatch(f.knob, -1)
		if len(knobs) == 0 {
			wrong = append(wrong, fmt.Sprintf("%q: the knob names no field", f.name))
		}
		for _, m := range knobs {
			if !isField(m[1]) {
				wrong = append(wrong, fmt.Sprintf("%q: scenarios have no field %s", f.name, m[1]))
			}
		}
		wrong = append(wrong, checkMend(f)...)
	}
	for _, name := range scenarios.Names() {
		if groups[name] != "calm" && groups[name] != "specification" && sections[name] != 1 {
			wrong = append(wrong, fmt.Sprintf("the scenario %s has %d sections", name, sections[name]))
		}
	}
	return wrong
}

// groupsOfLibrary is the group of each scenario.
var groupsOfLibrary = sync.OnceValue(func() map[string]string {
	groups := map[string]string{}
	for _, name := range scenarios.Names() {
		if s, err := scenarios.Load(name); err == nil {
			groups[name] = s.Group
		}
	}
	return groups
})

// fieldsOfPaxos are those that a scenario of the library can have.
var fieldsOfPaxos = sync.OnceValue(func() []scenarios.Field { return scenarios.Fields(mutants.Protocol()) })

// isField says whether a scenario can have a field, whatever its faults are
// called.
func isField(path string) bool {
	want := strings.Split(path, ".")
	return slices.ContainsFunc(fieldsOfPaxos(), func(f scenarios.Field) bool {
		is := strings.Split(f.Path, ".")
		return len(want) <= len(is) && slices.EqualFunc(want, is[:len(want)], func(w, i string) bool {
			return w == i || i == "NAME" || i == "N"
		})
	})
}

// checkMend looks for what a mitigation names: files, settings as fields, and
// anything else between backquotes in a file that it links to.
func checkMend(f failure) (wrong []string) {
	code := ""
	for _, m := range linked.FindAllStringSubmatch(f.mend, -1) {
		text, err := os.ReadFile(filepath.Join("../../docs", m[1]))
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("%q: %v", f.name, err))
		}
		code += string(text)
	}
	for _, m := range ticked.FindAllStringSubmatch(f.mend, -1) {
		path, _, _ := strings.Cut(m[1], ":")
		if !isField(path) && !regexp.MustCompile(`\b`+regexp.QuoteMeta(m[1])+`\b`).MatchString(code) {
			wrong = append(wrong, fmt.Sprintf("%q: no file that it links to has %s", f.name, m[1]))
		}
	}
	return wrong
}

// failureTable is the table at the top of the page.
func failureTable(failures []failure) string {
	var b strings.Builder
	b.WriteString("| failure | group | scenario | knob | mitigation |\n|---|---|---|---|---|\n")
	for _, f := range failures {
		cell := func(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
		fmt.Fprintf(&b, "| [%s](#%s) | %s | `%s` | %s | %s |\n", cell(f.name), anchor(f.name), f.group, f.scenario, cell(f.knob), cell(f.mend))
	}
	return b.String()
}

// anchor is the name of a heading in links.
func anchor(head string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == ' ':
			return '-'
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_':
			return c
		}
		return -1
	}, strings.ToLower(head))
}

// shown is a scenario, and what its runs come to as it is and without its
// premise.
func shown(t *testing.T, name string, more []string) string {
	t.Helper()
	s, err := scenarios.Load(name)
	if err != nil {
		t.Error(err)
		return ""
	}
	_, text, err := scenarios.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"run", name, "--runs", fmt.Sprint(min(scenarios.ExpectRuns(s), 1000))}
	without := slices.Clone(args)
	for _, o := range scenarios.PremiseOverrides(s) {
		without = append(without, o.Args()...)
	}
	return "```yaml\n" + body(text) + "```\n\n```console\n" + outcome(args, more) + outcome(without, more) + "```\n"
}

// body is the text of a scenario without what the page says itself.
func body(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		key, _, _ := strings.Cut(line, ":")
		if !strings.HasPrefix(line, "#") && !slices.Contains([]string{"paxsim", "teaches", "group"}, key) {
			b.WriteString(line)
		}
	}
	return b.String()
}

// usualLines are those of every summary that the page shows.
var usualLines = []string{"runs", "decided", "learned", "faults"}

// outcome is a command, and of what it prints the first run that fails, with who
// then waits for what, and the lines of the summary that matter.
func outcome(args, more []string) string {
	var out bytes.Buffer
	cli.Main(args, strings.NewReader(""), &out, &out)
	var b strings.Builder
	b.WriteString("$ paxsim " + commandLine(args) + "\n")
	told, telling := false, false
	for line := range strings.Lines(out.String()) {
		word, _, _ := strings.Cut(line, " ")
		switch {
		case strings.HasPrefix(line, "seed ") && strings.Contains(line, ": ") && !told:
			told, telling = true, true
			b.WriteString(line)
		case telling && strings.HasPrefix(line, "    actor "):
			b.WriteString(line)
		case slices.Contains(usualLines, word) || slices.Contains(more, word):
			b.WriteString(line)
		default:
			telling = false
		}
	}
	return b.String()
}

// commandLine writes arguments as a shell reads them.
func commandLine(args []string) string {
	var parts []string
	for _, a := range args {
		if strings.ContainsAny(a, " []{}'") {
			a = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
		parts = append(parts, a)
	}
	return strings.Join(parts, " ")
}

// TestCatalogueChecks holds that what is wrong with a page is seen.
func TestCatalogueChecks(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("../..", catalogue))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ why, old, new, want string }{
		{"nothing is", "Loss", "Loss", ""},
		{"a section in another chapter", "## Cuts\n", "", "stands in the chapter network, and minority-cut is of the group \"cuts\""},
		{"no section", "-update: lossy", "-update: losy", "or one that does not end as it begins"},
		{"no knob", "- **Knob**: `network.loss`", "`network.loss`", `"Loss" lacks the knob`},
		{"no mitigation", "- **Mitigation**: `paxos.repeat`", "`paxos.repeat`", `"Loss" lacks the knob, the mitigation`},
		{"a field that is none", "- **Knob**: `network.loss`", "- **Knob**: `network.los`", "scenarios have no field network.los"},
		{"a knob in words alone", "- **Knob**: `faults.cut.split`", "- **Knob**: a cut", "the knob names no field"},
		{"a function that is none", "`pickValue`", "`pickValues`", "no file that it links to has pickValues"},
		{"a file that is none", "paxos/learner.go", "paxos/learners.go", "no such file"},
		{"a scenario that is none", "minority-cut -->", "minority-cuts -->", "there is no scenario minority-cuts"},
		{"that one then is told of nowhere", "minority-cut -->", "minority-cuts -->", "the scenario minority-cut has 0 sections"},
	} {
		failures, wrong := readCatalogue(strings.ReplaceAll(string(text), tt.old, tt.new))
		all := strings.Join(append(wrong, checkCatalogue(failures)...), "\n")
		if tt.want == "" && all != "" || !strings.Contains(all, tt.want) {
			t.Errorf("%s: %q, want %q", tt.why, all, tt.want)
		}
	}
}
