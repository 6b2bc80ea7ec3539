package scenarios

import (
	"flag"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/delays"
)

// ticks draws a time, near or far.
func ticks(least, most sim.Time) *rapid.Generator[sim.Time] {
	return rapid.OneOf(
		rapid.Custom(func(t *rapid.T) sim.Time {
			return sim.Time(rapid.Int64Range(int64(least), int64(most)).Draw(t, "ticks"))
		}),
		rapid.Custom(func(t *rapid.T) sim.Time {
			return min(least+10*sim.Time(rapid.IntRange(0, 1000).Draw(t, "ms/10")), most)
		}),
	)
}

func probability() *rapid.Generator[scheduler.Probability] {
	return rapid.OneOf(rapid.Just(scheduler.Probability(0)),
		rapid.Custom(func(t *rapid.T) scheduler.Probability {
			return scheduler.Probability(rapid.IntRange(0, 100).Draw(t, "%")) * (scheduler.Certain / 100)
		}),
		rapid.Custom(func(t *rapid.T) scheduler.Probability {
			return scheduler.Probability(rapid.Uint32Range(0, uint32(scheduler.Certain)).Draw(t, "ppb"))
		}))
}

// scenario draws a sound scenario, apart from what the protocol's Resolve may
// find in it.
func scenario(p sim.Protocol) *rapid.Generator[*Scenario] {
	return rapid.Custom(func(t *rapid.T) *Scenario {
		const far = 1 << 31
		s := new(Scenario)
		s.Protocol = p
		s.Name = "random"
		if m, ok := p.(sim.Mutable); ok && rapid.Bool().Draw(t, "mutant") {
			s.Mutant = rapid.SampledFrom(m.Mutants()).Draw(t, "which").Name
			s.Protocol, _ = m.Mutate(s.Mutant)
		}
		s.Teaches = line(t, 60)
		s.Tick = 1000 * rapid.SampledFrom([]int64{100, 1, 7, 1000, 1000, 1_000_000}).Draw(t, "tick")
		most := min(sim.MaxTime, sim.Time(century/s.Tick))
		small := min(most, far-1)
		s.Actors = rapid.OneOf(rapid.IntRange(1, 9), rapid.IntRange(1, sim.MaxActors)).Draw(t, "actors")
		if rapid.Bool().Draw(t, "some members") {
			s.Members = someActors(t, s.Actors)
		}
		switch {
		case rapid.Bool().Draw(t, "periods"):
			s.Periods = drawPeriods(t, most, small)
		case rapid.Bool().Draw(t, "calm at last"):
			s.Until = ticks(1, most).Draw(t, "until")
		}
		if s.CalmTime() > 0 {
			s.Core = drawCore(t, s)
		}
		s.Network.DelayMin = ticks(0, small).Draw(t, "least delay")
		s.Network.DelayMax = ticks(s.Network.DelayMin, small).Draw(t, "greatest delay")
		if s.Network.Shape = shape(t, small); s.Network.Shape.Model == delays.Table {
			points := s.Network.Shape.Table
			s.Network.DelayMin, s.Network.DelayMax = points[0].At, points[len(points)-1].At
		}
		if s.Network.Shape.Model == delays.Normal {
			s.Network.Shape.Mean = s.Network.DelayMin + (s.Network.DelayMax-s.Network.DelayMin)/2
		}
		s.Network.Loss = probability().Draw(t, "loss")
		s.Network.Duplicate = probability().Draw(t, "duplicate")
		drawLinks(t, &s.Network, s.Actors, small)
		s.Disk.Sync = ticks(0, small).Draw(t, "sync")
		s.Crashes.Chance = probability().Draw(t, "crashes")
		s.Crashes.DownMin = ticks(0, small).Draw(t, "least down")
		s.Crashes.DownMax = ticks(s.Crashes.DownMin, small).Draw(t, "greatest down")
		for _, name := range rapid.SliceOfNDistinct(rapid.StringMatching(`[A-Za-z][A-Za-z0-9_-]{0,5}`), 0, 3, rapid.ID).Draw(t, "faults") {
			if !slices.Contains(families, name) {
				s.Faults = append(s.Faults, fault(t, name, s, most, small))
			}
		}
		if rapid.Bool().Draw(t, "spare") {
			s.SpareQuorum = true
			s.SpareQuorum = len(s.Check()) == 0 // the faults may take too many
		}
		if rapid.Bool().Draw(t, "by chance") {
			s.ByChance = true
		} else {
			for range rapid.IntRange(0, 3).Draw(t, "requests") {
				a := sim.ScriptedRequest{Actor: sim.ID(rapid.IntRange(0, s.Actors).Draw(t, "actor")), At: ticks(0, most).Draw(t, "at")}
				if d := maybeDelay(t, small); d != nil && d.Max > d.Min && rapid.Bool().Draw(t, "drawn") {
					spread := d.Later(-d.Min)
					a.At, a.Spread = d.Min, &spread
				}
				if name := line(t, 10); name != "-" && (name == "" || name[0] > '9' || name[0] < '0') {
					a.Name = name
				}
				s.Requests = append(s.Requests, a)
			}
		}
		for _, setting := range p.Settings() {
			s.Settings = append(s.Settings, draw(t, setting, int64(small)))
		}
		if rapid.Bool().Draw(t, "some invariants") {
			s.Invariants = append([]string{}, rapid.SliceOfNDistinct(rapid.SampledFrom(invariantNames(p)), 0, 2, rapid.ID).Draw(t, "invariants")...)
		}
		if rapid.Bool().Draw(t, "limits") {
			s.Limits.Time = ticks(1, most).Draw(t, "time limit")
			s.Limits.Events = rapid.Uint64Range(0, sim.MaxEvents).Draw(t, "event limit")
			if s.Core == nil {
				s.Limits.Linger = ticks(0, most).Draw(t, "linger")
			}
		}
		state(t, s, most)
		if len(s.Protocol.Phases()) == 2 && s.Core == nil && !s.SpareQuorum && len(s.Premise.Set) == 0 && rapid.Bool().Draw(t, "quorums") {
			promises := rapid.IntRange(1, s.MemberCount()).Draw(t, "promises")
			setQuorum(s, 0, promises)
			setQuorum(s, 1, rapid.IntRange(s.MemberCount()+1-promises, s.MemberCount()).Draw(t, "accepts"))
		}
		return s
	})
}

