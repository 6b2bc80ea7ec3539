package grid

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/partitions"
	"github.com/paxsim/paxsim/sim/triggers"
	"github.com/paxsim/paxsim/sim/weather"
)

// weathered is a scenario with a fault of every kind.
func weathered() *sim.Scenario {
	s := scene(3)
	p := fake{words: sim.Vocabulary{Messages: []string{"", "Ball", "Bat"}, Roles: []string{"captain"}, Saves: []string{"goal"}}}
	s.Protocol = p
	x := weather.Unchanged()
	x.Delay, x.Loss = &delays.Delay{Min: 10, Max: 20}, scheduler.Certain/2
	calm := weather.Unchanged()
	s.Periods = []weather.Period{{For: 100, Weather: x, Crashes: scheduler.Certain / 100}, {For: 100, Weather: calm, Crashes: weather.Same}}
	all, role, drawn := aims.Target{Group: aims.Everyone}, aims.Target{Group: aims.InRole}, aims.Target{Group: aims.AtRandom, Many: 2}
	goal := &triggers.Moment{Does: triggers.Saves, Most: true}
	s.Faults = []faults.Fault{
		{Name: "alone", Until: faults.Forever, Cut: &partitions.Cut{Who: role}, UntilWhen: goal},
		{Name: "deaf", Until: 30, Cut: &partitions.Cut{Shape: partitions.OneWay, From: aims.These(1), To: all}},
		{Name: "halves", Until: 900, Cut: &partitions.Cut{Shape: partitions.Halves}, Every: &delays.Delay{Min: 1, Max: 2}, For: &delays.Delay{Min: 10, Max: 20}},
		{Name: "ring", Until: faults.Forever, Cut: &partitions.Cut{Shape: partitions.Ring, Who: all}, For: &delays.Delay{Min: 5, Max: 5}},
		{Name: "chain", Until: faults.Forever, Cut: &partitions.Cut{Shape: partitions.Chain, Who: aims.These(3, 1)}},
		{Name: "bridge", Until: faults.Forever, Cut: &partitions.Cut{Shape: partitions.Bridge, Who: drawn}},
		{Name: "jam", Until: faults.Forever, Clog: &aims.Links{Kinds: []uint8{1, 2}, From: aims.Target{Group: aims.Minority}}},
		{Name: "fog", Until: faults.Forever, Weather: &x, On: aims.Links{To: aims.Target{Group: aims.Majority}}},
		{Name: "nap", Until: faults.Forever, Pause: aims.These(2)},
	}
	return s
}

