package report

import (
	"encoding/csv"
	"io"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// Entries prints a trace for programs: an entry a line.
type Entries struct {
	scenario *sim.Scenario
	row      func(cells []string) error
	close    func() error
	err      error
}

// The fields of an entry, and which of them are texts.
var (
	entryNames = []string{"event", "cause", "time_us", "what", "kind", "copy", "actor", "peer", "count", "round", "text"}
	entryTexts = []bool{false, false, false, true, true, false, false, false, false, false, true}
)

// EntryFields are the names of the fields of an entry, in their order.
func EntryFields() []string { return slices.Clone(entryNames) }

// NewEntries prints entries as csv or json.
func NewEntries(format string, w io.Writer, s *sim.Scenario) *Entries {
	if format == "csv" {
		c := csv.NewWriter(w)
		c.Write(entryNames) // its error comes again when it is flushed
		return &Entries{scenario: s, row: c.Write, close: func() error { c.Flush(); return c.Error() }}
	}
	var line []byte
	row := func(cells []string) error {
		line = append(line[:0], '{')
		for i, cell := range cells {
			line = appendMember(line, entryNames[i], cell, entryTexts[i])
		}
		line = append(line, "}\n"...)
		_, err := w.Write(line)
		return err
	}
	return &Entries{scenario: s, row: row, close: func() error { return nil }}
}

// Step prints an event and what happened during it.
func (t *Entries) Step(s trace.Step) {
	t.entry(s.Event)
	for _, e := range s.Effects {
		t.entry(e)
	}
}

func (t *Entries) entry(e observe.Entry) {
	if t.err != nil {
		return
	}
	t.err = t.row([]string{
		number(e.Event), number(e.Cause), number(say.Micros(t.scenario, e.At)), e.What.String(), KindOf(t.scenario, e),
		number(uint64(e.Copy)), number(uint64(e.Actor)), number(uint64(e.Peer)), number(e.N), number(uint64(e.Round)), e.Text,
	})
}

// KindOf is the word for the kind of an entry's message, alarm or note; "": it
// has none.
func KindOf(s *sim.Scenario, e observe.Entry) string {
	w := s.Protocol.Vocabulary()
	list := w.Messages
	switch e.What {
	case observe.TimedOut:
		return w.Timer(e.Kind)
	case observe.Noted:
		if int(e.Kind) < len(w.Notes) {
			return w.Notes[e.Kind].Name
		}
		return ""
	case observe.Held:
		if e.Peer == 0 {
			return "" // no message: an alarm, or what a client asks
		}
	case observe.Delivered, observe.Sent, observe.Broadcast, observe.Dropped, observe.Doubled:
	default:
		return ""
	}
	if int(e.Kind) < len(list) {
		return list[e.Kind]
	}
	return ""
}

// Close ends the printing and tells the first error.
func (t *Entries) Close() error {
	if err := t.close(); t.err == nil {
		return err
	}
	return t.err
}
