package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// TestManuals: each command has a page, made of its help: what it is for, its flags
// and its examples are in it, and man reads it without a warning, where it is there.
func TestManuals(t *testing.T) {
	dir := t.TempDir()
	var out bytes.Buffer
	if code := Main([]string{"man", "-o", dir}, strings.NewReader(""), &out, &out); code != 0 {
		t.Fatalf("exit %d\n%s", code, out.String())
	}
	a := &app{out: newOutput(&out, &out)}
	commands := withManual(a.root())
	if len(commands) < 20 {
		t.Errorf("%d commands: this test looks at nothing", len(commands))
	}
	for _, c := range commands {
		file := filepath.Join(dir, manualName(c)+".1")
		text, err := os.ReadFile(file)
		if err != nil {
			t.Error(err)
			continue
		}
		page := string(text)
		for _, piece := range []string{".SH NAME\n" + manualName(c) + " \\- ", roff(c.Short), "\n.SH SYNOPSIS\n", "\n.SH DESCRIPTION\n", "\n.SH SEE ALSO\n", roff(strings.Trim(c.Example, "\n"))} {
			if !strings.Contains(page, piece) {
				t.Errorf("%s lacks %q", filepath.Base(file), piece)
			}
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden && !strings.Contains(page, `\-\-`+roff(f.Name)) {
				t.Errorf("%s does not tell of --%s", filepath.Base(file), f.Name)
			}
		})
		if groff, err := exec.LookPath("groff"); err == nil {
			if said, err := exec.Command(groff, "-man", "-ww", "-z", file).CombinedOutput(); err != nil || len(said) > 0 {
				t.Errorf("%s: %v\n%s", filepath.Base(file), err, said)
			}
		}
	}
}

// TestManualOfOne: a page on standard output; a wrong name is answered.
func TestManualOfOne(t *testing.T) {
	for line, want := range map[string]struct {
		code int
		text string
	}{
		"man":                {0, ".TH PAXSIM 1\n"},
		"man run":            {0, ".TH PAXSIM-RUN 1\n"},
		"man scenarios show": {0, ".TH PAXSIM-SCENARIOS-SHOW 1\n"},
		"man rum":            {2, "did you mean run?"},
		"man -o x run":       {2, "leave out run"},
	} {
		var out bytes.Buffer
		if code := Main(strings.Fields(line), strings.NewReader(""), &out, &out); code != want.code || !strings.Contains(out.String(), want.text) {
			t.Errorf("%s: exit %d, want %d and %q\n%s", line, code, want.code, want.text, out.String())
		}
	}
}

// TestRoff: no text is taken for the language of man.
func TestRoff(t *testing.T) {
	for text, want := range map[string]string{"a-b": `a\-b`, ".SH": `\&.SH`, "x\n'y": "x\n\\&'y", `\n`: `\en`, "a · b": `a \[u00B7] b`} {
		if got := roff(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
