package cli

import (
	"bytes"
	"errors"
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
