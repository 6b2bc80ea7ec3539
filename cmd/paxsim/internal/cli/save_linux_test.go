package cli

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
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
