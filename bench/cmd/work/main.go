// Work does the measured work a number of times and says how many events that
// were. It exists to be counted: see bench/instr.sh.
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/bench"
)

func main() {
	runs := flag.Uint64("runs", 1000, "how many runs")
	actors := flag.Int("actors", 5, "how many actors")
	variant := flag.String("variant", "bare", "one of "+strings.Join(slices.Concat(bench.Variants, bench.Searched), ", "))
	flag.Parse()
	w, err := bench.New(*actors, *variant)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	t := w.Play(1, *runs)
	fmt.Printf("%d events, %d of %d decided\n", t.Events, t.Decided, t.Runs)
}
