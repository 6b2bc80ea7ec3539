package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCheckHostile: whatever is asked for, check ends, with the code and the words that
// tell what is wrong.
func TestCheckHostile(t *testing.T) {
	t.Chdir(t.TempDir())
	const one = "happy-path --set requests.1.actor=1 "
	for _, c := range []struct {
		args string
		code int
		says string // in either stream
	}{
		{one + "--set actors=1", exitHeld, "any of the 5 worlds"},
		{one + "--set actors=2 --rounds 200", exitHeld, "11 worlds"},
		{one + "--set actors=64 --states 30 --reduce symmetry", exitNothing, "(120 renamings)"},
		{one + "--states 1", exitNothing, "the limit on worlds came first. No invariant breaks in the 1 world that was looked at"},
		{one + "--for 1ns", exitNothing, "the time was over"},
		{one + "--depth 1", exitNothing, "the limit on depth came first"},
		{one + "--memory 1MiB", exitNothing, "the limit on memory came first"},
		{one + "--set requests=none --set actors=2", exitNothing, "Nothing is proved: nobody ever decides within this scope"},
		{one + "--set actors=2 --reduce order", exitHeld, "one order is looked at"},
		{one + "--set actors=2 --network fifo", exitHeld, "not used: order: a message that is postponed would hold up those behind it"},
		{one + "--set actors=2 --own inline", exitNothing, "Nothing is proved: actors handle their own messages at once here"},
		{"happy-path", exitUsage, "requests.1 names no actor"},
		{"happy-pat", exitUsage, "happy-path"},
		{one + "--memory 1KiB", exitUsage, "from 1MiB"},
		{one + "--rounds 0", exitUsage, "from 1 to 200"},
		{one + "--rounds 201", exitUsage, "from 1 to 200"},
		{one + "--crashes 201", exitUsage, "from 0 to 200"},
		{one + "--crash 1", exitUsage, "did you mean --crashes?"},
		{one + "--network fif", exitUsage, "did you mean fifo?"},
		{one + "--set actors=2 --lose nack", exitHeld, "each Nack is lost"},
		{one + "--lose nak", exitUsage, "did you mean Nack?"},
		{one + "--ask onc", exitUsage, "did you mean once?"},
		{one + "--set actors=2 --crashes 1 --ask once", exitHeld, "a client asks once"},
		{one + "--own inlin", exitUsage, "did you mean inline?"},
		{one + "--reduce symmetri", exitUsage, "did you mean symmetry?"},
		{one + "--alarm rol=1", exitUsage, "did you mean role?"},
		{one + "--alarm =1", exitUsage, "expected NAME=N"},
		{one + "--alarm role", exitUsage, "expected NAME=N"},
		{one + "--alarm role=x", exitUsage, "from 0 to 200, or any"},
		{one + "--depth-first --depth 3", exitUsage, "--depth and --depth-first"},
		{"duelling-proposers --set actors=3 --mutant votes-by-value --reduce symmetry", exitUsage, "look without that: --reduce none"},
	} {
		args := append([]string{"check"}, strings.Fields(c.args)...)
		if strings.Contains(c.says, "--reduce none") {
			args = append(args, "--set", "requests=[{actor: 1, value: x}, {actor: 1, value: y}]", "--crashes", "1")
		}
		code, out, errs := command(args...)
		if code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("%s: exit %d, expected %d and %q\n%s%s", c.args, code, c.code, c.says, out, errs)
		}
		if code == exitUsage && (out != "" || strings.Count(errs, "\n") != 1) {
			t.Errorf("%s: a mistake is one line: %s%s", c.args, out, errs)
		}
	}
	if left, _ := filepath.Glob("*"); len(left) > 0 {
		t.Errorf("there are files: %v", left)
	}
}

// TestCheckKeepsFiles: the story of a violation takes the place of another story, and of
// nothing else.
func TestCheckKeepsFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, text := range []string{"", "paxsim: 1\n", "\x00"} {
		if err := os.WriteFile("x.yaml", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		code, _, errs := command("check", "literal-acks", "-o", "x.yaml")
		now, _ := os.ReadFile("x.yaml")
		if kept := string(now) == text; kept != (text != "") || kept != (code == exitUsage) {
			t.Errorf("%q: exit %d, %s", text, code, errs)
		}
	}
	for range 2 {
		if code, _, errs := command("check", "literal-acks", "-o", "y.story.yaml"); code != exitViolated {
			t.Errorf("exit %d, %s", code, errs)
		}
	}
}
