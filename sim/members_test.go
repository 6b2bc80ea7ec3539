package sim_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/partitions"
)

// TestLargestSide: whatever cuts are in force, and with a core or without, the
// largest side is that of the first actor who reaches most others.
func TestLargestSide(t *testing.T) {
	sizes := map[int]int{}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 0))
		n := 2 + r.IntN(8)
		s := quiet(n)
		some := func() aims.Target {
			ids := r.Perm(n)[:1+r.IntN(n-1)]
			t := aims.Target{Group: aims.Listed}
			for _, i := range ids {
				t.IDs = append(t.IDs, sim.ID(i+1))
			}
			return t
		}
		for i := range 1 + r.IntN(3) {
			f := faults.Fault{Name: fmt.Sprint("f", i), At: sim.Time(r.IntN(20)), Until: sim.Time(20 + r.IntN(40))}
			switch shape := partitions.Shape(r.IntN(7)); shape {
			case 6:
				f.Split = [][]sim.ID{some().IDs}
			default:
				f.Cut = &partitions.Cut{Shape: shape, Who: some(), From: some(), To: some()}
			}
			s.Faults = append(s.Faults, f)
		}
		if r.IntN(2) == 0 {
			s.Until, s.Core = 30, &aims.Target{Group: aims.Everyone}
		}
		w := runner(t, s)
		w.Reset(seed, nil)
		for w.Step() {
			got, want := w.(interface{ LargestSide() (got, want ids.Set) }).LargestSide()
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("seed %d: the largest side is %+v, want %+v", seed, got, want)
			}
			sizes[100*got.Len()/n]++
		}
	}
	if len(sizes) < 10 {
		t.Errorf("only %d sizes: this tries too little", len(sizes))
	}
}

// TestCoreIsOfThoseWhoStay: a core is drawn of its list, and not of those whom the
// script will take down for good.
func TestCoreIsOfThoseWhoStay(t *testing.T) {
	listed := aims.These(2, 4, 5)
	for _, c := range []struct {
		why  string
		core aims.Target
		may  []sim.ID
	}{
		{"of a list", listed, listed.IDs},
		{"of those who stay", aims.Target{Group: aims.Everyone}, []sim.ID{1, 2, 4, 5}},
	} {
		s := quiet(5)
		s.Until, s.Core = 10, &c.core
		s.Faults = []faults.Fault{{Name: "late", At: 500, Until: faults.Forever, Crash: aims.These(3)}}
		w := runner(t, s)
		seen := map[sim.ID]bool{}
		for seed := range uint64(100) {
			w.Reset(seed, nil)
			o := w.Run()
			for _, id := range o.Core {
				seen[id] = true
				if !slices.Contains(c.may, id) {
					t.Fatalf("%s: seed %d: the core is %v", c.why, seed, o.Core)
				}
			}
		}
		if len(seen) != len(c.may) {
			t.Errorf("%s: only %v were ever in a core", c.why, seen)
		}
	}
}

// TestSpareQuorumInEveryRun: who is down for good in one run is up in the next.
func TestSpareQuorumInEveryRun(t *testing.T) {
	s := quiet(5)
	s.SpareQuorum = true
	s.Requests[0].At = 500
	for i := range 4 {
		s.Faults = append(s.Faults, faults.Fault{Name: fmt.Sprint("f", i), At: sim.Time(i), Until: faults.Forever, Crash: aims.Target{Group: aims.AtRandom, Many: 1}})
	}
	w := runner(t, s)
	for seed := range uint64(5) {
		w.Reset(seed, nil)
		if o := w.Run(); o.Crashes != 2 {
			t.Fatalf("seed %d: %d crashes for good, want 2", seed, o.Crashes)
		}
	}
}
