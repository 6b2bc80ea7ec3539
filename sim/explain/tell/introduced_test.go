package tell_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/tell"
	"github.com/paxsim/paxsim/sim/trace"
)

var (
	thereAre = regexp.MustCompile(`There are (\d+) actors`)
	aBallot  = regexp.MustCompile(`\b\d+\.\d+\b`)
	aValue   = regexp.MustCompile(`\b\d+[a-z]+\b`)
	anActor  = regexp.MustCompile(`actors? (\d+)`)
	begins   = regexp.MustCompile(`begins ballot (\d+\.\d+)`)
	asks     = regexp.MustCompile(`(?:the value|for|of actor \d+ for) (\d+[a-z]+)(?: chosen)?\.`)
)

// unknown lists the words of a text of Paxos that were not introduced before: ballots,
// values and actors.
func unknown(text *tell.Text) (list []string) {
	known := map[string]bool{}
	if m := thereAre.FindStringSubmatch(strings.Join(text.Cast, " ")); m != nil {
		n, _ := strconv.Atoi(m[1])
		for id := range n {
			known[fmt.Sprint("actor ", id+1)] = true
		}
	}
	look := func(where, sentence string) {
		for _, m := range begins.FindAllStringSubmatch(sentence, -1) {
			known[m[1]] = true
		}
		if strings.HasPrefix(sentence, "A client asks") || strings.HasPrefix(sentence, "The client of") {
			for _, m := range asks.FindAllStringSubmatch(sentence, -1) {
				known[m[1]] = true
			}
		}
		for _, word := range append(aBallot.FindAllString(sentence, -1), aValue.FindAllString(sentence, -1)...) {
			if !known[word] {
				list = append(list, fmt.Sprintf("%s: %s: %s", where, word, sentence))
			}
		}
		for _, m := range anActor.FindAllStringSubmatch(sentence, -1) {
			if !known["actor "+m[1]] {
				list = append(list, fmt.Sprintf("%s: %s: %s", where, m[0], sentence))
			}
		}
	}
	for _, l := range text.Lines {
		for _, s := range l.Sentences {
			look(fmt.Sprint(l.Number), s)
		}
	}
	return list
}

// unsound lists what is wrong with the sentences of a text, whatever it tells.
func unsound(text *tell.Text) (list []string) {
	for i, l := range text.Lines {
		if l.Number != i+1 || len(l.Sentences) == 0 || len(l.Events) == 0 || len(l.Actors) == 0 {
			list = append(list, fmt.Sprintf("%+v", l))
		}
		for _, s := range l.Sentences {
			if c, _ := utf8.DecodeRuneInString(s); !strings.HasSuffix(s, ".") || strings.Contains(s, "  ") || strings.ToUpper(string(c)) != string(c) || strings.Contains(s, "%!") || strings.Contains(s, " - ") {
				list = append(list, s)
			}
		}
	}
	for line := range strings.Lines(text.String()) {
		if utf8.RuneCountInString(line) > 81 {
			list = append(list, line)
		}
	}
	return list
}

// TestIntroduced: in each story of Paxos no ballot, value or actor is spoken of before
// it was introduced.
func TestIntroduced(t *testing.T) {
	for _, x := range stories {
		text, _ := x.play(t)
		list := unsound(text)
		if x.scenario().Protocol.Name() == "paxos" {
			list = append(list, unknown(text)...)
		}
		if len(list) > 0 {
			t.Errorf("%s:\n%s", x.name, strings.Join(list, "\n"))
		}
	}
	bad := &tell.Text{Cast: []string{"There are 2 actors: 1 and 2."}, Lines: []tell.Line{{Number: 1, Sentences: []string{"Actor 1 begins ballot 1.1.", "It hears of 2.2 and of 1a from actor 3."}}}}
	if list := unknown(bad); len(list) != 3 {
		t.Errorf("it misses something: %q", list)
	}
}

// TestAnyRun: runs of every mutant, under all weather, are told in whole sentences about
// what was introduced, and a bug that broke a rule is found.
func TestAnyRun(t *testing.T) {
	for _, m := range mutants.All() {
		for seed := range uint64(gate.Of(6, 60)) {
			n := max(3, m.Scope.Actors)
			s := mutated(m.Name, n, 1, 2, 3, sim.ID(n))
			s.Members = m.Scope.Members
			s.Network.DelayMax = 30
			s.Network.Loss = scheduler.Certain / 20
			s.Crashes.DownMax = 30
			s.Disk.Sync = sim.Time(seed % 3)
			s.Settings = slices.Clone(s.Settings)
			s.Settings[slices.IndexFunc(s.Protocol.Settings(), func(x sim.Setting) bool { return x.Name == "fan_out" })] = int64(seed % 2)
			if seed%2 == 0 {
				s.Invariants = sim.ExpandInvariants(s.Protocol, []string{"safety"})
			}
			r, err := s.Protocol.New(s)
			if err != nil {
				t.Fatal(err)
			}
			var run trace.Recorder
			r.Observe(&run)
			r.Reset(seed, nil)
			tally.Run()
			r.Steps(300)
			text, err := tell.Of(s, run.Entries, tell.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if list := append(unsound(text), unknown(text)...); len(list) > 0 {
				t.Fatalf("%s, seed %d:\n%s\n%s", m.Name, seed, strings.Join(list, "\n"), text)
			}
			acts := slices.ContainsFunc(text.Lines, func(l tell.Line) bool { return l.Bug })
			if v := r.Outcome().Violation; v != nil && v.Event != 0 && !acts && v.Invariant != "quorum-intersection" {
				t.Fatalf("%s, seed %d: %s broke, and nobody knows where the bug acts:\n%s", m.Name, seed, v.Invariant, text)
			}
		}
	}
}
