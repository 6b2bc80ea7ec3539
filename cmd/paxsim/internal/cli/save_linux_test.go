package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/plot"
	"github.com/paxsim/paxsim/sim/explain/export"
	"github.com/paxsim/paxsim/sim/explain/metrics"
	"github.com/paxsim/paxsim/sim/explain/view"
)

// TestSaveOntoAFullDisk: the machine's failure, nothing half written, and what
// was there is still there. It needs the right to mount.
func TestSaveOntoAFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4k"); err != nil {
		t.Skip("no file system can be mounted here: ", err)
	}
	defer syscall.Unmount(dir, 0)
	name := filepath.Join(dir, "a.run.json")
	save := []string{"run", "lossy", "--save", name}

	if code, _, errs := command(save...); code != 0 {
		t.Fatalf("a run fits on 4 KB: exit %d, %s", code, errs)
	}
	first, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	code, _, errs := command(append(save, "--seed", "2")...)
	if code != exitMachine || !strings.HasSuffix(errs, "a.run.json: no space left on device\n") {
		t.Errorf("exit %d: %s", code, errs)
	}
	if again, err := os.ReadFile(name); err != nil || string(again) != string(first) {
		t.Errorf("what was there is not there any more: %v", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// TestFullDisk: whatever a command was to write, a full disk is one line and exit
// code 5. What was there stays, and nothing else is there.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=64k"); err != nil {
		t.Skip("no file system can be mounted here: ", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, 0) })
	t.Chdir(dir)
	old := map[string]string{"a.svg": plot.Begin, "a.html": view.Mark, "a.jsonl": export.Named("jsonl").Mark, "a.om": metrics.Mark, "a.prof": profileMark}
	for _, args := range []string{
		"sweep lossy --vary network.loss=0%..60%/7 --runs 2 --format csv --plot a.svg",
		"view lossy -o a.html", "view literal-acks", "export lossy --to jsonl -o a.jsonl", "export lossy --to grid -o b.txt",
		"run lossy --metrics a.om --format csv", "run lossy --runs 1 --format csv --cpuprofile a.prof", "run lossy --runs 1 --format csv --memprofile a.prof",
		"run lossy --save b.run.json", "fuzz --mutant brooker --runs 3000 --format json --save-every 1h --out .", "fuzz --mutant brooker --runs 3000 --format json --save-every 1ms --out .",
		"scenarios new mine.yaml", "check duelling-proposers --set actors=3 --mutant unsaved-promise", "check duelling-proposers --set actors=3 --mutant unsaved-promise -o c.story.yaml --format json",
	} {
		for name, text := range old {
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		fill(t)
		before := listing(t)
		code, _, errs := command(strings.Fields(args)...)
		if code != exitMachine || strings.Count(errs, "\n") != 1 || !strings.HasSuffix(errs, ": no space left on device\n") {
			t.Errorf("%s: exit %d, %s", args, code, errs)
		}
		if after := listing(t); after != before {
			t.Errorf("%s: there was\n%sand there is\n%s", args, before, after)
		}
		if err := os.Remove("fill"); err != nil {
			t.Fatal(err)
		}
	}
}

// fill takes all the room that there is.
func fill(t *testing.T) {
	t.Helper()
	f, err := os.Create("fill")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for err == nil {
		_, err = f.Write(make([]byte, 512))
	}
}

// listing tells which files there are, and what they begin with.
func listing(t *testing.T) string {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range entries {
		data, _ := os.ReadFile(e.Name())
		fmt.Fprintf(&b, "%s %d %.20q\n", e.Name(), len(data), data)
	}
	return b.String()
}

// TestFuzzWhereNothingCanBeWritten: it says so once, before it hunts.
func TestFuzzWhereNothingCanBeWritten(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_RDONLY, ""); err != nil {
		t.Skip("no file system can be mounted here: ", err)
	}
	defer syscall.Unmount(dir, 0)
	for _, out := range []string{dir, filepath.Join(dir, "new"), filepath.Join(dir, "new", "deep") + "/"} {
		code, text, errs := command("fuzz", "--mutant", "brooker", "--runs", "1000000000", "--out", out)
		if code != exitUsage || text != "" || errs != "paxsim: --out "+out+": read-only file system\n" {
			t.Errorf("exit %d, %s", code, errs)
		}
	}
}
