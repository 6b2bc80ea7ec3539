package campaign

import (
	"context"
	"fmt"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// A run follows from its seed alone, if handlers depend on nothing but what they
// are given. Of a protocol that breaks this law no find can be played again. So
// every 64th run of a campaign is made twice.

// again is one in how many runs is made twice.
const again = 64

// twice says whether the run number i of a campaign, from 0, is made twice. So a
// campaign of a few runs, which may be of many actors, makes none.
func twice(i uint64) bool { return i%again == again-1 }

// Unsteady says that a run came out differently when it was made a second time: the
// handlers of the protocol are not deterministic.
type Unsteady struct {
	Protocol string
	Seed     uint64
	Event    uint64 // the number of the first event in which the two differ; 0: it did not show again
	Actor    sim.ID // at whom
	Once     string // what was seen there the first time, "nothing" included
	Then     string // and the second time
}

// Error tells where two runs of one seed part.
func (u *Unsteady) Error() string {
	text := fmt.Sprintf("the handlers of %s are not deterministic: seed %d came out differently the second time", u.Protocol, u.Seed)
	if u.Event == 0 {
		return text + ", and the same when it was watched"
	}
	return fmt.Sprintf("%s: first difference at event %d, actor %d: %s, and then %s", text, u.Event, u.Actor, u.Once, u.Then)
}

// steady makes a run again in a world that has an outcome of it, and compares the two.
// begin begins the run.
func steady(ctx context.Context, s *sim.Scenario, seed uint64, w sim.Runner, begin func(w sim.Runner)) error {
	once := brief(w)
	begin(w)
	if err := Finish(ctx, w); err != nil {
		return err
	}
	if brief(w) == once {
		return nil
	}
	return unsteady(ctx, s, seed, begin)
}

// brief is what two runs of one seed have in common.
func brief(w sim.Runner) string {
	o := w.Outcome()
	text := fmt.Sprint(o.Digest, o.Events, o.Verdict, o.End, o.Sent, o.Delivered, o.Dropped, o.Notes)
	if v := o.Violation; v != nil {
		text += fmt.Sprint(v.Invariant, v.Event, v.Text)
	}
	return text
}

// watchings is how often two runs are watched until they differ: chance may make
// them the same.
const watchings = 20

// unsteady finds out where two runs of one seed part.
func unsteady(ctx context.Context, s *sim.Scenario, seed uint64, begin func(w sim.Runner)) error {
	u := &Unsteady{Protocol: s.Protocol.Name(), Seed: seed}
	var first []observe.Entry
	for i := range watchings {
		w, err := s.Protocol.New(s)
		if err != nil {
			return err
		}
		var seen entries
		w.Observe(&seen)
		begin(w)
		if err := Finish(ctx, w); err != nil {
			return err
		}
		if i == 0 {
			first = seen
			continue
		}
		if u.part(s.Protocol.Vocabulary(), first, seen) {
			return u
		}
	}
	return u
}

// entries is all that a run shows.
type entries []observe.Entry

// Observe implements [observe.Observer].
func (e *entries) Observe(x observe.Entry) { *e = append(*e, x) }

// part notes where two runs part, and says whether they do.
func (u *Unsteady) part(words *sim.Vocabulary, a, b []observe.Entry) bool {
	for i := range max(len(a), len(b)) {
		var x, y observe.Entry
		if i < len(a) {
			x = a[i].Plain()
		}
		if i < len(b) {
			y = b[i].Plain()
		}
		if x == y {
			continue
		}
		at := x
		if x.Event == 0 {
			at = y
		}
		u.Event, u.Actor, u.Once, u.Then = at.Event, at.Actor, abstractText(words, x), abstractText(words, y)
		return true
	}
	return false
}

// abstractText is an entry in a few words: "send Word to 2: 3a".
func abstractText(words *sim.Vocabulary, x observe.Entry) string {
	if x.What == 0 {
		return "nothing"
	}
	text := x.What.String()
	switch x.What {
	case observe.Sent, observe.Broadcast, observe.Delivered, observe.Dropped, observe.Doubled:
		text += " " + words.Messages[x.Kind]
	case observe.TimedOut:
		text += " " + words.Timer(x.Kind)
	case observe.Noted:
		text += " " + words.Notes[x.Kind].Name
	}
	if x.Peer != 0 {
		text += fmt.Sprintf(" with actor %d", x.Peer)
	}
	if x.Text != "" {
		text += ": " + x.Text
	}
	return text
}