// shape draws how delays spread, uniformly half of the time.
func shape(t *rapid.T, most sim.Time) (s delays.Shape) {
	if rapid.Bool().Draw(t, "uniform") {
		return s
	}
	s.Model = rapid.SampledFrom(delayModels).Draw(t, "model")
	if s.Model == delays.Table {
		chance := rapid.Uint32Range(0, uint32(scheduler.Certain)-1)
		chances := rapid.SliceOfNDistinct(chance, 0, 4, rapid.ID).Draw(t, "chances")
		slices.Sort(chances)
		at := sim.Time(0)
		for _, c := range append(chances, uint32(scheduler.Certain)) {
			at = ticks(at, most).Draw(t, "at")
			s.Table = append(s.Table, delays.Point{Chance: scheduler.Probability(c), At: at})
		}
		return s
	}
	if s.Model == delays.Normal { // its mean is put between the least delay and the greatest by whoever knows these
		s.Deviation = ticks(0, most).Draw(t, "deviation")
		return s
	}
	s.Scale = ticks(1, most).Draw(t, "scale")
	switch s.Model {
	case delays.LogNormal:
		s.Sigma = rapid.Uint32Range(0, delays.MaxSigma).Draw(t, "sigma")
	case delays.Pareto:
		s.Alpha = rapid.Uint32Range(delays.MinAlpha, delays.MaxAlpha).Draw(t, "alpha")
	}
	return s
}

