package diagram

import (
	"testing"

	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/internal/played"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

// told is a short run: the events that happen, in their order, and nothing else.
type told struct {
	name     string
	mutant   string
	actors   int
	members  []sim.ID
	requests []sim.ID          // who is asked; nil: everybody, once
	only     string            // the invariant that is watched; "": all
	events   string            // a line each; "synced" lines only if the disk is slow
	answers  map[string]uint32 // otherwise than in calm
	slow     bool              // saves end only when a line says so
	decisive uint64
	picture  bool // its SVG is kept
}

// scenario is the world of a told run.
func (x *told) scenario(t testing.TB) *sim.Scenario {
	t.Helper()
	m, ok := mutants.Find(x.mutant)
	if !ok {
		t.Fatalf("there is no mutant %s", x.mutant)
	}
	p := m.Protocol()
	s := &sim.Scenario{Name: x.name, Tick: 100_000, Actors: x.actors, Members: x.members, Protocol: p,
		Network: weather.Network{DelayMin: 1, DelayMax: 1, Duplicate: 1}, Crashes: faults.Crashes{Chance: 1, DownMin: 1, DownMax: 1}}
	if x.slow {
		s.Disk = disks.Disk{Sync: 1}
	}
	if x.only != "" {
		s.Invariants = []string{x.only}
	}
	for _, id := range x.requests {
		s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: id})
	}
	for id := sim.ID(1); int(id) <= x.actors && x.requests == nil; id++ {
		s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: id})
	}
	for i, setting := range p.Settings() {
		s.Settings = append(s.Settings, setting.Default)
		switch setting.Name {
		case "fan_out":
			s.Settings[i] = 1 // all
		case "on_nack":
			s.Settings[i] = 2 // retry
		}
	}
	return s
}

// play plays a told run.
func (x *told) play(t testing.TB) (*sim.Scenario, []observe.Entry) {
	t.Helper()
	s := x.scenario(t)
	l := played.List{Events: x.events, Slow: x.slow, Answers: x.answers}
	return s, l.Play(t, s)
}

// tales are the runs that are drawn.
var tales = []told{
	{name: "two values", picture: true, mutant: "no-adoption", actors: 3, only: sim.Agreement, decisive: 14, events: `
		ask 1>1
		Prepare 1>1
		Prepare 1>2
		Promise 1>1
		Promise 2>1
		Accept 1>1
		Accept 1>2
		Accepted 1>3
		Accepted 2>3
		ask 2>2
		Prepare 2>2
		Prepare 2>3
		Promise 2>2
		Promise 3>2
		Accept 2>2
		Accept 2>3
		Accepted 2>1
		Accepted 3>1
	`},
	{name: "a ballot again", picture: true, mutant: "ballot-again", actors: 3, requests: []sim.ID{1, 1}, decisive: 11, answers: map[string]uint32{"crash Accept 1>3 #1": 1}, events: `
		ask 1>1
		Prepare 1>2
		Prepare 1>3
		Promise 2>1
		Promise 3>1
		Accept 1>2
		restart 1
		ask 2>1
		Prepare 1>1
		Promise 1>1
	`},
	{name: "a slow disk", mutant: "no-adoption", actors: 3, slow: true, events: `
		ask 1>1
		synced 1
		Prepare 1>2
		Prepare 1>3
		synced 3
		synced 2
		Promise 3>1
		Promise 2>1
		Accept 1>2
		synced 2
	`},
	{name: "five actors", mutant: "no-adoption", actors: 5, only: sim.Agreement, events: `
		ask 1>1
		Prepare 1>1
		Prepare 1>4
		Prepare 1>5
		Promise 1>1
		Promise 4>1
		Promise 5>1
		Accept 1>1
		Accept 1>2
		Accept 1>5
		ask 5>5
		Prepare 5>1
		Prepare 5>2
		Prepare 5>3
		Promise 1>5
		Promise 2>5
		Promise 3>5
		Accept 5>2
		Accept 5>3
		Accept 5>4
	`},
	{name: "many actors", mutant: "no-adoption", actors: 17, members: []sim.ID{1, 2, 3, 4, 5, 6, 7}, requests: []sim.ID{1, 9}, events: `
		ask 2>9
		Prepare 9>5
		ask 1>1
		Prepare 1>2
		Prepare 1>3
		Prepare 1>4
		Prepare 1>5
		Nack 5>1
	`},
	{name: "a list", mutant: "no-adoption", actors: 15, requests: []sim.ID{1, 9}, events: `
		ask 1>1
		Prepare 1>1
		Prepare 1>2
		Prepare 1>3
		Prepare 1>4
		Prepare 1>5
		Prepare 1>6
		Prepare 1>7
		Prepare 1>8
		Prepare 1>9
		Prepare 1>10
		Prepare 1>11
		Prepare 1>12
		Prepare 1>13
		Promise 13>1
		ask 2>9
	`},
	{name: "refused and again", mutant: "no-adoption", actors: 2, requests: []sim.ID{1, 2}, answers: map[string]uint32{"doubled Prepare 1>2 #1": 1, "crash-idle Prepare 2>1 #1": 1}, events: `
		ask 1>1
		ask 2>2
		Prepare 2>2
		Prepare 1>2
		Nack 2>1
		deliver-copy1 Prepare 1>2
		alarm repeat 2
		Prepare 2>1
	`},
}
