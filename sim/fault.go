package sim

import "github.com/paxsim/paxsim/sim/delays"

// Forever is the time at which a fault that never ends is over.
const Forever = Time(1) << 60

// Fault is something that goes wrong under a name: by the script, at a stated
// time or moment, or again and again by chance. Exactly one of Split, Cut, Clog,
// Weather, Crash and Pause says what it is.
//
// By the script it begins at At, or at the moment When, and is over at Until, or
// For later, or at the moment UntilWhen, whichever comes first.
//
// By chance, if Every is set, it strikes from At to Until: after a spell of
// Every it begins, after a spell of For it is over, and so on.
type Fault struct {
	Name      string
	At        Time          // when it begins
	Until     Time          // when it is over; Forever: never
	When      *Moment       // when it begins, in place of At
	UntilWhen *Moment       // when it is over, if that comes before Until
	Every     *delays.Delay // strikes by chance, so long apart; nil: by the script
	For       *delays.Delay // how long it holds each time; nil: to Until

	Split   [][]ID   // parts that cannot reach one another; who is in none makes one more part
	Cut     *Cut     // another shape of cut
	Clog    *Links   // links on which messages stand still until it is over, and then arrive in their order
	Weather *Weather // another weather on the links On
	On      Links    // of Weather
	Crash   Target   // actors that are down; they restart when it is over
	Pause   Target   // actors that handle nothing until it is over, and then what has come meanwhile
}

// Cut is a shape of cut. Messages that would cross it are lost, if it holds when
// they are sent or when they would arrive.
type Cut struct {
	Shape    Shape
	Who      Target
	From, To Target // of OneWay
}

// Shape says who can reach whom while a [Cut] holds.
type Shape uint8

// The shapes.
const (
	Isolate Shape = iota // each of Who can reach nobody, and nobody can reach it
	OneWay               // nothing gets from From to To; the other way is open
	Halves               // two sides, drawn by chance, neither empty (Who is not used)
	Ring                 // those of Who reach only their neighbours in it, the last and the first included
	Chain                // the same, but the last and the first are no neighbours
	Bridge               // two halves by number; only those of Who reach both
)

// byChance says whether a fault strikes again and again by chance.
func (f *Fault) byChance() bool { return f.Every != nil }

// scripted says whether a fault begins at a stated time.
func (f *Fault) scripted() bool { return f.Every == nil && f.When == nil }

// cuts says whether a fault is a cut.
func (f *Fault) cuts() bool { return f.Split != nil || f.Cut != nil }
