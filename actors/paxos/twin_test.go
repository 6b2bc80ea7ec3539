package paxos_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

// What a second implementation must know: facts by which a run is made that do
// not follow from the rules of Paxos. Whoever writes these actors again and gets
// one of them otherwise gets other runs.

// twinDelay is how long every message takes in these tests, and twinRound a
// round: the greatest delay four times and a tick. It is the round limit and the
// learn time-out too.
const (
	twinDelay = 10
	twinRound = 4*twinDelay + 1
)

// twin plays three actors under calm answers, some of which are others.
type twin struct {
	trail
	words *sim.Vocabulary
	out   sim.Outcome
}

// played is a run of a scenario. Answers are by the text of their choice.
func played(t *testing.T, s *sim.Scenario, answers map[string]uint32) *twin {
	t.Helper()
	w := &twin{words: s.Protocol.Vocabulary()}
	edited := &scheduler.Edited{Base: scheduler.Calm{}, Answers: map[scheduler.Key]uint32{}}
	for text, n := range answers {
		k, err := w.words.ParseKey(text)
		if err != nil {
			t.Fatal(err)
		}
		edited.Answers[k] = n
	}
	r := newRunner(t, s)
	r.Observe(w)
	r.Reset(1, edited)
	tally.Run()
	w.out = r.Run()
	if list := edited.Unused(); len(list) > 0 {
		t.Fatalf("nobody asked %s", w.words.KeyText(list[0]))
	}
	return w
}

// unreliable is [calm] for three, with messages that can be lost, and so asked.
func unreliable(requests ...sim.ScriptedRequest) *sim.Scenario {
	s := calm(3)
	s.Network.Loss = 1
	s.Requests = requests
	return s
}

// lost answers that messages are lost: "Prepare 1>3 #1".
func lost(letters ...string) map[string]uint32 {
	out := map[string]uint32{}
	for _, l := range letters {
		out["lost "+l] = 1
	}
	return out
}

// when is the times of the entries of an actor that bear a word: a note, an
// alarm, or a message with its ballot.
func (w *twin) when(actor sim.ID, word string) (out []sim.Time) {
	for _, e := range w.list {
		if e.Actor != actor {
			continue
		}
		said := ""
		switch e.What {
		case observe.Noted:
			said = w.words.Notes[e.Kind].Name
		case observe.TimedOut:
			said = "alarm " + w.words.Timer(e.Kind)
		case observe.Sent, observe.Broadcast:
			said = "sends " + w.words.Messages[e.Kind] + " " + e.Text
		case observe.Decided:
			said = "decides"
		}
		if said == word {
			out = append(out, e.At)
		}
	}
	return out
}

// expect compares times.
func (w *twin) expect(t *testing.T, actor sim.ID, word string, want ...sim.Time) {
	t.Helper()
	if got := w.when(actor, word); !slices.Equal(got, want) {
		t.Errorf("actor %d, %q: at %v, want at %v", actor, word, got, want)
	}
}

// TestTwinIdleSpellMayBeNothing: an idle spell of 0 ticks can be drawn. Answer k
// stands for k-1 ticks, of a back-off too; answer 0 for the calm wait, a round
// limit for each actor of a lower number.
func TestTwinIdleSpellMayBeNothing(t *testing.T) {
	for answer, want := range map[uint32]sim.Time{0: twinRound, 1: 0, 2: 1, 7: 6} {
		s := calm(3)
		s.ByChance, s.Requests = true, nil
		w := played(t, s, map[string]uint32{"idle 2 #1": answer, "idle 1 #1": 300, "idle 3 #1": 300})
		w.expect(t, 2, "takes the role", want)
	}
	for answer, want := range map[uint32]sim.Time{0: twinRound, 1: 0, 2: 1, 7: 6} {
		// 3 prepares 1.3 at once, and 2, whose 1.2 is refused for it, hears so at 21.
		s := calm(3)
		s.Requests = []sim.ScriptedRequest{{Actor: 3}, {Actor: 2, At: 1}}
		setting(s, "on_nack", 2) // retry
		w := played(t, s, map[string]uint32{"backoff 2 #1": answer})
		if got := w.when(2, "takes the role"); len(got) < 2 || got[1] != 21+want {
			t.Errorf("a back-off of answer %d: takes the role at %v, want again at %d", answer, got, 21+want)
		}
	}
}

