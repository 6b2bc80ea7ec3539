package weather_test

import (
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/weather"
)

// rough is a network in which every tenth message is lost, and every fourth of the
// others doubled. Delays are 5 to 12 ticks, all as likely.
var rough = weather.Network{DelayMin: 5, DelayMax: 12, Loss: scheduler.Certain / 10, Duplicate: scheduler.Certain / 4}

// names is how many names of messages a test tries.
const names = 30_000

// name is the n-th name of a message: of some kinds, senders and receivers.
func name(n uint32) scheduler.Key {
	return scheduler.MakeKey(chance.Lost, uint8(n%3), uint16(1+n/3%5), uint16(1+n/15%5), n/75)
}

// share holds that of n cases so many are near a part of p: within 4 standard errors.
func share(t *testing.T, what string, got, n int, p float64) {
	t.Helper()
	mean := float64(n) * p
	if off := float64(got) - mean; off*off > 16*mean*(1-p) || n == 0 {
		t.Errorf("%s: %d of %d, want about %.0f", what, got, n, mean)
	}
}

// sources are those that leave a run as its seed has it, and calm ones.
func sources() map[string]func() scheduler.Source {
	return map[string]func() scheduler.Source{
		"none":           func() scheduler.Source { return nil },
		"a recording":    func() scheduler.Source { return &scheduler.Recording{} },
		"edited nowhere": func() scheduler.Source { return &scheduler.Edited{} },
		"edited elsewhere": func() scheduler.Source {
			return &scheduler.Edited{Answers: map[scheduler.Key]uint32{scheduler.MakeKey(chance.Lost, 9, 9, 9, 9): 1}}
		},
	}
}

// TestFrequencies: with each source that follows the seed, over many names, messages
// are lost, doubled and delayed as often as the network says.
func TestFrequencies(t *testing.T) {
	odds := weather.NewOdds(rough, nil)
	for what, source := range sources() {
		d := chance.Door{Seed: scheduler.NewSeed(5), Source: source()}
		lost, arrived, doubled, copiesLost, copies, alike := 0, 0, 0, 0, 0, 0
		var delay, copyDelay [8]int
		for n := range uint32(names) {
			f := odds.Fate(&d, name(n))
			if f.Lost {
				lost++
				continue
			}
			arrived++
			delay[f.Delay-rough.DelayMin]++
			if !f.Doubled {
				continue
			}
			doubled++
			if f.CopyLost {
				copiesLost++
				continue
			}
			copies++
			copyDelay[f.CopyDelay-rough.DelayMin]++
			if f.CopyDelay == f.Delay {
				alike++
			}
		}
		share(t, what+": lost", lost, names, 0.1)
		share(t, what+": doubled", doubled, arrived, 0.25)
		share(t, what+": copies lost", copiesLost, doubled, 0.1)
		share(t, what+": copies that take as long", alike, copies, 1./8)
		for i := range delay {
			share(t, what+": delay", delay[i], arrived, 1./8)
			share(t, what+": delay of a copy", copyDelay[i], copies, 1./8)
		}
	}
}

// slow are delays of another model, and over is a network with them.
var slow = delays.Delay{Min: 5, Max: 500, Shape: delays.Shape{Model: delays.Exponential, Scale: 20}}

func over(n weather.Network) weather.Network {
	n.DelayMin, n.DelayMax, n.Shape = slow.Min, slow.Max, slow.Shape
	return n
}

// TestSourcesAgree: whether there is a source that follows the seed makes no
// difference to a message.
func TestSourcesAgree(t *testing.T) {
	for _, odds := range []weather.Odds{weather.NewOdds(rough, nil), weather.NewOdds(over(rough), slow.Weights())} {
		plain := chance.Door{Seed: scheduler.NewSeed(8)}
		for what, source := range sources() {
			d := chance.Door{Seed: plain.Seed, Source: source()}
			for n := range uint32(3000) {
				want, got := odds.Fate(&plain, name(n)), odds.Fate(&d, name(n))
				if want.Lost {
					want, got = weather.Fate{Lost: true}, weather.Fate{Lost: got.Lost}
				}
				if got != want {
					t.Fatalf("%s: message %d: %+v, want %+v", what, n, got, want)
				}
			}
		}
	}
}

