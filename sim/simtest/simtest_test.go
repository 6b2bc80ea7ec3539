package simtest_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/simtest"
)

// A test of Paxos: no run breaks an invariant, and some runs come to these marks.
func TestPaxos(t *testing.T) {
	simtest.Run(t, simtest.Of(paxos.Protocol(), 3), simtest.Marks("decided", "decided-adopted"))
}

// FuzzPaxos lets go test -fuzz pick what happens.
func FuzzPaxos(f *testing.F) { simtest.Fuzz(f, simtest.Of(paxos.Protocol(), 3)) }

// byRapid lets rapid pick.
func byRapid(t *testing.T, s *sim.Scenario, options ...simtest.Option) {
	simtest.Again(t, s)
	rapid.Check(t, func(t *rapid.T) {
		simtest.Play(t, s, simtest.Drawn(s, func(label string, outcomes uint32) uint32 {
			return rapid.Uint32Range(0, outcomes-1).Draw(t, label)
		}), options...)
	})
}

func TestPaxosByRapid(t *testing.T) {
	byRapid(t, simtest.Of(paxos.Protocol(), 3), simtest.Budget(search.Budget{Events: 60, Alarms: 3, Losses: 1, Crashes: 1}))
}

// told is a test that fails on paper.
type told struct {
	name  string
	lines []string
	logs  []string
}

func (t *told) Helper()                      {}
func (t *told) Name() string                 { return t.name }
func (t *told) Logf(f string, args ...any)   { t.logs = append(t.logs, fmt.Sprintf(f, args...)) }
func (t *told) Errorf(f string, args ...any) { t.lines = append(t.lines, fmt.Sprintf(f, args...)) }
func (t *told) Fatalf(f string, args ...any) { t.Errorf(f, args...) }

func (t *told) text() string { return strings.Join(t.lines, "\n") }

func brooker() *sim.Scenario {
	m, _ := mutants.Find("brooker")
	return simtest.Of(m.Protocol(), 3)
}

// kept are the run files below a folder. Each has its story beside it.
func kept(t *testing.T, dir string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if run, ok := strings.CutSuffix(name, ".run.json"); ok {
			files = append(files, name)
			_, err = os.Stat(run + ".story.yaml")
		} else if story, ok := strings.CutSuffix(name, ".story.yaml"); ok {
			_, err = os.Stat(story + ".run.json")
		} else {
			t.Errorf("%s is no run file and no story", name)
		}
		if err != nil {
			t.Errorf("%s stands alone: %v", name, err)
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return files
}

// TestFindIsKept: a failure is kept under its signature, and from then on played
// first, until it holds.
func TestFindIsKept(t *testing.T) {
	dir := t.TempDir()
	first := &told{name: "TestIt/deep"}
	s := brooker()
	s.Settings = settings(s.Protocol)
	simtest.Run(first, s, simtest.Keep(dir))
	files := kept(t, dir)
	if len(files) != 1 || !strings.HasPrefix(files[0], filepath.Join(dir, "TestIt", "deep", "vote-within-promise-save-")) {
		t.Fatalf("%q is kept after\n%s", files, first.text())
	}
	file := files[0]

	again := &told{name: "TestIt/deep"}
	simtest.Run(again, s, simtest.Keep(dir), simtest.Seeds(1, 0)) // no run but the one that is kept
	if !strings.Contains(again.text(), "vote-within-promise (lemma) still breaks at event") || len(again.lines) != 1 || !strings.Contains(again.text(), "kept in "+file) {
		t.Error(again.text())
	}
	other := &told{name: "TestOther"}
	if simtest.Again(other, s, simtest.Keep(dir)); len(other.lines) > 0 {
		t.Error(other.text())
	}

	mended := simtest.Of(paxos.Protocol(), 3)
	mended.Settings = settings(mended.Protocol)
	now := &told{name: "TestIt/deep"}
	if simtest.Run(now, mended, simtest.Keep(dir)); len(now.lines) > 0 {
		t.Error(now.text())
	}

	for _, bad := range []struct{ old, new, want string }{
		{`"paxos"`, `"raft"`, "it is of the protocol raft, and the test of paxos"},
		{`"searched"`, `"sorted"`, `engine "sorted"`},
		{`"deliver `, `"diliver `, `no event is called "diliver"`},
	} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(strings.Replace(string(data), bad.old, bad.new, 1)), 0o666); err != nil {
			t.Fatal(err)
		}
		now := &told{name: "TestIt/deep"}
		if simtest.Again(now, mended, simtest.Keep(dir)); !strings.Contains(now.text(), bad.want) {
			t.Errorf("%q: %s", bad.want, now.text())
		}
		if err := os.WriteFile(file, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// settings are those under which overlapping rounds go on.
func settings(p sim.Protocol) []int64 {
	list := make([]int64, len(p.Settings()))
	for i, x := range p.Settings() {
		list[i] = x.Default
		switch x.Name {
		case "fan_out":
			list[i] = 1 // all
		case "on_nack":
			list[i] = 2 // retry
		}
	}
	return list
}

// TestNothingProved: runs that show nothing fail.
func TestNothingProved(t *testing.T) {
	unwatched, quiet := simtest.Of(paxos.Protocol(), 3), simtest.Of(paxos.Protocol(), 1)
	unwatched.Invariants = []string{}
	quiet.Network.Loss, quiet.Network.Duplicate, quiet.Crashes.Chance = 0, 0, 0
	for name, s := range map[string]*sim.Scenario{"unwatched": unwatched, "quiet": quiet} {
		it := &told{name: name}
		if simtest.Run(it, s, simtest.Keep(""), simtest.Seeds(1, 50), simtest.Budget(search.Budget{Losses: 3, Crashes: 3})); !strings.Contains(it.text(), "50 runs showed nothing") {
			t.Errorf("%s: %q", name, it.text())
		}
	}
	it := &told{name: "marks"}
	if simtest.Run(it, simtest.Of(paxos.Protocol(), 3), simtest.Keep(""), simtest.Seeds(1, 50), simtest.Budget(search.Budget{}), simtest.Marks("answered-from-disk")); !strings.Contains(it.text(), "never reached answered-from-disk") {
		t.Error(it.text())
	}
}

// TestOtherDoorsFind: bytes and rapid find a bug too, and what they find is kept
// and replays.
func TestOtherDoorsFind(t *testing.T) {
	dir := t.TempDir()
	m, _ := mutants.Find("silent-promise")
	s := simtest.Of(m.Protocol(), 3)
	found := 0
	for seed := range uint64(500) {
		it := &told{name: "TestBytes"}
		data := make([]byte, 300)
		for i := range data {
			data[i] = byte(scheduler.NewSeed(seed).Hash(scheduler.Key(i)) >> 32)
		}
		if simtest.Play(it, s, &scheduler.Bytes{Data: data}, simtest.Keep(dir)); len(it.lines) > 0 {
			found++
			again := &told{name: "TestBytes"}
			if simtest.Again(again, s, simtest.Keep(dir)); !strings.Contains(again.text(), "still breaks") || strings.Contains(again.text(), "no longer") {
				t.Fatal(again.text())
			}
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}
	}
	if found < 20 {
		t.Errorf("bytes find it %d times in 500", found)
	}
}
