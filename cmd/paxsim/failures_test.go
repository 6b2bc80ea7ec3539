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

// The catalogue of failures: docs/failures.md with its table and its index by
// symptom, and a page for each group of the library, docs/failures-network.md. A
// section of such a page is a failure:
//
//	## Loss
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

// groupPages are the pages of the groups, in the order of the table.
var groupPages = []string{"network", "cuts", "crashes", "contention", "misconfiguration"}

// catalogueOf reads the pages: the index under "", and those of the groups.
func catalogueOf(t *testing.T) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, group := range append([]string{""}, groupPages...) {
		text, err := os.ReadFile(pathOf(group))
		if err != nil {
			t.Fatal(err)
		}
		pages[group] = string(text)
	}
	return pages
}

// pathOf is where the page of a group is.
func pathOf(group string) string { return filepath.Join(root, "../../docs", pageOf(group)) }

func pageOf(group string) string {
	if group == "" {
		return "failures.md"
	}
	return "failures-" + group + ".md"
}

var (
	madePart    = regexp.MustCompile(`(?s)(<!-- made by go test \./cmd/paxsim -update: ([a-z-]+)((?:, [a-z]+)*) -->\n).*?(<!-- end of ([a-z-]+) -->)`)
	sectionHead = regexp.MustCompile(`(?m)^## (.+)$`)
	knobLine    = regexp.MustCompile(`(?m)^- \*\*Knob\*\*: (.+)$`)
	mendLine    = regexp.MustCompile(`(?m)^- \*\*Mitigation\*\*: (.+)$`)
	ticked      = regexp.MustCompile("`([^`]+)`")
	linked      = regexp.MustCompile(`\]\(([^)#]+)\)`)
)

// failure is a section of the catalogue.
type failure struct {
	name, group, scenario, knob, mend string
}

// TestCatalogue holds the catalogue: its table and its scenarios and what their
// commands print, which -update writes there; that every scenario outside the groups
// calm and specification has a section on the page of its group, and every section a line in the index
// by symptom; and that what sections name as knob and mitigation is there. Where the
// gate does not run it makes every fourth part of the pages.
func TestCatalogue(t *testing.T) {
	pages := catalogueOf(t)
	failures, wrong := readCatalogue(pages)
	for _, w := range append(wrong, checkCatalogue(pages, failures)...) {
		t.Error(w)
	}
	made := -1
	for _, group := range append([]string{""}, groupPages...) {
		page := pages[group]
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
			continue
		}
		if !*update {
			t.Errorf("docs/%s is not what comes out: go test ./cmd/paxsim -run Catalogue -update rewrites it (-was +is):\n%s", pageOf(group), cmp.Diff(page, want))
			continue
		}
		if err := os.WriteFile(pathOf(group), []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// readCatalogue finds the failures of the pages, and what a section lacks.
func readCatalogue(pages map[string]string) (failures []failure, wrong []string) {
	for _, group := range groupPages {
		for _, section := range parts(sectionHead, pages[group]) {
			f := failure{name: section[0], group: group}
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

// place is the section of a failure, as a link from the index.
func (f *failure) place() string { return pageOf(f.group) + "#" + anchor(f.name) }

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
func checkCatalogue(pages map[string]string, failures []failure) (wrong []string) {
	symptoms, _, _ := strings.Cut(pages[""], "<!-- made")
	sections, groups := map[string]int{}, groupsOfLibrary()
	for _, f := range failures {
		sections[f.scenario]++
		if group, ok := groups[f.scenario]; !ok {
			wrong = append(wrong, fmt.Sprintf("%q: there is no scenario %s", f.name, f.scenario))
		} else if group != f.group {
			wrong = append(wrong, fmt.Sprintf("%q is on the page of the group %s, and %s is of the group %q", f.name, f.group, f.scenario, group))
		}
		if !strings.Contains(symptoms, "("+f.place()+")") {
			wrong = append(wrong, fmt.Sprintf("%q is below no symptom of %s", f.name, catalogue))
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
		fmt.Fprintf(&b, "| [%s](%s) | %s | `%s` | %s | %s |\n", cell(f.name), f.place(), f.group, f.scenario, cell(f.knob), cell(f.mend))
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
	pages := catalogueOf(t)
	for _, tt := range []struct{ why, old, new, want string }{
		{"nothing is", "Loss", "Loss", ""},
		{"a section on another page", "-update: minority-cut -->", "-update: lossy -->", "or one that does not end as it begins"},
		{"a scenario of another group", "minority-cut -->", "lossy -->", "is on the page of the group cuts, and lossy is of the group \"network\""},
		{"a symptom less", "(failures-network.md#loss)", "", "\"Loss\" is below no symptom"},
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
		changed := map[string]string{}
		for group, text := range pages {
			changed[group] = strings.ReplaceAll(text, tt.old, tt.new)
		}
		failures, wrong := readCatalogue(changed)
		all := strings.Join(append(wrong, checkCatalogue(changed, failures)...), "\n")
		if tt.want == "" && all != "" || !strings.Contains(all, tt.want) {
			t.Errorf("%s: %q, want %q", tt.why, all, tt.want)
		}
	}
}
