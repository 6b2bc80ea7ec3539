package scenarios

import (
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
)

// TestLibraryRuns holds that runs of the library show what its files tell.
func TestLibraryRuns(t *testing.T) {
	decided := func(o sim.Outcome, _ string) bool { return o.Verdict == sim.VerdictDecided }
	const ms = 10 // ticks
	tests := []struct {
		name, why string
		overrides []Override
		runs      int
		want      func(o sim.Outcome, value string) bool
		most      int // of the runs that may be otherwise
	}{
		{name: "happy-path", why: "four delays, (N-1)(N+3) messages", runs: 20, want: func(o sim.Outcome, _ string) bool {
			return o.Verdict == sim.VerdictDecided && o.Delays == 4 && o.LearnedTime == 4*ms && o.Sent == 32
		}},
		{name: "self-election", runs: 100, want: decided},
		{name: "lossy", runs: 100, want: decided},
		{name: "duelling-proposers", runs: 100, want: decided},
		{name: "minority-cut", why: "the side of the majority decides at once, the rest learns after the heal", runs: 100, want: func(o sim.Outcome, value string) bool {
			return o.Verdict == sim.VerdictDecided && value == "1a" && o.DecideTime < 100*ms && o.LearnedTime > 2000*ms
		}},
		{name: "majority-cut", why: "no decision before the heal", runs: 100, want: func(o sim.Outcome, _ string) bool {
			return o.Verdict == sim.VerdictDecided && o.DecideTime >= 2000*ms
		}},
		{name: "proposer-crash", why: "what was accepted before the crash mostly wins", runs: 100, most: 40, want: func(o sim.Outcome, value string) bool {
			return o.Verdict == sim.VerdictDecided && value == "a" && o.Crashes == 1
		}},
		{name: "proposer-crash", why: "but not if nothing was accepted", overrides: []Override{Set("faults.crash.at=5ms")}, runs: 100, most: 5, want: func(o sim.Outcome, value string) bool {
			return o.Verdict == sim.VerdictDecided && value == "b"
		}},
		{name: "acceptor-crash", runs: 100, want: func(o sim.Outcome, _ string) bool {
			return o.Verdict == sim.VerdictDecided && o.Crashes == 2 && o.DecideTime < 100*ms && o.LearnedTime > 300*ms
		}},
		{name: "acceptor-crash", why: "two actors are no majority, unless a third had voted before", overrides: []Override{Set("faults.crash.crash=[3, 4, 5]")}, runs: 100, most: 10, want: func(o sim.Outcome, _ string) bool {
			return o.Verdict == sim.VerdictDecided && o.DecideTime > 300*ms
		}},
		{name: "thousand-actors", why: "four delays", runs: 1, want: func(o sim.Outcome, _ string) bool {
			return o.Verdict == sim.VerdictDecided && o.LearnedTime == 4*ms && o.Sent == 1000*1004
		}},
		{name: "literal-acks", why: "two values are chosen, no fault at all", runs: 20, want: func(o sim.Outcome, _ string) bool {
			return o.Verdict == sim.VerdictViolated && o.Violation.Invariant == "agreement" && o.Dropped+o.Crashes+o.Duplicated == 0
		}},
		{name: "literal-acks", why: "and the mend mends it", overrides: []Override{Set("paxos.adopt=true")}, runs: 20, want: func(o sim.Outcome, value string) bool {
			return o.Verdict == sim.VerdictDecided && value == "x"
		}},
	}
	for _, tt := range tests {
		s, err := Load(tt.name, tt.overrides...)
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.Protocol.New(s)
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

// TestShowRuns holds that what is shown runs as what it was made of.
func TestShowRuns(t *testing.T) {
	digest := func(s *sim.Scenario, seed uint64) uint64 {
		r, err := s.Protocol.New(s)
		if err != nil {
			t.Fatal(err)
		}
		r.Reset(seed, nil)
		tally.Run()
		return r.Run().Digest
	}
	for _, name := range Names() {
		for _, more := range []string{"paxos.on_nack=retry", "paxos.on_nack=give-up"} {
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
