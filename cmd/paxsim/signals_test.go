//go:build unix

package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

var moments = flag.Int("moments", 0, "at how many random moments TestSignals sends each signal to each command; 0: each command gets one signal, and SIGKILL")

// TestSignals sends signals to commands at random moments, from the first
// millisecond to the renaming of the last file, and holds what is promised of
// every end: the exit code, files that are whole or as they were, whole rows, and
// nothing left. What can be gone on with is gone on with, and comes to what it
// comes to in one go. The table, from many moments:
//
//	go test ./cmd/paxsim -run Signals -moments 100 -timeout 0 -v
func TestSignals(t *testing.T) {
	t.Parallel()
	saved := savedRun(t)
	var rows []*ends
	t.Run("commands", func(t *testing.T) {
		for _, s := range subjects {
			s.args = strings.ReplaceAll(s.args, "SAVED", saved)
			s.input = strings.ReplaceAll(s.input, "SAVED", saved)
			seed := uint64(time.Now().UnixNano())
			list := plan(rand.New(rand.NewPCG(seed, 1)), s.name)
			rows = append(rows, list...)
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				t.Logf("dice %d", seed)
				x := &trial{T: t, subject: s, dice: rand.New(rand.NewPCG(seed, 2))}
				x.inOneGo()
				for _, e := range list {
					for n := range e.moments {
						x.end(e, n)
					}
				}
			})
		}
	})
	t.Logf("%s", tableOf(rows))
}

// subject is a command that gets signals. SAVED is the name of a run that is saved,
// without the endings of its files.
type subject struct {
	name    string
	args    string
	input   string   // what it is fed: a text, or @ and the name of a file
	files   []string // what it writes
	code    int      // of its own end
	goesOn  string   // the flags by which it goes on where it was ended; "": it begins anew
	partial bool     // what it writes when it is stopped is of the part that it has done
}

var subjects = []subject{
	{name: "run --runs", args: "run lossy --runs 3000 --format csv --metrics lossy.om", files: []string{"lossy.om"}},
	{name: "run --save", args: "run lossy --set actors=60 --save x.run.json --cpuprofile x.prof", files: []string{"x.run.json", "x.prof"}},
	{name: "fuzz --out", args: "fuzz --mutant brooker --only agreement --runs 3000 --format json --out . --save-every 1ms", code: 1, goesOn: "--resume"},
	{name: "sweep --plot", args: "sweep lossy --vary network.loss=0%..60%/7 --runs 100 --format csv --plot x.svg", files: []string{"x.svg"}, partial: true},
	{name: "zoo --bench", args: "zoo --bench --settings SAVED.settings.yaml --rows rows.jsonl --mutants brooker,unsaved-promise --repetitions 2", goesOn: "-j 2"},
	{name: "zoo", args: "zoo --format markdown"},
	{name: "scenarios test", args: "scenarios test --runs 100 lossy minority-cut literal-acks --format json"},
	{name: "export -o", args: "export lossy --set actors=60 --to jsonl -o x.trace.jsonl", files: []string{"x.trace.jsonl"}},
	{name: "export - -o", args: "export - --to text -o x.txt", input: "@SAVED.trace.jsonl", files: []string{"x.txt"}},
	{name: "view -o", args: "view lossy --set actors=25 -o x.html", files: []string{"x.html"}},
	{name: "step", args: "step literal-acks", code: 1, input: strings.Repeat("next 5\nback 3\n", 20) + "to end\nsave x.run.json\n", files: []string{"x.run.json"}},
	{name: "replay", args: "replay SAVED.run.json SAVED.run.json SAVED.run.json SAVED.run.json --format csv"},
	{name: "check", args: "check duelling-proposers --set actors=3 --mutant no-adoption -o x.story.yaml", code: 1, files: []string{"x.story.yaml"}},
	{name: "check, held", args: "check spec-3 --reduce none"},
	{name: "diff", args: "diff SAVED.run.json SAVED.trace.jsonl --format json"},
}

// savedRun makes the files that commands read.
func savedRun(t *testing.T) string {
	name := filepath.Join(t.TempDir(), "saved")
	for _, args := range []string{"run lossy --set actors=40 --save SAVED.run.json", "export SAVED.run.json --to jsonl -o SAVED.trace.jsonl"} {
		cmd, _, diagnostics := startIn(t, "", strings.Fields(strings.ReplaceAll(args, "SAVED", name))...)
		if code := exitCode(t, cmd); code != 0 {
			t.Fatalf("%s: exit %d, %s", args, code, diagnostics)
		}
	}
	if err := os.WriteFile(name+".settings.yaml", []byte(smallBench(t, "300")), 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

// ends are the ends of a command by one signal, or by two.
type ends struct {
	subject string
	signals []syscall.Signal
	moments int

	early, stopped, over int // before anybody listened; by the signal; by itself
	wrong                int
	slowest              time.Duration // from the signal to the end
}

// plan says which signals a command gets, and how often.
func plan(dice *rand.Rand, name string) (list []*ends) {
	soft := [][]syscall.Signal{{syscall.SIGINT}, {syscall.SIGTERM}, {syscall.SIGHUP}, {syscall.SIGTERM, syscall.SIGINT}}
	if *moments == 0 {
		soft = soft[dice.IntN(len(soft)):][:1]
	}
	for _, signals := range append(soft, []syscall.Signal{syscall.SIGKILL}) {
		list = append(list, &ends{subject: name, signals: signals, moments: max(1, *moments)})
	}
	return list
}

// tableOf is the table of all ends.
func tableOf(rows []*ends) string {
	var b strings.Builder
	fmt.Fprintf(&b, "early: before the command listened · stopped: by the signal · over: by itself before\n")
	fmt.Fprintf(&b, "wrong: another exit code, a file or a row that is not whole, or something left\n\n")
	fmt.Fprintf(&b, "%-15s %-8s %7s %6s %8s %6s %6s %8s\n", "command", "signal", "moments", "early", "stopped", "over", "wrong", "slowest")
	all := ends{}
	for _, e := range rows {
		if e.moments = e.early + e.stopped + e.over; e.moments == 0 {
			continue // -run left it out
		}
		fmt.Fprintf(&b, "%-15s %-8s %7d %6d %8d %6d %6d %6dms\n", e.subject, signalText(e.signals), e.moments, e.early, e.stopped, e.over, e.wrong, e.slowest.Milliseconds())
		all.moments, all.early, all.stopped, all.over = all.moments+e.moments, all.early+e.early, all.stopped+e.stopped, all.over+e.over
		all.wrong, all.slowest = all.wrong+e.wrong, max(all.slowest, e.slowest)
	}
	fmt.Fprintf(&b, "%-15s %-8s %7d %6d %8d %6d %6d %6dms\n", "all", "", all.moments, all.early, all.stopped, all.over, all.wrong, all.slowest.Milliseconds())
	return b.String()
}

func signalText(list []syscall.Signal) string {
	names := map[syscall.Signal]string{syscall.SIGINT: "INT", syscall.SIGTERM: "TERM", syscall.SIGHUP: "HUP", syscall.SIGKILL: "KILL"}
	var words []string
	for _, s := range list {
		words = append(words, names[s])
	}
	return strings.Join(words, "+")
}
