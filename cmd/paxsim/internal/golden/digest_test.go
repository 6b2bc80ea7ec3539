package golden

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/trace"
)

var atMost = flag.Uint64("seeds", 0, "compare the digests of at most so many seeds of each scenario; 0: all")

// inFull are the scenarios with which the library began, and which differ most
// in what they use. Of the others a hundred digests each are enough to notice
// what moves.
var inFull = []string{
	"happy-path", "self-election", "lossy", "duelling-proposers", "minority-cut", "majority-cut",
	"proposer-crash", "acceptor-crash", "literal-acks",
}

// seedsOf is how many digests of a scenario are kept.
func seedsOf(s *sim.Scenario) uint64 {
	switch {
	case s.Actors > 100:
		return 10
	case slices.Contains(inFull, s.Name):
		return 1000
	}
	return 100
}

// fewer is how many of n digests are compared.
func fewer(n uint64) uint64 {
	switch {
	case *update:
		return n
	case *atMost > 0:
		return min(n, *atMost)
	case testing.Short():
		return max(n/10, 1)
	}
	return n
}

// TestDigests runs the first seeds of every scenario of the library and
// compares the digests, each on a line of its own.
func TestDigests(t *testing.T) {
	compared := uint64(0)
	for _, name := range scenarios.Names() {
		s, err := scenarios.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		n := fewer(seedsOf(&s.Scenario))
		head := fmt.Sprintf("# %s: the digest of each seed from 1 on. Trace version %d.\n", name, trace.TraceVersion)
		is := digests(t, &s.Scenario, n)
		file := filepath.Join(data, "digests", name+".txt")
		was, err := os.ReadFile(file)
		if err != nil && !*update {
			t.Fatal(err)
		}
		if kept := uint64(bytes.Count(was, []byte("\n"))); kept != seedsOf(&s.Scenario)+1 && !*update {
			t.Errorf("%s: %d lines, not %d and a head", name, kept, seedsOf(&s.Scenario))
		}
		hold(t, file, firstLines(was, n+1), append([]byte(head), is...))
		compared += n
	}
	t.Logf("compared %d digests of %d scenarios", compared, len(scenarios.Names()))
}

// TestEveryDigestFileIsRead: a scenario that goes takes its file with it.
func TestEveryDigestFileIsRead(t *testing.T) {
	names := strings.Join(scenarios.Names(), " ") + " "
	for _, file := range existing(t, "digests/*.txt") {
		if name := strings.TrimSuffix(filepath.Base(file), ".txt"); !strings.Contains(names, name+" ") {
			t.Errorf("%s: there is no such scenario", name)
		}
	}
}

// digests runs the first n seeds and gives a line each.
func digests(t *testing.T, s *sim.Scenario, n uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	err := campaign.Seeds(context.Background(), s, 1, n, 1, digestOf, func(digest uint64) error {
		_, err := fmt.Fprintln(&b, trace.Hex(digest))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// digestOf is what is kept of a run.
func digestOf(w sim.Runner) uint64 {
	tally.Run()
	return w.Outcome().Digest
}

// firstLines is the first n lines of a text.
func firstLines(text []byte, n uint64) []byte {
	end := 0
	for ; n > 0; n-- {
		i := bytes.IndexByte(text[end:], '\n')
		if i < 0 {
			return text
		}
		end += i + 1
	}
	return text[:end]
}