func TestWeatherInWords(t *testing.T) {
	s := weathered()
	entries := []observe.Entry{
		{Event: 1, What: observe.PeriodBegins, N: 0},
		{Event: 2, What: observe.FaultBegins, N: 1, Text: "deaf"},
		{Event: 3, What: observe.FaultBegins, Peer: 3, N: 7, Text: "halves"},
		{Event: 4, What: observe.FaultEnds, Peer: 3, N: 7, Text: "halves"},
		{Event: 5, What: observe.FaultBegins, N: 3, Text: "ring"},
		{Event: 6, What: observe.FaultBegins, N: 4, Text: "chain"},
		{Event: 7, What: observe.FaultBegins, N: 5, Text: "bridge"},
		{Event: 8, What: observe.FaultBegins, N: 6, Text: "jam"},
		{Event: 9, What: observe.FaultBegins, N: 7, Text: "fog"},
		{Event: 10, What: observe.FaultBegins, N: 8, Text: "nap"},
		{Event: 10, What: observe.Paused, Actor: 2},
		{Event: 11, What: observe.Delivered, Actor: 2, Peer: 1, Kind: 1, N: 1, Text: "b"},
		{Event: 11, What: observe.Held, Actor: 2, Peer: 1, Kind: 1, N: 1, Text: "paused"},
		{Event: 12, What: observe.FaultEnds, N: 8, Text: "nap"},
		{Event: 12, What: observe.Resumed, Actor: 2},
		{Event: 13, What: observe.Delivered, Actor: 1, Peer: 3, Kind: 2, N: 1, Text: "c"},
		{Event: 13, What: observe.FaultStruck, N: 0, Text: "alone"},
		{Event: 13, What: observe.Sent, Actor: 1, Peer: 2, Kind: 1, N: 2, Text: "d"},
		{Event: 13, What: observe.Doubled, Actor: 1, Peer: 2, Kind: 1, N: 2},
		{Event: 13, What: observe.Sent, Actor: 1, Peer: 3, Kind: 1, N: 3, Text: "d"},
		{Event: 13, What: observe.Doubled, Actor: 1, Peer: 3, Kind: 1, N: 3},
		{Event: 13, What: observe.Doubled, Actor: 1, Peer: 3, Kind: 1, N: 3},
		{Event: 13, What: observe.Sent, Actor: 1, Peer: 2, Kind: 2, N: 1, Text: "e"},
		{Event: 13, What: observe.Doubled, Actor: 1, Peer: 2, Kind: 2, N: 1},
		{Event: 13, What: observe.Dropped, Actor: 1, Peer: 2, Kind: 2, N: 1, Copy: 1, Text: "lost"},
		{Event: 13, What: observe.Sent, Actor: 1, Peer: 3, Kind: 2, N: 2, Text: "e"},
		{Event: 13, What: observe.Doubled, Actor: 1, Peer: 3, Kind: 2, N: 2},
		{Event: 13, What: observe.Doubled, Actor: 1, Peer: 3, Kind: 2, N: 2},
		{Event: 13, What: observe.Dropped, Actor: 1, Peer: 3, Kind: 2, N: 2, Copy: 2, Text: "lost"},
		{Event: 13, What: observe.FaultHealed, N: 0, Text: "alone"},
		{Event: 14, What: observe.PeriodBegins, N: 1},
		{Event: 15, What: observe.Calmed},
		{Event: 15, What: observe.Elected, Actor: 1, Text: "1, 3"},
		{Event: 16, What: observe.StormOver},
	}
	want := `
time ms  event  actor 1                              actor 2              actor 3
    0.0      1  ---- period 1: delay 1 ms to 2 ms, loss 50%, crashes 1%, for 10 ms ----
    0.0      2  ---- deaf: nothing gets from 1 to everybody, until 3 ms ----
    0.0      3  ---- halves: the network is cut into two parts, drawn by chance, for 1 ms to 2 ms ----
    0.0      4  ---- halves is over ----
    0.0      5  ---- ring: reaching only their neighbours in a ring: everybody, for 0.5 ms ----
    0.0      6  ---- chain: reaching only their neighbours in a chain: 3, 1, for ever ----
    0.0      7  ---- bridge: the network is cut into halves with a bridge: 2 drawn by chance, for ever ----
    0.0      8  ---- jam: messages stand still for Ball, Bat from the minority, for ever ----
    0.0      9  ---- fog: another weather to the majority: delay 1 ms to 2 ms, loss 50%, for ever ----
    0.0     10  ---- nap: pause of 2, for ever ----
                                                     PAUSES
    0.0     11                                       <1 Ball b
                                                     ! must wait: paused
    0.0     12  ---- nap is over ----
                                                     GOES ON
    0.0     13  <3 Bat c
                ---- alone: cut off is the captain, until any saves goal by majority ----
                >2, 3 Ball d
                ! Ball to 2: will arrive twice
                ! Ball to 3: will arrive 3 times
                >2, 3 Bat e
                ! copy of Bat to 2, 3: lost
                ! Bat to 3: will arrive twice
                ---- alone is over ----
    0.0     14  ---- period 2: the general weather, for 10 ms ----
    0.0     15  ---- what happens by chance is over ----
                KEEPS THE ROLE, in a core with
                  calm: 1, 3
    0.0     16  ---- the storm's last message has arrived ----
`
	if diff := cmp.Diff(want, "\n"+show(t, s, 1, entries)); diff != "" {
		t.Error(diff)
	}
	s.Core = &aims.Target{Group: aims.Everyone}
	if got := (words{s}).calm(); got != "a core gets calm" {
		t.Error(got)
	}
}
