package sim_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/partitions"
	"github.com/paxsim/paxsim/sim/triggers"
	"github.com/paxsim/paxsim/sim/weather"
)

// quiet is a game of n players in which nothing goes wrong: every message takes
// 10 ticks.
func quiet(n int) *sim.Scenario {
	return &sim.Scenario{Tick: 1000, Actors: n, Protocol: pingPong(), Network: weather.Network{DelayMin: 10, DelayMax: 10},
		Requests: []sim.ScriptedRequest{{Actor: 1}}, Limits: sim.Limits{Time: 2000}}
}

// trace runs a scenario under a seed and returns its outcome and all that
// happened.
func trace(t *testing.T, s *sim.Scenario, seed uint64) (sim.Outcome, *lines) {
	t.Helper()
	r := runner(t, s)
	l := new(lines)
	r.Observe(l)
	r.Reset(seed, nil)
	return r.Run(), l
}

// TestCutShapes: who reaches whom while a cut of each shape holds. Everybody
// broadcasts at 0, and the first arrivals tell.
func TestCutShapes(t *testing.T) {
	for _, c := range []struct {
		name string
		cut  *partitions.Cut
		want string // who does not reach whom
	}{
		{"isolate", &partitions.Cut{Who: aims.These(2)}, "1>2 2>1 2>3 2>4 2>5 3>2 4>2 5>2"},
		{"one way", &partitions.Cut{Shape: partitions.OneWay, From: aims.These(1, 2), To: aims.These(2, 3)}, "1>2 1>3 2>3"},
		{"ring", &partitions.Cut{Shape: partitions.Ring, Who: aims.These(1, 2, 3, 4, 5)}, "1>3 1>4 2>4 2>5 3>1 3>5 4>1 4>2 5>2 5>3"},
		{"a ring of some", &partitions.Cut{Shape: partitions.Ring, Who: aims.These(1, 2, 3, 4)}, "1>3 2>4 3>1 4>2"},
		{"chain", &partitions.Cut{Shape: partitions.Chain, Who: aims.These(1, 2, 3, 4)}, "1>3 1>4 2>4 3>1 4>1 4>2"},
		{"chain of two", &partitions.Cut{Shape: partitions.Chain, Who: aims.These(1, 2)}, ""},
		{"ring of three", &partitions.Cut{Shape: partitions.Ring, Who: aims.These(1, 2, 3)}, ""},
		{"bridge", &partitions.Cut{Shape: partitions.Bridge, Who: aims.These(3)}, "1>4 1>5 2>4 2>5 4>1 4>2 5>1 5>2"},
	} {
		s := quiet(5)
		s.Requests = nil
		for id := range sim.ID(5) {
			s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: id + 1})
		}
		s.Faults = []faults.Fault{{Name: "cut", At: 0, Until: 5, Cut: c.cut}}
		_, l := trace(t, s, 1)
		var cut []string
		for _, e := range l.list {
			if e.What == observe.Dropped && e.At == 0 {
				cut = append(cut, fmt.Sprintf("%d>%d", e.Actor, e.Peer))
			}
		}
		slices.Sort(cut)
		if got := strings.Join(slices.Compact(cut), " "); got != c.want {
			t.Errorf("%s: cut are %s, want %s", c.name, got, c.want)
		}
	}
}

// TestHalves: two sides, neither empty, and not always the same.
func TestHalves(t *testing.T) {
	s := quiet(5)
	s.Faults = []faults.Fault{{Name: "cut", Until: 5, Cut: &partitions.Cut{Shape: partitions.Halves}}}
	seen := map[string]bool{}
	for seed := range uint64(50) {
		_, l := trace(t, s, seed)
		var lost []string
		for _, e := range l.list {
			if e.What == observe.Dropped && e.At == 0 {
				lost = append(lost, fmt.Sprint(e.Peer))
			}
		}
		if len(lost) == 0 || len(lost) == 5 {
			t.Fatalf("seed %d: actor 1 loses %d messages to the other side", seed, len(lost))
		}
		seen[strings.Join(lost, " ")] = true
	}
	if len(seen) < 10 {
		t.Errorf("only %d ways to be halved in 50 runs", len(seen))
	}
}

