package mutants

import (
	"slices"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
	"github.com/paxsim/paxsim/sim/zoo"
)

// three is 3 actors, a constant delay of 10 ticks, and nothing asked for.
func three(p sim.Protocol) *sim.Scenario {
	s := &sim.Scenario{Tick: 100_000, Actors: 3, Protocol: p, Network: weather.Network{DelayMin: 10, DelayMax: 10}}
	for _, setting := range p.Settings() {
		s.Settings = append(s.Settings, setting.Default)
	}
	return s
}

// set gives a setting a value: ticks, or the index of a word.
func set(s *sim.Scenario, name string, value int64) {
	i := slices.IndexFunc(s.Protocol.Settings(), func(x sim.Setting) bool { return x.Name == name })
	s.Settings[i] = value
}

const retry = 2 // on_nack

// rise makes an actor take the role so many times in a row, which brings it to
// that round.
func rise(s *sim.Scenario, actor sim.ID, rounds int) (until sim.Time) {
	for i := range rounds {
		until = sim.Time(i) * 100
		s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: actor, At: until})
	}
	return until + 100
}

// stall is a scenario in which a mutant that stalls is held against Paxos.
type stall struct {
	mutant, why string
	scenario    func(p sim.Protocol) *sim.Scenario
	answers     []string                 // surprises over the calm order
	sound, sick func(o sim.Outcome) bool // what each must come to
}

func decided(o sim.Outcome) bool { return o.Verdict == observe.VerdictDecided }
func noDecision(o sim.Outcome) bool {
	return o.Verdict == observe.VerdictUndecided && o.Decisions == 0
}

// attempts is how many rounds were begun.
func attempts(least, most uint64) func(o sim.Outcome) bool {
	return func(o sim.Outcome) bool { return decided(o) && least <= o.Notes[0] && o.Notes[0] <= most }
}

var stalls = []stall{
	{"bare-nack", "actor 1 was cut off while actor 2 went through 20 rounds: it tries all 20 of them, not 1 and 21",
		func(p sim.Protocol) *sim.Scenario {
			s := three(p)
			until := rise(s, 2, 20)
			s.Faults = []faults.Fault{{Name: "cut", At: 0, Until: until, Split: [][]sim.ID{{1}}}}
			s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: 1, At: until})
			set(s, "on_nack", retry)
			set(s, "learn_timeout", 1_000_000)
			return s
		}, nil, attempts(22, 22), attempts(41, 41)},
	{"no-second-accept", "the Accepts to both others are lost: nobody repeats them, the others find out by a round of their own, and the request is never done",
		func(p sim.Protocol) *sim.Scenario {
			s := three(p)
			s.Network.Loss = 1 // so that it is asked for
			s.Requests = []sim.ScriptedRequest{{Actor: 1}}
			return s
		}, []string{"lost Accept 1>2 #2", "lost Accept 1>3 #3"},
		func(o sim.Outcome) bool { return o.End == observe.EndGoal && o.LearnedTime == 61 },
		func(o sim.Outcome) bool { return o.End == observe.EndQuiet && o.LearnedTime == 122 }},
	{"high-quorum", "one of three is down for good: two are a majority, and not one more",
		func(p sim.Protocol) *sim.Scenario {
			s := three(p)
			s.Faults = []faults.Fault{{Name: "down", At: 0, Until: faults.Forever, Crash: aims.These(3)}}
			s.Requests = []sim.ScriptedRequest{{Actor: 1, At: 1}}
			return s
		}, nil, decided, noDecision},
	{"accept-above-promise", "nothing is wrong, and nobody may vote",
		func(p sim.Protocol) *sim.Scenario {
			s := three(p)
			s.Requests = []sim.ScriptedRequest{{Actor: 1}}
			s.Limits.Events = 100_000
			return s
		}, nil, attempts(1, 1), noDecision},
	{"text-ballot", "after round 9 comes 90: all between are below it as texts",
		func(p sim.Protocol) *sim.Scenario {
			s := three(p)
			until := rise(s, 2, 9)
			s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: 1, At: until})
			s.Invariants = []string{paxos.Agreement, paxos.DecidedIsChosen, paxos.Integrity, paxos.Validity}
			set(s, "on_nack", retry)
			return s
		}, nil, attempts(10, 10), attempts(90, 90)},
}

// TestMutantsThatStall: under the very same surprises Paxos decides, and the
// mutant does not, or takes so many more rounds.
func TestMutantsThatStall(t *testing.T) {
	shown := map[string]bool{}
	for _, c := range stalls {
		shown[c.mutant] = true
		t.Run(c.mutant, func(t *testing.T) {
			m, ok := Find(c.mutant)
			if !ok {
				t.Fatal("no such mutant")
			}
			for _, side := range []struct {
				name string
				p    sim.Protocol
				want func(sim.Outcome) bool
			}{{"paxos", paxos.Protocol(), c.sound}, {"mutant", m.Protocol(), c.sick}} {
				s := c.scenario(side.p)
				w, err := side.p.New(s)
				if err != nil {
					t.Fatal(err)
				}
				source := &scheduler.Edited{Base: scheduler.Calm{}, Answers: map[scheduler.Key]uint32{}}
				for _, text := range c.answers {
					k, err := side.p.Vocabulary().ParseKey(text)
					if err != nil {
						t.Fatal(err)
					}
					source.Answers[k] = 1
				}
				w.Reset(1, source)
				o := w.Run()
				t.Logf("%s: %v, %d rounds begun, ended at %d: %v", side.name, o.Verdict, o.Notes[0], o.Ended, o.End)
				if len(source.Unused()) > 0 || !side.want(o) {
					t.Errorf("%s: %s: %+v %v, unused %v", c.why, side.name, o, o.Violation, source.Unused())
				}
			}
		})
	}
	for _, m := range All() {
		if m.Kind == zoo.Stalls && !shown[m.Name] {
			t.Errorf("nothing shows that %s stalls", m.Name)
		}
	}
}
