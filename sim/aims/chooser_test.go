package aims_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/ids"
)

// world is a world of actors as a chooser asks about it: plain lists.
type world struct {
	n             int
	spared, down  ids.Set
	rank          map[ids.ID]uint64 // in the role of which number is asked
	role          uint8
	side          ids.Set
	draw          func(k, n int) int
	drawn, ranked int
}

func (w *world) Actors() int           { return w.n }
func (w *world) Spared(id ids.ID) bool { return w.spared.Has(id) }
func (w *world) Able(id ids.ID) bool   { return !w.down.Has(id) }
func (w *world) Majority() *ids.Set    { return &w.side }

func (w *world) Rank(id ids.ID, role uint8) uint64 {
	w.ranked++
	if role != w.role {
		return 0
	}
	return w.rank[id]
}

func (w *world) Draw(k, n int) int {
	w.drawn++
	return w.draw(k, n)
}

// last draws the last of those who are left.
func last(_, n int) int { return n - 1 }

// TestMeant holds whom each group means, in a world of 5 actors of which 3 is down.
func TestMeant(t *testing.T) {
	tests := []struct {
		name   string
		why    string
		target aims.Target
		spared []ids.ID
		want   []ids.ID
	}{
		{name: "nobody", why: "the zero target", want: nil},
		{name: "listed", why: "in the order of the list, those who are down too", target: aims.These(4, 3, 1), want: []ids.ID{4, 3, 1}},
		{name: "listed, one spared", why: "a spared actor is meant by no target", target: aims.These(4, 3, 1), spared: []ids.ID{4}, want: []ids.ID{3, 1}},
		{name: "everyone", why: "by number, also who is down", target: aims.Target{Group: aims.Everyone}, want: []ids.ID{1, 2, 3, 4, 5}},
		{name: "everyone but", why: "a spared actor is meant by no target", target: aims.Target{Group: aims.Everyone}, spared: []ids.ID{1, 5}, want: []ids.ID{2, 3, 4}},
		{name: "drawn", why: "from those that are up, each once", target: aims.Target{Group: aims.AtRandom, Many: 2}, want: []ids.ID{5, 4}},
		{name: "drawn, more than there are", why: "all that are up", target: aims.Target{Group: aims.AtRandom, Many: 9}, want: []ids.ID{5, 4, 2, 1}},
		{name: "drawn, some spared", why: "they cannot be drawn", target: aims.Target{Group: aims.AtRandom, Many: 9}, spared: []ids.ID{5, 1}, want: []ids.ID{4, 2}},
		{name: "in role", why: "the highest round", target: aims.Target{Group: aims.InRole, Role: 2}, want: []ids.ID{4}},
		{name: "in a role that nobody plays", why: "rank 0 is no round", target: aims.Target{Group: aims.InRole, Role: 1}, want: nil},
		{name: "in role, spared", why: "the next one does not take its place", target: aims.Target{Group: aims.InRole, Role: 2}, spared: []ids.ID{4}, want: nil},
		{name: "majority", why: "the side that the world names", target: aims.Target{Group: aims.Majority}, want: []ids.ID{1, 2, 4}},
		{name: "minority", why: "all others", target: aims.Target{Group: aims.Minority}, want: []ids.ID{3, 5}},
		{name: "minority, one spared", why: "a spared actor is meant by no target", target: aims.Target{Group: aims.Minority}, spared: []ids.ID{3}, want: []ids.ID{5}},
	}
	var c aims.Chooser
	for _, tt := range tests {
		w := &world{
			n: 5, spared: ids.Of(tt.spared), down: ids.Of([]ids.ID{3}), side: ids.Of([]ids.ID{4, 2, 1}),
			role: 2, rank: map[ids.ID]uint64{2: 7, 4: 8, 5: 8}, draw: last,
		}
		if got := c.Meant(w, &tt.target); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v: %s", tt.name, got, tt.want, tt.why)
		}
		if tt.target.Group != aims.AtRandom && w.drawn > 0 || tt.target.Group != aims.InRole && w.ranked > 0 {
			t.Errorf("%s: asks %d draws and %d ranks", tt.name, w.drawn, w.ranked)
		}
	}
}

// TestDrawsPutNothingBack: the k-th draw is a choice among those who are left, by
// number, so no actor is drawn twice. That is held against drawing by crossing out.
func TestDrawsPutNothingBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &world{n: rapid.IntRange(1, 9).Draw(t, "actors")}
		var left, want []ids.ID
		for id := ids.ID(1); int(id) <= w.n; id++ {
			switch rapid.SampledFrom([]string{"able", "able", "down", "spared"}).Draw(t, "state") {
			case "down":
				w.down.Add(id)
			case "spared":
				w.spared.Add(id)
			default:
				left = append(left, id)
			}
		}
		able := len(left)
		w.draw = func(k, n int) int {
			if k != len(want) || n != len(left) {
				t.Fatalf("draw %d of %d, want %d of %d", k, n, len(want), len(left))
			}
			j := rapid.IntRange(0, n-1).Draw(t, "draw")
			want = append(want, left[j])
			left = slices.Delete(left, j, j+1)
			return j
		}
		many := rapid.IntRange(0, 10).Draw(t, "many")
		var c aims.Chooser
		got := c.Meant(w, &aims.Target{Group: aims.AtRandom, Many: many})
		if !slices.Equal(got, want) || len(got) != min(many, able) {
			t.Fatalf("%v of %d, want %v", got, able, want)
		}
	})
}

// TestOfTwoInARoleTheFirst: of two that play a role in the same round, the one with
// the lower number is meant; a later round comes before that.
func TestOfTwoInARoleTheFirst(t *testing.T) {
	for _, tt := range []struct {
		rank map[ids.ID]uint64
		want ids.ID
	}{
		{map[ids.ID]uint64{1: 5, 3: 5}, 1},
		{map[ids.ID]uint64{1: 5, 3: 6, 4: 6}, 3},
		{map[ids.ID]uint64{2: 1<<64 - 1, 4: 1}, 2},
	} {
		var c aims.Chooser
		w := &world{n: 4, rank: tt.rank}
		if got := c.Meant(w, &aims.Target{Group: aims.InRole}); !slices.Equal(got, []ids.ID{tt.want}) {
			t.Errorf("%v: %v, want %d", tt.rank, got, tt.want)
		}
	}
}

// TestZeroTarget: a target without a group is nobody, and one of no actors is not.
func TestZeroTarget(t *testing.T) {
	if zero, none := (aims.Target{}), aims.These(); !zero.IsZero() || none.IsZero() {
		t.Errorf("zero: %v, a list of nobody: %v", zero.IsZero(), none.IsZero())
	}
}
