package golden

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/trace"
)

var (
	many    = flag.Uint64("many", 5*block, "compare the digests of so many seeds, in thousands, of two scenarios; 0: none")
	workers = flag.String("workers", "1,2", "by how many workers the many seeds are run, each number in turn")
)

const (
	block    = 1000        // seeds of which the digests are condensed to one
	manyKept = 100 * block // seeds of which the file tells
)

// manyOf are the scenarios of which many seeds are compared.
var manyOf = []string{"lossy", "duelling-proposers"}

// TestManySeeds compares more digests than could be kept one by one, and with
// different numbers of workers.
func TestManySeeds(t *testing.T) {
	n := min(*many, manyKept) / block * block
	if testing.Short() {
		n = min(n, block)
	}
	if n == 0 {
		t.Skip("-many 0")
	}
	for _, name := range manyOf {
		s, err := scenarios.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(data, "digests", "many", name+".txt")
		was, err := os.ReadFile(file)
		if err != nil && !*update {
			t.Fatal(err)
		}
		head := fmt.Sprintf("# %s: the digests of each %d seeds from 1 on, condensed to one. Trace version %d.\n", name, block, trace.TraceVersion)
		for _, text := range strings.Split(*workers, ",") {
			w, err := strconv.Atoi(text)
			if err != nil || w < 1 {
				t.Fatalf("-workers %q: expected numbers such as 1,2", *workers)
			}
			begin := time.Now()
			is := append([]byte(head), condensed(t, &s.Scenario, n, w)...)
			if had := firstLines(was, n/block+1); *update && n == manyKept {
				hold(t, file, was, is)
				was = is
			} else if !bytes.Equal(had, is) {
				t.Errorf("%s, workers %d: the digests are no longer what they were; to rewrite them: go test ./cmd/paxsim/internal/golden -run ManySeeds -many %d -update\nwas:\n%s\nis:\n%s", name, w, manyKept, had, is)
			}
			t.Logf("compared %d digests of %s, condensed to %d, workers %d: %.1f s", n, name, n/block, w, time.Since(begin).Seconds())
		}
	}
}

// condensed runs the first n seeds and gives a line for each block of them.
func condensed(t *testing.T, s *sim.Scenario, n uint64, workers int) []byte {
	t.Helper()
	var b bytes.Buffer
	var d scheduler.Digest
	runs := 0
	err := campaign.Seeds(context.Background(), s, 1, n, workers, digestOf, func(digest uint64) error {
		d.Mix(digest)
		if runs++; runs%block == 0 {
			fmt.Fprintln(&b, trace.Hex(d.Sum()))
			d = 0
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
