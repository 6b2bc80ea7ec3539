// Profile reads two files of callgrind, of few and of many runs, and prints where
// the instructions of an event go, by what they are for. Start it by
// bench/profile.sh.
package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strconv"
	"text/tabwriter"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "profile:", err)
		os.Exit(1)
	}
}

// run takes the arguments: a file and how many events it is of, twice.
func run(args []string) error {
	if len(args) != 4 {
		return fmt.Errorf("expected FEW EVENTS MANY EVENTS, got %q", args)
	}
	few, err := read(args[0])
	if err != nil {
		return err
	}
	many, err := read(args[2])
	if err != nil {
		return err
	}
	e1, err1 := strconv.ParseFloat(args[1], 64)
	e2, err2 := strconv.ParseFloat(args[3], 64)
	if err := cmp.Or(err1, err2); err != nil {
		return err
	}
	print(few, many, e2-e1)
	return nil
}

// place is where an instruction is: the function that was compiled, and the
// source file of the line, which differs where something was inlined.
type place struct{ function, file string }

// print takes the few from the many, so that the start of the process is out.
func print(few, many map[place]float64, events float64) {
	byGroup := make(map[string]float64)
	byFunction := make(map[string]float64)
	total := 0.0
	for p, n := range many { //sorted: below
		each := (n - few[p]) / events
		byGroup[group(p)] += each
		byFunction[p.function] += each
		total += each
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	table := func(title string, rows map[string]float64, least float64) {
		names := make([]string, 0, len(rows))
		for name := range rows {
			names = append(names, name)
		}
		slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(rows[b], rows[a]), cmp.Compare(a, b)) })
		fmt.Fprintf(w, "instr/event\tshare\t  %s\n", title)
		for _, name := range names {
			if rows[name] >= least {
				fmt.Fprintf(w, "%.1f\t%.0f %%\t  %s\n", rows[name], 100*rows[name]/total, name)
			}
		}
	}
	table("for", byGroup, 0.5)
	fmt.Fprintf(w, "%.1f\t\t  in all\n\t\t\n", total)
	table("function, with what is inlined into it", byFunction, 4)
	_ = w.Flush() // to a terminal, as fmt.Print
}
