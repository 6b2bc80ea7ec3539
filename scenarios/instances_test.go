package scenarios

import (
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
)

// logged is a protocol whose runs wait for three instances.
var logged = sim.Define(sim.Spec[echoActor, echoMessage, echoRecord]{
	Name:       "logged",
	Vocabulary: sim.Vocabulary{Messages: []string{"Echo"}},
	Invariants: sim.ConsensusInvariants(),
	Goal:       func(*sim.Scenario) sim.Goal { return sim.Goal{Instances: 3} },
})

var logs = Protocols{
	Find: func(name string) (sim.Protocol, bool) {
		if name == "logged" {
			return logged, true
		}
		return fakes.Find(name)
	},
	Names: func() []string { return []string{"logged", "echo"} },
}

// instanceAt is an instance that was chosen and first decided at t, and known by 1
// since then, by 2 two ticks later, and by 3 from the time learned on; -1: it
// never learns.
func instanceAt(i sim.Instance, t, learned sim.Time) sim.Decision {
	d := sim.Decision{
		Instance: i, Chosen: sim.Chosen{Value: 1, Instance: i}, ChosenTime: t - 10, Value: 1, DecideTime: t,
		Learned: 3, AllLearned: true, LearnedTime: learned, LearnedAt: []sim.Time{-1, t, t + 2, learned},
	}
	if learned < 0 {
		d.Learned, d.AllLearned, d.LearnedTime = 2, false, 0
	}
	return d
}

// TestInstancesAreJudged holds which runs meet what is expected of single
// instances.
func TestInstancesAreJudged(t *testing.T) {
	all := decidedAt(60, 90) // 2 is decided first, then 0, then 1
	zero := instanceAt(0, 60, 70)
	all.Value, all.Instance0 = 1, &zero
	all.Instances = []sim.Decision{instanceAt(1, 80, 90), instanceAt(2, 40, 65)}
	part := halfway
	late := instanceAt(0, 30, -1)
	part.Value, part.Instance0 = 1, &late
	part.Instances = []sim.Decision{instanceAt(2, 20, 28)}
	for _, tt := range []struct {
		expect string
		run    sim.Outcome
		want   string // what does not hold; "": all does
	}{
		{"{decided_within: 4ms, never_decided_before: 4ms}", all, ""}, // the first decision is of 2
		{"{decided_within: 3.9ms}", all, "decided_within: 3.9ms: seed 1: decided after 4ms"},
		{"{chosen_within: 2.9ms}", all, "chosen_within: 2.9ms: seed 1: chosen after 3ms"},
		{"{instances: {0: {decided_within: 6ms, never_decided_before: 6ms, learned_within: 7ms}}}", all, ""},
		{"{instances: {0: {decided_within: 5ms}}}", all, "instances.0.decided_within: 5ms: seed 1: decided after 6ms"},
		{"{instances: {2: {decided_within: 4ms, chosen_within: 3ms, never_decided_before: 4ms}}}", all, ""},
		{"{instances: {2: {never_decided_before: 4.1ms}}}", all, "instances.2.never_decided_before: 4.1ms: seed 1: decided after 4ms"},
		{"{instances: {1: {chosen_within: 6.9ms}}}", all, "instances.1.chosen_within: 6.9ms: seed 1: chosen after 7ms"},
		{"{instances: {1: {learned_within: 8.9ms}}}", all, "instances.1.learned_within: 8.9ms: seed 1: learned after 9ms"},
		{"{instances: {1: {learned: majority, within: 8.2ms}, 2: {learned: [1], within: 4ms}}}", all, ""},
		{"{instances: {1: {learned: majority, within: 8.1ms}, 2: {learned: [3], within: 6.4ms}}}", all,
			"instances.1.learned: majority, within: 8.1ms: seed 1: learned after 8.2ms; instances.2.learned: [3], within: 6.4ms: seed 1: learned after 6.5ms"},
		{"{instances: {0: {learned: 2, within: 3.2ms}, 2: {learned: all, within: 2.8ms}}}", part, ""},
		{"{instances: {0: {learned: all}}}", part, "instances.0.learned: all: seed 1: 2 of 3 have learned: partial: 2 of 3 have learned, event limit"},
		{"{instances: {0: {learned_within: 1h}}}", part, "instances.0.learned_within: 1h: seed 1: not all have learned: partial: 2 of 3 have learned, event limit"},
		{"{instances: {1: {decided_within: 1h}}}", part, "instances.1.decided_within: 1h: seed 1: nothing was decided: partial: 2 of 3 have learned, event limit"},
		{"{instances: {1: {chosen_within: 1h}}}", part, "instances.1.chosen_within: 1h: seed 1: nothing was chosen: partial: 2 of 3 have learned, event limit"},
		{"{instances: {1: {learned: 1}}}", part, "instances.1.learned: 1: seed 1: 0 of 3 have learned: partial: 2 of 3 have learned, event limit"},
		{"{instances: {1: {never_decided_before: 1h}}}", part, ""},
	} {
		s, err := logs.Read("file.yaml", "paxsim: 1\nprotocol: logged\nactors: 3\nrequests: by-chance\nexpect: "+tt.expect+"\n")
		if err != nil {
			t.Errorf("%s: %v", tt.expect, err)
			continue
		}
		r, err := Verify(s, 1, came(tt.run))
		if err != nil {
			t.Fatal(err)
		}
		if got := complaints(r); got != tt.want || r.Held() != (tt.want == "") {
			t.Errorf("%s: got %q, want %q", tt.expect, got, tt.want)
		}
	}
}

