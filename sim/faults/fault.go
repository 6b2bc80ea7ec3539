// Package faults says what goes wrong in a scenario under a name, and what families
// there are of all that can go wrong.
package faults

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/partitions"
	"github.com/paxsim/paxsim/sim/triggers"
	"github.com/paxsim/paxsim/sim/weather"
)

// Forever is the time, in ticks, at which a fault that never ends is over.
const Forever = scheduler.Time(1) << 60

// Fault is something that goes wrong under a name: by the script, at a stated
// time or moment, or again and again by chance. Exactly one of Split, Cut, Clog,
// Weather, Crash and Pause says what it is. The zero Fault is none.
//
// By the script it begins at At, or at the moment When. It is over at Until, or
// For later, or at the moment UntilWhen, whichever comes first.
//
// By chance, if Every is set, it strikes from At to Until: after a time of
// Every it begins, after a time of For it is over, and so on.
type Fault struct {
	Name      string           // as files and traces call it; no two of a scenario have the same
	At        scheduler.Time   // when it begins, in ticks
	Until     scheduler.Time   // when it is over, in ticks; Forever: never
	When      *triggers.Moment // when it begins, in place of At
	UntilWhen *triggers.Moment // when it is over, if that comes before Until
	Every     *delays.Delay    // strikes by chance, so long apart; nil: by the script
	For       *delays.Delay    // how long it holds each time; nil: to Until

	Split   [][]ids.ID       // parts that cannot reach one another; the actors in none of them make one more part
	Cut     *partitions.Cut  // another shape of cut
	Clog    *aims.Links      // links on which messages stand still until it is over, and then arrive in their order
	Weather *weather.Weather // another weather on the links On
	On      aims.Links       // of Weather
	Crash   aims.Target      // actors that are down; they restart when it is over
	Pause   aims.Target      // actors that handle nothing until it is over, and then all that has come meanwhile
}

// ByChance says whether a fault strikes again and again by chance.
func (f *Fault) ByChance() bool { return f.Every != nil }

// BeginsByClock says whether a fault begins once, at a stated time.
func (f *Fault) BeginsByClock() bool { return f.Every == nil && f.When == nil }

// Cuts says whether a fault is a cut: a [Fault].Split or a [Fault].Cut.
func (f *Fault) Cuts() bool { return f.Split != nil || f.Cut != nil }

// EndsByClock says whether the end of a fault is an event of its own at a stated time.
// That of a crash is not: it ends with the restart of the actor.
func (f *Fault) EndsByClock() bool { return f.Crash.IsZero() && f.Timed() && f.Until < Forever }

// Timed says whether a fault begins and ends at stated times, once. The end may be
// [Forever].
func (f *Fault) Timed() bool { return f.BeginsByClock() && f.For == nil && f.UntilWhen == nil }

// ForGood says whether a fault is a crash after which the actors never come back.
func (f *Fault) ForGood() bool {
	return !f.Crash.IsZero() && f.Until >= Forever && f.UntilWhen == nil && f.For == nil
}

// Crashes says how chance takes actors down: before any effect that others can
// see and, in a searched run, between two events. The zero Crashes never does.
type Crashes struct {
	Chance  scheduler.Probability // before each effect; in a searched run also after each event
	DownMin scheduler.Time        // how long the actor is then down, in ticks, at least
	DownMax scheduler.Time        // and at most; uniform between the two
}
