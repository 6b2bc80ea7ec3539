package main

import (
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// benched is a bench of hunts of which most find nothing, so that it takes a while.
// The settings are the usual ones, but for less of everything.
func benched(t *testing.T, runs string) (dir string, args []string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "settings.yaml"), []byte(smallBench(t, runs)), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir, []string{"zoo", "--bench", "--settings", "settings.yaml", "--mutants", "adopt-last,brooker,unsaved-promise,S21"}
}

// smallBench is settings in which a hunt has at most so many runs.
func smallBench(t *testing.T, runs string) string {
	t.Helper()
	usual, err := os.ReadFile(filepath.Join(root, "internal/bench/settings.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer("least: 10, most: 100, runs: 2000000", "least: 2, most: 4, runs: 600", "runs: 500000", "runs: "+runs, "runs: 2000000", "runs: "+runs).Replace(string(usual))
	if strings.Count(text, runs) != 2 {
		t.Fatalf("the settings have changed:\n%s", text)
	}
	return text
}

// TestKilledBench: whenever and however often a bench is killed, it ends with the
// same table as if it had not been, and has lost at most the hunts under way.
func TestKilledBench(t *testing.T) {
	t.Parallel()
	dir, args := benched(t, "300")
	rowsFile := filepath.Join(dir, "paxsim-bench.jsonl")
	whole := exec.Command("paxsim", append(args, "--rows", "whole.jsonl")...)
	whole.Dir = dir
	begun := time.Now()
	want, err := whole.Output()
	takes := time.Since(begun)
	if err != nil || !bytes.Contains(want, []byte("> 300")) {
		t.Fatalf("%v\n%s", err, want)
	}
	const workers = "3"
	seed := uint64(time.Now().UnixNano())
	dice := rand.New(rand.NewPCG(seed, 0))
	killed, rows := 0, 0
	for i := range 60 {
		cmd := exec.Command("paxsim", append(args, "-j", workers)...)
		cmd.Dir = dir
		var out, diagnostics bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &diagnostics
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(dice.Int64N(int64(takes)*int64(1+i)/20)), func() { cmd.Process.Kill() })
		err := cmd.Wait()
		timer.Stop()
		data, _ := os.ReadFile(rowsFile)
		now := bytes.Count(data, []byte("\n"))
		if now < rows {
			t.Fatalf("%d rows, and there were %d; dice %d", now, rows, seed)
		}
		rows = now
		if err == nil {
			if out.String() != string(want) {
				t.Errorf("killed %d times, and the table is another; dice %d:\n%s\n%s", killed, seed, &out, want)
			}
			if killed == 0 {
				t.Errorf("it was never killed")
			}
			t.Logf("killed %d times", killed)
			return
		}
		killed++
		if rows > 0 && dice.IntN(4) == 0 { // as a machine that loses power may leave it
			if err := os.Truncate(rowsFile, int64(len(data)-1-dice.IntN(100))); err != nil {
				t.Fatal(err)
			}
			rows--
		}
		if text := diagnostics.String(); text != "" && text != "paxsim: paxsim-bench.jsonl: the last line is half a row, which is made again\n" {
			t.Fatalf("it says %s; dice %d", text, seed)
		}
	}
	t.Errorf("killed %d times and never at its end: %d rows; dice %d", killed, rows, seed)
}

// waitForRows waits until a bench has measured something.
func waitForRows(t *testing.T, dir string) {
	t.Helper()
	eventually(t, "there are rows", func() bool {
		info, err := os.Stat(filepath.Join(dir, "paxsim-bench.jsonl"))
		return err == nil && info.Size() > 0
	})
}

// TestInterruptedBench: the table of what there is by then, a note, and rows that
// the next bench goes on with.
func TestInterruptedBench(t *testing.T) {
	t.Parallel()
	dir, args := benched(t, "1000000000")
	cmd, out, diagnostics := startIn(t, dir, append(args, "-j", "2")...)
	waitForRows(t, dir)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Skip(err)
	}
	text, _ := io.ReadAll(out)
	code := exitCode(t, cmd)
	if code != 130 || !strings.HasPrefix(diagnostics.String(), "paxsim: interrupted after ") || !strings.HasSuffix(diagnostics.String(), " hunts\n") || !strings.Contains(string(text), ": the bench is not complete\n") {
		t.Errorf("exit %d, %s\n%s", code, diagnostics, text)
	}
	report := exec.Command("paxsim", append(args, "--report")...)
	report.Dir = dir
	again, err := report.Output()
	if err != nil || string(again) != string(text) {
		t.Errorf("%v: the report is another table:\n%s\n%s", err, again, text)
	}
}

// TestClosedPipeOfABench: nobody waits for its table any more, so it stops; what was
// measured is kept.
func TestClosedPipeOfABench(t *testing.T) {
	t.Parallel()
	dir, args := benched(t, "1000000000")
	cmd, out, diagnostics := startIn(t, dir, append(args, "-j", "2")...)
	waitForRows(t, dir)
	out.Close()
	if code := exitCode(t, cmd); code != 141 || diagnostics.Len() > 0 {
		t.Errorf("exit %d, stderr %q", code, diagnostics)
	}
	if rows, err := os.ReadFile(filepath.Join(dir, "paxsim-bench.jsonl")); err != nil || len(rows) == 0 {
		t.Errorf("%d bytes of rows, %v", len(rows), err)
	}
}
