package cli

import (
	"os/exec"
	"testing"
)

// What quote writes a shell must read back.
func TestQuote(t *testing.T) {
	for _, arg := range []string{"plain", "a b", "it's", "", "$HOME", "`id`", "a\nb", `back\slash`, "*", "~", "x=1%", "-dash", "a;b", "ünï", "!x", "{a,b}", "#c"} {
		out, err := exec.Command("sh", "-c", "printf %s "+quote(arg)).Output()
		if err != nil {
			t.Skip(err)
		}
		if string(out) != arg {
			t.Errorf("%q is quoted %s and read as %q", arg, quote(arg), out)
		}
	}
	if got := quote("paxsim", "--set", "network.loss=10%"); got != "paxsim --set network.loss=10%" {
		t.Errorf("needless quotes: %s", got)
	}
}
