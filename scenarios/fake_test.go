package scenarios

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
)

// echo is a protocol that does nothing, with a setting of every kind. What is
// tested with it does not depend on what Paxos has.

type echoMessage struct{}

func (echoMessage) Kind() uint8           { return 0 }
func (echoMessage) Hash(*sim.Digest)      {}
func (echoMessage) Text(sim.Names) string { return "" }

type echoActor struct{}

type echoEnv = sim.Env[echoMessage, echoRecord]

type echoRecord struct{}

func (echoRecord) Hash(*sim.Digest)      {}
func (echoRecord) Text(sim.Names) string { return "" }

func (*echoActor) Start(*echoEnv)                        {}
func (*echoActor) Receive(*echoEnv, sim.ID, echoMessage) {}
func (*echoActor) Timeout(*echoEnv, sim.Timer)           {}
func (*echoActor) Request(*echoEnv, sim.Request)         {}

var echo = sim.Define(sim.Spec[echoActor, echoMessage, echoRecord]{
	Name:       "echo",
	Vocabulary: sim.Vocabulary{Messages: []string{"", "Call", "Echo"}, Roles: []string{"caller", "wall"}, Saves: []string{"sound", "silence"}},
	Settings: []sim.Setting{
		{Name: "loud", Kind: sim.Bool, Default: 1, Doc: "whether it is heard"},
		{Name: "times", Kind: sim.Count, Default: 2, Min: 1, Max: 9, Doc: "how often"},
		{Name: "gap", Kind: sim.Duration, Default: sim.Auto, Min: 1, Max: 1 << 31, Doc: "how far apart"},
		{Name: "fade", Kind: sim.Chance, Default: sim.Auto, Min: 1, Max: int64(scheduler.Certain), Doc: "chance that it is the last"},
		{Name: "rest", Kind: sim.Duration, Default: 3, Min: 0, Max: 1 << 31, Doc: "how long it rests"},
		{Name: "place", Kind: sim.Word, Words: []string{"valley", "well", "cave"}, Doc: "where"},
	},
	Invariants: []sim.Invariant{{Name: "faithful", Doc: "it says what was said"}, {Name: "later", Grade: sim.Lemma, Doc: "it comes second"}},
	Marks:      []sim.Mark{{Name: "heard", Doc: "somebody heard it"}, {Name: "heard-twice", Doc: "somebody heard it twice"}},
	Resolve: func(s *sim.Scenario) (sim.Plan, []sim.Problem) {
		gap := sim.Time(s.Setting("gap"))
		if s.Setting("gap") == sim.Auto {
			gap = 2*s.Network.DelayMax + 1
		}
		plan := sim.Plan{TimeLimit: s.Limits.Time, Lines: []sim.PlanLine{
			{Name: "gap", Ticks: gap, How: "2 greatest delays + 1 tick"},
			{Name: "fade", Text: "1/7", How: "as if by magic"},
			{Name: "patience", Ticks: 5 * gap, How: "5 gaps"},
		}}
		if plan.TimeLimit == 0 {
			plan.TimeLimit = s.LastFault() + 1000
			plan.Lines = append(plan.Lines, sim.PlanLine{Name: "limits.time", Ticks: plan.TimeLimit, How: "the last fault + 1000 ticks"})
		}
		if s.Setting("place") == 2 && gap > 100 {
			return plan, []sim.Problem{{Path: "echo.gap", Text: "too far apart for a cave"}}
		}
		return plan, nil
	},
})

// mute is a protocol without settings.
var mute = sim.Define(sim.Spec[echoActor, echoMessage, echoRecord]{
	Name:       "mute",
	Vocabulary: sim.Vocabulary{Messages: []string{"Echo"}},
})

var fakes = Protocols{
	Find: func(name string) (sim.Protocol, bool) {
		switch name {
		case "echo":
			return echo, true
		case "mute":
			return mute, true
		}
		return nil, false
	},
	Names: func() []string { return []string{"echo", "mute"} },
}
