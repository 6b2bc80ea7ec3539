package stepper

import (
	"context"
	"fmt"
	"testing"

	"github.com/paxsim/paxsim/internal/anyscenario"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/trace"
)

// read makes a scenario of a text.
func read(t *testing.T, text string) *sim.Scenario {
	t.Helper()
	s, err := scenarios.Read("any.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	return &s.Scenario
}

// TestOpenChangesNoScenario holds that no sound scenario has another run once it
// is opened, under a seed or in calm, and that each family is opened in some.
func TestOpenChangesNoScenario(t *testing.T) {
	times := map[string]int{}
	n := uint64(600)
	if testing.Short() {
		n = 100
	}
	for number := range n {
		x := anyscenario.Draw(number)
		s, err := scenarios.Read("any.yaml", x.Text)
		if err != nil {
			continue
		}
		if events, _ := anyscenario.Work(&s.Scenario); events > 20_000 || s.Actors > 200 {
			continue
		}
		for _, base := range []trace.Base{{Calm: true}, {Seed: x.Seed}} {
			open, opened := Open(&s.Scenario, base.Calm)
			for _, name := range opened {
				times[name]++
			}
			if err := sameRuns(&s.Scenario, open, opened, base); err != nil {
				t.Errorf("scenario %d, %v, %v opened: %v\n%s", number, base, opened, err, x.Text)
			}
		}
	}
	for _, f := range families {
		if times[f.name] < 10 {
			t.Errorf("%s was opened %d times", f.name, times[f.name])
		}
	}
}

// sameRuns says in what a run that is opened is another
// than the run of the scenario.
func sameRuns(given, open *sim.Scenario, opened []string, base trace.Base) error {
	plain, err := New(context.Background(), given, scenarios.WorldText(given), base, nil)
	if err != nil {
		return err
	}
	w, err := New(context.Background(), open, scenarios.WorldText(open), base, nil)
	if err != nil {
		return err
	}
	w.Opened(given, scenarios.WorldText(given), opened)
	for n := 0; n < 20_000 && plain.Next(); n++ { // long runs differ early, if at all
		w.Next()
		if a, b := plain.world.Outcome().Digest, w.world.Outcome().Digest; a != b {
			return fmt.Errorf("event %d: %v, and %v when opened", plain.At(), plain.step.Event, w.step.Event)
		}
	}
	return nil
}

// What a scenario says of a family stays, wherever it says it.
func TestOpenKeepsWhatIsSaid(t *testing.T) {
	const begin = "paxsim: 1\nactors: 3\nrequests: [{actor: 1}]\n"
	for _, c := range []struct {
		text   string
		opened string // under a seed
		down   sim.Time
	}{
		{"network: {delay: 1ms}\ncrashes: {down: 1ms}\nperiods: [{for: 50ms, crashes: 20%}]\n", "[loss duplicates]", 10},
		{"network: {delay: 1ms}\ncrashes: {down: 1ms}\n", "[loss duplicates crashes]", 10},
		{"network: {delay: 1ms}\nperiods: [{for: 50ms, loss: 20%, crashes: 0%}]\n", "[duplicates crashes]", 100_100},
		{"network: {delay: 1ms}\nfaults: {fog: {weather: {from: [1], duplicate: 50%}, until: 1s}}\n", "[loss crashes]", 100_100},
		{"network: {delay: 1ms, loss: 1%, duplicate: 1%}\ncrashes: {chance: 1%}\n", "[]", 0},
	} {
		s, opened := Open(read(t, begin+c.text), false)
		if fmt.Sprint(opened) != c.opened || s.Crashes.DownMax != c.down {
			t.Errorf("%s%v was opened, and down is at most %d", c.text, opened, s.Crashes.DownMax)
		}
	}
	// Delays that vary anywhere are not constant.
	for text, want := range map[string]bool{
		"network: {delay: 1ms}\n":                                                                  true,
		"network: {delay: 1ms}\nperiods: [{for: 50ms, delay: 2ms}]\n":                              true,
		"network: {delay: 1ms}\nperiods: [{for: 50ms, delay: 2ms..3ms}]\n":                         false,
		"network: {delay: 1ms}\nfaults: {far: {weather: {to: [2], delay: 2ms..3ms}, until: 1s}}\n": false,
		"network: {delay: {least: 1ms, exponential: 1ms, most: 1ms}}\n":                            false,
		"network: {delay: 1ms}\nuntil: 1s\ncore: any\n":                                            false,
	} {
		if s, _ := Open(read(t, begin+text), true); (s.Network.DelayMax > s.Network.DelayMin) != want {
			t.Errorf("%sthe delays are opened: %v", text, !want)
		}
	}
}

// A family that was opened answers nothing by chance, however likely it is; what
// that takes is in the file.
func TestOpenedFamiliesAreQuiet(t *testing.T) {
	given := read(t, "paxsim: 1\nactors: 3\nnetwork: {delay: 1ms..5ms}\nrequests: by-chance\n")
	open := *given
	open.Network.Loss, open.Network.Duplicate = scheduler.Certain/2, scheduler.Certain/2
	open.Crashes = faults.Crashes{Chance: scheduler.Certain / 10, DownMin: 1, DownMax: 9}
	base := trace.Base{Seed: 7}
	opened := []string{"loss", "duplicates", "crashes"}
	if err := sameRuns(given, &open, opened, base); err != nil {
		t.Error(err)
	}
	w, err := New(context.Background(), &open, scenarios.WorldText(&open), base, nil)
	if err != nil {
		t.Fatal(err)
	}
	w.Opened(given, scenarios.WorldText(given), opened)
	f, _, err := w.File()
	if err != nil || f.Scenario != scenarios.WorldText(given) || len(f.Answers) != 0 {
		t.Errorf("%v: nothing was chosen, and the file has %d answers and is of\n%s", err, len(f.Answers), f.Scenario)
	}
	lost, _ := given.Protocol.Vocabulary().ParseKey("lost Prepare 1>2 #1")
	w.answers = map[scheduler.Key]uint32{lost: 1}
	w.restart()
	if f, _, err = w.File(); err != nil {
		t.Fatal(err)
	}
	played := read(t, f.Scenario)
	r, _ := played.Protocol.New(played)
	seed, source, _ := f.Source(played.Protocol.Vocabulary())
	r.Reset(seed, source)
	if o := r.Run(); o.Digest != f.Digest || o.Dropped != 1 || o.Duplicated != 0 || o.Crashes != 0 || len(source.Unused()) != 0 {
		t.Errorf("the file plays as %+v, unused %v", o, source.Unused())
	}
}
