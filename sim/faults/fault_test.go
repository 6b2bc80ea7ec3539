package faults_test

import (
	"testing"

	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/partitions"
	"github.com/paxsim/paxsim/sim/triggers"
	"github.com/paxsim/paxsim/sim/weather"
)

// says is what the methods of a fault say of when it is there.
type says struct{ byChance, beginsByClock, timed, endsByClock, forGood bool }

// TestWhen holds what the methods say of each way to say when a fault is there, for a
// pause and for a crash.
func TestWhen(t *testing.T) {
	spell, moment := &delays.Delay{Min: 5, Max: 9}, &triggers.Moment{Does: triggers.Decides}
	const never = faults.Forever
	tests := []struct {
		name         string
		f            faults.Fault
		pause, crash says
	}{
		{"from one time to another", faults.Fault{At: 3, Until: 8},
			says{beginsByClock: true, timed: true, endsByClock: true}, says{beginsByClock: true, timed: true}},
		{"for ever", faults.Fault{At: 3, Until: never},
			says{beginsByClock: true, timed: true}, says{beginsByClock: true, timed: true, forGood: true}},
		{"for a while", faults.Fault{At: 3, For: spell, Until: never},
			says{beginsByClock: true}, says{beginsByClock: true}},
		{"until a moment", faults.Fault{At: 3, Until: never, UntilWhen: moment},
			says{beginsByClock: true}, says{beginsByClock: true}},
		{"until a moment or a time", faults.Fault{At: 3, Until: 8, UntilWhen: moment},
			says{beginsByClock: true}, says{beginsByClock: true}},
		{"from a moment to a time", faults.Fault{When: moment, Until: 8},
			says{}, says{}},
		{"from a moment for ever", faults.Fault{When: moment, Until: never},
			says{}, says{forGood: true}},
		{"from a moment for a while", faults.Fault{When: moment, For: spell, Until: never},
			says{}, says{}},
		{"by chance", faults.Fault{Every: spell, For: spell, Until: 100},
			says{byChance: true}, says{byChance: true}},
		{"by chance, once for ever", faults.Fault{Every: spell, Until: never},
			says{byChance: true}, says{byChance: true, forGood: true}},
	}
	for _, tt := range tests {
		for _, crash := range []bool{false, true} {
			f, want := tt.f, tt.pause
			if crash {
				f.Crash, want = aims.These(1), tt.crash
			} else {
				f.Pause = aims.These(1)
			}
			got := says{f.ByChance(), f.BeginsByClock(), f.Timed(), f.EndsByClock(), f.ForGood()}
			if got != want {
				t.Errorf("%s, crash %v: %+v, want %+v", tt.name, crash, got, want)
			}
		}
	}
}

// TestFamily holds the family of each fault with a name, and which are cuts.
func TestFamily(t *testing.T) {
	calm := weather.Unchanged()
	tests := []struct {
		f    faults.Fault
		want faults.Family
		word string
		cuts bool
	}{
		{faults.Fault{Split: [][]ids.ID{{1}}}, faults.FamilyCut, "cut", true},
		{faults.Fault{Split: [][]ids.ID{}}, faults.FamilyCut, "cut", true},
		{faults.Fault{Cut: &partitions.Cut{}}, faults.FamilyCut, "cut", true},
		{faults.Fault{Clog: &aims.Links{}}, faults.FamilyClog, "clog", false},
		{faults.Fault{Weather: &calm, On: aims.Links{From: aims.These(1)}}, faults.FamilyWeather, "weather", false},
		{faults.Fault{Crash: aims.These(1)}, faults.FamilyDown, "crash", false},
		{faults.Fault{Pause: aims.These(1)}, faults.FamilyPause, "pause", false},
	}
	for _, tt := range tests {
		if got := tt.f.Family(); got != tt.want || got.String() != tt.word || tt.f.Cuts() != tt.cuts {
			t.Errorf("%+v is of the family %v, want %s; it cuts: %v", tt.f, got, tt.word, tt.f.Cuts())
		}
	}
}

// TestFamilyWords: each family has a word of its own.
func TestFamilyWords(t *testing.T) {
	family := map[string]faults.Family{}
	for f := range faults.Family(faults.Families) {
		if other, is := family[f.String()]; is || f.String() == "" {
			t.Errorf("the families %d and %d are both %q", other, f, f)
		}
		family[f.String()] = f
	}
}
