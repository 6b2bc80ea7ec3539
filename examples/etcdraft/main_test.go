package etcdraft

import (
	"flag"
	"os"
	"strconv"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
)

// TestMain makes the library known, so that scenarios and run files can name it.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := scenarios.Join(scenarios.Guest{Protocol: Protocol, Library: Scenarios, Ground: Ground}); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// seeds is how many seeds a test takes: few every day, and as many as ETCDRAFT_SEEDS says.
func seeds(t *testing.T, few uint64) uint64 {
	t.Helper()
	text := os.Getenv("ETCDRAFT_SEEDS")
	if text == "" {
		return few
	}
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		t.Fatalf("ETCDRAFT_SEEDS: %v", err)
	}
	return n
}

// load is a scenario of the library, with fields that are other than in its file.
func load(t testing.TB, name string, sets ...string) *sim.Scenario {
	t.Helper()
	var overrides []scenarios.Override
	for _, set := range sets {
		overrides = append(overrides, scenarios.Set(set))
	}
	s, err := scenarios.Load(name, overrides...)
	if err != nil {
		t.Fatal(err)
	}
	return &s.Scenario
}
