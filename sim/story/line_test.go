package story

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
)

// worded are the words of lines about four actors of Paxos.
func worded() ourWords {
	p := paxos.Protocol()
	s := &sim.Scenario{Protocol: p, Actors: 4, Faults: []faults.Fault{{Name: "split"}, {Name: "nap"}}}
	return ourWords{p.Vocabulary(), s}
}

// TestLineForms holds every form of a line: as what it is read, and that it is written
// so again.
func TestLineForms(t *testing.T) {
	one := []sim.ID{1}
	tests := []struct {
		text string
		want line
	}{
		{"client asks 2", line{what: observe.Asked, to: []sim.ID{2}}},
		{"client asks 2 for x", line{what: observe.Asked, to: []sim.ID{2}, text: "x"}},
		{"client asks 2 for put key x", line{what: observe.Asked, to: []sim.ID{2}, text: "put key x"}},
		{"Accept reaches 1", line{what: observe.Delivered, kind: uint8(paxos.Accept), to: one}},
		{"Accept 2.2 reaches 1", line{what: observe.Delivered, kind: uint8(paxos.Accept), text: "2.2", to: one}},
		{"Accept 2.2=2a reaches 1 and 3", line{what: observe.Delivered, kind: uint8(paxos.Accept), text: "2.2=2a", to: []sim.ID{1, 3}}},
		{"Prepare 2.2 reaches 1, 2, 3 and 4", line{what: observe.Delivered, kind: uint8(paxos.Prepare), text: "2.2", to: []sim.ID{1, 2, 3, 4}}},
		{"Promise 1.1 from 2 reaches 1", line{what: observe.Delivered, kind: uint8(paxos.Promise), text: "1.1", from: []sim.ID{2}, to: one}},
		{"Promise from 2 and 3 reaches 1", line{what: observe.Delivered, kind: uint8(paxos.Promise), from: []sim.ID{2, 3}, to: one}},
		{"Promise 1.1 reaches 1 again", line{what: observe.Delivered, kind: uint8(paxos.Promise), text: "1.1", to: one, again: true}},
		{"Promise 1.1 from 2 reaches 1 as if from 3", line{what: observe.Delivered, kind: uint8(paxos.Promise), text: "1.1", from: []sim.ID{2}, to: one, as: 3}},
		{"Promise 1.1 from 2 reaches 1 again as if from 3", line{what: observe.Delivered, kind: uint8(paxos.Promise), text: "1.1", from: []sim.ID{2}, to: one, again: true, as: 3}},
		{"alarm repeat of 2 goes off", line{what: observe.TimedOut, kind: 1, to: []sim.ID{2}}},
		{"save of 3 is done", line{what: observe.Synced, to: []sim.ID{3}}},
		{"3 restarts", line{what: observe.Restarted, to: []sim.ID{3}}},
		{"fault split begins", line{what: observe.FaultBegins, to: []sim.ID{0}}},
		{"fault nap ends", line{what: observe.FaultEnds, fault: 1, to: []sim.ID{0}}},
		{"Prepare 1.1 reaches 3, and 3 saves slowly", line{what: observe.Delivered, kind: uint8(paxos.Prepare), text: "1.1", to: []sim.ID{3}, slow: true}},
		{"client asks 1, and 1 crashes before it saves", marked(chance.CrashSave, 0, 1, 0, 1, 1)},
		{"client asks 1, and 1 crashes before it saves the 2nd time", marked(chance.CrashSave, 0, 1, 0, 2, 1)},
		{"client asks 1, and 1 crashes before it decides", marked(chance.CrashDecide, 0, 1, 0, 1, 1)},
		{"client asks 1, and 1 crashes before it answers", marked(chance.CrashAnswer, 0, 1, 0, 1, 1)},
		{"client asks 1, and 1 crashes afterwards", marked(chance.CrashOwn, 0, 1, 0, 1, 1)},
		{"client asks 1, and 1 crashes before it sends Accept to 3", marked(chance.Crash, uint8(paxos.Accept), 1, 3, 1, 1)},
		{"client asks 1, and 1 crashes before it sends Accept to 3 the 11th time", marked(chance.Crash, uint8(paxos.Accept), 1, 3, 11, 1)},
		{"client asks 1, and 1 keeps 0 of its writes", marked(chance.Kept, 0, 1, 0, 1, 1)},
		{"client asks 1, and 1 keeps 3 of its writes the 3rd time", marked(chance.Kept, 0, 1, 0, 3, 4)},
		{"client asks 1, and backoff of 1 is 7", marked(chance.Protocol+1, 0, 1, 0, 1, 7)},
		{"client asks 1, and backoff of 1 is 7, and 1 crashes afterwards", func() line {
			l := marked(chance.Protocol+1, 0, 1, 0, 1, 7)
			l.marks = append(l.marks, marked(chance.CrashOwn, 0, 1, 0, 1, 1).marks...)
			return l
		}()},
	}
	r := reader{ourWords: worded()}
	for _, tt := range tests {
		got, err := r.read(tt.text)
		if err != nil {
			t.Errorf("%q: %v", tt.text, err)
			continue
		}
		if !sameLine(&got, &tt.want) {
			t.Errorf("%q is read as %+v, want %+v", tt.text, got, tt.want)
		}
		if again := r.text(&tt.want); again != tt.text {
			t.Errorf("%q is written %q", tt.text, again)
		}
	}
}