// TestInstanceMistakes holds what is said of expectations of instances that cannot
// be read or met, and where.
func TestInstanceMistakes(t *testing.T) {
	const clauses = "chosen_within, decided_within, learned_within, never_decided_before, learned"
	for _, tt := range []struct {
		expect   string
		mistakes string // each with its place, but for the name of the file
	}{
		{"{instances: {1048576: {decided_within: 1s}}}", "5:22: expect.instances.1048576: there is no instance 1048576: expected a number from 0 to 1048575"},
		{"{instances: {one: {decided_within: 1s}}}", "5:22: expect.instances.one: there is no instance one: expected a number from 0 to 1048575"},
		{"{instances: {-1: {decided_within: 1s}}}", "5:22: expect.instances.-1: there is no instance -1: expected a number from 0 to 1048575"},
		{"{instances: {02: {decided_within: 1s}}}", "5:22: expect.instances.02: there is no instance 02: expected a number from 0 to 1048575"},
		{"{instances: {3: {decided_within: 1s}}}", "5:25: expect.instances.3: a run of logged waits for instances 0 to 2: none waits for instance 3"},
		{"{instances: {2: {decided_within: 1s}, 2: {learned: all}}}", "5:47: expect.instances.2: the key is here twice"},
		{"{instances: {2: {decided_wihin: 1s}}}", "5:26: expect.instances.2.decided_wihin: there is no such key; did you mean decided_within?"},
		{"{instances: {2: {always: decided}}}", "5:26: expect.instances.2.always: there is no such key; expected one of chosen_within, decided_within, learned_within, never_decided_before, learned, within"},
		{"{instances: {2: {decided_within: any}}}", "5:25: expect.instances.2: says nothing: expected one of " + clauses},
		{"{instances: {2: {}}}", "5:25: expect.instances.2: is empty: expected keys such as chosen_within"},
		{"{instances: {2: {learned: 9}}}", "5:35: expect.instances.2.learned: 9 actors cannot learn: there are 3"},
		{"{instances: {2: {within: 1s}}}", "5:34: expect.instances.2.within: within what? It says by when those of learned have learned: expected learned beside it"},
		{"{instances: {2: {decided_within: 1s, never_decided_before: 2s}}}", "5:42: expect.instances.2.decided_within: is below never_decided_before: no run meets both"},
		{"{never_decided_before: 2s, instances: {2: {decided_within: 1s}}}", "5:68: expect.instances.2.decided_within: is below never_decided_before of the run: no run meets both"},
		{"{learned_within: 1s, instances: {2: {never_decided_before: 2s}}}", "5:68: expect.instances.2.never_decided_before: is above learned_within of the run: no run meets both"},
		{"{decided_within: 1s, instances: {2: {never_decided_before: 2s}}}", ""},
		{"{always: partial, instances: {2: {learned: all}}}", ""},
		{"{always: undecided, instances: {2: {learned: 1}}}", "5:54: expect.instances.2.learned: always: undecided says that this never happens"},
		{"{instances: [2]}", "5:21: expect.instances: expected none, or the numbers of instances and what is expected of each, such as {2: {decided_within: 1s}}, not a list"},
		{"{instances: {}}", "5:21: expect.instances: is empty: expected none, or the numbers of instances and what is expected of each, such as {2: {decided_within: 1s}}"},
		{"{always: held, instances: none}", ""},
		{"{instances: {2: {learned: 1}}}\npremise: {calm: loss, breaks: instances.2.learned}", ""},
		{"{instances: {2: {learned: 1}}}\npremise: {calm: loss, breaks: instances.1.learned}", "6:31: premise.breaks: the scenario does not expect anything of instances.1.learned"},
		{"{instances: {2: {learned: 1}}}\npremise: {calm: loss, breaks: instances.2.lerned}", `6:31: premise.breaks: nothing is expected of an instance as "lerned": expected one of ` + clauses + "; did you mean learned?"},
		{"{instances: {2: {learned: 1}}}\npremise: {calm: loss, breaks: instances.2}", "6:31: premise.breaks: expected one of " + clauses + " after instances.2."},
		{"{instances: {2: {learned: 1}}}\npremise: {calm: loss, breaks: instances.x.learned}", `6:31: premise.breaks: there is no instance "x": expected a number from 0 to 1048575`},
		{"{instances: {2: {learned: 1}}}\npremise: {calm: loss, breaks: instance}", `6:31: premise.breaks: expected instances.N.CLAUSE such as instances.2.learned, not "instance"`},
	} {
		_, err := logs.Read("f.yaml", "paxsim: 1\nprotocol: logged\nactors: 3\nrequests: by-chance\nexpect: "+tt.expect+"\n")
		if tt.mistakes == "" && err == nil {
			continue
		}
		if err == nil || tt.mistakes == "" {
			t.Errorf("%s: %v, want %q", tt.expect, err, tt.mistakes)
			continue
		}
		first, _, _ := strings.Cut(err.Error(), "\n")
		if got := strings.TrimPrefix(first, "f.yaml:"); got != tt.mistakes || len(mistakesOf(err).Mistakes) != 1 {
			t.Errorf("%s: got\n%q, want\n%q\n%v", tt.expect, got, tt.mistakes, err)
		}
	}
	one := "paxsim: 1\nactors: 3\nrequests: by-chance\nexpect: {instances: {1: {decided_within: 1s}}}\n"
	if _, err := Read("f.yaml", one); err == nil || !strings.Contains(err.Error(), "4:25: expect.instances.1: paxos decides instance 0 alone: no run waits for instance 1") {
		t.Errorf("of a protocol with one instance: %v", err)
	}
}

