package scenarios

import (
	"fmt"
	"path"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/sim"
)

// Protocols is where the protocol that a file names is looked up.
type Protocols struct {
	Find  func(name string) (sim.Protocol, bool)
	Names func() []string // the first is meant where a file names none
}

var ours = Protocols{findProtocol, protocolNames}

// Read reads the text of a scenario file, after overriding parts of it. The file's name
// goes into mistakes; without folder and ending it is the name of the scenario. The error
// is an [*Errors], and lists all mistakes. A scenario without error is sound: its protocol
// makes a world of it.
//
// A base that the text names must be in the library: only [Load] knows where a
// file is. An overridden scenario is another than the one that the file speaks
// of, so its group, what it expects and its premise are left out, unless
// overrides say them.
func Read(file, text string, overrides ...Override) (*Scenario, error) {
	return ours.Read(file, text, overrides...)
}

// Load is [Open] and [Read].
func Load(nameOrPath string, overrides ...Override) (*Scenario, error) {
	file, text, err := Open(nameOrPath)
	if err != nil {
		return nil, err
	}
	return ours.read(file, text, placeOf(nameOrPath), overrides, true)
}

// The keys that a file needs before its fields make sense.
const (
	formatKey   = "paxsim"
	protocolKey = "protocol"
)

// Read is [Read] with other protocols.
func (ps Protocols) Read(file, text string, overrides ...Override) (*Scenario, error) {
	return ps.read(file, text, place{}, overrides, true)
}

// read is Read of a text at a place. Planned: the protocol, too, finds that its
// settings and the rest fit together.
func (ps Protocols) read(file, text string, here place, overrides []Override, planned bool) (*Scenario, error) {
	s, err := ps.load(file, text, here, overrides, planned)
	if e := mistakesOf(err); e != nil && len(overrides) > 0 {
		ps.blame(e, file, text, here, overrides, planned)
	}
	return s, err
}

// load is read without a look at who is to blame for mistakes.
func (ps Protocols) load(file, text string, here place, overrides []Override, planned bool) (*Scenario, error) {
	if len(text) > MaxText {
		return nil, mistaken(file, "larger than the %d bytes that a scenario may have", MaxText)
	}
	text = strings.TrimPrefix(text, "\ufeff")
	lines := splitLines(text)
	root, wrong := parse(file, text, lines)
	if wrong != nil {
		return nil, &Errors{Mistakes: []Mistake{*wrong}}
	}
	l := newLoader(file, lines)
	l.planned = planned
	foreign(root, l.spoil)
	s := new(Scenario)
	s.Name = nameOf(file)
	l.scenario(ps, root, here, overrides, s)
	if err := l.errors(); err != nil {
		return nil, err
	}
	return s, nil
}

