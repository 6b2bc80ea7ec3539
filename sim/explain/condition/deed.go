package condition

import (
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// does reads what an actor, or anybody, does.
func (r *reader) does(who sim.ID) condition {
	if r.err != nil {
		return nil
	}
	c := r.deed(who)
	if c == nil {
		r.fail("expected "+strings.Join(r.deeds(), ", "), r.deeds())
	}
	return c
}

// plain are the deeds that every protocol knows.
var plain = []struct {
	words string
	what  observe.What
}{
	{"decides", observe.Decided}, {"crashes", observe.Crashed}, {"restarts", observe.Restarted}, {"saves", observe.Saved}, {"starts", observe.Booted},
	{"is asked", observe.Asked}, {"answers", observe.Answered},
}

// deeds are the words for what somebody does.
func (r *reader) deeds() (words []string) {
	for _, p := range plain {
		words = append(words, p.words)
	}
	for _, n := range r.scenario.Protocol.Vocabulary().Notes {
		words = append(words, n.Name)
	}
	return append(words, verbsOf(r.scenario.Protocol.Vocabulary())...)
}

// verbsOf are the words for sending a message of some kind.
func verbsOf(w *sim.Vocabulary) []string {
	return slices.DeleteFunc(slices.Clone(w.Verbs), func(v string) bool { return v == "" })
}

// deed reads what somebody does; nil: that is no deed.
func (r *reader) deed(who sim.ID) condition {
	of := func(is func(observe.Entry) bool) condition {
		return func(s trace.Step) bool {
			return has(s, func(e observe.Entry) bool { return (who == 0 || e.Actor == who) && is(e) })
		}
	}
	for _, p := range plain {
		if r.phrase(p.words) {
			return of(func(e observe.Entry) bool { return e.What == p.what })
		}
	}
	for i, n := range r.scenario.Protocol.Vocabulary().Notes {
		if r.phrase(n.Name) {
			return of(func(e observe.Entry) bool { return e.What == observe.Noted && int(e.Kind) == i })
		}
	}
	for i, v := range r.scenario.Protocol.Vocabulary().Verbs {
		if v != "" && r.phrase(v) {
			return of(func(e observe.Entry) bool {
				return (e.What == observe.Sent || e.What == observe.Broadcast) && int(e.Kind) == i
			})
		}
	}
	return nil
}