// TestInstancesAreWritten holds that what is expected of instances is written in
// the order of their numbers, and overridden by them.
func TestInstancesAreWritten(t *testing.T) {
	text := "paxsim: 1\nprotocol: logged\nactors: 3\nrequests: by-chance\nexpect: {always: held, instances: {2: {learned: majority, within: 2s}, 0: {decided_within: 1s}}}\n"
	s, err := logs.Read("f.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	const want = "  instances: {0: {decided_within: 1s}, 2: {learned: majority, within: 2s}}\n"
	for _, is := range []string{Text(s), Show(s)} {
		if !strings.Contains(is, want) {
			t.Errorf("not written:\n%s", is)
		}
	}
	s, err = logs.Read("f.yaml", text, Set("expect.instances.1.decided_within=3s"), Set("expect.instances.1.learned=2"))
	if err != nil {
		t.Fatal(err)
	}
	if x := s.Expect.Instances; len(x) != 1 || x[0].Instance != 1 || x[0].DecidedWithin != sim.Time(3e9/s.Tick) || x[0].Learned.Count != 2 {
		t.Errorf("overridden: %+v", x)
	}
	if _, err := logs.Read("f.yaml", text, Set("expect.instances.1.decided_witin=3s")); err == nil || !strings.Contains(err.Error(), "did you mean expect.instances") {
		t.Errorf("a field of an instance that there is not: %v", err)
	}
}

// TestTheOnlyInstance: of a protocol that decides one, what is expected of it and
// of the run come to the same.
func TestTheOnlyInstance(t *testing.T) {
	const clauses = "decided_within: 9ms, learned_within: 14ms, chosen_within: 8ms, learned: majority, within: 11ms"
	of := func(expect string) *Report {
		s, err := Load("lossy", Set("expect={always: anything, runs: 300, "+expect+"}"), Set("requests=by-chance"))
		if err != nil {
			t.Fatal(err)
		}
		r, err := Verify(s, 0, oneByOne)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	run, instance := of(clauses), of("instances: {0: {"+clauses+"}}")
	if len(run.Findings) < 4 {
		t.Fatalf("%+v", run.Findings)
	}
	for i, f := range run.Findings {
		g := instance.Findings[i]
		if g.Clause != InstanceClause(0, f.Clause) || g.Seed != f.Seed || g.Held != f.Held {
			t.Errorf("%+v of the run, and of its instance %+v", f, g)
		}
	}
}
