// Package simtest looks for bugs of a protocol from a Go test. The runs are those
// of the searched engine, in which an adversary picks what happens next.
//
//	func TestMine(t *testing.T) {
//		simtest.Run(t, simtest.Of(mine.Protocol(), 3))
//	}
//
// A run that breaks an invariant fails the test. It is kept as a run file under
// testdata/paxsim/, in a folder of the test, and from then on is played first, each
// time: commit it with the fix.
//
// [Play] makes one run whose chance and whose adversary are a source: the bytes of
// go test -fuzz, or rapid, which then make the run smaller in their own way.
package simtest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
	"github.com/paxsim/paxsim/sim/weather"
)

// T is what a test is to this package: a *testing.T, a *testing.F or a *rapid.T.
type T interface {
	Helper()
	Name() string
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Option changes how runs are made.
type Option func(*settings)

type settings struct {
	hunt       campaign.Hunt
	repetition uint64
	text       string
	dir        string
}

// usualRuns is how many runs there are, where nobody says otherwise.
const usualRuns = 2000

func apply(s *sim.Scenario, options []Option) *settings {
	x := &settings{repetition: 1, dir: filepath.Join("testdata", "paxsim"), hunt: campaign.Hunt{
		Strategies: campaign.Strategies(), Budget: campaign.UsualBudget(), First: 1, Runs: usualRuns, StopAtFirst: true, Workers: runtime.GOMAXPROCS(0),
	}}
	for _, o := range options {
		o(x)
	}
	first, ok := campaign.Repetition(x.hunt.First, x.repetition, x.hunt.Runs)
	if !ok {
		panic(fmt.Sprintf("simtest: there are no %d seeds for repetition %d from %d on", x.hunt.Runs, x.repetition, x.hunt.First))
	}
	x.hunt.First = first
	x.hunt.Ground = []campaign.Variant{{Scenario: s, Text: x.text}}
	return x
}

// Seeds is how many runs are made, and from which seed on; left out: 2,000 from 1. A
// run has the seed after that of the one before it: from 1 and from 2 they are nearly
// the same runs. For others see [Repetition].
func Seeds(first, count uint64) Option {
	return func(x *settings) { x.hunt.First, x.hunt.Runs = first, count }
}

// Repetition makes the runs others than those of any other number, from 1 on, that
// begin at the same seed: the first seed is that of [Seeds] + (number-1)·2³². Left
// out: 1. It panics if there are no seeds there.
func Repetition(number uint64) Option {
	return func(x *settings) { x.repetition = number }
}

// Strategies are the adversaries, in rotation by seed; left out: all that there are.
func Strategies(names ...string) Option {
	return func(x *settings) { x.hunt.Strategies = names }
}

// Budget is the most that a run has of what could go on for ever; left out: 400
// events, 8 alarms, 3 losses, 3 duplicates, 4 crashes. Each run of [Run] draws
// what it has of that, [Play] has all of it.
func Budget(b search.Budget) Option {
	return func(x *settings) { x.hunt.Budget = b }
}

// Marks are the marks of the protocol of which each must be hit by some run.
func Marks(names ...string) Option {
	return func(x *settings) { x.hunt.Required = names }
}

// Text is the text of the scenario as a file has it. With it, the command paxsim
// can play what is kept, if it knows the protocol.
func Text(text string) Option {
	return func(x *settings) { x.text = text }
}

// Keep is the folder for run files in place of testdata/paxsim; "": none are kept.
func Keep(dir string) Option {
	return func(x *settings) { x.dir = dir }
}

// Of is a scenario for a protocol: so many actors, of whom each is asked once, and
// any message may be lost or doubled, any actor may crash, and saves take their
// time. Change what does not fit.
func Of(p sim.Protocol, actors int) *sim.Scenario {
	s := &sim.Scenario{
		Name: p.Name(), Tick: 100_000, Actors: actors, Protocol: p,
		Network: weather.Network{DelayMin: 1, DelayMax: 1, Loss: scheduler.Certain / 20, Duplicate: scheduler.Certain / 20},
		Crashes: faults.Crashes{Chance: scheduler.Certain / 50},
		Disk:    disks.Disk{Sync: 1},
	}
	for id := range sim.ID(actors) {
		s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: id + 1})
	}
	return s
}

// Run plays what is kept of the test, as [Again] does, and then makes runs of a
// scenario until one breaks an invariant. Runs that prove nothing, since no value
// was at stake, nothing befell them or no invariant is on, fail the test as well.
func Run(t T, s *sim.Scenario, options ...Option) {
	t.Helper()
	x := apply(s, options)
	if !x.again(t) {
		return
	}
	e, err := x.hunt.Run(context.Background())
	if err != nil {
		t.Fatalf("simtest: %v", err)
	}
	for _, f := range e.Finds {
		x.fail(t, f.Grade, f.Signature, &f.First)
	}
	if len(e.Finds) > 0 {
		return
	}
	if e.Proved == 0 {
		t.Errorf("simtest: %d runs proved nothing: no invariant is on, or no value was at stake (as in %d of them), or nothing befell the others", e.Runs, e.Vacuous)
	}
	if missed := x.hunt.Missed(e); len(missed) > 0 {
		t.Errorf("simtest: %d runs never came to %s", e.Runs, strings.Join(missed, ", "))
	}
	t.Logf("simtest: held in %d runs, of which %d proved something: somebody was refused in %d, a fault struck in %d; %d events", e.Runs, e.Proved, e.Refused, e.Struck, e.Events)
}

