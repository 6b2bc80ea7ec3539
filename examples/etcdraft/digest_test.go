package etcdraft

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
)

var update = flag.Bool("update", false, "write testdata/digests.txt")

// digests are those of some runs in all kinds of weather, a line each.
func digests(t *testing.T, workers int) string {
	t.Helper()
	var b strings.Builder
	for _, clock := range []string{"ticks", "timers"} {
		for _, name := range []string{"weather", "hunt", "snapshot"} {
			s := load(t, name, "etcdraft.clock="+clock)
			each(t, s, 8, workers, func(o *sim.Outcome) {
				fmt.Fprintf(&b, "%s %s %d %016x\n", name, clock, o.Seed, o.Digest)
			})
		}
	}
	return b.String()
}

// TestDigests: the same runs have the same digests when they are made again, by one
// worker and by two, in another process, and on every machine:
//
//	GOARCH=386 go test -run TestDigests
func TestDigests(t *testing.T) {
	one := digests(t, 1)
	if os.Getenv("ETCDRAFT_PRINT") != "" {
		fmt.Print(one)
		return
	}
	if again := digests(t, 1); again != one {
		t.Error("a second time they are others")
	}
	if two := digests(t, 2); two != one {
		t.Error("with two workers they are others")
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestDigests$")
	cmd.Env = append(os.Environ(), "ETCDRAFT_PRINT=1")
	out, err := cmd.Output()
	if err != nil || !strings.HasPrefix(string(out), one) {
		t.Errorf("in another process they are others: %v", err)
	}
	file := filepath.Join("testdata", "digests.txt")
	if *update {
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(one), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != one {
		t.Errorf("they are not those of %s, which -update writes: %v", file, err)
	}
}
