package grid

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/delays"
)

// weathered is a scenario with a fault of every kind.
func weathered() *sim.Scenario {
	s := scene(3)
	p := fake{words: sim.Words{Messages: []string{"", "Ball", "Bat"}, Roles: []string{"captain"}, Saves: []string{"goal"}}}
	s.Protocol = p
	x := sim.Unchanged()
	x.Delay, x.Loss = &delays.Delay{Min: 10, Max: 20}, scheduler.Certain/2
	calm := sim.Unchanged()
	s.Seasons = []sim.Season{{For: 100, Weather: x, Crashes: scheduler.Certain / 100}, {For: 100, Weather: calm, Crashes: sim.Same}}
	all, role, drawn := sim.Target{Group: sim.Everyone}, sim.Target{Group: sim.InRole}, sim.Target{Group: sim.AtRandom, Many: 2}
	goal := &sim.Moment{Does: sim.Saves, Most: true}
	s.Faults = []sim.Fault{
		{Name: "alone", Until: sim.Forever, Cut: &sim.Cut{Who: role}, UntilWhen: goal},
		{Name: "deaf", Until: 30, Cut: &sim.Cut{Shape: sim.OneWay, From: sim.These(1), To: all}},
		{Name: "halves", Until: 900, Cut: &sim.Cut{Shape: sim.Halves}, Every: &delays.Delay{Min: 1, Max: 2}, For: &delays.Delay{Min: 10, Max: 20}},
		{Name: "ring", Until: sim.Forever, Cut: &sim.Cut{Shape: sim.Ring, Who: all}, For: &delays.Delay{Min: 5, Max: 5}},
		{Name: "chain", Until: sim.Forever, Cut: &sim.Cut{Shape: sim.Chain, Who: sim.These(3, 1)}},
		{Name: "bridge", Until: sim.Forever, Cut: &sim.Cut{Shape: sim.Bridge, Who: drawn}},
		{Name: "jam", Until: sim.Forever, Clog: &sim.Links{Kinds: []uint8{1, 2}, From: sim.Target{Group: sim.Minority}}},
		{Name: "fog", Until: sim.Forever, Weather: &x, On: sim.Links{To: sim.Target{Group: sim.Majority}}},
		{Name: "nap", Until: sim.Forever, Pause: sim.These(2)},
	}
	return s
}

func TestWeatherInWords(t *testing.T) {
	s := weathered()
	entries := []sim.Entry{
		{Event: 1, What: sim.SeasonBegins, N: 0},
		{Event: 2, What: sim.FaultBegins, N: 1, Text: "deaf"},
		{Event: 3, What: sim.FaultBegins, Peer: 3, N: 7, Text: "halves"},
		{Event: 4, What: sim.FaultEnds, Peer: 3, N: 7, Text: "halves"},
		{Event: 5, What: sim.FaultBegins, N: 3, Text: "ring"},
		{Event: 6, What: sim.FaultBegins, N: 4, Text: "chain"},
		{Event: 7, What: sim.FaultBegins, N: 5, Text: "bridge"},
		{Event: 8, What: sim.FaultBegins, N: 6, Text: "jam"},
		{Event: 9, What: sim.FaultBegins, N: 7, Text: "fog"},
		{Event: 10, What: sim.FaultBegins, N: 8, Text: "nap"},
		{Event: 10, What: sim.Paused, Actor: 2},
		{Event: 11, What: sim.Delivered, Actor: 2, Peer: 1, Kind: 1, N: 1, Text: "b"},
		{Event: 11, What: sim.Held, Actor: 2, Peer: 1, Kind: 1, N: 1, Text: "paused"},
		{Event: 12, What: sim.FaultEnds, N: 8, Text: "nap"},
		{Event: 12, What: sim.Resumed, Actor: 2},
		{Event: 13, What: sim.Delivered, Actor: 1, Peer: 3, Kind: 2, N: 1, Text: "c"},
		{Event: 13, What: sim.FaultStruck, N: 0, Text: "alone"},
		{Event: 13, What: sim.Sent, Actor: 1, Peer: 2, Kind: 1, N: 2, Text: "d"},
		{Event: 13, What: sim.Doubled, Actor: 1, Peer: 2, Kind: 1, N: 2},
		{Event: 13, What: sim.Sent, Actor: 1, Peer: 3, Kind: 1, N: 3, Text: "d"},
		{Event: 13, What: sim.Doubled, Actor: 1, Peer: 3, Kind: 1, N: 3},
		{Event: 13, What: sim.Doubled, Actor: 1, Peer: 3, Kind: 1, N: 3},
		{Event: 13, What: sim.Sent, Actor: 1, Peer: 2, Kind: 2, N: 1, Text: "e"},
		{Event: 13, What: sim.Doubled, Actor: 1, Peer: 2, Kind: 2, N: 1},
		{Event: 13, What: sim.Dropped, Actor: 1, Peer: 2, Kind: 2, N: 1, Copy: 1, Text: "lost"},
		{Event: 13, What: sim.Sent, Actor: 1, Peer: 3, Kind: 2, N: 2, Text: "e"},
		{Event: 13, What: sim.Doubled, Actor: 1, Peer: 3, Kind: 2, N: 2},
		{Event: 13, What: sim.Doubled, Actor: 1, Peer: 3, Kind: 2, N: 2},
		{Event: 13, What: sim.Dropped, Actor: 1, Peer: 3, Kind: 2, N: 2, Copy: 2, Text: "lost"},
		{Event: 13, What: sim.FaultHealed, N: 0, Text: "alone"},
		{Event: 14, What: sim.SeasonBegins, N: 1},
		{Event: 15, What: sim.Calmed},
		{Event: 15, What: sim.Elected, Actor: 1, Text: "1, 3"},
		{Event: 16, What: sim.StormOver},
	}
	want := `
time ms  event  actor 1                              actor 2              actor 3
    0.0      1  ---- season 1: delay 1 ms to 2 ms, loss 50%, crashes 1%, for 10 ms ----
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
    0.0     14  ---- season 2: the general weather, for 10 ms ----
    0.0     15  ---- what happens by chance is over ----
                KEEPS THE ROLE, in a core with
                  calm: 1, 3
    0.0     16  ---- the storm's last message has arrived ----
`
	if diff := cmp.Diff(want, "\n"+show(t, s, 1, entries)); diff != "" {
		t.Error(diff)
	}
	s.Core = &sim.Target{Group: sim.Everyone}
	if got := (words{s}).calm(); got != "a core gets calm" {
		t.Error(got)
	}
}
