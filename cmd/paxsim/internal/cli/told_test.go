package cli

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/trace"
)

// TestTell: an error is a line, whatever is in it; only mistakes in a file have an
// excerpt, and errors that were joined a line each.
func TestTell(t *testing.T) {
	for _, tt := range []struct {
		why  string
		err  error
		want string
	}{
		{"plain", errors.New("no such file"), "paxsim: no such file\n"},
		{"a name with a line", usage("%s: no such file", "a\nok  b"), "paxsim: a\\nok  b: no such file\n"},
		{"a line that looks like an excerpt", usage("  x\n  ^"), "paxsim:   x\\n  ^\n"},
		{"a package of ours", usage("x: %v", errors.New("sim: explore of no sim: here")), "paxsim: x: explore of no sim: here\n"},
		{"a file that looks like one", usage("explore.yaml: mysim: no"), "paxsim: explore.yaml: mysim: no\n"},
		{"two", errors.Join(usage("one"), usage("t\nwo")), "paxsim: one\npaxsim: t\\nwo\n"},
		{"a file", scenarioError("f", &scenarios.Errors{More: 1, Mistakes: []scenarios.Mistake{{File: "f\n", Line: 3, Column: 5, Excerpt: "  a: b\n     ^", Message: "no\x1b"}}}),
			"paxsim: f\\n:3:5: no\\x1b\n  a: b\n     ^\npaxsim: and 1 more mistake\n"},
		{"a run file", traceError("a\nb", &trace.Error{Problems: []trace.Problem{{Line: 1, Column: 2, Text: "x\ny"}, {Line: 3, Column: 4, Text: "z"}}}),
			"paxsim: a\\nb:1:2: x\\ny\npaxsim: a\\nb:3:4: z\n"},
		{"long", usage("%s: end", strings.Repeat("é", 2000)), "paxsim: " + strings.Repeat("é", 250) + " … " + strings.Repeat("é", 147) + ": end\n"},
	} {
		var out bytes.Buffer
		a := &app{errors: terminal.NewWriter(&out)}
		if a.tell(tt.err); out.String() != tt.want {
			t.Errorf("%s:\n%q\nwant\n%q", tt.why, out.String(), tt.want)
		}
	}
}

// TestNoPackageIsNamed: each package whose errors begin with its name, and can be
// those of a scenario, is one whose name no command prints.
func TestNoPackageIsNamed(t *testing.T) {
	begins := regexp.MustCompile(`(?:Errorf|errors\.New|Sprintf)\("([a-z]+: )`)
	found := 0
	for _, folder := range []string{"scheduler", "sim", "scenarios"} {
		err := filepath.WalkDir("../../../../"+folder, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
				return err
			}
			text, err := os.ReadFile(p)
			for _, m := range begins.FindAllStringSubmatch(string(text), -1) {
				if in := filepath.Base(filepath.Dir(p)); m[1] != in+": " || in == "simtest" { // go test tells it
					continue
				}
				if found++; forPeople("x: "+m[1]+"y") != "x: y" {
					t.Errorf("%s: people read %q", p, m[1])
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if found < 10 {
		t.Errorf("%d errors: this test looks at nothing", found)
	}
}

// TestMeantNumber: what a person may write for a number is told, and not taken.
func TestMeantNumber(t *testing.T) {
	for text, hint := range map[string]string{
		"1,000": "did you mean 1000?", "1_000": "did you mean 1000?", "1e3": "did you mean 1000?", "1k": "did you mean 1000?", "2M": "did you mean 2000000?", "5.0": "did you mean 5?",
		"0": "", "1.5": "", "x": "", "1g": "", "99999999999999999999": "", "-3": "",
	} {
		code, _, errs := command("run", "--runs", text)
		if code != exitUsage || hint == "" && strings.Contains(errs, "did you mean") || !strings.Contains(errs, hint) {
			t.Errorf("--runs %s: exit %d, %s", text, code, errs)
		}
	}
}

// TestFlagsOfOthersAnswer: what --vary and --but say is told as theirs.
func TestFlagsOfOthersAnswer(t *testing.T) {
	for args, flag := range map[string]string{"sweep --vary los=1%,2%": "--vary", "diff lossy --but los=1%": "--but", "view lossy --but los=1%": "--but"} {
		if _, _, errs := command(strings.Fields(args)...); !strings.HasPrefix(errs, "paxsim: "+flag+" los=1%: ") {
			t.Errorf("%s: %s", args, errs)
		}
	}
}
