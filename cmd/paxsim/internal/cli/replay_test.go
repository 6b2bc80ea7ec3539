package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/trace"
)

// calmFile is a run of lossy that is written down as its surprises over calm.
func calmFile(t *testing.T, seed uint64) *trace.File {
	t.Helper()
	s, err := scenarios.Load("lossy")
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWorld(&s.Scenario)
	if err != nil {
		t.Fatal(err)
	}
	var rec scheduler.Recording
	w.Reset(seed, &rec)
	f := trace.New(&s.Scenario, scenarios.Text(s), trace.Base{Calm: true}, w.Run())
	for k, a := range rec.Surprises() {
		f.Answers[s.Protocol.Vocabulary().KeyText(k)] = a
	}
	return f
}

// replay plays a file by the command.
func replay(t *testing.T, f *trace.File, flags ...string) (code int, out string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "f.run.json")
	if err := os.WriteFile(name, f.Encode(), 0o644); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	code = Main(append(append([]string{"replay"}, flags...), name), nil, &stdout, &stderr)
	return code, stdout.String() + stderr.String()
}

func TestReplayFromCalm(t *testing.T) {
	f := calmFile(t, 3)
	if code, out := replay(t, f); code != 0 || !strings.Contains(out, " calm  decided") {
		t.Errorf("exit %d\n%s", code, out)
	}
	if code, out := replay(t, f, "--trace"); code != 0 || !strings.Contains(out, "the same run again, event by event") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

// Whatever single answer is changed, replay sees it, and with --trace finds the
// answer, its old outcome and the event.
func TestReplayFindsTheChangedAnswer(t *testing.T) {
	f := calmFile(t, 3)
	var keys []string
	for k := range f.Answers {
		if strings.HasPrefix(k, "delay Prepare") {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	for _, k := range keys[:3] {
		was := f.Answers[k]
		f.Answers[k] = was/2 + 1
		code, out := replay(t, f, "--trace")
		want := fmt.Sprintf("with %q at %d the saved run comes back", k, was)
		if code != exitOtherwise || !strings.Contains(out, want) || !strings.Contains(out, "is the first that differs") {
			t.Errorf("%s: exit %d, no %s in\n%s", k, code, want, out)
		}
		f.Answers[k] = was
	}
}

func TestReplayHoldsTheSettings(t *testing.T) {
	f := calmFile(t, 3)
	f.Settings["repeats"] = "7"
	f.Settings["haste"] = "true"
	code, out := replay(t, f)
	if code != exitOtherwise || !strings.Contains(out, "settings.repeats: the file says 7, the run has 3") || !strings.Contains(out, "settings.haste: this paxsim has no such setting") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

func TestReplayOfAnotherTraceVersion(t *testing.T) {
	f := calmFile(t, 3)
	f.Trace++
	if code, out := replay(t, f); code != exitOtherwise || !strings.Contains(out, "digests cannot agree") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

// TestReplayEdits: a run file with what was done by hand plays equally; what the run
// does not come to is told.
func TestReplayEdits(t *testing.T) {
	s, err := scenarios.Load("happy-path")
	if err != nil {
		t.Fatal(err)
	}
	file := func(edits ...string) *trace.File {
		if err := trace.Edited(&s.Scenario, edits); err != nil {
			t.Fatal(err)
		}
		w, err := newWorld(&s.Scenario)
		if err != nil {
			t.Fatal(err)
		}
		w.Reset(1, nil)
		return trace.New(&s.Scenario, scenarios.Text(s), trace.Base{Seed: 1}, w.Run())
	}
	if code, out := replay(t, file("after 8: pause 2 for 30ms", "after 12: cut 3 for 5ms")); code != 0 || !strings.Contains(out, "yes") {
		t.Errorf("exit %d:\n%s", code, out)
	}
	late := file("after 8: pause 2 for 30ms", "after 5000: cut 3")
	if code, out := replay(t, late); code != exitOtherwise || !strings.Contains(out, "no longer applies: after 5000: cut 3: the run ends before") {
		t.Errorf("exit %d:\n%s", code, out)
	}
	late.Edits = []string{"after 8: cut 9"}
	if code, out := replay(t, late); code != exitUsage || !strings.Contains(out, `edits.1: "cut 9": there is no actor 9`) {
		t.Errorf("exit %d:\n%s", code, out)
	}
}
