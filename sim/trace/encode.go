package trace

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// format is the first field of a run file.
var format = fmt.Sprintf("paxsim run %d", FileVersion)

// layout is a run file in the order in which its fields are written.
type layout struct {
	Format      string            `json:"format"`
	Tool        string            `json:"tool"`
	Protocol    string            `json:"protocol"`
	Mutant      string            `json:"mutant,omitempty"`
	Settings    map[string]string `json:"settings"`
	Engine      string            `json:"engine"`
	Strategy    string            `json:"strategy,omitempty"`
	Budget      *budgetLayout     `json:"budget,omitempty"`
	Deferrals   map[string]string `json:"deferrals,omitempty"`
	Base        string            `json:"base"`
	Answers     map[string]uint32 `json:"answers"`
	Edits       []string          `json:"edits,omitempty"`
	Trace       int               `json:"trace"`
	Outcome     string            `json:"outcome"`
	Facts       *factsLayout      `json:"facts,omitempty"`
	Violation   *violationLayout  `json:"violation,omitempty"`
	Events      uint64            `json:"events"`
	Digest      string            `json:"digest"`
	Checkpoints []string          `json:"checkpoints"`
	Scenario    string            `json:"scenario"`
}

// budgetLayout is a budget in the order in which it is written.
type budgetLayout struct {
	Events     int `json:"events"`
	Alarms     int `json:"alarms"`
	Losses     int `json:"losses"`
	Duplicates int `json:"duplicates"`
	Crashes    int `json:"crashes"`
}

type violationLayout struct {
	Invariant string   `json:"invariant"`
	Grade     string   `json:"grade,omitempty"`
	Text      string   `json:"text"`
	Event     uint64   `json:"event"`
	Events    []uint64 `json:"events,omitempty"`
	Stack     []string `json:"stack,omitempty"`
}

// Encode is the text of a run file. The same File gives the same bytes.
func (f *File) Encode() []byte {
	l := layout{
		Format: format, Tool: f.Tool, Protocol: f.Protocol, Mutant: f.Mutant, Settings: f.Settings,
		Engine: f.Engine, Strategy: f.Strategy, Deferrals: f.Deferrals, Base: f.Base.String(), Answers: f.Answers, Edits: f.Edits,
		Trace: f.Trace, Outcome: f.Outcome, Events: f.Events, Digest: Hex(f.Digest),
		Checkpoints: make([]string, len(f.Checkpoints)), Scenario: f.Scenario,
	}
	if l.Settings == nil {
		l.Settings = map[string]string{}
	}
	if l.Answers == nil {
		l.Answers = map[string]uint32{}
	}
	for i, m := range f.Checkpoints {
		l.Checkpoints[i] = Hex(m)
	}
	if f.Budget != nil {
		b := budgetLayout(*f.Budget)
		l.Budget = &b
	}
	if f.Facts != nil {
		l.Facts = f.Facts.layout()
	}
	if v := f.Violation; v != nil {
		l.Violation = &violationLayout{v.Invariant, v.Grade, v.Text, v.Event, v.Events, v.Stack}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(&l); err != nil {
		panic("trace: " + err.Error()) // layout holds nothing that JSON cannot
	}
	return b.Bytes()
}

// Hex is a digest as files and tables print it: 16 hexadecimal digits.
func Hex(digest uint64) string { return fmt.Sprintf("%016x", digest) }
