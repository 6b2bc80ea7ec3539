package scenarios

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/story"
)

// StoryEnding is that of the names of story files.
const StoryEnding = ".story" + ending

// The keys of a story file beside those of its scenario.
const (
	breaksKey = "breaks"
	storyKey  = "story"
	givenKey  = "given"
)

// The most lines that a story has, and the most answers beside them.
const (
	maxLines = 10_000
	maxGiven = 10_000
)

// Story is what a story file holds: a scenario, the invariant that breaks in it, and
// what happens until then.
type Story struct {
	*Scenario
	Breaks string
	Clock  bool // it keeps the clock, and has no lines
	Lines  []string
	Given  map[string]uint32 // by the text of the choice; nil: none

	file  string
	text  []string           // its lines
	found map[int]*yaml.Node // by line of the story
	asked map[string]*yaml.Node
}

// ErrNoScenario says that a story file holds no scenario: sim/simtest has kept it for a
// test whose scenario is Go code. That test alone can play it.
var ErrNoScenario = errors.New("it holds no scenario: a Go test has kept it, and plays it")

// NewStory is a story with the scenario that its file has.
func NewStory(st *story.Story) *Story {
	s := &Scenario{Scenario: *st.Scenario}
	s.Outside = slices.Clone(s.Outside)
	for _, class := range outsides {
		if slices.Contains(s.Outside, class) {
			continue
		}
		with := *s
		with.Outside = append(slices.Clone(s.Outside), class)
		if len(unnamed(&with)) < len(unnamed(s)) {
			s = &with
		}
	}
	if len(s.Outside) == 0 {
		s.Outside = nil
	}
	return &Story{Scenario: s, Breaks: st.Breaks, Clock: st.Clock, Lines: st.Lines, Given: st.Given}
}

// Story is the story itself, which can be played.
func (s *Story) Story() *story.Story {
	return &story.Story{Scenario: &s.Scenario.Scenario, Breaks: s.Breaks, Clock: s.Clock, Lines: s.Lines, Given: s.Given}
}

// Mistaken tells a mistake in the story at its place in the file.
func (s *Story) Mistaken(m *story.Mistake) *Errors {
	return s.mistaken(s.found[m.Line], m.Text)
}

// Unasked is the mistake of an answer of Given that the run does not take.
func (s *Story) Unasked(choice string) *Errors {
	return s.mistaken(s.asked[choice], fmt.Sprintf("%s: %s: %d: the run does not ask for it, or it has no such outcome", givenKey, clip(choice), s.Given[choice]))
}

// mistaken is a mistake at a place of the file; nil: at none.
func (s *Story) mistaken(n *yaml.Node, text string) *Errors {
	out := Mistake{File: s.file, Message: text}
	if n != nil {
		out.Line, out.Column = n.Line, n.Column
		out.Excerpt = excerpt(s.text, n.Line, n.Column)
	}
	return &Errors{Mistakes: []Mistake{out}}
}

// ReadStory reads the text of a story file. The file's name goes into mistakes; without
// folder and ending it is the name of the scenario. The error is [ErrNoScenario], or an
// [*Errors] that lists all mistakes. Whether each line can happen where it is, only
// playing tells.
func ReadStory(file, text string) (*Story, error) {
	if len(text) > MaxText {
		return nil, mistaken(file, "larger than the %d bytes that a story may have", MaxText)
	}
	text = strings.TrimPrefix(text, "\ufeff")
	lines := splitLines(text)
	root, wrong := parse(file, text, lines)
	if wrong != nil {
		return nil, &Errors{Mistakes: []Mistake{*wrong}}
	}
	if ofTest(root) {
		return nil, ErrNoScenario
	}
	l := newLoader(file, lines)
	l.planned, l.told = true, true
	foreign(root, l.spoil)
	st := &Story{Scenario: new(Scenario), file: file, text: lines, found: map[int]*yaml.Node{}, asked: map[string]*yaml.Node{}}
	st.Name = strings.TrimSuffix(nameOf(file), ".story")
	own := l.takeOut(root)
	l.scenario(ours, root, placeOf(file), nil, st.Scenario)
	if st.Scenario.Protocol != nil {
		l.story(root, own, st)
	}
	if err := l.errors(); err != nil {
		return nil, err
	}
	return st, nil
}

// IsStory says whether a text is that of a story file, with or without mistakes.
func IsStory(text string) bool {
	if len(text) > MaxText {
		return false
	}
	text = strings.TrimPrefix(text, "\ufeff")
	root, wrong := parse("", text, splitLines(text))
	return wrong == nil && root.Kind == yaml.MappingNode && child(root, storyKey) != nil
}

// ofTest says whether a file has a story and nothing of a scenario.
func ofTest(root *yaml.Node) bool {
	if root.Kind != yaml.MappingNode || child(root, storyKey) == nil {
		return false
	}
	return !slices.ContainsFunc(keyNames(root), func(name string) bool {
		return !slices.Contains([]string{formatKey, breaksKey, storyKey, givenKey}, name)
	})
}

// takeOut takes the keys of a story out of a file, and leaves those of the scenario.
func (l *loader) takeOut(root *yaml.Node) map[string]*yaml.Node {
	own := map[string]*yaml.Node{}
	if root.Kind != yaml.MappingNode {
		return own
	}
	kept := root.Content[:0:0]
	for i := 0; i+1 < len(root.Content); i += 2 {
		key := root.Content[i]
		switch {
		case key.Kind != yaml.ScalarNode || !slices.Contains([]string{breaksKey, storyKey, givenKey}, key.Value):
			kept = append(kept, key, root.Content[i+1])
		case own[key.Value] != nil:
			l.fail(key, key.Value, "the key is here twice")
		default:
			own[key.Value] = root.Content[i+1]
		}
	}
	root.Content = kept
	return own
}

