package trace

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/search"
)

// The engines of run files: what chose the next event.
const (
	Timed    = "timed"    // the virtual clock
	Searched = "searched" // an adversary, see sim.Search
)

// File is a run written down.
type File struct {
	Tool      string            // the program that wrote it: "paxsim 0.1.0"
	Scenario  string            // the whole text of the scenario as run
	Protocol  string            // its protocol
	Mutant    string            // the bug that was put in; "": none
	Settings  map[string]string // of the protocol as run, defaults too
	Engine    string            // what chose the next event: Timed or Searched
	Strategy  string            // of a searched run: the adversary that found it, for people; "": none
	Budget    *search.Budget    // of a searched run; else nil
	Deferrals map[string]string // of a searched run: what was held back until when, by the texts of the events
	Base      Base              // who answers the choices
	Answers   map[string]uint32 // answers that replace those of Base, by the text of the choice
	Edits     []string          // made to a timed run by hand, in the order of their places: "after 12: cut 1 2"

	Trace       int    // TraceVersion of the program that wrote it
	Events      uint64 // how many events the run had
	Outcome     string // a sim.Verdict in text
	Facts       *Facts // nil: an older program did not say
	Violation   *Violation
	Digest      uint64
	Checkpoints []uint64 // digests at events 64, 128, 256, …
}

// Base is what answers the choices of a run that its file does not list: a
// seed, or calm.
type Base struct {
	Calm bool
	Seed uint64 // if not Calm
}

// Violation says which invariant broke. Nil in a [File]: none did.
type Violation struct {
	Invariant string
	Grade     string // a sim.Grade in text; "": the file was written before there were any
	Text      string // how, in words
	Event     uint64 // the number of the event in which it broke

	// The events that it speaks of, in their order; Event is the last. Only a run file
	// holds them. nil: an older program did not say.
	Events []uint64

	// Of sim.PanicInvariant: the calls that led to it, the innermost first. They
	// hold numbers of lines, which change with the code, so nothing is compared
	// with them.
	Stack []string
}

// Broke names the invariant with its grade: "agreement (safety)".
func (v *Violation) Broke() string {
	if v.Grade == "" {
		return v.Invariant
	}
	return v.Invariant + " (" + v.Grade + ")"
}

// newViolation tells of a violation, if there is one.
func newViolation(v *sim.Violation) *Violation {
	if v == nil {
		return nil
	}
	return &Violation{v.Invariant, v.Grade.String(), v.Text, v.Event, slices.Clone(v.Events), slices.Clone(v.Stack)}
}

// String is the text form of a base: "calm" or "seed 7".
func (b Base) String() string {
	if b.Calm {
		return "calm"
	}
	return "seed " + strconv.FormatUint(b.Seed, 10)
}

// ParseBase reads what [Base.String] printed, and nothing else.
func ParseBase(text string) (Base, error) {
	if text == "calm" {
		return Base{Calm: true}, nil
	}
	if len(text) > 5 && text[:5] == "seed " {
		if n, err := strconv.ParseUint(text[5:], 10, 64); err == nil && (Base{Seed: n}).String() == text {
			return Base{Seed: n}, nil
		}
	}
	return Base{}, fmt.Errorf("base %q: expected %q or %q", clip(text), "seed 7", "calm")
}

// New writes a run of a scenario down. text is the whole text of the scenario.
// The answers, if there are any, are for the caller to add.
func New(s *sim.Scenario, text string, base Base, o sim.Outcome) *File {
	f := &File{
		Tool:     "paxsim " + Tool,
		Scenario: text,
		Protocol: s.Protocol.Name(),
		Mutant:   s.Mutant,
		Settings: Settings(s),
		Engine:   Timed,
		Base:     base,
		Answers:  map[string]uint32{},
		Edits:    EditTexts(s),
		Trace:    TraceVersion,
	}
	f.cameTo(o)
	return f
}

// Source is the seed and the answers with which the run is played again. The
// words are those of the protocol. Play it with [sim.Runner].Reset(seed, source);
// afterwards source.Unused lists the answers that no longer apply.
func (f *File) Source(words *sim.Vocabulary) (seed uint64, source *scheduler.Edited, err error) {
	source = &scheduler.Edited{Answers: make(map[scheduler.Key]uint32, len(f.Answers))}
	if f.Base.Calm {
		source.Base = scheduler.Calm{}
	}
	for _, text := range slices.Sorted(maps.Keys(f.Answers)) {
		k, err := words.ParseKey(text)
		if err != nil {
			return 0, nil, fmt.Errorf("answers: %w", err)
		}
		source.Answers[k] = f.Answers[text]
	}
	return f.Base.Seed, source, nil
}

// Settings tells all settings of a scenario's protocol in text. Times are in
// ticks, chances in parts per billion.
func Settings(s *sim.Scenario) map[string]string {
	out := map[string]string{}
	for _, setting := range s.Protocol.Settings() {
		out[setting.Name] = settingText(setting, s.Setting(setting.Name))
	}
	return out
}

func settingText(s sim.Setting, v int64) string {
	switch {
	case v == sim.Auto:
		return "auto"
	case s.Kind == sim.Bool:
		return strconv.FormatBool(v != 0)
	case s.Kind == sim.Word && v >= 0 && int(v) < len(s.Words):
		return s.Words[v]
	case s.Kind == sim.Duration:
		return strconv.FormatInt(v, 10) + " ticks"
	case s.Kind == sim.Chance:
		return strconv.FormatInt(v, 10) + " ppb"
	}
	return strconv.FormatInt(v, 10)
}