// TestTwinAcceptedRaisesTheRound: the Accepted of others tells of their ballot
// as any message does. Actor 3 hears of ballot 1.1 by nothing else, and its own
// next is of round 2.
func TestTwinAcceptedRaisesTheRound(t *testing.T) {
	s := unreliable(sim.ScriptedRequest{Actor: 1}, sim.ScriptedRequest{Actor: 3, At: 4*twinDelay + 5})
	w := played(t, s, lost("Prepare 1>3 #1"))
	w.expect(t, 3, "sends Prepare 2.3", 4*twinDelay+5)
	// Before the first of them has come it knows of none.
	s.Requests[1].At = 4*twinDelay - 1
	w = played(t, s, lost("Prepare 1>3 #1"))
	w.expect(t, 3, "sends Prepare 1.3", 4*twinDelay-1)
}

// TestTwinNothingToPropose: an actor that has no value, and takes the role to
// learn, gives up when a quorum has reported nothing. That counts as giving up,
// and begins a whole learn time-out, and no idle spell.
func TestTwinNothingToPropose(t *testing.T) {
	s := calm(3)
	s.Requests = []sim.ScriptedRequest{{Actor: 3, At: 300}} // after two such rounds of actor 1
	setting(s, "learn_timeout", 100)
	w := played(t, s, map[string]uint32{"idle 1 #1": 1, "idle 1 #2": 11, "idle 2 #1": 500, "idle 3 #1": 500})
	const promises = 2 * twinDelay
	w.expect(t, 1, "alarm learn", 100, 200+promises)
	w.expect(t, 1, "takes the role", 100, 210+promises)
	w.expect(t, 1, "gives up", 100+promises, 210+2*promises)
	if w.out.Notes[3] != 2 {
		t.Errorf("give_ups %d, want 2", w.out.Notes[3])
	}
	for _, e := range w.list {
		if e.At < 300 && (e.What == observe.Sent || e.What == observe.Broadcast) && e.Kind == uint8(paxos.Accept) {
			t.Errorf("something is proposed at %d: %s", e.At, e.Text)
		}
	}
}

// TestTwinRequestIsOpenUntilAGiveUp: a scripted request is open until its
// actor's first give-up, and no longer. After it the actor goes on by idle
// spells, as an actor by chance does: what it learns ends them, and no run waits
// for it. One that backs off has not given up, and takes the role again.
func TestTwinRequestIsOpenUntilAGiveUp(t *testing.T) {
	s := calm(3)
	s.Requests = []sim.ScriptedRequest{{Actor: 3}, {Actor: 2, At: 1}} // 1.3, and 1.2 below it
	w := played(t, s, map[string]uint32{"idle 2 #1": 41})
	w.expect(t, 2, "gives up", 21)
	w.expect(t, 2, "decides", 4*twinDelay)
	w.expect(t, 2, "takes the role", 1)
	if w.out.Ended != 4*twinDelay {
		t.Errorf("ended at %d: somebody waits for a request that is over", w.out.Ended)
	}
	setting(s, "on_nack", 2) // retry
	w = played(t, s, map[string]uint32{"backoff 2 #1": 41})
	w.expect(t, 2, "gives up")
	w.expect(t, 2, "decides", 4*twinDelay)
	w.expect(t, 2, "takes the role", 1, 21+40)
	if w.out.Ended != 21+40+4*twinDelay {
		t.Errorf("ended at %d: the open request is not waited for", w.out.Ended)
	}
}

// TestTwinNacksAllCount: nacks is how many Nacks reached a handler, also those
// of a round that is over.
func TestTwinNacksAllCount(t *testing.T) {
	s := calm(5)
	s.Requests = []sim.ScriptedRequest{{Actor: 5}, {Actor: 2, At: 1}}
	w := played(t, s, map[string]uint32{"idle 2 #1": 41})
	// 1.2 is refused by all, in one tick; the first refusal ends the round.
	w.expect(t, 2, "gives up", 21)
	w.expect(t, 2, "is refused", 21, 21, 21, 21, 21)
	if w.out.Notes[2] != 5 {
		t.Errorf("nacks %d, want 5", w.out.Notes[2])
	}
	arrived, late := uint64(0), uint64(0)
	for seed := range uint64(300) {
		s := rough(seed)
		r := newRunner(t, s)
		l := new(trail)
		r.Observe(l)
		r.Reset(seed, nil)
		tally.Run()
		o := r.Run()
		n := uint64(0)
		for i, e := range l.list {
			if e.What != observe.Delivered || e.Kind != uint8(paxos.Nack) {
				continue
			}
			if i+1 < len(l.list) && l.list[i+1].Event == e.Event && (l.list[i+1].What == observe.Dropped || l.list[i+1].What == observe.Held) {
				continue // it did not reach its receiver
			}
			n++
		}
		if o.Notes[2] != n {
			t.Fatalf("seed %d: nacks %d, and %d arrived", seed, o.Notes[2], n)
		}
		arrived += n
		if n > o.Notes[0] {
			late++ // more than rounds were begun
		}
	}
	if arrived == 0 || late == 0 {
		t.Errorf("%d nacks, and %d runs with more of them than rounds: nothing was shown", arrived, late)
	}
}

