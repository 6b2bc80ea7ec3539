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
	variant := flag.String("variant", "bare", "one of "+strings.Join(slices.Concat(bench.Variants, bench.Searched, bench.Checked), ", "))
	flag.Parse()
	if slices.Contains(bench.Checked, *variant) {
		check(*variant, *runs)
		return
	}
	w, err := bench.New(*actors, *variant)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	t := w.Play(1, *runs)
	fmt.Printf("%d events, %d of %d decided\n", t.Events, t.Decided, t.Runs)
}

// check makes exhaustive looks. Their worlds are what is counted.
func check(variant string, times uint64) {
	worlds := 0
	for range times {
		n, err := bench.Check(variant)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		worlds += n
	}
	fmt.Printf("%d events, each a world of %d looks\n", worlds, times)
}