func nameOf(file string) string {
	base := path.Base(strings.ReplaceAll(file, `\`, "/"))
	for _, e := range endings {
		if name, ok := strings.CutSuffix(base, e); ok {
			return name
		}
	}
	return base
}

// spoil notes what must not be there, once.
func (l *loader) spoil(n *yaml.Node, message string) {
	l.fail(n, "", "%s", message)
	l.spoiled[n] = true
}

// scenario reads the whole.
func (l *loader) scenario(ps Protocols, root *yaml.Node, here place, overrides []Override, s *Scenario) {
	if root.Kind != yaml.MappingNode {
		l.fail(root, "", "expected keys and values, beginning with paxsim: %d, not %s", Format, describe(root))
		return
	}
	if !l.format(root) || !l.based(ps, root, here, []string{here.id}) {
		return
	}
	if len(overrides) > 0 {
		for _, key := range []string{"group", "expect", "premise"} {
			drop(root, key)
		}
	}
	for _, o := range overrides {
		if o.sets(protocolKey) {
			l.override(root, []about{{name: protocolKey}}, o)
		}
	}
	s.Protocol = l.findProtocol(ps, root)
	fields := append([]field[Scenario]{dealtWith(protocolKey)}, table(s.Protocol)...)
	l.fields = abouts(fields)
	for _, o := range overrides {
		if !o.sets(protocolKey) {
			l.override(root, l.fields, o)
		}
	}
	l.othersSettings(ps, root, s.Protocol)
	s.Settings = make([]int64, len(s.Protocol.Settings()))
	l.tick, l.actors = l.ahead(root, fields)
	before := []field[Scenario]{dealtWith(formatKey), dealtWith(baseKey)}
	if l.told {
		before = append(before, dealtWith(breaksKey), dealtWith(storyKey), dealtWith(givenKey))
	}
	l.noStory(root)
	readFields(l, root, "", append(before, fields...), s)
	mutate(s)
	l.check(ps, root, s)
}

// dealtWith is a key that has been read before the others.
func dealtWith(name string) field[Scenario] {
	return field[Scenario]{
		about: about{name: name},
		read:  func(*loader, *yaml.Node, string, *Scenario) {},
		reset: func(*Scenario) {},
	}
}

// format checks the version of the file, and says whether to go on.
func (l *loader) format(root *yaml.Node) bool {
	n := child(root, formatKey)
	switch {
	case len(root.Content) == 0:
		l.fail(root, "", "the file is empty: expected %s: %d and what follows it", formatKey, Format)
		return false
	case n == nil:
		l.fail(root, formatKey, "is missing: a scenario file begins %s: %d", formatKey, Format)
	case n.Kind == yaml.ScalarNode && number.MatchString(n.Value) && n.Value != fmt.Sprint(Format):
		l.fail(n, formatKey, "the file is of format %s; this paxsim reads format %d", clip(n.Value), Format)
		return false
	case n.Value != fmt.Sprint(Format) || quoted(n):
		l.fail(n, formatKey, "expected %d, not %s", Format, describe(n))
	case root.Content[1] != n:
		l.fail(n, formatKey, "is not the first key: a scenario file begins %s: %d", formatKey, Format)
	}
	return true
}

// findProtocol is the protocol that the file names, or that it means if it
// names none. If there is no such protocol, that is noted, and the rest is read
// as if the file named none.
func (l *loader) findProtocol(ps Protocols, root *yaml.Node) sim.Protocol {
	known := ps.Names()
	usual, _ := ps.Find(known[0])
	n := child(root, protocolKey)
	if n == nil {
		return usual
	}
	name, ok := l.scalar(n, protocolKey, "one of "+strings.Join(known, ", "))
	if !ok {
		return usual
	}
	p, ok := ps.Find(name)
	if ok {
		return p
	}
	l.fail(n, protocolKey, "there is no protocol %q%s", clip(name), orAll(name, known))
	for i := 0; i+1 < len(root.Content); i += 2 {
		switch key := root.Content[i]; key.Value {
		case name: // its settings
			l.spoiled[key] = true
		case "invariants": // may be its own
			l.spoilAll(root.Content[i+1])
		}
	}
	return usual
}

// noStory notes that a file is a story, where a scenario is expected.
func (l *loader) noStory(root *yaml.Node) {
	for i := 0; i+1 < len(root.Content); i += 2 {
		switch key := root.Content[i]; key.Value {
		case storyKey:
			if hint := "paxsim replay plays it"; strings.HasSuffix(l.file, StoryEnding) {
				l.fail(key, "", "this is a story, and no scenario: %s", hint)
			} else {
				l.fail(key, "", "this is a story, and no scenario: %s, if its name ends in %s", hint, StoryEnding)
			}
			l.spoiled[key] = true
		case breaksKey, givenKey:
			l.spoiled[key] = l.spoiled[key] || child(root, storyKey) != nil
		}
	}
}

// othersSettings notes settings of protocols that the scenario does not run.
func (l *loader) othersSettings(ps Protocols, root *yaml.Node, runs sim.Protocol) {
	for i := 0; i+1 < len(root.Content); i += 2 {
		key := root.Content[i]
		if p, ok := ps.Find(key.Value); ok && p != runs && !l.spoiled[key] {
			l.fail(key, key.Value, "settings of the protocol %s, but the scenario runs %s", key.Value, runs.Name())
			l.spoiled[key] = true
		}
	}
}

// spoilAll makes what is wrong in a part of the file go untold.
func (l *loader) spoilAll(n *yaml.Node) {
	l.spoiled[n] = true
	for _, c := range n.Content {
		l.spoilAll(c)
	}
}

// ahead reads what must be known before the rest. What is wrong with it is reported when
// its turn comes.
func (l *loader) ahead(root *yaml.Node, fields []field[Scenario]) (tick int64, actors int) {
	scout := newLoader("", nil)
	var s Scenario
	for _, f := range fields {
		if f.name != "tick" && f.name != "actors" {
			continue
		}
		if n := child(root, f.name); n != nil {
			f.read(scout, n, f.name, &s)
		} else {
			f.reset(&s)
		}
	}
	return s.Tick, s.Actors
}
