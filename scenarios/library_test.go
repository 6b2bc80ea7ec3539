package scenarios

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scenarios/library"
)

// TestLibrary holds that every scenario of the library is listed, reads without
// a mistake, teaches something, and names commands that work.
func TestLibrary(t *testing.T) {
	files, err := fs.Glob(library.Files, "*.yaml")
	if err != nil || len(files) != len(Names()) {
		t.Fatalf("%d files, %d names, %v", len(files), len(Names()), err)
	}
	for _, name := range Names() {
		s, err := Load(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if s.Teaches == "" || s.Name != name {
			t.Errorf("%s: %+v", name, s)
		}
		if _, err := s.Protocol.New(&s.Scenario); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		_, text, err := Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if tried := tryCommands(t, name, text); tried == 0 {
			t.Errorf("%s names no command to try", name)
		}
	}
}

var setFlags = regexp.MustCompile(`--(set|calm|mutant) ('[^']*'|\S+)`)

// tryCommands applies the overrides of the commands that a comment names.
func tryCommands(t *testing.T, name, text string) (tried int) {
	for line := range strings.Lines(text) {
		_, command, ok := strings.Cut(line, "paxsim run ")
		if !ok || !strings.HasPrefix(line, "#") {
			continue
		}
		tried++
		if strings.Fields(command)[0] != name {
			t.Errorf("%s: another scenario in %s", name, line)
		}
		var overrides []Override
		for _, m := range setFlags.FindAllStringSubmatch(command, -1) {
			value := strings.Trim(m[2], "'")
			switch m[1] {
			case "set":
				overrides = append(overrides, Set(value))
			case "mutant":
				overrides = append(overrides, Mutant(value))
			default:
				overrides = append(overrides, Calm(value))
			}
		}
		if _, err := Load(name, overrides...); err != nil {
			t.Errorf("%s: %s%v", name, line, err)
		}
	}
	return tried
}

// TestOpen holds which names and files are refused, and as what.
func TestOpen(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, size int64) string {
		path := filepath.Join(dir, name)
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := f.Truncate(size); err != nil {
			t.Fatal(err)
		}
		return path
	}
	tests := []struct{ name, why, arg, want string }{
		{"library", "a plain name is one of the library", "lossy", ""},
		{"unknown", "the nearest is named", "losy", `there is no scenario "losy"; did you mean lossy?`},
		{"strange", "or where they are", "x", `there is no scenario "x"; paxsim scenarios list has their names`},
		{"empty", "", "", `there is no scenario ""; paxsim scenarios list`},
		{"missing", "a path is a path", filepath.Join(dir, "lossy"), "there is no such file"},
		{"missing by ending", "so is what ends in .yaml", "lossy.yaml", "lossy.yaml: there is no such file"},
		{"directory", "", dir + "/", "is a directory: expected a scenario file"},
		{"huge", "a gigabyte is not read", file("huge.yaml", 1<<30), "1073741824 bytes: a scenario has at most 1048576"},
		{"endless", "nor is what has no end", "/dev/zero", "no ordinary file"},
		{"largest", "what is just small enough is read", file("large.yaml", 1<<20), ""},
		{"below a file", "there is nothing", filepath.Join(dir, "huge.yaml", "x.yaml"), "not a directory"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := Open(tt.arg)
			var bad *Errors
			switch {
			case tt.want == "" && err != nil:
				t.Error(err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("got %v, want %s", err, tt.want)
			case tt.want != "" && errors.As(err, &bad) == (tt.name == "below a file"):
				t.Errorf("%T", err)
			}
		})
	}
}

// TestFields holds that every field has what people and editors need to know.
func TestFields(t *testing.T) {
	var seen []string
	for _, f := range Fields(echo) {
		if f.Path == "" || f.Takes == "" || f.Doc == "" || slices.Contains(seen, f.Path) {
			t.Errorf("%+v", f)
		}
		seen = append(seen, f.Path)
	}
	for _, path := range []string{"actors", "echo.gap", "network.delay", "faults.NAME.split", "requests.N.actor", "limits.time", "invariants"} {
		if !slices.Contains(seen, path) {
			t.Errorf("no %s in %q", path, seen)
		}
	}
}
