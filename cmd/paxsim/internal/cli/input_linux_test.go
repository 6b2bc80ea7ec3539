package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// special are files that are none, or far too large.
var special = map[string]func(name string) error{
	"a pipe":       func(name string) error { return syscall.Mkfifo(name, 0o666) },
	"/dev/zero":    func(name string) error { return os.Symlink("/dev/zero", name) },
	"/dev/urandom": func(name string) error { return os.Symlink("/dev/urandom", name) },
	"a directory":  func(name string) error { return os.Mkdir(name, 0o777) },
	"10 GB of holes": func(name string) error {
		return errors.Join(os.WriteFile(name, nil, 0o666), os.Truncate(name, 10<<30))
	},
}

// reading is what reads a file of a name.
var reading = map[string][]string{
	"x.yaml": {"scenarios vet x.yaml", "run x.yaml", "run like.yaml", "scenarios show x.yaml", "scenarios test x.yaml", "fuzz x.yaml",
		"check x.yaml", "sweep x.yaml --vary actors=3,5", "view x.yaml", "step x.yaml", "zoo --bench --report --rows few.jsonl --settings x.yaml"},
	"x.json":      {"replay x.json", "export x.json", "diff x.json", "view x.json", "step x.json", "merge x.json", "run --save x.json"},
	"x.jsonl":     {"export x.jsonl", "diff x.jsonl few.jsonl", "replay x.jsonl", "zoo --bench --report --rows x.jsonl"},
	"hunt.resume": {"fuzz --runs 10 --resume --out ."},
}

// TestSpecialFiles: each is refused at once and in a line by every command that reads
// a file. Nothing waits for the other end of a pipe.
func TestSpecialFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := errors.Join(os.WriteFile("few.jsonl", nil, 0o666), os.WriteFile("like.yaml", []byte("paxsim: 1\nbase: ./x.yaml\n"), 0o666)); err != nil {
		t.Fatal(err)
	}
	for what, made := range special {
		for name, lines := range reading {
			if err := made(name); err != nil {
				t.Fatal(err)
			}
			for _, line := range lines {
				late := time.AfterFunc(time.Minute, func() { panic(what + ": " + line + " waits") })
				code, out, errs := command(strings.Fields(line)...)
				late.Stop()
				complaints := strings.Count(errs, "paxsim: ")
				if code != exitUsage || out != "" || complaints != 1 || len(errs) > 400 {
					t.Errorf("%s, %s: exit %d, %.200s%.400s", what, line, code, out, errs)
				}
			}
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestPipeOfAShell: what stands in <(…) is read like a file.
func TestPipeOfAShell(t *testing.T) {
	text, err := os.ReadFile("../../../../scenarios/library/happy-path.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	go func() {
		defer w.Close()
		_, _ = w.Write(text)
	}()
	if code, _, errs := command("scenarios", "vet", fmt.Sprint("/dev/fd/", r.Fd())); code != exitHeld {
		t.Errorf("exit %d, %s", code, errs)
	}
}

// TestGrowingFile: a file that grows while it is read is read as it was at first.
func TestGrowingFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(name, []byte("first"), 0o666); err != nil {
		t.Fatal(err)
	}
	f, size, err := runFile.open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := os.WriteFile(name, []byte("first, and more"), 0o666); err != nil {
		t.Fatal(err)
	}
	if data, err := read(name, f, size); err != nil || string(data) != "first" {
		t.Errorf("%q, %v", data, err)
	}
	if data, err := read(name, strings.NewReader("less"), 100); err != nil || string(data) != "less" {
		t.Errorf("one that was cut meanwhile: %q, %v", data, err)
	}
}

// TestInputWithoutEnd: standard input is not read for ever.
func TestInputWithoutEnd(t *testing.T) {
	few := kind{"a note", 100}
	if data, err := few.readAll("x", strings.NewReader(strings.Repeat("a", 100))); err != nil || len(data) != 100 {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	if _, err := few.readAll("x", endless{}); err == nil || err.Error() != "x: more than 100 bytes: a note has at most 100" {
		t.Error(err)
	}
	for _, args := range [][]string{{"export", "-"}, {"replay", "-"}, {"merge", "-"}} {
		for _, in := range []io.Reader{endless{}, io.MultiReader(strings.NewReader(`{"format":"paxsim trace `), endless{})} {
			var out, errs bytes.Buffer
			if code := Main(args, in, &out, &errs); code != exitUsage || strings.Count(errs.String(), "\n") != 1 {
				t.Errorf("%v: exit %d, %.300s", args, code, &errs)
			}
		}
	}
}

// endless is blanks without end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}
