package scenarios

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/links"
	"github.com/paxsim/paxsim/sim/partitions"
)

// inDocs holds a file of docs/ against what it should be, or rewrites it.
func inDocs(t *testing.T, name, want string) {
	t.Helper()
	file := "../docs/" + name
	got, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if string(got) == want {
		return
	}
	if !*update {
		t.Fatalf("docs/%s is not what the code says: go test ./scenarios -update rewrites it", name)
	}
	if err := os.WriteFile(file, []byte(want), 0o666); err != nil {
		t.Fatal(err)
	}
}

// made marks a part of a page that is made of the code.
var made = regexp.MustCompile(`(?s)(<!-- made by go test ./scenarios -update: ([a-z]+) -->\n).*?(<!-- end of \w+ -->)`)

// TestScenarioPage holds the tables of docs/scenario.md.
func TestScenarioPage(t *testing.T) {
	parts := map[string]string{
		"fields": fieldTable(), "families": familyTable(), "invariants": invariantTable(), "marks": markTable(), "bounds": boundTable(),
	}
	page, err := os.ReadFile("../docs/scenario.md")
	if err != nil {
		t.Fatal(err)
	}
	used := 0
	want := made.ReplaceAllStringFunc(string(page), func(part string) string {
		m := made.FindStringSubmatch(part)
		text, ok := parts[m[2]]
		if !ok {
			t.Errorf("the page wants a part %q, which nobody makes", m[2])
		}
		used++
		return m[1] + text + m[3]
	})
	if used != len(parts) {
		t.Errorf("the page has %d parts of %d", used, len(parts))
	}
	inDocs(t, "scenario.md", want)
}

func fieldTable() string {
	rows := [][]string{{"field", "meaning", "takes", "default", "bounds"}}
	for _, f := range Fields(paxosProtocol) {
		usual := "`" + f.Default + "`"
		switch {
		case f.Required:
			usual = "**required**"
		case f.Default == "":
			usual = "none"
		}
		rows = append(rows, []string{"`" + f.Path + "`", f.Doc, f.Takes, usual, f.Bounds})
	}
	return markdown(rows)
}

func familyTable() string {
	rows := [][]string{{"name", "what it does"}}
	for _, f := range calmFamilies {
		rows = append(rows, []string{"`" + f.Name + "`", f.Doc})
	}
	rows = append(rows, []string{"the name of a fault", "the fault is taken out of the scenario"})
	return markdown(rows)
}

func invariantTable() string {
	rows := [][]string{{"invariant", "grade", "what must hold"}}
	for _, i := range paxosProtocol.Invariants() {
		rows = append(rows, []string{"`" + i.Name + "`", i.Grade.String(), i.Doc})
	}
	return markdown(rows)
}

func markTable() string {
	rows := [][]string{{"mark", "what has happened"}}
	for _, m := range paxosProtocol.Marks() {
		rows = append(rows, []string{"`" + m.Name + "`", m.Doc})
	}
	return markdown(rows)
}

func boundTable() string {
	return markdown([][]string{
		{"what", "at most"},
		{"size of a file", fmt.Sprintf("%d bytes", MaxText)},
		{"signs that begin a value, part two or end a line", fmt.Sprint(maxPieces)},
		{"of these, from a bracket to the one that closes it", fmt.Sprint(maxInside)},
		{"lists and mappings in one another", fmt.Sprintf("%d deep", maxNesting)},
		{"faults", fmt.Sprint(maxFaults)},
		{"requests", fmt.Sprint(maxRequests)},
		{"parts of a split", fmt.Sprint(maxParts)},
		{"bases on one another", fmt.Sprint(maxBases)},
		{"runs that an expectation is about", fmt.Sprint(MaxExpectRuns)},
		{"overrides of a premise, of each kind", fmt.Sprint(maxPremise)},
		{"periods", fmt.Sprint(maxPeriods)},
		{"actors of a world with a ring or a chain", fmt.Sprint(partitions.MaxRing)},
		{"actors of a world with `bias`, `fifo` or `capacity`", fmt.Sprint(links.MaxPaired)},
		{"mistakes told of one file", fmt.Sprintf("%d; the rest are counted", maxMistakes)},
	})
}

// markdown is a table, its head first.
func markdown(rows [][]string) string {
	var b strings.Builder
	for i, row := range rows {
		for j, cell := range row {
			row[j] = strings.ReplaceAll(cell, "|", `\|`)
		}
		b.WriteString(strings.TrimRight("| "+strings.Join(row, " | "), " ") + " |\n")
		if i == 0 {
			b.WriteString("|" + strings.Repeat("---|", len(row)) + "\n")
		}
	}
	return b.String()
}

// fenced finds the blocks of a page in a language.
func fenced(page, language string) (blocks []string) {
	for _, part := range strings.Split(page, "```"+language+"\n")[1:] {
		text, _, _ := strings.Cut(part, "```")
		blocks = append(blocks, text)
	}
	return blocks
}

// TestExamplesOfThePage holds that what the page shows is read without a
// mistake: files as they stand, and the paths of --set; and that files hold to
// what they say of their runs.
func TestExamplesOfThePage(t *testing.T) {
	page, err := os.ReadFile("../docs/scenario.md")
	if err != nil {
		t.Fatal(err)
	}
	files := fenced(string(page), "yaml")
	if len(files) == 0 {
		t.Error("the page shows no file")
	}
	for _, text := range files {
		s, err := Read("example.yaml", text)
		if err != nil {
			t.Errorf("%v\nin\n%s", err, text)
		} else if r, err := Verify(s, 200, oneByOne); err != nil || !r.Held() {
			t.Errorf("%v: %s\nin\n%s", err, complaints(r), text)
		}
	}
	tried := 0
	for _, block := range fenced(string(page), "sh") {
		for line := range strings.Lines(block) {
			command, ok := strings.CutPrefix(line, "paxsim run ")
			if !ok {
				continue
			}
			tried++
			name := strings.Fields(command)[0]
			var overrides []Override
			for _, m := range setFlags.FindAllStringSubmatch(command, -1) {
				if value := strings.Trim(m[2], "'"); m[1] == "set" {
					overrides = append(overrides, Set(value))
				} else {
					overrides = append(overrides, Calm(value))
				}
			}
			if _, err := Load(name, overrides...); err != nil {
				t.Errorf("%s%v", line, err)
			}
		}
	}
	if tried < 8 {
		t.Errorf("the page shows only %d commands", tried)
	}
}