// TestClog: messages stand still at the end of a clogged link, and arrive in
// their order when it is free; other links flow.
func TestClog(t *testing.T) {
	s := quiet(3)
	s.Requests = []sim.ScriptedRequest{{Actor: 1}, {Actor: 1, At: 20}}
	s.Faults = []faults.Fault{{Name: "clog", Until: 100, Clog: &aims.Links{From: aims.These(1), To: aims.These(2), Kinds: []uint8{0}}}}
	o, l := trace(t, s, 1)
	var arrived []uint32
	for _, e := range l.list {
		if e.What == observe.Delivered && e.Peer == 1 && e.Actor == 2 && e.Kind == 0 && e.At >= 100 && e.At == l.list[0].At+100 {
			arrived = append(arrived, e.N)
		}
		if e.What == observe.Delivered && e.Peer == 1 && e.Actor == 3 && e.Kind == 0 && e.N == 1 && e.At != 10 {
			t.Errorf("a link that is not clogged: %+v", e)
		}
	}
	if !slices.Equal(arrived, []uint32{1, 2, 3}) && !slices.Equal(arrived, []uint32{1, 2}) {
		t.Errorf("behind the clog %v arrived", arrived)
	}
	if held := l.count(observe.Held); held < 2 || o.Dropped != 0 || o.Verdict != observe.VerdictDecided {
		t.Errorf("%d held, %+v", held, o)
	}
	if o.Families[faults.FamilyClog].Struck != 1 {
		t.Errorf("%+v", o.Families)
	}
}

// TestPause: an actor that is paused handles nothing, loses nothing, and then
// goes on with what has come; a crash costs it what had come.
func TestPause(t *testing.T) {
	s := quiet(2)
	s.Faults = []faults.Fault{{Name: "pause", At: 5, Until: 95, Pause: aims.These(2)}}
	o, l := trace(t, s, 1)
	for _, e := range l.list {
		if e.Actor == 2 && e.At > 5 && e.At < 95 && (e.What == observe.Sent || e.What == observe.Broadcast || e.What == observe.Saved) {
			t.Errorf("a paused actor acts: %+v", e)
		}
	}
	if o.Verdict != observe.VerdictDecided || o.Dropped != 0 || l.count(observe.Held) == 0 || l.count(observe.Paused) != 1 || l.count(observe.Resumed) != 1 {
		t.Errorf("%d held, %+v", l.count(observe.Held), o)
	}
	s.Faults = append(s.Faults, faults.Fault{Name: "crash", At: 50, Until: 60, Crash: aims.These(2)})
	o, l = trace(t, s, 1)
	if o.Verdict != observe.VerdictDecided || o.Dropped == 0 || l.count(observe.Paused) != 2 || l.count(observe.Resumed) != 1 {
		t.Errorf("paused, then down, and paused again when it is back: %+v", o)
	}
}

// TestPausesAddUp: of two pauses that overlap the last counts.
func TestPausesAddUp(t *testing.T) {
	s := quiet(2)
	s.Faults = []faults.Fault{{Name: "a", At: 5, Until: 95, Pause: aims.These(2)}, {Name: "b", At: 50, Until: 150, Pause: aims.These(2)}}
	_, l := trace(t, s, 1)
	for _, e := range l.list {
		if e.What == observe.Resumed && e.At != 150 {
			t.Errorf("resumed at %d", e.At)
		}
	}
	if l.count(observe.Paused) != 1 || l.count(observe.Resumed) != 1 {
		t.Errorf("paused %d, resumed %d times", l.count(observe.Paused), l.count(observe.Resumed))
	}
}

// TestMomentInABroadcast: a crash when so many have been sent to leaves the rest
// of the broadcast unsent.
func TestMomentInABroadcast(t *testing.T) {
	for times := 1; times <= 5; times++ {
		s := quiet(5)
		s.Faults = []faults.Fault{{Name: "crash", Until: faults.Forever, Crash: aims.Target{Group: aims.InRole},
			When: &triggers.Moment{Who: 1, Does: triggers.Sends, Times: times}}}
		o, l := trace(t, s, 1)
		got := 0
		for _, e := range l.list {
			if e.What == observe.Delivered && e.Kind == 0 && e.N == 1 && e.Peer == 1 {
				got++
			}
		}
		if got != times || o.Crashes != 1 {
			t.Errorf("after %d sends: %d arrived, %d crashes", times, got, o.Crashes)
		}
	}
	s := quiet(5)
	s.Faults = []faults.Fault{{Name: "crash", Until: faults.Forever, Crash: aims.These(1), When: &triggers.Moment{Who: 1, Does: triggers.Sends, Most: true}}}
	if o, _ := trace(t, s, 1); o.Sent != 3 { // to two others, one of whom answers
		t.Errorf("to a majority of 5: %d sent to others", o.Sent)
	}
}