// line draws some text on one line.
func line(t *rapid.T, most int) string {
	word := rapid.OneOf(rapid.StringMatching(`[a-z]{1,4}`), rapid.StringMatching(`[ -~]{1,4}`), rapid.StringMatching(`[!-~äß中☃😀]{1,4}`))
	text, err := freeText("", most, false).parse(given{}, word.Draw(t, "word")+rapid.StringMatching(`( [a-z:#]{1,3}){0,2}`).Draw(t, "words"))
	if err != nil || rapid.Bool().Draw(t, "no text") {
		return ""
	}
	return text
}

// someActors draws one to five actors.
func someActors(t *rapid.T, actors int) []sim.ID {
	one := rapid.Custom(func(t *rapid.T) sim.ID { return sim.ID(rapid.IntRange(1, actors).Draw(t, "id")) })
	return rapid.SliceOfNDistinct(one, 1, min(actors, 5), rapid.ID).Draw(t, "ids")
}

func draw(t *rapid.T, s sim.Setting, most int64) int64 {
	if s.Default == sim.Auto && rapid.Bool().Draw(t, "auto") {
		return sim.Auto
	}
	switch s.Kind {
	case sim.Bool:
		return rapid.Int64Range(0, 1).Draw(t, s.Name)
	case sim.Word:
		return rapid.Int64Range(0, int64(len(s.Words)-1)).Draw(t, s.Name)
	case sim.Duration:
		return int64(ticks(sim.Time(s.Min), sim.Time(min(s.Max, most))).Draw(t, s.Name))
	}
	return rapid.Int64Range(s.Min, s.Max).Draw(t, s.Name)
}

// often makes properties be tried 300 times, if nobody has said how often.
func often(t *testing.T) {
	f := flag.Lookup("rapid.checks")
	if was := f.Value.String(); was == f.DefValue {
		f.Value.Set("300")
		t.Cleanup(func() { f.Value.Set(was) })
	}
}

// TestRoundTrip holds that a scenario is what its text says, for the fake
// protocol and for Paxos, and that Show says the same. More of them:
//
//	go test ./scenarios -run TestRoundTrip -rapid.checks 10000
func TestRoundTrip(t *testing.T) {
	often(t)
	both := Protocols{
		Find: func(name string) (sim.Protocol, bool) {
			if name == "paxos" {
				return paxosProtocol, true
			}
			return fakes.Find(name)
		},
		Names: func() []string { return []string{"echo", "paxos"} },
	}
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom([]sim.Protocol{echo, paxosProtocol}).Draw(t, "protocol")
		s := scenario(p).Draw(t, "scenario")
		if problems := append(s.Check(), s.CheckExpect()...); len(problems) > 0 {
			t.Fatalf("the generator made an unsound scenario: %v", problems)
		}
		text := Text(s)
		plan, problems := p.Resolve(&s.Scenario)
		got, err := both.Read("random.yaml", text)
		if len(problems) > 0 || int64(plan.TimeLimit) > century/s.Tick {
			if err == nil {
				t.Fatalf("%v was read over in\n%s", problems, text)
			}
			return
		}
		if err != nil {
			t.Fatalf("%v\nin\n%s", err, text)
		}
		if !reflect.DeepEqual(got, s) {
			t.Fatalf("got\n%+v\nwant\n%+v\nfrom\n%s", got, s, text)
		}
		if again := Text(got); again != text {
			t.Fatalf("got\n%s\nwant\n%s", again, text)
		}
		shown, err := both.Read("random.yaml", Show(s))
		if err != nil {
			t.Fatalf("%v\nin\n%s", err, Show(s))
		}
		if p, _ := p.Resolve(&shown.Scenario); p.TimeLimit != plan.TimeLimit {
			t.Fatalf("a time limit of %d, as shown %d", plan.TimeLimit, p.TimeLimit)
		}
	})
}

var paxosProtocol = mutants.Protocol()
