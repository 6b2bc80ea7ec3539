package weather_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/weather"
)

// somePlaces are three, one of them with two actors and one with none.
func somePlaces() *weather.Places {
	return &weather.Places{
		Names: []string{"a", "b", "c"},
		Of:    []uint8{0, 1, 1},
		Delay: [][]scheduler.Time{{7, 10, 900}, {20, 3, 900}, {900, 900, 900}},
	}
}

// TestPlaces holds how far it is from an actor to another, the greatest of these
// distances and their mean: of actors alone, and not of places where nobody is.
func TestPlaces(t *testing.T) {
	p := somePlaces()
	for _, c := range []struct {
		from, to uint16
		want     scheduler.Time
		why      string
	}{
		{1, 2, 10, "the way there"},
		{2, 1, 20, "is not the way back"},
		{2, 3, 3, "within a place"},
		{2, 2, 0, "what an actor sends to itself leaves no machine"},
		{1, 1, 0, ""},
	} {
		if got := p.Between(c.from, c.to); got != c.want {
			t.Errorf("from %d to %d: %d, want %d: %s", c.from, c.to, got, c.want, c.why)
		}
	}
	if got := p.Farthest(); got != 20 {
		t.Errorf("farthest: %d", got)
	}
	if got := p.TwiceMean(); got != 2*(10+10+20+20+3+3)/6 {
		t.Errorf("twice the mean: %d", got)
	}
	n := weather.Network{DelayMin: 4, DelayMax: 6, Bias: 8, Places: p}
	if n.Added() != 28 || n.TwiceMean() != 10+8+22 {
		t.Errorf("a network: %d are added, twice the mean is %d", n.Added(), n.TwiceMean())
	}
	var none *weather.Places
	if none.Between(1, 2) != 0 || none.Farthest() != 0 || none.TwiceMean() != 0 || none.Renumbered(3, nil) != nil {
		t.Error("no places are no distance")
	}
	alone := &weather.Places{Names: []string{"a"}, Of: []uint8{0}, Delay: [][]scheduler.Time{{7}}}
	if alone.Farthest() != 0 || alone.TwiceMean() != 0 {
		t.Error("who is alone is far from nobody")
	}
}

// TestPlacesOfPairs holds the greatest distance and the mean against all pairs of actors.
func TestPlacesOfPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 4).Draw(t, "places")
		p := &weather.Places{Names: make([]string, n), Delay: make([][]scheduler.Time, n)}
		for i := range p.Delay {
			for range n {
				p.Delay[i] = append(p.Delay[i], scheduler.Time(rapid.IntRange(0, 1000).Draw(t, "far")))
			}
		}
		for range rapid.IntRange(1, 9).Draw(t, "actors") {
			p.Of = append(p.Of, uint8(rapid.IntRange(0, n-1).Draw(t, "place")))
		}
		most, sum, pairs := scheduler.Time(0), scheduler.Time(0), scheduler.Time(0)
		for a := range uint16(len(p.Of)) {
			for b := range uint16(len(p.Of)) {
				if a != b {
					far := p.Between(a+1, b+1)
					most, sum, pairs = max(most, far), sum+far, pairs+1
				}
			}
		}
		if p.Farthest() != most || pairs > 0 && p.TwiceMean() != 2*sum/pairs {
			t.Fatalf("farthest %d, want %d; twice the mean %d, want %d/%d", p.Farthest(), most, p.TwiceMean(), 2*sum, pairs)
		}
	})
}

// TestPlacesRenumbered: actors with other numbers are where they were, and who is left
// out is nowhere. The places that were given stay as they are.
func TestPlacesRenumbered(t *testing.T) {
	p := somePlaces()
	q := p.Renumbered(2, func(id uint16) uint16 { return []uint16{2, 0, 1}[id-1] })
	if got := fmt.Sprint(q.Of) + fmt.Sprint(p.Of); got != "[1 0][0 1 1]" {
		t.Errorf("they are at %s", got)
	}
}

// TestPlacesProblems holds what is wrong with places, and where.
func TestPlacesProblems(t *testing.T) {
	for name, c := range map[string]struct {
		change func(p *weather.Places)
		want   string
	}{
		"none":               {func(p *weather.Places) {}, ""},
		"no place":           {func(p *weather.Places) { *p = weather.Places{} }, "x"},
		"too many":           {func(p *weather.Places) { p.Names = make([]string, 101) }, "x"},
		"too few actors":     {func(p *weather.Places) { p.Of = p.Of[1:] }, "x"},
		"no such place":      {func(p *weather.Places) { p.Of[1] = 3 }, "x"},
		"no way from":        {func(p *weather.Places) { p.Delay = p.Delay[1:] }, "x"},
		"no way to":          {func(p *weather.Places) { p.Delay[1] = p.Delay[1][1:] }, "x"},
		"a way back in time": {func(p *weather.Places) { p.Delay[1][2] = -1 }, "x.b"},
		"too far":            {func(p *weather.Places) { p.Delay[2][1] = 1 << 31 }, "x.c"},
	} {
		p := somePlaces()
		c.change(p)
		var got []string
		p.Check(func(path, format string, args ...any) {
			got = append(got, path)
			if text := fmt.Sprintf(format, args...); text == "" || strings.Contains(text, "%!") {
				t.Errorf("%s: %s", name, text)
			}
		}, "x", 3)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: wrong are %q, want %q", name, got, c.want)
		}
	}
}
