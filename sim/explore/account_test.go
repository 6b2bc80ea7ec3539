package explore_test

import (
	"context"
	"flag"
	"runtime"
	"runtime/debug"
	"strconv"
	"testing"

	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/sim/explore"
)

var worlds = flag.Int("worlds", gate.Of(200_000, 1_000_000), "after how many worlds TestAccount weighs what a look takes")

// TestAccount: what a look takes by its own account is what the garbage collector finds,
// and up to a fifth more; and a world takes no more than is promised where there are a million. By
// hand with ten million:
//
//	go test ./sim/explore -run Account -worlds 10000000 -v
func TestAccount(t *testing.T) {
	if strconv.IntSize < 64 {
		t.Skip("the account is that of machines with 64 bits")
	}
	for _, c := range []struct {
		name    string
		options explore.Options
		most    float64 // bytes a world; 0: any number
	}{{"breadth first", explore.Options{}, 64}, {"depth first", explore.Options{DepthFirst: true}, 40}, {"order", explore.Options{Order: true}, 0}, {"order, dead", explore.Options{Order: true, Dead: true}, 0}} {
		t.Run(c.name, func(t *testing.T) {
			defer debug.SetGCPercent(debug.SetGCPercent(20))
			s := duel()
			scope := s.Protocol.Scope(s)
			if *worlds > 5_000_000 || c.options.Order {
				scope.Crashes = 1 // without one there are eight million, and fifty thousand with order
			}
			before := live()
			found, own, states := 0, 0, 0
			c.options.States = *worlds + *worlds/20
			c.options.Progress = func(p explore.Progress) {
				if found == 0 && p.States >= *worlds {
					found, own, states = live()-before, p.Bytes, p.States
				}
			}
			_, err := explore.Check(context.Background(), s, scope, c.options)
			if err != nil || found == 0 {
				t.Fatal(found, err)
			}
			each := float64(found) / float64(states)
			t.Logf("%d worlds: %d bytes, %.1f a world; by its own account %d, %.1f", states, found, each, own, float64(own)/float64(states))
			if r := float64(own) / float64(found); r < 0.9 || r > 1.2 {
				t.Errorf("by its own account it takes %d bytes, and takes %d", own, found)
			}
			if states >= 1_000_000 && c.most > 0 && each > c.most {
				t.Errorf("a world takes %.1f bytes, which is more than %v", each, c.most)
			}
		})
	}
}

// live is how many bytes are in use.
func live() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}
