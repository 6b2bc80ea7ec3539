package simtest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/simtest"
)

func readDoc(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestDocsNameTheVariables: what the package and its pages say of the environment and
// of defaults is so.
func TestDocsNameTheVariables(t *testing.T) {
	names := simtest.Variables()
	for _, page := range []string{"doc.go", "../../docs/ci.md"} {
		text := readDoc(t, page)
		for _, name := range names {
			if !strings.Contains(text, name) {
				t.Errorf("%s does not tell of %s", page, name)
			}
		}
		for _, name := range regexp.MustCompile(`PAXSIM_[A-Z]+`).FindAllString(text, -1) {
			if !slices.Contains(names, name) {
				t.Errorf("%s tells of %s, which is not there", page, name)
			}
		}
	}
	b := campaign.UsualBudget()
	strategies := campaign.Strategies()
	last := len(strategies) - 1
	for _, want := range []string{
		fmt.Sprintf("//	runs          %d,%03d, from seed 1 on; with go test -short at most %d\n", simtest.UsualRuns/1000, simtest.UsualRuns%1000, simtest.ShortRuns),
		fmt.Sprintf("//	strategies    %s and %s, by seed in rotation\n", strings.Join(strategies[:last], ", "), strategies[last]),
		fmt.Sprintf("//	budget        %d events, %d alarms, %d losses, %d duplicates, %d crashes\n", b.Events, b.Alarms, b.Losses, b.Duplicates, b.Crashes),
		fmt.Sprintf("// the last %d lines of the run", simtest.MostLines),
	} {
		if !strings.Contains(readDoc(t, "doc.go"), want) {
			t.Errorf("doc.go does not say %q", want)
		}
	}
}

// TestWorkflow: the workflow of the page can be read, and its values are right by day
// and at night.
func TestWorkflow(t *testing.T) {
	_, text, _ := strings.Cut(readDoc(t, "../../docs/ci.md"), "```yaml\n")
	text, _, found := strings.Cut(text, "```")
	if lines := strings.Count(text, "\n"); !found || lines > 20 {
		t.Errorf("%d lines", lines)
	}
	var flow struct {
		Jobs map[string]struct {
			Steps []struct {
				Run string
				Env map[string]string
			}
		}
	}
	if err := yaml.Unmarshal([]byte(text), &flow); err != nil {
		t.Fatal(err)
	}
	tests := 0
	for _, s := range flow.Jobs["test"].Steps {
		if !strings.HasPrefix(s.Run, "go test ") {
			continue
		}
		tests++
		for _, night := range []bool{false, true} {
			var environment []string
			for name, value := range s.Env {
				m := regexp.MustCompile(`^\$\{\{ github\.event_name == 'schedule' && '(.*)' \|\| '(.*)' \}\}$`).FindStringSubmatch(value)
				switch {
				case m == nil:
					value = strings.Replace(value, "${{ github.workspace }}", t.TempDir(), 1)
				case night:
					value = m[1]
				default:
					value = m[2]
				}
				environment = append(environment, name+"="+value)
			}
			if night {
				environment = append(environment, "PAXSIM_FOR=20ms") // as set last
			}
			on := ran(t, strings.Join(environment, " "))
			if log := strings.Join(on.logs, "\n"); len(on.lines) > 0 || strings.Contains(log, "the clock picked") != night {
				t.Errorf("%q: it fails with %q and logs %q", environment, on.text(), log)
			}
		}
	}
	if tests != 1 {
		t.Errorf("%d steps run tests", tests)
	}
}

// TestFailureOfThePage: docs/hunt.md shows a failure as it is.
func TestFailureOfThePage(t *testing.T) {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	finds := t.TempDir()
	on := &told{name: "TestMine"}
	simtest.Run(on, simtest.Of(first, 3), simtest.Keep(filepath.Join(finds, "testdata", "paxsim")))
	want := strings.NewReplacer(dir, "/home/me/mine", finds, "/home/me/mine").Replace(on.text())
	_, got, _ := strings.Cut(readDoc(t, "../../docs/hunt.md"), "```text\nsimtest: ")
	got, _, _ = strings.Cut(got, "```")
	if got = "simtest: " + got; got != want+"\n" {
		t.Errorf("docs/hunt.md should show\n%s\nand shows\n%s", want, got)
	}
	story := "```yaml\n" + content(t, storyOf(t, finds)) + "```\n"
	if !strings.Contains(readDoc(t, "../../docs/hunt.md"), story) {
		t.Errorf("docs/hunt.md should show the story\n%s", story)
	}
}