// story reads the keys of a story.
func (l *loader) story(root *yaml.Node, own map[string]*yaml.Node, st *Story) {
	if len(own) == 0 {
		l.fail(root, "", "this is a scenario, and no story: paxsim run plays it")
		return
	}
	for _, key := range []string{breaksKey, storyKey} {
		if own[key] == nil {
			l.fail(root, key, "is missing: expected %s", takesOf[key])
		}
	}
	if n := own[breaksKey]; n != nil {
		st.Breaks = l.breaks(n, st.Scenario)
	}
	if n := own[storyKey]; n != nil {
		l.happens(n, st)
	}
	if n := own[givenKey]; n != nil {
		l.givenAnswers(n, st)
	}
}

// takesOf says what the keys of a story take.
var takesOf = map[string]string{
	breaksKey: "the name of an invariant",
	storyKey:  "a list of what happens, such as [client asks 1]",
	givenKey:  `choices and their outcomes such as {"gap 1 #1": 3}`,
}

// breaks reads which invariant breaks: one that is looked at.
func (l *loader) breaks(n *yaml.Node, s *Scenario) string {
	name, ok := oneWord(append(invariantNames(s.Protocol), sim.PanicInvariant)).value(l, n, breaksKey)
	if ok && s.Invariants != nil && name != sim.PanicInvariant && !slices.Contains(s.Invariants, name) && !l.wrong("invariants") {
		l.fail(n, breaksKey, "%s is not looked at: invariants does not name it", name)
	}
	return name
}

// happens reads the lines.
func (l *loader) happens(n *yaml.Node, st *Story) {
	if n.Kind == yaml.ScalarNode && n.Value == story.ByClock {
		st.Clock = true
		return
	}
	nodes, ok := l.elements(n, storyKey, takesOf[storyKey], maxLines)
	if !ok {
		return
	}
	known := l.canBeSpokenOf()
	for i, line := range nodes {
		st.found[i+1] = line
		text, ok := l.scalar(line, storyKey, "what happens, such as client asks 1")
		if !ok {
			continue
		}
		st.Lines = append(st.Lines, text)
		if !known {
			continue
		}
		one := story.Story{Scenario: &st.Scenario.Scenario, Lines: []string{text}}
		var m *story.Mistake
		if err := one.Check(); errors.As(err, &m) {
			l.tell(line, storyKey, "%s", m.Text)
		}
	}
}

// givenAnswers reads the answers that no line has.
func (l *loader) givenAnswers(n *yaml.Node, st *Story) {
	pairs, ok := l.pairs(n, givenKey, takesOf[givenKey], maxGiven)
	if !ok {
		return
	}
	known := l.canBeSpokenOf()
	st.Given = map[string]uint32{}
	for _, p := range pairs {
		v, ok := count(1, 1<<32-1).value(l, p.value, givenKey)
		if !ok || !known {
			continue
		}
		st.Given[p.name], st.asked[p.name] = uint32(v), p.key
		one := story.Story{Scenario: &st.Scenario.Scenario, Clock: st.Clock, Given: map[string]uint32{p.name: uint32(v)}}
		var m *story.Mistake
		if err := one.Check(); errors.As(err, &m) {
			l.tell(p.key, givenKey, "%s", m.Text)
		}
	}
}

// canBeSpokenOf says whether what lines speak of is known: the actors, the words of the
// protocol, the faults.
func (l *loader) canBeSpokenOf() bool {
	return l.actors > 0 && !slices.ContainsFunc([]string{protocolKey, "actors", "faults", "requests"}, l.wrong)
}

// StoryText is the text of a story file: that of the scenario, where it is not as usual,
// and then the story. It reads back to an equal story.
func StoryText(s *Story) string {
	var b strings.Builder
	b.WriteString(Text(s.Scenario))
	fmt.Fprintf(&b, "%s: %s\n%s:", breaksKey, quote(s.Breaks, false), storyKey)
	if s.Clock {
		b.WriteString(" " + story.ByClock)
	}
	b.WriteString("\n")
	for _, line := range s.Lines {
		fmt.Fprintf(&b, "  - %s\n", quoteLine(line))
	}
	if len(s.Given) == 0 {
		return b.String()
	}
	parts := make([]string, 0, len(s.Given))
	for text, answer := range s.Given {
		parts = append(parts, fmt.Sprintf("%s: %d", quote(text, false), answer))
	}
	slices.Sort(parts)
	if flow := givenKey + ": {" + strings.Join(parts, ", ") + "}"; len(flow) <= 80 {
		b.WriteString(flow + "\n")
	} else {
		b.WriteString(givenKey + ":\n  " + strings.Join(parts, "\n  ") + "\n")
	}
	return b.String()
}

// quoteLine is quote for a line of a story, which may begin with a number.
func quoteLine(text string) string {
	if i := strings.IndexByte(text, ' '); i > 0 && strings.Trim(text[:i], "0123456789") == "" && strings.HasPrefix(text[i:], " ") && quote("x"+text, true) == "x"+text && quote(text[i+1:], true) == text[i+1:] {
		return text
	}
	return quote(text, true)
}
