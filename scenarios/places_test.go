package scenarios

import (
	"fmt"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/weather"
)

// TestPlacesRead holds what is made of places: half of a round trip each way, whichever
// place says it, and no way within a place that says none.
func TestPlacesRead(t *testing.T) {
	s, err := Read("file.yaml", head+`network:
  places:
    tokyo: {actors: [4, 1], to: {dublin: 70ms}, round_trips: {oregon: 65ms}}
    oregon: {actors: [3, 2], round_trips: {oregon: 1ms, dublin: 115.2ms}}
    dublin: {actors: [5], to: {tokyo: 81ms, dublin: 3ms}}
`)
	if err != nil {
		t.Fatal(err)
	}
	p := s.Network.Places
	want := &weather.Places{
		Names: []string{"tokyo", "oregon", "dublin"}, Of: []uint8{0, 1, 1, 0, 2},
		Delay: [][]sim.Time{{0, 325, 700}, {325, 5, 576}, {810, 576, 30}},
	}
	if got, want := fmt.Sprintf("%+v", *p), fmt.Sprintf("%+v", *want); got != want {
		t.Errorf("read as %s, want %s", got, want)
	}
}

// TestPlacesSet: a way, and who is at a place, can be set and varied alone, and all
// places can be left out of what a base says.
func TestPlacesSet(t *testing.T) {
	const text = head + "network: {places: {a: {actors: [1, 2, 3]}, b: {actors: [4, 5], round_trips: {a: 10ms}}}}\n"
	for set, want := range map[string]string{
		"network.places.b.round_trips.a=20ms": "b: {actors: [4, 5], round_trips: {a: 20ms}}",
		"network.places.b.round_trips.b=2ms":  "b: {actors: [4, 5], round_trips: {a: 10ms, b: 2ms}}",
		"network.places=none":                 "requests: none",
	} {
		s, err := Read("file.yaml", text, Set(set))
		if err != nil {
			t.Errorf("%s: %v", set, err)
			continue
		}
		if got := Text(s); !strings.Contains(got, want) || strings.Contains(set, "none") == strings.Contains(got, "places") {
			t.Errorf("%s: written\n%s", set, got)
		}
	}
	for set, want := range map[string]string{
		"network.places.b.round_trips.c=20ms": "there is no such place; expected one of a, b",
		"network.places.b.round_trip.a=20ms":  "did you mean",
		"network.places.b.actors=[4]":         "actor 5 is at none of them",
		"actors=6":                            "actor 6 is at none of them",
	} {
		if _, err := Read("file.yaml", text, Set(set)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", set, err, want)
		}
	}
}

// TestManyPlaces: as many places as there may be are read, and one more is a mistake.
func TestManyPlaces(t *testing.T) {
	table := func(n int) string {
		var b strings.Builder
		b.WriteString(head + "network:\n  places:\n")
		for i := range n {
			fmt.Fprintf(&b, "    p%d:\n      actors: none\n", i)
			if i == 0 {
				b.WriteString("      round_trips: {p0: 1ms}\n")
				continue
			}
			b.WriteString("      round_trips:\n")
			for j := range i {
				fmt.Fprintf(&b, "        p%d: %dms\n", j, i+j)
			}
		}
		return strings.Replace(b.String(), "actors: none", "actors: [1, 2, 3, 4, 5]", 1)
	}
	s, err := Read("file.yaml", table(maxPlaces))
	if err != nil {
		t.Fatal(err)
	}
	if back, err := Read("file.yaml", Text(s)); err != nil || Text(back) != Text(s) {
		t.Errorf("read back: %v", err)
	}
	if _, err := Read("file.yaml", table(maxPlaces+1)); err == nil || !strings.Contains(err.Error(), "101 entries: expected at most 100") {
		t.Errorf("one more: %v", err)
	}
}
