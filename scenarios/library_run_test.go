package scenarios

import (
	"slices"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// TestLibraryRuns holds that runs of the library show what its files tell.
func TestLibraryRuns(t *testing.T) {
	decided := func(o sim.Outcome, _ string) bool { return o.Verdict == observe.VerdictDecided }
	const ms = 10 // ticks
	decides := func(values ...string) func(sim.Outcome, string) bool {
		return func(o sim.Outcome, value string) bool {
			return o.Verdict == observe.VerdictDecided && slices.Contains(values, value)
		}
	}
	short := []Override{Set("faults.cut.until=80ms"), Set("faults.crash.at=80ms"), Set("requests.2.at=80ms")}
	tests := []struct {
		name, why string
		overrides []Override
		runs      int
		want      func(o sim.Outcome, value string) bool
		most      int // of the runs that may be otherwise
	}{
		{name: "happy-path", why: "four delays, (N-1)(N+3) messages", runs: 20, want: func(o sim.Outcome, _ string) bool {
			return o.Verdict == observe.VerdictDecided && o.Delays == 4 && o.LearnedTime == 4*ms && o.Sent == 32
		}},
		{name: "self-election", runs: 100, want: decided},
		{name: "lossy", runs: 100, want: decided},
		{name: "duelling-proposers", runs: 100, want: decided},
		{name: "minority-cut", why: "the side of the majority decides at once, the rest learns after the heal", runs: 100, want: func(o sim.Outcome, value string) bool {
			return o.Verdict == observe.VerdictDecided && value == "1a" && o.DecideTime < 100*ms && o.LearnedTime > 2000*ms
		}},
		{name: "majority-cut", why: "no decision before the heal", runs: 100, want: func(o sim.Outcome, _ string) bool {
			return o.Verdict == observe.VerdictDecided && o.DecideTime >= 2000*ms
		}},
		{name: "proposer-crash", why: "what was accepted before the crash mostly wins", runs: 100, most: 40, want: func(o sim.Outcome, value string) bool {
			return o.Verdict == observe.VerdictDecided && value == "a" && o.Crashes == 1
		}},
		{name: "proposer-crash", why: "but not if nothing was accepted", overrides: []Override{Set("faults.crash.at=5ms")}, runs: 100, most: 5, want: func(o sim.Outcome, value string) bool {
			return o.Verdict == observe.VerdictDecided && value == "b"
		}},
		{name: "proposer-crash-early", why: "nothing of a is left", runs: 100, want: decides("b")},
		{name: "proposer-crash-early", why: "three Accepts are enough to be found", overrides: []Override{Set("faults.crash.when=1 sends Accept 3 times")}, runs: 100, want: decides("a")},
		{name: "proposer-crash-halfway", why: "a is found and proposed again", runs: 100, want: decides("a")},
		{name: "proposer-crash-halfway", why: "one vote is found as a rule", overrides: []Override{Set("faults.crash.when=1 sends Accept 2 times")}, runs: 100, most: 30, want: decides("a")},
		{name: "proposer-crash-halfway", why: "or not, and then nothing was chosen", overrides: []Override{Set("faults.crash.when=1 sends Accept 2 times")}, runs: 100, want: decides("a", "b")},
		{name: "too-many-crashes", why: "they never come back", overrides: []Override{Set("faults.crash.until=never")}, runs: 20, want: func(o sim.Outcome, _ string) bool {
			return o.Verdict == observe.VerdictUndecided
		}},
		{name: "restart-from-disk", why: "the disk has x", runs: 100, want: decides("x")},
		{name: "forgotten-promise", why: "the promise for y binds", runs: 100, want: decides("y")},
		{name: "lost-round", why: "the second ballot wins", runs: 100, want: func(o sim.Outcome, value string) bool {
			return o.Verdict == observe.VerdictDecided && value == "1b" && o.Under == 2<<16|1
		}},
		{name: "power-loss", why: "three disks have x", runs: 100, want: decides("x")},
		{name: "mid-broadcast", why: "the others find out after a time-out, one way or the other", runs: 100, want: func(o sim.Outcome, value string) bool {
			return o.Verdict == observe.VerdictDecided && value == "x" && o.DecideTime <= 40*ms && o.LearnedTime > 41*ms
		}},
		{name: "mid-broadcast", why: "asking does it, too", overrides: []Override{Set("paxos.learn=ask")}, runs: 100, want: decides("x")},
		{name: "paused-proposer", why: "it wakes, and reads what was decided", runs: 100, want: func(o sim.Outcome, value string) bool {
			return o.Verdict == observe.VerdictDecided && value == "b" && o.LearnedTime == 200*ms
		}},
		{name: "when-lost", why: "the first round wins", runs: 100, want: func(o sim.Outcome, value string) bool {
			return o.Verdict == observe.VerdictDecided && value == "1a" && o.Under == 1<<16|1
		}},
		{name: "livelock", why: "every seed plays the same", runs: 20, want: func(o sim.Outcome, _ string) bool {
			return o.Verdict == observe.VerdictUndecided && o.Sent == 614
		}},
		{name: "livelock", why: "giving up for a while ends it", overrides: []Override{Set("paxos.on_nack=give-up")}, runs: 100, want: decides("1a", "2a", "3a")},
		{name: "quorum-one-too-many", why: "one crash it bears", overrides: []Override{Set("faults.crash.crash=[5]")}, runs: 100, want: decides("1a")},
		{name: "quorum-one-too-few", why: "all have heard of x by then", overrides: []Override{Calm("cut")}, runs: 100, want: decides("x")},
		{name: "half-quorum", why: "both sides decide, long before the heal", runs: 100, want: func(o sim.Outcome, _ string) bool {
			return o.Verdict == observe.VerdictViolated && o.Ended < 1000*ms
		}},
		{name: "half-quorum", why: "half of five is no whole number", overrides: []Override{Set("actors=5"), Set("faults.cut.split=[[1, 2], [3, 4, 5]]")}, runs: 100, want: decides("y")},
		{name: "shared-ballots", why: "one after the other they do not clash", overrides: []Override{Set("requests.2.at=50ms")}, runs: 100, want: decides("x")},
		{name: "decimal-ballots", why: "1.9 is no other's", overrides: []Override{Set("requests.2.actor=9")}, runs: 100, want: decides("x", "y")},
		{name: "text-ballots", why: "round 90 is the first above 9.1", runs: 100, want: func(o sim.Outcome, _ string) bool {
			return o.Verdict == observe.VerdictDecided && o.Under>>16 >= 90
		}},
		{name: "text-ballots", why: "rounds of one digit are in order", overrides: short, runs: 100, want: func(o sim.Outcome, _ string) bool {
			return o.Verdict == observe.VerdictDecided && o.Under>>16 < 10 && o.DecideTime < 160*ms
		}},
		{name: "counts-non-members", why: "if all are members all count by right", overrides: []Override{Set("members=all")}, runs: 100, want: decides("x", "y")},
		{name: "forged-senders", why: "without copies votes are seldom told twice", overrides: []Override{Calm("duplicate")}, runs: 100, want: decides("x", "y")},
		{name: "acceptor-crash", runs: 100, want: func(o sim.Outcome, _ string) bool {
			return o.Verdict == observe.VerdictDecided && o.Crashes == 2 && o.DecideTime < 100*ms && o.LearnedTime > 300*ms
		}},
		{name: "acceptor-crash", why: "two actors are no majority, unless a third had voted before", overrides: []Override{Set("faults.crash.crash=[3, 4, 5]")}, runs: 100, most: 10, want: func(o sim.Outcome, _ string) bool {
			return o.Verdict == observe.VerdictDecided && o.DecideTime > 300*ms
		}},
		{name: "thousand-actors", why: "four delays", runs: 1, want: func(o sim.Outcome, _ string) bool {
			return o.Verdict == observe.VerdictDecided && o.LearnedTime == 4*ms && o.Sent == 1000*1004
		}},
		{name: "literal-acks", why: "two values are chosen, no fault at all", runs: 20, want: func(o sim.Outcome, _ string) bool {
			return o.Verdict == observe.VerdictViolated && o.Violation.Invariant == "agreement" && o.Dropped+o.Crashes+o.Duplicated == 0
		}},
		{name: "literal-acks", why: "and the mend mends it", overrides: []Override{Set("paxos.adopt=true")}, runs: 20, want: func(o sim.Outcome, value string) bool {
			return o.Verdict == observe.VerdictDecided && value == "x"
		}},
	}
	for _, tt := range tests {
		s, err := Load(tt.name, tt.overrides...)
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.Protocol.New(&s.Scenario)
		if err != nil {
			t.Fatal(err)
		}
		otherwise := 0
		for seed := range uint64(tt.runs) {
			r.Reset(seed+1, nil)
			tally.Run()
			o := r.Run()
			if tt.want(o, r.ValueName(o.Value)) {
				continue
			}
			if otherwise++; otherwise > tt.most {
				t.Errorf("%s %v, seed %d (%s): %+v", tt.name, tt.overrides, seed+1, tt.why, o)
				break
			}
		}
	}
}

// specifications are the scenarios of the library whose protocol is not Paxos as people
// run it.
var specifications = []string{"spec-2", "spec-3"}

// TestShowRuns holds that what is shown runs as what it was made of.
func TestShowRuns(t *testing.T) {
	digest := func(s *Scenario, seed uint64) uint64 {
		r, err := s.Protocol.New(&s.Scenario)
		if err != nil {
			t.Fatal(err)
		}
		r.Reset(seed, nil)
		tally.Run()
		return r.Run().Digest
	}
	for _, name := range Names() {
		for _, more := range []string{"paxos.on_nack=retry", "paxos.on_nack=give-up"} {
			if slices.Contains(specifications, name) {
				more = "paxos-spec.gap=30ms"
			}
			s, err := Load(name, Set(more))
			if err != nil {
				t.Fatal(err)
			}
			shown, err := Read(name+ending, Show(s))
			if err != nil {
				t.Fatal(err)
			}
			for seed := range uint64(5) {
				if s.Actors < 100 && digest(s, seed) != digest(shown, seed) {
					t.Errorf("%s with %s: seed %d runs otherwise as it is shown", name, more, seed)
				}
			}
		}
	}
}
