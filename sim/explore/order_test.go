package explore_test

import (
	"context"
	"flag"
	"maps"
	"testing"

	"github.com/paxsim/paxsim/sim/explore"
)

// What happens in a table of a test.
const (
	messageA = iota
	_
	messageC
	alarm
	ask
)

// idle is a protocol in which nothing comes of anything.
func idle() *table {
	t := &table{far: 3}
	for i := range t.rows {
		for s := range t.rows[i] {
			for k := range t.rows[i][s] {
				t.rows[i][s][k].idles = true
			}
		}
	}
	return t
}

// TestOrderMakesStep: a message seems to do nothing that matters, and is not postponed all the same.
func TestOrderMakesStep(t *testing.T) {
	for _, c := range []struct {
		name string
		draw func(t *table, h *watch)
	}{
		{"its receiver has an alarm, and nothing comes of that afterwards", func(t *table, h *watch) {
			t.rows[0][0][ask] = row{next: 0, to: 2, kind: messageA}
			t.rows[1][0][messageA] = row{next: 1, to: 2, kind: messageC, arms: true}
			t.rows[1][1][messageC] = row{next: 2}
			t.rows[1][1][alarm] = row{next: 1, decides: 1}
			t.rows[1][2][alarm] = row{next: 2, arms: true}
			h.minds = 2
		}},
		{"it undoes what would break something elsewhere", func(t *table, h *watch) {
			t.rows[1][0][ask] = row{next: 1, to: 1, kind: messageA, decides: 1, arms: true}
			t.rows[0][0][messageA] = row{next: 2, saves: true}
			t.rows[1][1][alarm] = row{next: 1, decides: 2}
			h.first, h.undoes, h.second, h.minds = mark{2, false, 1}, mark{1, true, 2}, mark{2, false, 2}, 1
		}},
	} {
		p, h := idle(), &watch{}
		c.draw(p, h)
		s := tableScenario(p, 2, 2, h)
		for _, o := range []explore.Options{{}, {Order: true}, {Order: true, DepthFirst: true}} {
			r, err := explore.Check(context.Background(), s, s.Protocol.Scope(s), o)
			if err != nil || r.Verdict != explore.Violated {
				t.Errorf("%s: order %t, depth first %t: verdict %d, %v", c.name, o.Order, o.DepthFirst, r.Verdict, err)
			}
		}
	}
}

// TestOrderKnowsDecisions: a decision is known of, also if the event in which it is made is
// postponed for ever.
func TestOrderKnowsDecisions(t *testing.T) {
	p := idle()
	p.rows[0][0][ask] = row{to: 2, kind: messageA}
	p.rows[1][0][messageA] = row{decides: 1}
	s := tableScenario(p, 2, 1, &watch{minds: 4})
	for _, order := range []bool{false, true} {
		r, err := explore.Check(context.Background(), s, s.Protocol.Scope(s), explore.Options{Order: order})
		if err != nil || r.Verdict != explore.Held || !r.Decided {
			t.Errorf("order %t: %+v, %v", order, r, err)
		}
	}
}

var whole = flag.Bool("whole", false, "TestOrderOfPaxos looks at one round of three actors, too")

// TestOrderOfPaxos: of Paxos, too, a look with order knows of exactly the same states of all
// actors and the history. By hand with all eight million worlds of one round, in four minutes:
//
//	go test ./sim/explore -run OrderOfPaxos -whole -v
func TestOrderOfPaxos(t *testing.T) {
	type look struct{ actors, clients, crashes, copies int }
	looks := []look{{2, 2, 0, 0}, {2, 1, 1, 0}, {2, 1, 2, 0}, {2, 1, 1, 1}, {3, 1, 0, 0}, {3, 1, 0, 1}, {3, 1, 1, 0}}
	if *whole {
		looks = append(looks, look{3, 2, 0, 0})
	}
	for _, c := range looks {
		for _, dead := range []bool{false, true} {
			s := duel()
			s.Actors, s.Requests = c.actors, s.Requests[:c.clients]
			scope := s.Protocol.Scope(s)
			scope.Crashes, scope.AskOnce, scope.Duplicates = c.crashes, c.actors > 2, c.copies
			all, some := explore.Options{Dead: dead, States: 9_000_000}, explore.Options{Dead: dead, Order: true}
			full, reduced := statesOf(&all), statesOf(&some)
			for _, o := range []explore.Options{all, some} {
				if r, err := explore.Check(context.Background(), s, scope, o); err != nil || r.Verdict != explore.Held || len(r.Without) > 0 {
					t.Fatalf("%+v, dead %t: %+v, %v", c, dead, r, err)
				}
			}
			if !maps.Equal(full, reduced) {
				t.Errorf("%+v, dead %t: %d states, and with order %d", c, dead, len(full), len(reduced))
			}
			t.Logf("%+v, dead %t: %d states", c, dead, len(full))
		}
	}
}