// TestMoments: each kind of doing makes a moment, and a moment can end a fault.
func TestMoments(t *testing.T) {
	for name, c := range map[string]struct {
		m  triggers.Moment
		at sim.Time
	}{
		"receives": {triggers.Moment{Who: 2, Does: triggers.Receives}, 10},
		"second":   {triggers.Moment{Does: triggers.Receives, Kind: 1, Times: 2}, 40},
		"saves":    {triggers.Moment{Who: 1, Does: triggers.Saves}, 20},
		"decides":  {triggers.Moment{Does: triggers.Decides}, 90},
		"falls":    {triggers.Moment{Who: 3, Does: triggers.Falls}, 30},
		"returns":  {triggers.Moment{Who: 3, Does: triggers.Returns}, 45},
	} {
		s := quiet(3)
		s.Faults = []faults.Fault{
			{Name: "other", At: 30, Until: 45, Crash: aims.These(3)},
			{Name: "at-moment", Until: faults.Forever, When: &c.m, For: &delays.Delay{Min: 7, Max: 7}, Cut: &partitions.Cut{Who: aims.These(3)}},
			{Name: "until-moment", Until: faults.Forever, UntilWhen: &c.m, Weather: &weather.Weather{}},
		}
		_, l := trace(t, s, 1)
		struck, healed, relented := sim.Time(-1), sim.Time(-1), sim.Time(-1)
		for _, e := range l.list {
			switch {
			case e.What == observe.FaultStruck:
				struck = e.At
			case e.What == observe.FaultEnds && e.Text == "at-moment":
				healed = e.At
			case e.What == observe.FaultHealed:
				relented = e.At
			}
		}
		if struck != c.at || relented != c.at || name != "decides" && healed != c.at+7 {
			t.Errorf("%s: struck at %d, over at %d, the other over at %d, want %d", name, struck, healed, relented, c.at)
		}
	}
}

// TestByChance: what strikes by chance does so again and again, for as long as it
// should, and no more once the weather has calmed.
func TestByChance(t *testing.T) {
	s := quiet(3)
	s.Until = 1000
	s.Requests[0].At = 1500
	s.Faults = []faults.Fault{{Name: "pause", At: 100, Until: faults.Forever, Every: &delays.Delay{Min: 20, Max: 40}, For: &delays.Delay{Min: 5, Max: 9}, Pause: aims.Target{Group: aims.AtRandom, Many: 2}}}
	struck := uint64(0)
	whom := map[sim.ID]int{}
	for seed := range uint64(100) {
		o, l := trace(t, s, seed)
		struck += o.Families[faults.FamilyPause].Struck
		var since, gone sim.Time
		for _, e := range l.list {
			switch e.What {
			case observe.FaultBegins:
				if e.At < 120 || e.At > 1000 || gone > 0 && (e.At-gone < 20 || e.At-gone > 40) {
					t.Fatalf("seed %d: begins at %d, was over at %d", seed, e.At, gone)
				}
				since = e.At
			case observe.FaultEnds:
				gone = e.At
				if d := gone - since; d < 5 || d > 9 {
					t.Fatalf("seed %d: holds for %d", seed, d)
				}
			case observe.Paused:
				whom[e.Actor]++
			case observe.Resumed:
				if e.At > 1000 {
					t.Fatalf("seed %d: still paused after the calm", seed)
				}
			}
		}
		if o.Verdict != observe.VerdictDecided {
			t.Fatalf("seed %d: %+v", seed, o)
		}
	}
	// (1000 - 100) / (30 + 7) a run.
	if struck < 2200 || struck > 2600 {
		t.Errorf("struck %d times in 100 runs, expected about 2,430", struck)
	}
	for id := range sim.ID(3) {
		if n := whom[id+1]; n < 1300 || n > 1900 {
			t.Errorf("struck %v, expected about 1,620 each", whom)
		}
	}
}

// TestPeriods: each period has its own weather, and then it is calm.
func TestPeriods(t *testing.T) {
	s := quiet(3)
	always, slow := weather.Unchanged(), weather.Unchanged()
	always.Loss = scheduler.Certain
	slow.Delay = &delays.Delay{Min: 50, Max: 50}
	s.Network.Loss = scheduler.Certain
	s.Periods = []weather.Period{{For: 200, Weather: always, Crashes: weather.Same}, {For: 100, Weather: slow, Crashes: weather.Same}}
	o, l := trace(t, s, 1)
	if o.Verdict != observe.VerdictDecided || o.DecideTime < 300 || o.Families[faults.FamilyLoss].Struck == 0 || o.Families[faults.FamilyLoss].Struck != o.Dropped {
		t.Errorf("%+v", o)
	}
	if l.count(observe.PeriodBegins) != 1 || l.count(observe.Calmed) != 1 {
		t.Errorf("%d periods begin, %d calms", l.count(observe.PeriodBegins), l.count(observe.Calmed))
	}
}

