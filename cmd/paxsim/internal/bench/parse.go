package bench

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/internal/yamldoc"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/zoo"
)

// MaxText is the greatest length of a file of settings, in bytes.
const MaxText = 1 << 16

// maxMistakes is how many mistakes are listed one by one.
const maxMistakes = 100

// maxRuns bounds the runs of a repetition.
const maxRuns = 1 << 40

// Mistakes are what is wrong with a file that a person wrote: a line each, by
// place.
type Mistakes []string

// Error implements error.
func (m Mistakes) Error() string { return strings.Join(m, "\n") }

// Parse reads settings, of a file of this name, which speak of these mutants. The
// error is [Mistakes], and lists all of them.
func Parse(file, text string, mutants []zoo.Mutant) (*Settings, error) {
	p := &parser{file: file, mutants: mutants}
	s := &Settings{Hash: hash(text)}
	if root := p.load(text); root != nil {
		p.settings(root, s)
	}
	if len(p.found) == 0 {
		return s, nil
	}
	slices.SortStableFunc(p.found, func(a, b mistake) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column))
	})
	var all Mistakes
	for _, m := range p.found[:min(len(p.found), maxMistakes)] {
		all = append(all, fmt.Sprintf("%s:%d:%d: %s", file, m.line, m.column, m.text))
	}
	if more := len(p.found) - maxMistakes; more > 0 {
		all = append(all, fmt.Sprintf("and %d more mistakes", more))
	}
	return nil, all
}

type mistake struct {
	line, column int
	text         string
}

// parser reads one file, and notes what is wrong with it.
type parser struct {
	file    string
	mutants []zoo.Mutant
	found   []mistake
}

func (p *parser) at(line, column int, format string, args ...any) {
	p.found = append(p.found, mistake{max(line, 1), max(column, 1), fmt.Sprintf(format, args...)})
}

func (p *parser) fail(n *yaml.Node, format string, args ...any) {
	p.at(n.Line, n.Column, format, args...)
}

// load makes nodes of the text; nil: it is not YAML.
func (p *parser) load(text string) *yaml.Node {
	if len(text) > MaxText {
		p.at(1, 1, "larger than the %d bytes that settings may have", MaxText)
		return nil
	}
	root, err := yamldoc.Read(text, 8, errors.New("nested more than 8 deep"))
	var bad *yaml.LoadError
	var second *yamldoc.Second
	switch {
	case err == nil:
		return root
	case errors.Is(err, yamldoc.ErrParser):
		p.at(1, 1, "%v", err)
	case errors.Is(err, yamldoc.ErrEmpty):
		p.at(1, 1, "the file is empty: expected %s: 1 and what follows it", formatKey)
	case errors.As(err, &second):
		p.at(second.Line, second.Column, "%v: a file holds the settings of one bench", err)
	case errors.As(err, &bad):
		p.at(bad.Mark.Line, bad.Mark.Column, "this is not YAML: %s", bad.Message)
	default:
		p.at(1, 1, "this cannot be read as YAML: %v", err)
	}
	return nil
}

// formatKey says that a file is one of settings.
const formatKey = "paxsim-bench"

// field is a key that settings must have, and how its value is read.
type field struct {
	name string
	read func(*yaml.Node)
}