// marked is a line with a mark: a client asks actor 1.
func marked(what, kind uint8, from, to uint16, nth int, answer uint32) line {
	return line{what: observe.Asked, to: []sim.ID{1}, marks: []mark{{ask(what, kind, from, to), nth, answer}}}
}

// sameLine says whether two lines say the same.
func sameLine(a, b *line) bool {
	return a.what == b.what && a.kind == b.kind && a.text == b.text && slices.Equal(a.from, b.from) && slices.Equal(a.to, b.to) &&
		a.again == b.again && a.as == b.as && a.fault == b.fault && a.slow == b.slow && slices.Equal(a.marks, b.marks)
}

// TestLinesAreInverse: what is written is read as what it was, whatever a line says.
func TestLinesAreInverse(t *testing.T) {
	r := reader{ourWords: worded()}
	some := map[observe.What]bool{}
	rapid.Check(t, func(t *rapid.T) {
		l := drawLine(t, &r.ourWords)
		some[l.what] = true
		text := r.text(&l)
		got, err := r.read(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if !sameLine(&got, &l) {
			t.Fatalf("%q is read as %+v, and it was %+v", text, got, l)
		}
	})
	if len(some) != 7 {
		t.Errorf("%d of 7 kinds of lines were tried", len(some))
	}
}

// drawLine draws a line that can be written.
func drawLine(t *rapid.T, w *ourWords) line {
	actor := rapid.Custom(func(t *rapid.T) sim.ID { return sim.ID(rapid.IntRange(1, w.s.Actors).Draw(t, "actor")) })
	l := line{to: []sim.ID{actor.Draw(t, "to")}}
	l.what = rapid.SampledFrom([]observe.What{observe.Asked, observe.Delivered, observe.TimedOut, observe.Synced, observe.Restarted, observe.FaultBegins, observe.FaultEnds}).Draw(t, "what")
	text := rapid.SampledFrom([]string{"", "1.1", "2.3=x", "1.1 reaches for it", "a from b", "none"})
	switch l.what {
	case observe.Asked:
		l.text = text.Draw(t, "text")
	case observe.Delivered:
		l.kind = uint8(rapid.IntRange(1, len(w.Messages)-1).Draw(t, "kind"))
		l.text = text.Draw(t, "text")
		if strings.Contains(l.text, "reaches") {
			l.text = ""
		}
		l.from = rapid.SliceOfNDistinct(actor, 0, 3, rapid.ID[sim.ID]).Draw(t, "from")
		if len(l.from) == 0 {
			l.from = nil
		}
		if len(l.from) < 2 {
			l.to = rapid.SliceOfNDistinct(actor, 1, 4, rapid.ID[sim.ID]).Draw(t, "to")
		}
		l.again = rapid.Bool().Draw(t, "again")
		if as := actor.Draw(t, "as"); rapid.Bool().Draw(t, "forged") && !slices.Contains(l.from, as) {
			l.as = as
		}
	case observe.TimedOut:
		l.kind = uint8(rapid.IntRange(0, len(w.TimerNames())-1).Draw(t, "alarm"))
	case observe.FaultBegins, observe.FaultEnds:
		l.fault = rapid.IntRange(0, len(w.s.Faults)-1).Draw(t, "fault")
		l.to[0] = 0
		return l
	}
	if strings.Contains(l.text, " reaches ") {
		l.text = ""
	}
	if len(l.to) > 1 || len(l.from) > 1 {
		return l
	}
	l.slow = rapid.Bool().Draw(t, "slow")
	for range rapid.IntRange(0, 2).Draw(t, "marks") {
		a, b := uint16(actor.Draw(t, "who")), uint16(actor.Draw(t, "whom"))
		m := mark{nth: rapid.IntRange(1, 130).Draw(t, "nth"), answer: 1}
		switch what := rapid.SampledFrom([]uint8{chance.CrashSave, chance.CrashDecide, chance.CrashAnswer, chance.CrashOwn, chance.Crash, chance.Kept, chance.Protocol}).Draw(t, "ask"); what {
		case chance.Crash:
			m.ask = ask(what, uint8(rapid.IntRange(1, len(w.Messages)-1).Draw(t, "kind")), a, b)
		case chance.Kept, chance.Protocol:
			m.ask, m.answer = ask(what, 0, a, 0), uint32(rapid.IntRange(1, 1000).Draw(t, "answer"))
		default:
			m.ask = ask(what, 0, a, 0)
		}
		l.marks = append(l.marks, m)
	}
	return l
}

// ask is a question without its count.
func ask(what, kind uint8, from, to uint16) key {
	return scheduler.MakeKey(what, kind, from, to, 0)
}

// TestOrdinals: counts are written as in English.
func TestOrdinals(t *testing.T) {
	for n, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 112: "112th", 122: "122nd"} {
		if got := ordinal(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}

// TestBegins: how a message begins is compared by whole words and numbers.
func TestBegins(t *testing.T) {
	tests := []struct {
		text, with string
		want       bool
	}{
		{"2.2=2a", "2.2", true},
		{"2.2", "2.2", true},
		{"2.2 again", "2.2", true},
		{"2.2, none", "2.2", true},
		{"2.2", "", true},
		{"2.25", "2.2", false},
		{"2.2.5", "2.2", false},
		{"2.2.", "2.2", true},
		{"xyz", "x", false},
		{"2.2", "2.2=2a", false},
	}
	for _, tt := range tests {
		if got := begins(tt.text, tt.with); got != tt.want {
			t.Errorf("%q begins %q: %v", tt.text, tt.with, got)
		}
	}
}