// TestTwinOwnMessagesTakeTheLeastDelay: a message to oneself takes the least
// delay, whatever is drawn for others, and is neither lost nor doubled.
func TestTwinOwnMessagesTakeTheLeastDelay(t *testing.T) {
	own, longer := 0, 0
	for seed := range uint64(50) {
		s := calm(5)
		s.Network = weather.Network{DelayMin: 3, DelayMax: 90, Loss: scheduler.Certain / 2, Duplicate: scheduler.Certain / 2}
		r := newRunner(t, s)
		l := new(trail)
		r.Observe(l)
		r.Reset(seed, nil)
		tally.Run()
		r.Run()
		type letter struct {
			from sim.ID
			kind uint8
			n    uint32
		}
		sent := map[letter]sim.Time{}
		mine := map[letter]int{}
		for _, e := range l.list {
			switch {
			case e.What == observe.Sent || e.What == observe.Broadcast:
				sent[letter{e.Actor, e.Kind, e.N}] = e.At
			case e.What == observe.Dropped && e.Actor == e.Peer:
				t.Fatalf("seed %d: a message to oneself is lost: %+v", seed, e)
			case e.What == observe.Delivered:
				took := e.At - sent[letter{e.Peer, e.Kind, e.N}]
				switch {
				case e.Actor != e.Peer && took > 3:
					longer++
				case e.Actor == e.Peer:
					own++
					if mine[letter{e.Peer, e.Kind, e.N}]++; mine[letter{e.Peer, e.Kind, e.N}] > 1 {
						t.Fatalf("seed %d: a message to oneself comes twice: %+v", seed, e)
					}
					if took != 3 {
						t.Fatalf("seed %d: a message to oneself takes %d ticks: %+v", seed, took, e)
					}
				}
			}
		}
	}
	if own == 0 || longer == 0 {
		t.Errorf("%d messages to oneself, %d to others that took longer: nothing was shown", own, longer)
	}
}

// TestTwinLearnAlarm: the wait for a decision begins when an actor boots, and
// anew whenever it gives up; the later one replaces the one under way.
func TestTwinLearnAlarm(t *testing.T) {
	s := unreliable(sim.ScriptedRequest{Actor: 2, At: 20})
	setting(s, "learn_timeout", 100)
	setting(s, "repeats", 0)
	s.Limits.Time = 150
	setting(s, "backoff_cap", 1)
	answers := lost("Prepare 2>1 #1", "Prepare 2>3 #1") // #1: of the broadcast
	for _, id := range []int{1, 2, 3} {
		answers[fmt.Sprintf("idle %d #1", id)] = 500
	}
	w := played(t, s, answers)
	w.expect(t, 1, "alarm learn", 100)
	w.expect(t, 3, "alarm learn", 100)
	w.expect(t, 2, "alarm repeat", 20+2*twinDelay+1)
	w.expect(t, 2, "gives up", 20+2*twinDelay+1)
	w.expect(t, 2, "alarm learn", 20+2*twinDelay+1+100)
}

// TestTwinLearnedGoesOn: an actor that learns a decision in the middle of its own
// round goes on with it: it proposes, and the run waits for that round.
func TestTwinLearnedGoesOn(t *testing.T) {
	s := calm(3)
	s.Requests = []sim.ScriptedRequest{{Actor: 3}, {Actor: 1, At: 35}}
	w := played(t, s, nil)
	w.expect(t, 1, "sends Prepare 2.1", 35)
	w.expect(t, 1, "decides", 4*twinDelay)
	w.expect(t, 1, "sends Accept 2.1=3a", 35+2*twinDelay, 35+2*twinDelay, 35+2*twinDelay)
	if w.out.LearnedTime != 4*twinDelay || w.out.Ended != 35+4*twinDelay {
		t.Errorf("learned at %d, ended at %d", w.out.LearnedTime, w.out.Ended)
	}
}
