package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestBenchOntoAFullDisk: the machine's failure, what was measured is told, and
// where there is room again the bench goes on. It needs the right to mount.
func TestBenchOntoAFullDisk(t *testing.T) {
	args := append([]string{"zoo", "--bench", "--settings", small(t)}, smallArgs...)
	code, out, errs := command(append(args, "--rows", "/dev/full")...)
	if code != exitUsage || out != "" || errs != "paxsim: /dev/full: that is no ordinary file\n" {
		t.Errorf("exit %d: %s%s", code, errs, out)
	}
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4k"); err != nil {
		t.Skip("no file system can be mounted here: ", err)
	}
	defer syscall.Unmount(dir, 0)
	name := filepath.Join(dir, "rows.jsonl")
	code, out, errs = command(append(args, "--rows", name)...)
	if code != exitMachine || errs != "paxsim: "+name+": no space left on device\n" || !strings.Contains(out, ": the bench is not complete\n") {
		t.Fatalf("exit %d: %s%s", code, errs, out)
	}
	rows, err := os.ReadFile(name)
	if err != nil || len(rows) == 0 || len(rows) > 4096 {
		t.Fatalf("%d bytes, %v", len(rows), err)
	}
	elsewhere := filepath.Join(t.TempDir(), "rows.jsonl")
	if err := os.WriteFile(elsewhere, rows, 0o666); err != nil {
		t.Fatal(err)
	}
	code, out, errs = command(append(args, "--rows", elsewhere)...)
	_, want, _ := command(append(args, "--rows", filepath.Join(t.TempDir(), "whole.jsonl"))...)
	if code != exitHeld || out != want {
		t.Errorf("after it: exit %d: %s%s", code, errs, out)
	}
	if now, _ := os.ReadFile(elsewhere); !bytes.HasPrefix(now, rows[:bytes.LastIndexByte(rows, '\n')+1]) {
		t.Error("rows from before are gone")
	}
}
