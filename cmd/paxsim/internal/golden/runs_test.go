package golden

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/grid"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/trace"
)

// rules are what the told runs must show between them.
var rules = []string{
	"taking the role by chance",
	"promise and nack",
	"adopting the highest value reported",
	"giving up on a nack",
	"giving up when lost",
	"trying again after a nack",
	"accept, and told again",
	"accepting raises the promise",
	"learning late by proposing",
	"learning late by asking",
	"asking in vain",
	"repeats heal what was lost",
	"giving up after all repeats",
	"a crash between vote and answer",
	"a crash during a sync",
	"a cut that heals",
	"the end of a run",
}

// toldRuns reads all of them.
func toldRuns(t *testing.T) []*toldRun {
	t.Helper()
	var list []*toldRun
	for _, file := range existing(t, "runs/*.txt") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s, err := readRun(file, string(text))
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(file), err)
			continue
		}
		list = append(list, s)
	}
	return list
}

// TestRuns plays every told run and compares what happens, line by line.
func TestRuns(t *testing.T) {
	list := toldRuns(t)
	for _, s := range list {
		t.Run(s.name, func(t *testing.T) {
			for _, what := range s.lacks() {
				t.Errorf("it lacks %s", what)
			}
			is, unused, err := s.play()
			if err != nil {
				t.Fatal(err)
			}
			for _, choice := range unused {
				t.Errorf("no longer applies: the answer to %s", choice)
			}
			for _, look := range s.looks {
				if !strings.Contains(is, look) {
					t.Errorf("nothing in it reads %q", look)
				}
			}
			file := filepath.Join(data, "runs", s.name+".txt")
			hold(t, file, []byte(s.head+s.was), []byte(s.head+is))
		})
	}
	t.Logf("compared %d told runs, line by line", len(list))
}

// TestEveryRuleHasItsRun, and so has every scenario of the library whose
// digests are kept in full; the others have their picture in docs/failures.md.
func TestEveryRuleHasItsRun(t *testing.T) {
	told, names := map[string]bool{}, map[string]bool{}
	for _, s := range toldRuns(t) {
		names[s.name] = s.name == s.of
		for _, r := range s.rules {
			if !slices.Contains(rules, r) {
				t.Errorf("%s: there is no rule %q", s.name, r)
			}
			told[r] = true
		}
	}
	for _, r := range rules {
		if !told[r] {
			t.Errorf("no told run shows the rule %q", r)
		}
	}
	for _, name := range scenarios.Names() {
		if !names[name] && slices.Contains(inFull, name) {
			t.Errorf("the scenario %s has no told run of its name", name)
		}
	}
}

// play plays the run and tells what happens, with the outcome below, and which
// of its answers no longer apply.
func (s *toldRun) play() (text string, unused []string, err error) {
	scenario, source, err := s.load()
	if err != nil {
		return "", nil, err
	}
	world, err := scenario.Protocol.New(scenario)
	if err != nil {
		return "", nil, err
	}
	steps := &trace.Steps{}
	run := func(each func(trace.Step)) {
		steps.Each = each
		source.Reset()
		world.Reset(s.base.Seed, source)
		tally.Run()
		world.Run()
		steps.Flush()
	}
	var b bytes.Buffer
	if s.summary {
		run(nil)
	} else {
		world.Observe(steps)
		g := grid.New(scenario, 1)
		run(g.Measure)
		g.Begin(&b)
		run(g.Print)
		if err := g.End(); err != nil {
			return "", nil, err
		}
		_, body, _ := strings.Cut(b.String(), "\n\n") // how to read it is told in the README
		text = "\n" + body
	}
	for _, k := range source.Unused() {
		unused = append(unused, scenario.Protocol.Vocabulary().KeyText(k))
	}
	return text + "\n" + outcomeText(scenario, world), unused, nil
}

// outcomeText tells how a run ended and what it cost, without its digest: a
// told run must stay as it is when only the digest moves.
func outcomeText(s *sim.Scenario, w sim.Runner) string {
	o := w.Outcome()
	var b strings.Builder
	fmt.Fprintf(&b, "outcome: %v, by %v after %s ms", o.Verdict, o.End, say.Millis(s, o.Ended))
	if o.Chosen.Value != 0 {
		fmt.Fprintf(&b, "; chosen %s in %s at %s ms", w.ValueName(o.Chosen.Value), w.RoundText(o.Chosen.Under), say.Millis(s, o.ChosenTime))
	}
	if o.Decisions > 0 {
		fmt.Fprintf(&b, "; decided %s in %s at %s ms; learned by %s", w.ValueName(o.Value), w.RoundText(o.Under), say.Millis(s, o.DecideTime), report.Learned(&o))
	}
	if o.AllLearned() {
		fmt.Fprintf(&b, " at %s ms", say.Millis(s, o.LearnedTime))
	}
	fmt.Fprintf(&b, "\ncounts: events %d, sent %d, delivered %d, dropped %d, duplicated %d, crashes %d", o.Events, o.Sent, o.Delivered, o.Dropped, o.Duplicated, o.Crashes)
	for i, note := range s.Protocol.Vocabulary().Notes {
		fmt.Fprintf(&b, ", %s %d", note.Field, o.Notes[i])
	}
	b.WriteByte('\n')
	return b.String()
}
