package sim_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/weather"
)

// TestCopiesMeetLoss: on every way of a message its copies are asked for and lost
// like messages: those that are lost do not arrive and are not doubled again, the
// others arrive once, counters and trace agree, and where loss is off nothing is
// asked.
func TestCopiesMeetLoss(t *testing.T) {
	for _, way := range []struct {
		name   string
		copies int
		many   bool
		search bool
	}{{"short", 1, false, false}, {"many", 1, true, false}, {"long", 3, false, false}, {"searched", 3, false, true}} {
		for _, loss := range []scheduler.Probability{scheduler.Certain * 3 / 10, 0} {
			old := sim.SetManyActors(1000)
			if way.many {
				sim.SetManyActors(2)
			}
			lost := map[string]int{}
			for seed := range uint64(200) {
				s := quiet(4)
				s.Network = weather.Network{DelayMin: 2, DelayMax: 9, Loss: loss, Duplicate: scheduler.Certain / 2, Copies: way.copies}
				r := runner(t, s)
				if way.search {
					r.Search(&search.Search{Budget: search.Budget{Losses: 1000, Duplicates: 1000, Alarms: 20}})
				}
				l, rec := new(lines), new(scheduler.Recording)
				r.Observe(l)
				r.Reset(seed, rec)
				tally.Run()
				o := r.Run()
				holdAsked(t, s, seed, rec, o)
				for _, a := range rec.List {
					if word, _, _ := strings.Cut(s.Protocol.Vocabulary().KeyText(a.Key), " "); strings.HasPrefix(word, "lost-copy") && a.Answer != 0 {
						lost[word]++
					}
				}
				holdCopies(t, fmt.Sprintf("%s way, loss %d, seed %d", way.name, loss, seed), l.list, o)
			}
			sim.SetManyActors(old)
			for c := 1; c <= weather.MaxCopies; c++ {
				word := fmt.Sprint("lost-copy", c)
				if want := loss > 0 && c <= way.copies; want != (lost[word] > 0) {
					t.Errorf("%s way, loss %d: %s was answered by yes %d times", way.name, loss, word, lost[word])
				}
			}
		}
	}
}

// holdCopies holds that of every message and copy the trace tells one thing: that
// it is dropped, or that it arrives, or it is still on its way in the end.
func holdCopies(t *testing.T, what string, list []observe.Entry, o sim.Outcome) {
	t.Helper()
	type copyOf struct {
		kind     uint8
		from, to sim.ID
		n        uint32
		copy     uint8
	}
	came, made := map[copyOf]string{}, map[copyOf]int{}
	dropped, doubled := uint64(0), uint64(0)
	for i, e := range list {
		c := copyOf{e.Kind, e.Actor, e.Peer, e.N, e.Copy}
		word := "lost"
		switch e.What {
		case observe.Doubled:
			doubled++
			c.copy = 0
			made[c]++
			continue
		case observe.Delivered:
			c.from, c.to, word = e.Peer, e.Actor, "arrives"
			if i+1 < len(list) && list[i+1].What == observe.Dropped && list[i+1].Event == e.Event {
				continue // told by the next entry
			}
		case observe.Dropped:
			dropped++
			if i > 0 && list[i-1].What == observe.Delivered && list[i-1].Event == e.Event && list[i-1].Copy == e.Copy && list[i-1].N == e.N {
				c.from, c.to = e.Peer, e.Actor
			}
		default:
			continue
		}
		if was := came[c]; was != "" {
			t.Fatalf("%s: copy %+v: %s, and %s", what, c, was, word)
		}
		came[c] = word
		if c.copy == 0 {
			continue
		}
		c.copy = 0
		if made[c] < int(e.Copy) {
			t.Fatalf("%s: copy %d of %+v was never made", what, e.Copy, c)
		}
		if c.copy = e.Copy + 1; word == "lost" && made[copyOf{c.kind, c.from, c.to, c.n, 0}] > int(e.Copy) {
			t.Fatalf("%s: copy %d of %+v is lost, and doubled", what, e.Copy, c)
		}
	}
	if dropped != o.Dropped || doubled != o.Duplicated {
		t.Fatalf("%s: %d dropped and %d doubled in the trace, %d and %d counted", what, dropped, doubled, o.Dropped, o.Duplicated)
	}
}

// TestALostCopy: one answer loses the copy alone.
func TestALostCopy(t *testing.T) {
	s := quiet(2)
	s.Network.Duplicate, s.Network.Loss = scheduler.Certain/2, scheduler.Certain/2
	key := func(text string) scheduler.Key {
		k, err := s.Protocol.Vocabulary().ParseKey(text)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	for answer, want := range []string{"double 0, deliver 0, deliver 1", "double 0, drop 1, deliver 0"} {
		r, l := runner(t, s), new(lines)
		r.Observe(l)
		r.Reset(1, &scheduler.Edited{Base: scheduler.Calm{}, Answers: map[scheduler.Key]uint32{
			key("doubled Ping 1>2 #1"): 1, key("lost-copy1 Ping 1>2 #1"): uint32(answer)}})
		r.Run()
		var got []string
		for _, e := range l.list {
			switch {
			case e.Kind != 0 || e.N != 1:
			case e.What == observe.Doubled, e.What == observe.Dropped, e.What == observe.Delivered && e.Actor == 2 && e.Peer == 1:
				got = append(got, fmt.Sprintf("%v %d", e.What, e.Copy))
			}
		}
		if text := strings.Join(got, ", "); text != want {
			t.Errorf("lost-copy1 answered by %d: %s, want %s", answer, text, want)
		}
	}
}
