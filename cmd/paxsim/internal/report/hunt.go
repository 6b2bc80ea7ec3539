package report

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"

	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/trace"
)

// Hunt is the result of a hunt, as it is printed for people and for programs.
type Hunt struct {
	Of    HuntOf     `json:"of"`
	Finds []HuntFind `json:"-"` // they have lines of their own

	campaign.Tally

	Failures   int                     `json:"failures"`      // distinct ones
	Broken     map[string]uint64       `json:"broken_grades"` // runs that broke an invariant, by its grade
	Marks      map[string]uint64       `json:"marks"`
	Missed     []string                `json:"missed"`
	Families   map[string]HuntFamily   `json:"families"`
	Strategies map[string]HuntStrategy `json:"strategies"`
	Width      int                     `json:"width"`
	Length     int                     `json:"length"`
	States     HuntStates              `json:"states"`
	Again      []HuntAgain             `json:"again,omitempty"` // runs that were kept before, and made first

	// Interrupted says that the runs are fewer than were asked for.
	Interrupted bool `json:"interrupted,omitempty"`

	Shard   string   `json:"shard,omitempty"`   // "2/3": the part that this is; "": the whole
	Missing []string `json:"missing,omitempty"` // of several parts together: those that are not there, or not whole
}

// HuntOf says what a hunt was over: two that differ here cannot be added up.
type HuntOf struct {
	Tool       string     `json:"tool"`
	Trace      int        `json:"trace"`
	Scenario   string     `json:"scenario"`
	Protocol   string     `json:"protocol"`
	Mutant     string     `json:"mutant"`
	Ground     string     `json:"ground"` // a digest of all that decides what a seed makes
	Variants   int        `json:"variants"`
	Invariants int        `json:"invariants"`
	Seed       uint64     `json:"seed"`
	Runs       uint64     `json:"runs"` // that were asked for, of all shards; 0: by time
	Strategies []string   `json:"strategies"`
	Depth      int        `json:"depth"`
	Budget     HuntBudget `json:"budget"`
	Swarm      bool       `json:"swarm"`
	Required   []string   `json:"required"`
}

// HuntBudget is the most that a run had of what could go on for ever.
type HuntBudget struct {
	Events     int `json:"events"`
	Alarms     int `json:"alarms"`
	Losses     int `json:"losses"`
	Duplicates int `json:"duplicates"`
	Crashes    int `json:"crashes"`
}

// HuntFamily is how often a family of faults was there.
type HuntFamily struct {
	On     uint64 `json:"on"`
	Hit    uint64 `json:"hit"`
	Struck uint64 `json:"struck"`
}

// HuntStrategy is the results of the runs of a strategy.
type HuntStrategy struct {
	Runs     uint64 `json:"runs"`
	Violated uint64 `json:"violated"`
	Proved   uint64 `json:"proved"`
	Events   uint64 `json:"events"`
}

// HuntAgain is a run that was kept before.
type HuntAgain struct {
	File   string `json:"file"`
	Broken string `json:"broken,omitempty"` // the invariant that it breaks; "": none, any more
	Grade  string `json:"grade,omitempty"`  // of that
	Text   string `json:"text,omitempty"`
}

// HuntFind is one distinct failure.
type HuntFind struct {
	Failure  string      `json:"failure"`
	Grade    string      `json:"grade"` // of the invariant
	Runs     uint64      `json:"runs"`
	First    HuntFailure `json:"first"`
	Smallest HuntFailure `json:"smallest"`
}

// HuntFailure is one run that failed.
type HuntFailure struct {
	Seed      uint64 `json:"seed"`
	Scenario  string `json:"scenario"`
	Strategy  string `json:"strategy"`
	Events    uint64 `json:"events"`
	Deferrals int    `json:"deferrals"`
	Surprises int    `json:"surprises"`
	Text      string `json:"text"`
	File      string `json:"file,omitempty"`
	Story     string `json:"story,omitempty"` // the file of the story that was made of it
}

// NewHunt makes it of the result of a hunt. File is where the file of a failure is.
func NewHunt(name string, h *campaign.Hunt, e *campaign.Evidence, file func(*campaign.Find, *campaign.Failure) string) *Hunt {
	s := h.Ground[0].Scenario
	m := &Hunt{
		Of: NewHuntOf(name, h), Tally: e.Tally, Width: e.Width, Length: e.Length, States: newHuntStates(&e.States),
		Marks: map[string]uint64{}, Families: map[string]HuntFamily{}, Strategies: map[string]HuntStrategy{},
	}
	if h.Shards > 0 {
		m.Shard = fmt.Sprintf("%d/%d", h.Shard, h.Shards)
	}
	for i, mark := range marksOf(s) {
		m.Marks[mark.Name] = e.Marks[i]
	}
	for f, c := range e.Families {
		if c.On > 0 || c.Hit > 0 {
			m.Families[faults.Family(f).String()] = HuntFamily(c)
		}
	}
	for i, c := range e.Of {
		m.Strategies[h.Strategies[i]] = HuntStrategy(c)
	}
	for _, x := range e.Finds {
		tell := func(f *campaign.Failure) HuntFailure {
			return HuntFailure{f.Seed, f.Variant, f.Strategy, f.Events, f.Deferrals, f.Surprises, f.Text, file(x, f), ""}
		}
		m.Finds = append(m.Finds, HuntFind{x.Signature, x.Grade.String(), x.Runs, tell(&x.First), tell(&x.Smallest)})
	}
	m.finish()
	return m
}

// finish computes what follows from the rest.
func (m *Hunt) finish() {
	m.Failures = len(m.Finds)
	m.Broken = map[string]uint64{}
	for _, x := range m.Finds {
		m.Broken[x.Grade] += x.Runs
	}
	m.Missed = []string{}
	for _, name := range m.Of.Required {
		if m.Marks[name] == 0 {
			m.Missed = append(m.Missed, name)
		}
	}
}

// NewHuntOf says what a hunt is over.
func NewHuntOf(name string, h *campaign.Hunt) HuntOf {
	s := h.Ground[0].Scenario
	hash := sha256.New()
	for _, v := range h.Ground {
		hash.Write(fmt.Appendf(nil, "%d %d %s", v.Weight, len(v.Text), v.Text))
	}
	of := HuntOf{
		Tool: "paxsim " + trace.Tool, Trace: trace.TraceVersion, Scenario: name, Protocol: s.Protocol.Name(), Mutant: s.Mutant,
		Variants: len(h.Ground), Invariants: watching(s), Seed: h.First, Runs: h.Runs, Strategies: h.Strategies, Depth: h.Depth,
		Budget: HuntBudget(h.Budget), Swarm: !h.Steady, Required: append([]string{}, h.Required...),
	}
	of.Ground = fmt.Sprintf("%x", hash.Sum(nil)[:8])
	return of
}

// Exit is the exit code that the hunt asks for.
func (m *Hunt) Exit() int {
	switch {
	case m.Violated > 0 || m.againBroken() > 0:
		return 1
	case m.Proved == 0 || len(m.Missing) > 0 || len(m.Missed) > 0 && m.Shard == "": // of a part, who has all parts can tell
		return 3
	}
	return 0
}

// JSON writes a line a find, and one for the summary.
func (m *Hunt) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for i := range m.Finds {
		if err := e.Encode(map[string]*HuntFind{"find": &m.Finds[i]}); err != nil {
			return err
		}
	}
	return e.Encode(map[string]*Hunt{"summary": m})
}
