package story_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/story"
	"github.com/paxsim/paxsim/sim/trace"
)

// TestDecisive holds which event decides, by the definition of that: each event is tried.
func TestDecisive(t *testing.T) {
	some := map[string]int{}
	try := func(name string, st *story.Story) {
		p := played(t, st)
		got, err := p.Decisive(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want := decisive(t, st)
		if got != want {
			t.Errorf("%s: event %d decides, want %d\n%q at %v", name, got, want, st.Lines, p.Events)
		}
		switch {
		case got == 0:
			some["none"]++
		case got == p.Events[len(p.Events)-1]:
			some["last"]++
		default:
			some["before"]++
		}
	}
	try("forgetful", forgetful(t))
	for _, m := range unsafeOnes() {
		s := trial(&m)
		if f := hunted(t, s, "pos", 1); f != nil {
			try(m.Name, shrunk(t, f, story.Options{}))
		}
		s.Invariants = []string{paxos.Agreement}
		if m.Splits && m.Name < "b" {
			if f := hunted(t, s, "pos", 1); f != nil {
				try(m.Name, shrunk(t, f, story.Options{}))
			}
		}
	}
	if some["last"] < 5 || some["before"] < 5 {
		t.Errorf("this tries too little: %v", some)
	}
}

// decisive is the last event of the lines of a story before which the rule can still be
// kept; 0: there is none.
func decisive(t *testing.T, st *story.Story) uint64 {
	var r trace.Recorder
	p, err := st.Play(t.Context(), &r)
	if err != nil {
		t.Fatal(err)
	}
	words := p.Scenario.Protocol.Vocabulary()
	answers := map[scheduler.Key]uint32{}
	for text, a := range p.File("").Answers {
		k, err := words.ParseKey(text)
		if err != nil {
			t.Fatal(err)
		}
		answers[k] = a
	}
	last := uint64(0)
	for _, e := range r.Entries {
		if !e.What.IsEvent() || e.What == observe.Booted || e.What == observe.Synced && p.Scenario.Disk.Sync != 0 && !slices.Contains(p.Events, e.Event) {
			continue
		}
		if e.What == observe.Restarted && !slices.Contains(p.Events, e.Event) {
			continue
		}
		c := &prefix{until: e.Event, entries: r.Entries, answers: answers}
		w, err := p.Scenario.Protocol.New(p.Scenario)
		if err != nil {
			t.Fatal(err)
		}
		w.Search(&search.Search{Picker: c, Budget: search.Budget{Events: 3000, Alarms: 1000, Crashes: 99, Duplicates: 99}})
		w.Reset(0, c)
		tally.Run()
		if v := w.Run().Violation; v == nil || v.Invariant != st.Breaks {
			last = max(last, e.Event)
		}
	}
	return last
}

// prefix plays what was observed, up to an event. From there on all is calm.
type prefix struct {
	until   uint64
	entries []observe.Entry
	answers map[scheduler.Key]uint32
	now     uint64
}

func (*prefix) Begin(uint64)                      {}
func (*prefix) Born(scheduler.Key, uint32) uint64 { return 0 }

func (p *prefix) Pick(q *search.Pending) int {
	p.now = uint64(q.Number) + 1
	if p.now >= p.until {
		return 0
	}
	i := slices.IndexFunc(p.entries, func(e observe.Entry) bool { return e.Event == p.now && e.What.IsEvent() })
	for at := range q.Len() {
		k, e := q.Key(at), &p.entries[i]
		if observe.WhatOf(k) == e.What && sim.ID(k.To()) == e.Actor && (e.What == observe.Restarted || e.What == observe.Asked && k.Count() == e.N || k == e.EventKey()) {
			return at
		}
	}
	panic(fmt.Sprintf("this does not come again: %+v", p.entries[i]))
}

func (p *prefix) Answer(k scheduler.Key, _, _ uint32) uint32 {
	if p.now < p.until {
		return p.answers[k]
	}
	return 0
}