// TestShapedDelays: a delay of another model is what its weights say of the hash of the
// choice's name, for the message and for its copy.
func TestShapedDelays(t *testing.T) {
	w := slow.Weights()
	odds := weather.NewOdds(over(rough), w)
	d := chance.Door{Seed: scheduler.NewSeed(2)}
	copies, sum := 0, scheduler.Time(0)
	for i := range uint32(names) {
		f, k := odds.Fate(&d, name(i)), name(i)
		want := slow.Min + scheduler.Time(w.Seeded(d.Seed.Hash(k.WithWhat(chance.Delay))))
		if f.Delay != want {
			t.Fatalf("message %d takes %d, want %d", i, f.Delay, want)
		}
		sum += f.Delay
		if f.Doubled && !f.CopyLost {
			copies++
			if want := slow.Min + scheduler.Time(w.Seeded(d.Seed.Hash(k.WithWhat(chance.Delay+1)))); f.CopyDelay != want {
				t.Fatalf("the copy of message %d takes %d, want %d", i, f.CopyDelay, want)
			}
		}
	}
	if mean := float64(sum) / names; mean < 24.5 || mean > 25.5 || copies < 1000 {
		t.Errorf("the mean is %.2f, want about 25; %d copies", mean, copies)
	}
}

// TestCalmSource: with a calm source nothing is lost or doubled, and all is as fast as
// can be.
func TestCalmSource(t *testing.T) {
	odds := weather.NewOdds(rough, nil)
	d := chance.Door{Seed: scheduler.NewSeed(5), Source: scheduler.Calm{}}
	for n := range uint32(1000) {
		if f := odds.Fate(&d, name(n)); f != (weather.Fate{Delay: rough.DelayMin}) {
			t.Fatalf("message %d: %+v", n, f)
		}
	}
}

// TestLossEditedAway: a lost message whose loss is edited away is doubled no more often
// than any other, and takes as long as any other.
func TestLossEditedAway(t *testing.T) {
	odds := weather.NewOdds(rough, nil)
	plain := chance.Door{Seed: scheduler.NewSeed(5)}
	lost, doubled := 0, 0
	var delay [8]int
	for n := range uint32(names) {
		k := name(n)
		if !odds.Fate(&plain, k).Lost {
			continue
		}
		lost++
		d := chance.Door{Seed: plain.Seed, Source: &scheduler.Edited{Answers: map[scheduler.Key]uint32{k: 0}}}
		f := odds.Fate(&d, k)
		if f.Lost {
			t.Fatalf("message %d is lost, and the source says that it is not", n)
		}
		if f.Doubled {
			doubled++
		}
		delay[f.Delay-rough.DelayMin]++
	}
	share(t, "doubled", doubled, lost, 0.25)
	for i := range delay {
		share(t, "delay", delay[i], lost, 1./8)
	}
}

// TestLostIsNotDoubled: of a message that is lost, no source is asked any more.
func TestLostIsNotDoubled(t *testing.T) {
	odds := weather.NewOdds(rough, nil)
	for n := range uint32(300) {
		k := name(n)
		d := chance.Door{Seed: scheduler.NewSeed(5), Source: &scheduler.Edited{Answers: map[scheduler.Key]uint32{k: 1, k.WithWhat(chance.Doubled): 1}}}
		rec := &scheduler.Recording{Base: d.Source}
		d.Source = rec
		if f := odds.Fate(&d, k); !f.Lost || f.Doubled || f.CopyLost || len(rec.List) != 1 {
			t.Fatalf("message %d: %+v, and %d choices", n, f, len(rec.List))
		}
	}
}
