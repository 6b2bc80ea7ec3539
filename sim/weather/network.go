package weather

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/delays"
)

// Network says how messages travel from one actor to another. The zero Network
// delivers every message once and at once.
type Network struct {
	DelayMin  scheduler.Time        // the least delay, in ticks
	DelayMax  scheduler.Time        // the greatest, in ticks
	Shape     delays.Shape          // how delays spread between the two; zero: uniformly
	Loss      scheduler.Probability // that a message is lost
	Duplicate scheduler.Probability // that a message that is not lost is doubled: a copy travels as well, which may be lost too
	Copies    int                   // how many copies of a message at most, up to MaxCopies: each that is not lost may be doubled again; 0 counts as 1
	Corrupt   scheduler.Probability // that a message arrives damaged, which is noticed: it is dropped
	Forge     scheduler.Probability // that a message arrives as if another had sent it. Outside the model of most protocols.

	// Links, from one actor to another.
	Places      *Places        // where the actors are: the way there takes so much longer; nil: all are at one spot
	Bias        scheduler.Time // each link adds a delay of its own, the same for the whole run: uniform from 0 to so many ticks
	FIFO        bool           // messages on a link keep their order; else they may overtake one another
	Capacity    int            // how many messages are on a link at most, until the weather calms; 0: any number
	EvictOldest bool           // a full link drops its oldest message; else the one that is sent
}

// MaxCopies is how many copies of a message there can be beside the message itself.
const MaxCopies = 3

// Delay is how long a message is on its way.
func (n Network) Delay() delays.Delay {
	return delays.Delay{Min: n.DelayMin, Max: n.DelayMax, Shape: n.Shape}
}

// Added is how much longer a message may take, in ticks, than the weather says: what its
// link adds, and the way from place to place.
func (n Network) Added() scheduler.Time { return n.Bias + n.Places.Farthest() }

// TwiceMean is twice the mean of how long a message is on its way from an actor to
// another, in ticks, with all that its link adds.
func (n Network) TwiceMean() scheduler.Time {
	return n.Delay().TwiceMean() + n.Bias + n.Places.TwiceMean()
}

// Calmed is the network without losses, duplicates, damage and forgery. Delays stay, and
// so does what the network says of links.
func (n Network) Calmed() Network {
	n.Loss, n.Duplicate, n.Corrupt, n.Forge = 0, 0, 0, 0
	return n
}
