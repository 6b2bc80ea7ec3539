package golden

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

// toldRun is a file of testdata/runs: what is run, and what it shows.
//
// Its head is lines that begin with #. Those of the form "# word: text" say how
// the run is made; all others tell the run, for people:
//
//	# scenario: lossy                    of the library
//	# set: actors=3                      as paxsim run --set; may come again
//	# calm: loss                         as paxsim run --calm; may come again
//	# base: calm                         or: seed 7
//	# answer: lost Accept 1>2 #1 = 1     a choice that is answered differently; may come again
//	# rule: nack                         a rule of the protocol that it shows; may come again
//	# look: DECIDES 1a                   what the run must show, word for word; may come again
//	# show: summary                      the last lines alone
type toldRun struct {
	name    string
	prose   []string // the lines for people
	head    string   // all of the head, as it stands
	was     string   // what follows it
	of      string   // the scenario
	changes []scenarios.Override
	base    *trace.Base
	answers []answer
	rules   []string
	looks   []string
	summary bool
}

type answer struct {
	choice  string
	outcome uint32
}

// readRun reads a told run. It names the line that it does not understand.
func readRun(file, text string) (*toldRun, error) {
	s := &toldRun{name: strings.TrimSuffix(filepath.Base(file), ".txt")}
	rest := text
	for n := 1; strings.HasPrefix(rest, "#"); n++ {
		line, after, _ := strings.Cut(rest, "\n")
		rest = after
		if err := s.line(strings.TrimSpace(strings.TrimPrefix(line, "#"))); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	s.head, s.was = text[:len(text)-len(rest)], rest
	switch {
	case s.of == "":
		return nil, fmt.Errorf("the head does not name the scenario")
	case s.base == nil:
		return nil, fmt.Errorf("the head does not name the base")
	}
	return s, nil
}

// words are the words that make a line of the head more than prose.
var words = []string{"scenario", "set", "calm", "base", "answer", "rule", "look", "show"}

// line reads a line of the head.
func (s *toldRun) line(line string) error {
	word, text, ok := strings.Cut(line, ": ")
	if !ok || strings.Contains(word, " ") || word != strings.ToLower(word) {
		s.prose = append(s.prose, line)
		return nil
	}
	switch word {
	case "scenario":
		s.of = text
	case "set":
		s.changes = append(s.changes, scenarios.Set(text))
	case "calm":
		s.changes = append(s.changes, scenarios.Calm(text))
	case "base":
		b, err := trace.ParseBase(text)
		if err != nil {
			return err
		}
		s.base = &b
	case "answer":
		choice, outcome, _ := strings.Cut(text, " = ")
		n, err := strconv.ParseUint(outcome, 10, 32)
		if err != nil {
			return fmt.Errorf("%q: expected the form %q", text, "lost Accept 1>2 #1 = 1")
		}
		s.answers = append(s.answers, answer{choice, uint32(n)})
	case "rule":
		s.rules = append(s.rules, text)
	case "look":
		s.looks = append(s.looks, text)
	case "show":
		if text != "summary" {
			return fmt.Errorf("show: %q: expected summary", text)
		}
		s.summary = true
	default:
		return fmt.Errorf("%q is none of %s", word, strings.Join(words, ", "))
	}
	return nil
}

// load is the scenario of the run and what answers its choices.
func (s *toldRun) load() (*sim.Scenario, *scheduler.Edited, error) {
	scenario, err := scenarios.Load(s.of, s.changes...)
	if err != nil {
		return nil, nil, err
	}
	source := &scheduler.Edited{Answers: map[scheduler.Key]uint32{}}
	if s.base.Calm {
		source.Base = scheduler.Calm{}
	}
	for _, a := range s.answers {
		k, err := scenario.Protocol.Vocabulary().ParseKey(a.choice)
		if err != nil {
			return nil, nil, err
		}
		source.Answers[k] = a.outcome
	}
	return &scenario.Scenario, source, nil
}

// lacks tells what the head must have and has not.
func (s *toldRun) lacks() []string {
	var out []string
	prose := strings.Join(s.prose, " ")
	if strings.Count(prose, ".") < 2 || len(prose) < 100 {
		out = append(out, "the comment that tells it: a few sentences")
	}
	if len(s.looks) == 0 {
		out = append(out, "a line # look: what the run must show")
	}
	if len(s.rules) == 0 && !slices.Contains(scenarios.Names(), s.name) {
		out = append(out, "a line # rule: what it is for")
	}
	return out
}
