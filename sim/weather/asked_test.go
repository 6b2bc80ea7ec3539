package weather_test

import (
	"slices"
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/weather"
)

// TestWhatIsAsked holds which choices a message asks, where all that can be a surprise
// is one, but for the loss. A family that is off asks nothing, and no choice is asked
// twice.
func TestWhatIsAsked(t *testing.T) {
	const lost, doubled, delay = chance.Lost, chance.Doubled, chance.Delay
	tests := []struct {
		name string
		n    weather.Network
		want []uint8 // what the choices ask, in their order
	}{
		{"nothing can happen", weather.Network{}, nil},
		{"one delay", weather.Network{DelayMin: 7, DelayMax: 7}, nil},
		{"delays", weather.Network{DelayMin: 7, DelayMax: 8}, []uint8{delay}},
		{"losses", weather.Network{Loss: 1 << 20}, []uint8{lost}},
		{"duplicates", weather.Network{Duplicate: 1 << 20}, []uint8{doubled}},
		{"duplicates and delays", weather.Network{DelayMax: 1, Duplicate: 1 << 20}, []uint8{delay, doubled, delay + 1}},
		{"all", weather.Network{DelayMax: 1, Loss: 1 << 20, Duplicate: 1 << 20}, []uint8{lost, delay, doubled, lost + 1, delay + 1}},
		{"damage and forgery", weather.Network{Corrupt: 1 << 20, Forge: 1 << 20}, nil}, // asked by the world, on arrival
	}
	for _, tt := range tests {
		odds := weather.NewOdds(tt.n, nil)
		rec := &scheduler.Recording{Base: surprising{}}
		k := scheduler.MakeKey(chance.Lost, 2, 1, 3, 4)
		odds.Fate(&chance.Door{Source: rec}, k)
		var got []uint8
		for _, a := range rec.List {
			got = append(got, a.Key.What())
			if a.Key != k.WithWhat(a.Key.What()) {
				t.Errorf("%s: %v is of another message than %v", tt.name, a.Key, k)
			}
			if want := map[bool]uint32{true: uint32(tt.n.DelayMax-tt.n.DelayMin) + 1, false: 2}[a.Key.What()&^1 == delay]; a.Outcomes != want {
				t.Errorf("%s: %v has %d outcomes, want %d", tt.name, a.Key, a.Outcomes, want)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: asked is %v, want %v", tt.name, got, tt.want)
		}
	}
}

// surprising answers each choice with its last outcome, but for losses: it loses
// nothing.
type surprising struct{}

func (surprising) Answer(k scheduler.Key, outcomes, _ uint32) uint32 {
	if k.What()/4 == chance.Lost/4 {
		return 0
	}
	return outcomes - 1
}

// TestCopies: each copy is lost and delayed by a choice of its own.
func TestCopies(t *testing.T) {
	odds := weather.NewOdds(rough, nil)
	d := chance.Door{Seed: scheduler.NewSeed(11)}
	var lost, slow [weather.MaxCopies + 1]int
	same := 0
	for n := range uint32(names) {
		k := name(n)
		for copy := uint8(1); copy <= weather.MaxCopies; copy++ {
			if odds.LosesCopy(&d, k, copy) {
				lost[copy]++
				if copy > 1 && odds.LosesCopy(&d, k, copy-1) {
					same++
				}
			}
			at := odds.Delay(&d, k.WithWhat(chance.Delay+copy))
			if at < rough.DelayMin || at > rough.DelayMax {
				t.Fatalf("copy %d takes %d", copy, at)
			}
			if at == rough.DelayMax {
				slow[copy]++
			}
		}
	}
	for copy := 1; copy <= weather.MaxCopies; copy++ {
		share(t, "lost", lost[copy], names, 0.1)
		share(t, "slow", slow[copy], names, 1./8)
	}
	share(t, "lost both", same, 2*names, 0.01)
	src := &scheduler.Recording{}
	none := weather.NewOdds(weather.Network{Duplicate: rough.Duplicate}, nil)
	if none.LosesCopy(&chance.Door{Source: src}, name(1), 1) || len(src.List) > 0 {
		t.Errorf("without losses a copy asks %v", src.List)
	}
}

// TestSmooth: what the seed alone says of a message is the fate that it has without a
// source.
func TestSmooth(t *testing.T) {
	for _, n := range []weather.Network{rough, {DelayMax: 3}, {Loss: scheduler.Certain}, {Duplicate: scheduler.Certain / 2}, {DelayMin: 4, DelayMax: 4, Loss: scheduler.Certain / 2}} {
		odds := weather.NewOdds(n, nil)
		d := chance.Door{Seed: scheduler.NewSeed(6)}
		for i := range uint32(5000) {
			f := odds.Fate(&d, name(i))
			at, smooth := odds.Smooth(d.Seed.Hash(name(i)))
			if smooth == (f.Lost || f.Doubled) || smooth && at != f.Delay {
				t.Fatalf("%+v: message %d is smooth %v after %d, and its fate %+v", n, i, smooth, at, f)
			}
		}
	}
}
