// Package etcdraft runs etcd's raft library, go.etcd.io/raft/v3, as it is, under
// paxsim. An actor is an application around a RawNode of that library: it keeps what
// the library wants kept, sends what it wants sent, and applies what is committed.
//
// The library says in its doc.go what such an application must do, and in which order:
// see ready.go. Six mistakes that an application can make there are in mistakes.go.
// The names are those of Ongaro and Ousterhout, "In Search of an Understandable
// Consensus Algorithm (Extended Version)", here "the Raft paper".
//
//	client ──▶ Request ──▶ RawNode.Propose ─┐
//	peer ────▶ Receive ──▶ RawNode.Step ────┤
//	alarm ───▶ Timeout ──▶ RawNode.Tick ────┴▶ Ready ──▶ save ──▶ send ──▶ apply ──▶ Advance
package etcdraft

import (
	"embed"
	"io/fs"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
)

// Scenarios is the library of scenarios.
var Scenarios, _ = fs.Sub(files, "scenarios")

//go:embed scenarios/*.yaml
var files embed.FS

// Ground is where a hunt looks that is given no scenario.
var Ground = []string{"hunt", "hunt-timers"}

type env = sim.Env[message, record]

// The kinds of alarms.
const (
	alarmTick      uint8 = iota // the clock of the library
	alarmElection               // no leader has been heard of for too long
	alarmHeartbeat              // a leader says that it is there
	alarmQuorum                 // a leader looks whether a majority has answered
	alarmRetry                  // what clients ask for is proposed again
)

// choiceJitter is the only choice: how much longer than others an actor waits for a leader.
const choiceJitter uint8 = 0

// What actors note.
const (
	noteCampaign uint8 = iota
	noteRefused
)

var notes = []shown.Note{
	{Name: "campaigns", Field: "campaigns", Purpose: shown.BeginsRound, Doc: "an actor asks to be elected"},
	{Name: "is refused", Field: "refusals", Purpose: shown.RefusesRound, Doc: "an actor that asks to be elected hears no"},
}

// roleLeader is the role that faults can aim at: a leader, by its term.
const roleLeader uint8 = 0

// What a record can newly hold, as bits: see [record.Differs].
const (
	savesTerm uint8 = 1 << iota
	savesVote
	savesEntries
	savesSnapshot
)

// Protocol is the library as paxsim knows it.
var Protocol = sim.Define(sim.Spec[member, message, record]{
	Name: "etcdraft",
	Vocabulary: sim.Vocabulary{
		Messages: kinds,
		Timers: []shown.TimerKind{
			{Name: "tick", Ticks: true, Doc: "RawNode.Tick"},
			{Name: "election", Purpose: shown.BeginsRound, Doc: "RawNode.Campaign"},
			{Name: "heartbeat", Purpose: shown.RepeatsRound, Doc: "a leader says that it is there"},
			{Name: "quorum", Doc: "a leader looks whether a majority has answered"},
			{Name: "retry", Doc: "what clients wait for is proposed again"},
		},
		Choices: []string{"jitter"},
		Notes:   notes,
		Roles:   []string{"leader"},
		Saves:   []string{"term", "vote", "entries", "snapshot"},
		Actions: actions,
		Example: kindOf("App"),
	},
	Settings:   settings,
	Invariants: invariants,
	Marks:      marks,
	New:        func(s *sim.Scenario, _ sim.Plan, id sim.ID) member { return member{config: configOf(s)} },
	Around:     around,
	History:    watch,
	Goal:       goal,
	Rounds:     shown.Rounds{Name: "term"},
})

// goal is that as many commands as there are requests have been applied by all.
func goal(s *sim.Scenario) sim.Goal {
	if s.ByChance {
		return sim.Goal{Instances: sim.Instance(s.Actors)}
	}
	return sim.Goal{Instances: sim.Instance(len(s.Requests))}
}
