package weather_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/weather"
)

// full is a network of which no field is zero.
var full = weather.Network{
	DelayMin: 10, DelayMax: 20, Shape: delays.Shape{Model: delays.Exponential, Scale: 5},
	Loss: 1, Duplicate: 2, Copies: 3, Corrupt: 4, Forge: 5, Bias: 6, Places: somePlaces(), FIFO: true, Capacity: 7, EvictOldest: true,
}

// TestFull: every field of a network is set in full, so that a test over it sees each.
func TestFull(t *testing.T) {
	v := reflect.ValueOf(full)
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("%s is zero", v.Type().Field(i).Name)
		}
	}
}

// TestOver holds what each field of a weather replaces, and that it replaces nothing
// else.
func TestOver(t *testing.T) {
	tests := []struct {
		name    string
		weather func(*weather.Weather)
		network func(*weather.Network)
	}{
		{"unchanged", func(*weather.Weather) {}, func(*weather.Network) {}},
		{"loss", func(x *weather.Weather) { x.Loss = 9 }, func(n *weather.Network) { n.Loss = 9 }},
		{"duplicate", func(x *weather.Weather) { x.Duplicate = 9 }, func(n *weather.Network) { n.Duplicate = 9 }},
		{"corrupt", func(x *weather.Weather) { x.Corrupt = 9 }, func(n *weather.Network) { n.Corrupt = 9 }},
		{"forge", func(x *weather.Weather) { x.Forge = 0 }, func(n *weather.Network) { n.Forge = 0 }},
		{"the zero weather", func(x *weather.Weather) { *x = weather.Weather{} }, func(n *weather.Network) { n.Loss, n.Duplicate, n.Corrupt, n.Forge = 0, 0, 0, 0 }},
		{"delay", func(x *weather.Weather) { x.Delay = &delays.Delay{Min: 1, Max: 2} }, func(n *weather.Network) { n.DelayMin, n.DelayMax, n.Shape = 1, 2, delays.Shape{} }},
	}
	for _, tt := range tests {
		x, want := weather.Unchanged(), full
		tt.weather(&x)
		tt.network(&want)
		if got := x.Over(full); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", tt.name, got, want)
		}
	}
}

// TestCalmed: a calmed network is as it was, but for what happens by chance.
func TestCalmed(t *testing.T) {
	want := full
	want.Loss, want.Duplicate, want.Corrupt, want.Forge = 0, 0, 0, 0
	if got := full.Calmed(); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// TestNetworkDelay: the delay of a network is made of its three fields.
func TestNetworkDelay(t *testing.T) {
	if got, want := fmt.Sprint(full.Delay()), fmt.Sprint(delays.Delay{Min: 10, Max: 20, Shape: full.Shape}); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestProblems holds what is told of a weather that is wrong, and where.
func TestProblems(t *testing.T) {
	const above, most = scheduler.Certain + 1, "a probability is at most 1"
	tests := []struct {
		name    string
		weather func(*weather.Weather)
		want    []string
	}{
		{"unchanged", func(*weather.Weather) {}, nil},
		{"certain", func(x *weather.Weather) {
			x.Loss, x.Duplicate, x.Corrupt, x.Forge = scheduler.Certain, scheduler.Certain, scheduler.Certain, scheduler.Certain
		}, nil},
		{"loss", func(x *weather.Weather) { x.Loss = above }, []string{"here.loss: " + most}},
		{"duplicate", func(x *weather.Weather) { x.Duplicate = above }, []string{"here.duplicate: " + most}},
		{"corrupt", func(x *weather.Weather) { x.Corrupt = weather.Same - 1 }, []string{"here.corrupt: " + most}},
		{"forge", func(x *weather.Weather) { x.Forge = above }, []string{"here.forge: " + most}},
		{"two of them", func(x *weather.Weather) { x.Loss, x.Forge = above, above }, []string{"here.loss: " + most, "here.forge: " + most}},
		{"delay", func(x *weather.Weather) { x.Delay = &delays.Delay{Min: -1} },
			[]string{"here.delay: expected a least time of at least 0 and a greatest not below it, below 2147483648 ticks"}},
	}
	for _, tt := range tests {
		x := weather.Unchanged()
		tt.weather(&x)
		var got []string
		x.Check(func(path, format string, args ...any) { got = append(got, path+": "+fmt.Sprintf(format, args...)) }, "here")
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestSameIsNoChance: among a network's own chances, Same is one above 1.
func TestSameIsNoChance(t *testing.T) {
	var got []string
	bad := func(path, _ string, _ ...any) { got = append(got, path) }
	weather.CheckChances(bad, "network", weather.Same, scheduler.Certain, weather.Same, 0)
	if want := []string{"network.loss", "network.corrupt"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
