package played

import (
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
)

// List is a searched run as a list of the events that happen in it.
type List struct {
	Events  string            // a line each, without its count: "ask 1>2", "Prepare 1>2", "restart 1"
	Slow    bool              // saves end only where a line says so: "synced 2"
	Answers map[string]uint32 // to choices, other than calm
}

// Play plays the run, and nothing else happens. A line that never comes is a mistake of
// the test.
func (l *List) Play(t testing.TB, s *sim.Scenario) []observe.Entry {
	t.Helper()
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	p := &picker{words: s.Protocol.Vocabulary(), slow: l.Slow}
	for line := range strings.Lines(l.Events) {
		if line = strings.TrimSpace(line); line != "" {
			p.lines = append(p.lines, line)
		}
	}
	source := &scheduler.Edited{Base: scheduler.Calm{}, Answers: map[scheduler.Key]uint32{}}
	for text, answer := range l.Answers {
		k, err := p.words.ParseKey(text)
		if err != nil {
			t.Fatal(err)
		}
		source.Answers[k] = answer
	}
	var record trace.Recorder
	w.Observe(&record)
	w.Search(&search.Search{Picker: p, Budget: search.Budget{Events: 1000, Alarms: 100, Duplicates: 9, Crashes: 9}})
	w.Reset(0, source)
	w.Run()
	if len(p.missed) > 0 || len(source.Unused()) > 0 {
		t.Errorf("%s: these never came: %q, and nobody asked %v", s.Name, p.missed, source.Unused())
	}
	return record.Entries
}

// picker picks the events of a list, and ends the run with it.
type picker struct {
	words  *sim.Vocabulary
	lines  []string
	slow   bool
	missed []string
}

func (p *picker) Begin(uint64) {}

func (p *picker) Born(scheduler.Key, uint32) uint64 { return 0 }

func (p *picker) Pick(q *search.Pending) int {
	for at := range q.Len() {
		if !p.slow && observe.WhatOf(q.Key(at)) == observe.Synced {
			return at
		}
	}
	for len(p.lines) > 0 {
		line := p.lines[0]
		p.lines = p.lines[1:]
		for at := range q.Len() {
			if text := p.words.EventText(q.Key(at)); strings.HasPrefix(text, line+" #") || strings.HasPrefix(text, "deliver "+line+" #") {
				return at
			}
		}
		p.missed = append(p.missed, line)
	}
	return -1
}