// fail fails a test by a failure, whose grade it says, and keeps that.
func (x *settings) fail(t T, grade sim.Grade, signature string, f *campaign.Failure) {
	t.Helper()
	text, file := "", filepath.Join(x.folder(t), campaign.FileName(signature)+".run.json")
	switch err := x.keep(file, f.File); {
	case x.dir == "":
	case err != nil:
		text = "\nit could not be kept: " + err.Error()
	default:
		text = "\nkept in " + file + "; see it again: " + x.command(t, file)
	}
	seed := ""
	if f.Strategy != "" {
		seed = fmt.Sprintf(" seed %d by %s,", f.Seed, f.Strategy)
	}
	t.Errorf("simtest: %s %s:%s %d events, %d held back, %d surprises: %s%s", grade, signature, seed, f.Events, f.Deferrals, f.Surprises, f.Text, text)
}

// command is what a person writes to see a kept run again.
func (x *settings) command(t T, file string) string {
	if x.text != "" {
		return "paxsim replay --trace " + file
	}
	var parts []string
	for _, part := range strings.Split(t.Name(), "/") {
		parts = append(parts, "^"+regexp.QuoteMeta(part)+"$")
	}
	return "go test -run '" + strings.Join(parts, "/") + "'"
}

// folder is where the runs of a test are kept.
func (x *settings) folder(t T) string {
	return filepath.Join(x.dir, strings.Map(func(c rune) rune {
		if c == '/' || c == '\\' || c == ':' {
			return '_'
		}
		return c
	}, t.Name()))
}

// keep writes a run file.
func (x *settings) keep(file string, f *trace.File) error {
	if x.dir == "" {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return os.WriteFile(file, f.Encode(), 0o666)
}

// Again plays what is kept of the test, and fails it for each run that still
// breaks an invariant. A file that cannot be read, or is of another protocol,
// fails it too.
func Again(t T, s *sim.Scenario, options ...Option) {
	t.Helper()
	apply(s, options).again(t)
}

// again says whether all held.
func (x *settings) again(t T) (held bool) {
	t.Helper()
	if x.dir == "" {
		return true
	}
	entries, err := os.ReadDir(x.folder(t))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("simtest: %v", err)
	}
	held = true
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".run.json") {
			continue
		}
		file := filepath.Join(x.folder(t), entry.Name())
		v, err := x.replay(t, file)
		switch {
		case err != nil:
			held = false
			t.Errorf("simtest: %s: %v", file, err)
		case v != nil:
			held = false
			t.Errorf("simtest: %s still breaks at event %d: %s\nkept in %s; see it again: %s", v.Broke(), v.Event, v.Text, file, x.command(t, file))
		}
	}
	return held
}

// replay plays a kept run in the test's own scenario.
func (x *settings) replay(t T, name string) (*sim.Violation, error) {
	if info, err := os.Stat(name); err == nil && info.Size() > trace.MaxSize {
		return nil, fmt.Errorf("%d bytes: a run file has at most %d", info.Size(), trace.MaxSize)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	f, err := trace.Decode(data)
	if err != nil {
		return nil, err
	}
	s := x.hunt.Ground[0].Scenario
	if f.Protocol != s.Protocol.Name() {
		return nil, errors.New("it is of the protocol " + f.Protocol + ", and the test of " + s.Protocol.Name())
	}
	seed, source, err := f.Source(s.Protocol.Vocabulary())
	if err != nil {
		return nil, err
	}
	how, err := f.Search(s.Protocol.Vocabulary())
	if err != nil {
		return nil, err
	}
	w, err := s.Protocol.New(s)
	if err != nil {
		return nil, err
	}
	w.Search(how)
	w.Reset(seed, source)
	o := w.Run()
	if n := len(source.Unused()) + len(w.VoidDeferrals()); n > 0 && o.Violation == nil {
		t.Logf("simtest: %s holds, and %d of what it says no longer apply", name, n)
	}
	return o.Violation, nil
}

// Play makes one run of a scenario in which a source answers all choices, and
// picks what happens next: 0 is the oldest of what may. A run that breaks an
// invariant is kept, and fails the test at once. Who plays many runs begins with
// [Again].
func Play(t T, s *sim.Scenario, source scheduler.Source, options ...Option) sim.Outcome {
	t.Helper()
	x := apply(s, options)
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatalf("simtest: %v", err)
	}
	if why := campaign.Unsearchable(s); why != "" {
		t.Fatalf("simtest: %s: %s", s.Name, why)
	}
	asked := &scheduler.Recording{Base: source}
	w.Search(&search.Search{Picker: picking{source}, Budget: x.hunt.Budget, Record: true})
	var seen campaign.Witness
	w.Observe(&seen)
	w.Reset(0, asked)
	o := w.Run()
	if v := o.Violation; v != nil {
		surprises, deferrals := asked.Surprises(), w.Deferrals()
		f := campaign.Failure{Text: v.Text, Events: o.Events, Deferrals: len(deferrals), Surprises: len(surprises)}
		f.File = campaign.RunFile(&x.hunt.Ground[0], "", x.hunt.Budget, &o, surprises, deferrals)
		x.fail(t, v.Grade, seen.Signature(v, s.Protocol.Vocabulary()), &f)
		t.Fatalf("simtest: the run is over")
	}
	return o
}

// picking is an adversary that a source is: it is asked about the oldest event
// that is enabled which of all is next.
type picking struct{ source scheduler.Source }

// Begin implements [search.Picker].
func (picking) Begin(uint64) {}

// Born implements [search.Picker].
func (picking) Born(scheduler.Key, uint32) uint64 { return 0 }

// Pick implements [search.Picker].
func (p picking) Pick(of *search.Pending) int {
	if of.Len() == 1 {
		return 0
	}
	return int(p.source.Answer(of.Key(0), uint32(of.Len()), 0))
}