// TestLinks: a weather of its own on some links, for some messages.
func TestLinks(t *testing.T) {
	s := quiet(3)
	w := weather.Unchanged()
	w.Delay = &delays.Delay{Min: 33, Max: 33}
	s.Faults = []faults.Fault{{Name: "slow", Until: 15, Weather: &w, On: aims.Links{From: aims.These(1), To: aims.These(2, 3), Kinds: []uint8{0}}}}
	_, l := trace(t, s, 1)
	for _, e := range l.list {
		if e.What == observe.Delivered && e.Peer == 1 && e.Kind == 0 && e.N == 1 {
			if want := map[sim.ID]sim.Time{1: 10, 2: 33, 3: 33}[e.Actor]; e.At != want {
				t.Errorf("%+v arrives at %d, want %d", e, e.At, want)
			}
		}
		if e.What == observe.Delivered && e.Peer == 2 && e.N == 1 && e.At != 43 {
			t.Errorf("the way back: %+v", e)
		}
	}
}

// TestBias: a link keeps its extra delay for the whole run; links differ.
func TestBias(t *testing.T) {
	s := quiet(3)
	s.Network.Bias = 50
	s.Limits.Time = 5000
	_, l := trace(t, s, 3)
	sent := map[[3]int]sim.Time{}
	took := map[string]sim.Time{}
	for _, e := range l.list {
		switch e.What {
		case observe.Sent, observe.Broadcast:
			sent[[3]int{int(e.Actor), int(e.Kind), int(e.N)}] = e.At
		case observe.Delivered:
			link := fmt.Sprint(e.Peer, ">", e.Actor)
			d := e.At - sent[[3]int{int(e.Peer), int(e.Kind), int(e.N)}]
			if was, ok := took[link]; ok && was != d {
				t.Errorf("%s takes %d and %d", link, was, d)
			}
			took[link] = d
		}
	}
	if one := took["1>2"]; took["2>1"] == one && took["1>3"] == one {
		t.Errorf("all links are the same: %v", took)
	}
}

// TestFIFO: on a link nothing overtakes anything.
func TestFIFO(t *testing.T) {
	overtaken := map[bool]int{}
	for _, fifo := range []bool{false, true} {
		s := rough(3)
		s.Network.FIFO, s.Network.DelayMax = fifo, 100
		s.Crashes, s.Faults = faults.Crashes{}, nil
		for seed := range uint64(100) {
			_, l := trace(t, s, seed)
			sent, order := map[string]int{}, map[string]int{}
			for i, e := range l.list {
				switch e.What {
				case observe.Sent, observe.Broadcast:
					sent[fmt.Sprint(e.Actor, e.Kind, e.N)] = i
				case observe.Delivered:
					link := fmt.Sprint(e.Peer, ">", e.Actor)
					if i := sent[fmt.Sprint(e.Peer, e.Kind, e.N)]; e.Peer != e.Actor && i < order[link] {
						overtaken[fifo]++
					} else {
						order[link] = i
					}
				}
			}
		}
	}
	if overtaken[false] == 0 || overtaken[true] != 0 {
		t.Errorf("messages overtaken: %v", overtaken)
	}
}

// TestCapacity: a full link drops the new message, or its oldest.
func TestCapacity(t *testing.T) {
	for _, oldest := range []bool{false, true} {
		s := quiet(2)
		s.Network.Capacity, s.Network.EvictOldest = 1, oldest
		s.Requests = []sim.ScriptedRequest{{Actor: 1}, {Actor: 1, At: 5}}
		o, l := trace(t, s, 1)
		evicted := uint32(0)
		for _, e := range l.list {
			if e.What == observe.Dropped && evicted == 0 {
				evicted = e.N
			}
		}
		if want := map[bool]uint32{false: 2, true: 1}[oldest]; evicted != want || o.Families[faults.FamilyEvict].Struck == 0 {
			t.Errorf("oldest %v: message %d is dropped, want %d; %+v", oldest, evicted, want, o.Families)
		}
	}
}