// settings reads the whole.
func (p *parser) settings(root *yaml.Node, s *Settings) {
	var format uint64
	var against []string
	number := func(into *uint64, least, most uint64) func(*yaml.Node) {
		return func(n *yaml.Node) { p.number(n, into, least, most) }
	}
	count := func(into *int, least uint64) func(*yaml.Node) {
		return func(n *yaml.Node) {
			var v uint64
			p.number(n, &v, least, 1_000_000)
			*into = int(v)
		}
	}
	words := func(into *[]string, what string, known []string) func(*yaml.Node) {
		return func(n *yaml.Node) { *into = p.words(n, what, known) }
	}
	last := root
	p.fields(root, "", []field{
		{formatKey, number(&format, 1, 1)},
		{"repetitions", func(n *yaml.Node) {
			p.fields(n, "repetitions.", []field{
				{"least", number(&s.Least, 1, 1000)},
				{"most", func(m *yaml.Node) { last = m; p.number(m, &s.Most, 1, 1000) }},
				{"runs", number(&s.CellRuns, 1, maxRuns)},
			})
		}},
		{"runs", number(&s.Runs, 1, maxRuns)},
		{"hard", func(n *yaml.Node) {
			p.fields(n, "hard.", []field{
				{"runs", number(&s.HardRuns, 1, maxRuns)},
				{"mutants", func(n *yaml.Node) { s.Hard = p.hard(n) }},
			})
		}},
		{"oracles", words(&s.Oracles, "oracle", Oracles())},
		{"strategies", words(&s.Strategies, "strategy", Strategies())},
		{"rotation", words(&s.Rotation, "strategy", campaign.Strategies())},
		{"against", func(n *yaml.Node) {
			against = []string{p.word(n, "strategy", Strategies())}
			if w := against[0]; w != "" && s.Strategies != nil && !slices.Contains(s.Strategies, w) {
				p.fail(n, "%s is not among the strategies", w)
			}
			s.Against = against[0]
		}},
		{"depth", number(&s.Depth, 1, 10)},
		{"seed", number(&s.Seed, 0, math.MaxUint64)},
		{"budget", func(n *yaml.Node) {
			p.fields(n, "budget.", []field{
				{"events", count(&s.Budget.Events, 1)},
				{"alarms", count(&s.Budget.Alarms, 0)},
				{"losses", count(&s.Budget.Losses, 0)},
				{"duplicates", count(&s.Budget.Duplicates, 0)},
				{"crashes", count(&s.Budget.Crashes, 0)},
			})
		}},
	})
	if len(p.found) > 0 {
		return
	}
	if s.Most < s.Least {
		p.fail(last, "the most repetitions, %d, are fewer than the least, %d", s.Most, s.Least)
	}
}

// fields reads a mapping that must have each of some keys once, and no other. It
// reads them in the order of the list.
func (p *parser) fields(n *yaml.Node, under string, list []field) {
	if n.Kind != yaml.MappingNode {
		p.fail(n, "expected keys and values")
		return
	}
	var names []string
	for _, f := range list {
		names = append(names, f.name)
	}
	values := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		switch {
		case key.Kind != yaml.ScalarNode || !slices.Contains(names, key.Value):
			p.fail(key, "there is no setting %q%s", clip(under+key.Value), orNearest(key.Value, names))
		case values[key.Value] != nil:
			p.fail(key, "%s%s is there twice", under, key.Value)
		default:
			values[key.Value] = n.Content[i+1]
		}
	}
	for _, f := range list {
		if v := values[f.name]; v != nil {
			f.read(v)
		} else {
			p.fail(n, "%s%s is missing", under, f.name)
		}
	}
}

func (p *parser) number(n *yaml.Node, into *uint64, least, most uint64) {
	v, err := strconv.ParseUint(n.Value, 10, 64)
	if n.Kind != yaml.ScalarNode || n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 || err != nil || v < least || v > most {
		p.fail(n, "expected a whole number from %d to %d", least, most)
		return
	}
	*into = v
}

// word reads one of some words; "": it is none.
func (p *parser) word(n *yaml.Node, what string, known []string) string {
	if n.Kind != yaml.ScalarNode {
		p.fail(n, "expected the name of a %s", what)
		return ""
	}
	if !slices.Contains(known, n.Value) {
		p.fail(n, "there is no %s %q%s", what, clip(n.Value), orNearest(n.Value, known))
		return ""
	}
	return n.Value
}

// words reads a list of some words, each once, and one at least.
func (p *parser) words(n *yaml.Node, what string, known []string) (list []string) {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		p.fail(n, "expected a list of names, such as [%s]", known[0])
		return nil
	}
	for _, c := range n.Content {
		w := p.word(c, what, known)
		if w != "" && slices.Contains(list, w) {
			p.fail(c, "%s is there twice", w)
		}
		list = append(list, w)
	}
	return list
}

// hard reads a list of mutants, which may be empty.
func (p *parser) hard(n *yaml.Node) []string {
	if n.Kind == yaml.SequenceNode && len(n.Content) == 0 {
		return nil
	}
	var names []string
	for _, m := range p.mutants {
		names = append(names, m.Name)
	}
	return p.words(n, "unsafe mutant", names)
}

// orNearest is the end of a message about a word that is none of some: the
// nearest of them, or all if none is near and they are few.
func orNearest(word string, words []string) string {
	switch w := scenarios.Nearest(word, words); {
	case w != "":
		return "; did you mean " + w + "?"
	case len(words) <= 12:
		return "; expected one of " + strings.Join(words, ", ")
	}
	return ""
}
