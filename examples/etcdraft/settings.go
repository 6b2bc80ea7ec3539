package etcdraft

import "github.com/paxsim/paxsim/sim"

// The settings of a scenario, under etcdraft. Times are in paxsim's ticks, of 100 µs
// where a scenario does not say otherwise.
var settings = []sim.Setting{
	{Name: "clock", Kind: sim.Word, Words: []string{"ticks", "timers"}, Default: clockTicks,
		Doc: "what drives elections and heartbeats: ticks of the library, or the actor's own timers"},
	{Name: "tick", Kind: sim.Duration, Default: 1000, Min: 1, Max: 1 << 30,
		Doc: "the time from one tick of the library to the next; also the unit of the actor's own timers"},
	{Name: "election", Kind: sim.Count, Default: 10, Min: 2, Max: 256,
		Doc: "an election begins after at least so many ticks without a leader, and less than twice as many"},
	{Name: "heartbeat", Kind: sim.Count, Default: 1, Min: 1, Max: 255,
		Doc: "ticks from one heartbeat of a leader to the next"},
	{Name: "pre_vote", Kind: sim.Bool, Default: 1,
		Doc: "whether an actor asks first if it would be elected (Raft thesis, 9.6)"},
	{Name: "check_quorum", Kind: sim.Bool, Default: 1,
		Doc: "whether a leader steps down that hears of no majority, and voters keep to a leader that they hear of (6.2, 6.4.1)"},
	{Name: "snapshot", Kind: sim.Count, Default: 4, Min: 0, Max: 1 << 20,
		Doc: "applied entries from one snapshot to the next; 0: none is taken"},
	{Name: "keep", Kind: sim.Count, Default: 1, Min: 0, Max: 1 << 20,
		Doc: "entries before a snapshot that stay in the log, for followers that are a little behind"},
	{Name: "retry", Kind: sim.Duration, Default: 20_000, Min: 1, Max: 1 << 30,
		Doc: "how long an actor waits before it proposes again what its client still waits for"},
	{Name: "mistake", Kind: sim.Word, Words: mistakes, Default: int64(noMistake),
		Doc: "what the application around the library does wrong"},
}

// The words of the setting clock.
const (
	clockTicks = iota
	clockTimers
)

// config is the settings of a scenario.
type config struct {
	actors      int
	timers      bool // the actor's own; else: ticks
	tick        sim.Time
	election    int // in ticks
	heartbeat   int // in ticks
	preVote     bool
	checkQuorum bool
	every       uint64 // applied entries from one snapshot to the next
	keep        uint64
	retry       sim.Time
	mistake     mistake
}

func configOf(s *sim.Scenario) config {
	c := config{
		actors:      s.Actors,
		timers:      s.Setting("clock") == clockTimers,
		tick:        sim.Time(s.Setting("tick")),
		election:    int(s.Setting("election")),
		heartbeat:   int(s.Setting("heartbeat")),
		preVote:     s.Setting("pre_vote") == 1,
		checkQuorum: s.Setting("check_quorum") == 1,
		every:       uint64(s.Setting("snapshot")),
		keep:        uint64(s.Setting("keep")),
		retry:       sim.Time(s.Setting("retry")),
		mistake:     mistake(s.Setting("mistake")),
	}
	c.heartbeat = min(c.heartbeat, c.election-1) // the library wants it so
	return c
}
