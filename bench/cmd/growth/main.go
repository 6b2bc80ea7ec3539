// Growth prints a scenario of a size: what bench/growth.sh counts instructions of at
// two sizes.
//
//	growth NAME SIZE
package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
)

const head = "paxsim: 1\nteaches: what grows\nactors: 5\nnetwork: {delay: 1ms..10ms}\n"

// texts are the scenarios, by name.
var texts = map[string]func(n int) string{
	// A duel of so many milliseconds. Nobody learns, so every ballot gets as far as
	// its votes.
	"duel": func(n int) string {
		return fmt.Sprintf("%sfaults: {deaf: {weather: {messages: [Accepted], loss: 100%%}}}\nrequests: by-chance\nlimits: {time: %dms}\n", head, n)
	},
	// The same, and actors crash.
	"crashing-duel": func(n int) string {
		return fmt.Sprintf("%scrashes: {chance: 2%%, down: 1ms..2ms}\nfaults: {deaf: {weather: {messages: [Accepted], loss: 100%%}}}\nrequests: by-chance\nlimits: {time: %dms}\n", head, n)
	},
	// A run of so many milliseconds in which hardly anything gets through.
	"storm": func(n int) string {
		return fmt.Sprintf("%sfaults: {storm: {weather: {loss: 99%%}}}\nrequests: by-chance\nlimits: {time: %dms}\n", head, n)
	},
	// Events that are far ahead, beyond what the wheel of the queue holds.
	"far": func(n int) string {
		return fmt.Sprintf("paxsim: 1\nteaches: what grows\nactors: 5\ntick: 1us\nnetwork: {delay: 1us..100s}\npaxos: {x: 0.01%%, repeat: 1ms, learn_timeout: 1ms}\nrequests: by-chance\nlimits: {events: %d, time: 100000s}\n", n)
	},
	"faults": faults(func(i int) string { return fmt.Sprintf("{crash: proposer, at: %dms, until: %dms}", 2*i, 2*i+1) }),
	"cuts":   faults(func(i int) string { return fmt.Sprintf("{isolate: any, at: %dms, until: %dms}", 2*i, 2*i+1) }),
	"moments": faults(func(i int) string {
		return fmt.Sprintf("{pause: [1], when: any receives Prepare %d times, for: 1ms}", i+1)
	}),
	"requests": func(n int) string {
		return head + "requests:\n" + lines(n, func(i int) string { return fmt.Sprintf("- {actor: %d, at: 0s, value: v%d}", i%5+1, i) })
	},
	// Half of the members go down for good, as far as a quorum is spared.
	"members": func(n int) string {
		return fmt.Sprintf("paxsim: 1\nteaches: what grows\nactors: %d\nmembers: [%s]\nspare: quorum\nnetwork: {delay: 1ms}\nfaults:\n  down: {crash: [%s], at: 0s}\nrequests: [{actor: %d, at: 2ms}]\nlimits: {time: 1ms}\n", n, ids(n), ids(n/2-1), n)
	},
	// A cut, and then a fault that asks which side is the largest.
	"majority": func(n int) string {
		return fmt.Sprintf("paxsim: 1\nteaches: what grows\nactors: %d\nnetwork: {delay: 1ms}\nfaults:\n  cut: {split: [[%s]], at: 0s, until: 1s}\n  rest: {pause: minority, at: 1ms, until: 2ms}\nrequests: [{actor: %d, at: 5ms}]\nlimits: {time: 3ms}\n", n, ids(n/2-1), n)
	},
}

// faults is a scenario with so many faults.
func faults(one func(i int) string) func(n int) string {
	return func(n int) string {
		return head + "faults:\n" + lines(n, func(i int) string { return fmt.Sprintf("f%d: %s", i, one(i)) }) + "requests: [{actor: 1}, {actor: 2}]\n"
	}
}

func lines(n int, one func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("  " + one(i) + "\n")
	}
	return b.String()
}

// ids is the actors up to n.
func ids(n int) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		if i > 1 {
			b.WriteString(", ")
		}
		b.WriteString(strconv.Itoa(i))
	}
	return b.String()
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errs io.Writer) int {
	if len(args) == 2 {
		text, size := texts[args[0]], 0
		if _, err := fmt.Sscan(args[1], &size); err == nil && text != nil {
			fmt.Fprint(out, text(size))
			return 0
		}
	}
	fmt.Fprintf(errs, "growth: expected a name and a size; the names are %s\n", strings.Join(slices.Sorted(maps.Keys(texts)), ", "))
	return 2
}
