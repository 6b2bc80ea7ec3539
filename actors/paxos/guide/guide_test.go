package guide

import (
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

type names struct{}

func (names) ValueName(v sim.Value) string { return string(rune('w' + v)) }

// TestGuideBelievesReceivers: a promise counts for the sender that it names, as its
// receiver takes it, though another sent it. What the viewer makes of whole runs its
// TestCaptionsAreTrue holds.
func TestGuideBelievesReceivers(t *testing.T) {
	b := paxos.MakeBallot(1, 1)
	promise := func(from, as sim.ID) observe.Entry {
		return observe.Entry{Event: 2, What: observe.Delivered, Actor: 1, Peer: from, As: as, Said: paxos.NewMessage(paxos.Promise, b, 0, 0)}
	}
	accept := observe.Entry{Event: 3, What: observe.Broadcast, Actor: 1, Said: paxos.NewMessage(paxos.Accept, b, 0, 1)}
	for _, c := range []struct {
		second observe.Entry
		want   string
	}{
		{promise(3, 0), "Phase 2 begins: 2 of 3 have promised, a majority, so actor 1 proposes x in ballot 1.1."},
		{promise(3, 2), "Phase 2 begins: actor 1 proposes x in ballot 1.1, though it has promises of only 1 of 3."},
	} {
		g := New(&sim.Scenario{Actors: 3, Protocol: paxos.Protocol()}, names{})
		for _, e := range []observe.Entry{promise(2, 0), c.second, accept} {
			g.See(e)
		}
		list := g.Captions(true)
		if len(list) != 1 || list[0].Event != 3 || !strings.HasPrefix(list[0].Text, c.want) {
			t.Errorf("%+v, want %s", list, c.want)
		}
	}
}
