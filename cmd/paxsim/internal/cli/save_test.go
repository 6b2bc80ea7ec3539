package cli

import (
	"os"
	"path/filepath"
	"testing"
)

func TestWriteFileLeavesNothingHalf(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.run.json")
	if err := writeFile(name, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(name, []byte("two")); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(name); string(got) != "two" {
		t.Errorf("%q", got)
	}
	// A directory in the place of the file: the rename fails, nothing is left.
	if err := os.Mkdir(filepath.Join(dir, "b"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(filepath.Join(dir, "b"), []byte("three")); err == nil {
		t.Error("a file took the place of a directory")
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 {
		t.Errorf("%v %v", left, err)
	}
}

func TestSaveFollowsLinks(t *testing.T) {
	dir := t.TempDir()
	real, link := filepath.Join(dir, "real.run.json"), filepath.Join(dir, "link.run.json")
	if err := os.Symlink(real, link); err != nil {
		t.Skip(err)
	}
	if err := os.WriteFile(real, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if code := Main([]string{"run", "--save", link}, nil, &discard{}, &discard{}); code != 0 {
		t.Fatalf("exit %d", code)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link is gone")
	}
	if got, _ := os.ReadFile(real); len(got) == 0 {
		t.Error("the file behind the link is empty")
	}
}

type discard struct{}

func (*discard) Write(p []byte) (int, error) { return len(p), nil }
