package sim_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
)

type idle struct{ sim.Base[word, sim.NoRecord] }

// Actors, each with a method that has the name of an ability and not its signature.
type (
	wrongFields struct{ idle }
	wrongPlays  struct{ idle }
	wrongWaits  struct{ idle }
	wrongCopy   struct{ idle }
	rightFields struct{ idle }
)

func (*wrongFields) Fields() []shown.Field          { return nil }
func (*wrongPlays) Plays(role int) int              { return role }
func (*wrongWaits) Waits() string                   { return "" }
func (*wrongCopy) CopyFrom(*idle)                   {}
func (*rightFields) Fields(sim.Names) []shown.Field { return nil }

// wrongRound tells its round, it thinks.
type wrongRound struct{ word }

func (wrongRound) Round() int { return 1 }

type ofWrongRounds struct {
	sim.Base[wrongRound, sim.NoRecord]
}

type wrongDiffers struct{ sim.NoRecord }

func (wrongDiffers) Differs(int) bool { return false }

// wrongHistory counts votes, it thinks.
type wrongHistory struct {
	sim.NoHistory[word, sim.NoRecord]
}

func (wrongHistory) OnChosen(func(sim.ID)) {}

// defined is what defining a protocol with such an actor panics with.
func defined[A any, P sim.Actor[A, word, sim.NoRecord]]() (text string) {
	defer func() {
		if p := recover(); p != nil {
			text = fmt.Sprint(p)
		}
	}()
	sim.Define[A, word, sim.NoRecord, P](sim.Spec[A, word, sim.NoRecord]{Name: "wrong", Actor: func(*sim.Scenario, sim.Plan) (a A) { return a }})
	return ""
}

// TestAbilitiesHaveOneSignature: a method with the name of an ability and another
// signature is refused, and the message tells the signature that was meant.
func TestAbilitiesHaveOneSignature(t *testing.T) {
	for _, x := range []struct{ got, want string }{
		{defined[wrongFields](), "sim: *sim_test.wrongFields has a method Fields that is no abilities.Fielder: it is func() []shown.Field, and would have to be func(sim.Names) []shown.Field"},
		{defined[wrongPlays](), "sim: *sim_test.wrongPlays has a method Plays that is no abilities.Player: it is func(int) int, and would have to be func(uint8) uint64"},
		{defined[wrongWaits](), "sim: *sim_test.wrongWaits has a method Waits that is no abilities.Waiter: it is func() string, and would have to be func() (string, []sim.ID)"},
		{defined[wrongCopy](), "sim: *sim_test.wrongCopy has a method CopyFrom that is no abilities.Copier: it is func(*sim_test.idle), and would have to be func(*sim_test.wrongCopy)"},
		{defined[rightFields](), ""},
		{defined[idle](), ""},
	} {
		if x.got != x.want {
			t.Errorf("%s\nwant\n%s", x.got, x.want)
		}
	}
	func() {
		defer func() {
			if p := recover(); !strings.Contains(fmt.Sprint(p), "sim_test.wrongDiffers has a method Differs that is no abilities.Differ: it is func(int) bool") {
				t.Errorf("%v", p)
			}
		}()
		sim.Define(sim.Spec[differing, word, wrongDiffers]{Name: "wrong"})
	}()
	func() {
		defer func() {
			if p := recover(); fmt.Sprint(p) != "sim: sim_test.wrongRound has a method Round that is no abilities.Rounder: it is func() int, and would have to be func() sim.Round" {
				t.Errorf("%v", p)
			}
		}()
		sim.Define(sim.Spec[ofWrongRounds, wrongRound, sim.NoRecord]{Name: "wrong"})
	}()
	func() {
		defer func() {
			if p := recover(); !strings.Contains(fmt.Sprint(p), "has a method OnChosen that is no sim.VoteCounter") {
				t.Errorf("%v", p)
			}
		}()
		p := sim.Define(sim.Spec[idle, word, sim.NoRecord]{Name: "wrong", Actor: func(*sim.Scenario, sim.Plan) idle { return idle{} },
			History: func(*sim.Scenario, sim.Watched) sim.History[word, sim.NoRecord] { return wrongHistory{} }})
		_, _ = p.New(&sim.Scenario{Tick: 1000, Actors: 1, Protocol: p})
	}()
}

type differing struct{ sim.Base[word, wrongDiffers] }
