package register_test

import (
	"testing"

	"example.com/register"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/simtest"
)

// TestLostUpdate: a hunt finds that two updates become one. A test of a protocol that
// you believe in hands its own t to simtest.Run.
func TestLostUpdate(t *testing.T) {
	found := &lost{T: t}
	simtest.Run(found, simtest.Of(register.Protocol, 3), simtest.Keep(""))
	if !found.failed {
		t.Error("no update is lost")
	}
}

// TestComparedLosesNone: with the server that compares none is.
func TestComparedLosesNone(t *testing.T) {
	if err := scenarios.Join(scenarios.Guest{Protocol: register.Protocol, Library: register.Scenarios}); err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Load("compared")
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(1000) {
		r.Reset(seed, nil)
		if o := r.Run(); o.Verdict != sim.VerdictDecided {
			t.Fatalf("seed %d: %+v", seed, o)
		}
	}
}

// lost is a test that is glad to fail.
type lost struct {
	*testing.T
	failed bool
}

func (l *lost) Errorf(format string, args ...any) {
	l.failed = true
	l.Logf(format, args...)
}