// TestForged: the receiver believes that another sent it; the trace knows better.
func TestForged(t *testing.T) {
	s := quiet(4)
	s.Network.Forge = scheduler.Certain
	_, l := trace(t, s, 1)
	told := 0
	for _, e := range l.list {
		if e.What == observe.Delivered && e.Peer != e.Actor && strings.Contains(e.Text, "as if from ") {
			told++
			if strings.HasSuffix(e.Text, fmt.Sprintf("as if from %d", e.Peer)) {
				t.Errorf("forged as its own: %+v", e)
			}
		}
	}
	if told == 0 {
		t.Error("nothing was forged")
	}
}

// TestRates: what was asked for is what happens, of every family by chance, in
// number, and what is counted as expected is what was asked for.
func TestRates(t *testing.T) {
	s := quiet(3)
	s.Network = weather.Network{DelayMin: 2, DelayMax: 20, Loss: scheduler.Certain / 10, Duplicate: scheduler.Certain / 5, Copies: 3, Corrupt: scheduler.Certain / 8, Forge: scheduler.Certain / 20}
	s.Crashes = faults.Crashes{Chance: scheduler.Certain / 40, DownMin: 5, DownMax: 20}
	for _, rich := range []bool{true, false} {
		if !rich {
			s.Network.Copies, s.Network.Corrupt, s.Network.Forge = 0, 0, 0
		}
		sum := make([]faults.Tally, faults.Families)
		r := runner(t, s)
		for seed := range uint64(3000) {
			r.Reset(seed, nil)
			for f, h := range r.Run().Families {
				sum[f].Chances, sum[f].Struck, sum[f].Expected = sum[f].Chances+h.Chances, sum[f].Struck+h.Struck, sum[f].Expected+h.Expected>>16
			}
		}
		for f, h := range sum[:faults.FamilyEvict] {
			if !rich && (faults.Family(f) == faults.FamilyCorrupt || faults.Family(f) == faults.FamilyForge) {
				continue
			}
			want := float64(h.Expected) / (1 << 16)
			if off := float64(h.Struck) - want; off*off > 16*want || h.Chances < 1000 { // four standard deviations
				t.Errorf("rich %v, %v: struck %d times of %d, expected %.0f", rich, faults.Family(f), h.Struck, h.Chances, want)
			}
		}
		t.Logf("%v", sum)
	}
}

// TestSpareQuorum: chance takes nobody down for good without whom there is no
// quorum; without the setting it does.
func TestSpareQuorum(t *testing.T) {
	for _, spare := range []bool{true, false} {
		s := quiet(5)
		s.SpareQuorum = spare
		s.Requests[0].At = 500
		for i := range 4 {
			s.Faults = append(s.Faults, faults.Fault{Name: fmt.Sprint("f", i), At: sim.Time(i), Until: faults.Forever, Crash: aims.Target{Group: aims.AtRandom, Many: 1}})
		}
		for seed := range uint64(50) {
			if o, _ := trace(t, s, seed); (o.Crashes == 2) != spare {
				t.Fatalf("spare %v, seed %d: %d crashes for good", spare, seed, o.Crashes)
			}
		}
	}
}

// TestOverlappingCrashes: who is down for two reasons comes back when both are
// over, whatever order they come in.
func TestOverlappingCrashes(t *testing.T) {
	times := func(a, b faults.Fault) (up sim.Time) {
		s := quiet(2)
		a.Name, b.Name = "a", "b"
		s.Faults = []faults.Fault{a, b}
		_, l := trace(t, s, 1)
		for _, e := range l.list {
			if e.What == observe.Restarted {
				up = e.At
			}
		}
		if n := l.count(observe.Restarted); n != 1 {
			t.Errorf("%d restarts", n)
		}
		return up
	}
	clock := func(at, until sim.Time) faults.Fault {
		return faults.Fault{At: at, Until: until, Crash: aims.These(2)}
	}
	spell := func(at, d sim.Time) faults.Fault {
		return faults.Fault{At: at, Until: faults.Forever, For: &delays.Delay{Min: d, Max: d}, Crash: aims.These(2)}
	}
	for _, c := range []struct {
		a, b faults.Fault
		want sim.Time
	}{
		{clock(5, 50), spell(10, 90), 100}, {clock(5, 150), spell(10, 20), 150}, {spell(5, 30), clock(10, 100), 100},
		{spell(5, 100), clock(10, 20), 105}, {spell(5, 100), spell(10, 20), 105}, {spell(5, 10), spell(10, 50), 60},
	} {
		if got := times(c.a, c.b); got != c.want {
			t.Errorf("%+v and %+v: back at %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
