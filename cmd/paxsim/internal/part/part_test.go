package part

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// write writes a text.
func write(name, text string) error {
	return Write(name, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}

// names are those in a directory, in their order.
func names(t *testing.T, dir string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a")
	for _, text := range []string{"one", "two"} {
		if err := write(name, text); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(name); string(got) != text {
			t.Errorf("%q", got)
		}
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("%v %v", info, err)
	}
	if got := names(t, dir); !slices.Equal(got, []string{"a"}) {
		t.Error(got)
	}
}

// Whatever ends the work, what was there is still there, and nothing else is.
func TestNothingHalfIsLeft(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a")
	if err := write(name, "old"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "d"), 0o755); err != nil {
		t.Fatal(err)
	}
	why := errors.New("why")
	for what, do := range map[string]func() error{
		"an error":      func() error { return Write(name, func(io.Writer) error { return why }) },
		"no such place": func() error { return write(filepath.Join(dir, "nowhere", "a"), "new") },
		"a directory":   func() error { return write(filepath.Join(dir, "d"), "new") },
		"a look":        func() error { return errors.Join(May(name), why) },
		"a panic": func() (err error) {
			defer func() { recover(); err = why }()
			return Write(name, func(io.Writer) error { panic(why) })
		},
		"one taken away": func() error { p, err := New(dir, "a"); p.Remove(); p.Remove(); return errors.Join(err, why) },
		"one that was gone": func() error {
			return Write(name, func(io.Writer) error {
				for _, n := range names(t, dir) {
					if isOurs(n) {
						os.Remove(filepath.Join(dir, n))
					}
				}
				return nil
			})
		},
	} {
		if do() == nil {
			t.Errorf("%s: no error", what)
		}
		if got := names(t, dir); !slices.Equal(got, []string{"a", "d"}) {
			t.Errorf("%s: %v", what, got)
		}
		if got, _ := os.ReadFile(name); string(got) != "old" {
			t.Errorf("%s: %q", what, got)
		}
	}
	open.Lock()
	defer open.Unlock()
	if len(open.files) > 0 {
		t.Errorf("%d are thought to be open", len(open.files))
	}
}

// A link stays a link, and what it leads to is written, also if it is not there yet.
func TestLinks(t *testing.T) {
	dir := t.TempDir()
	link, behind := filepath.Join(dir, "link"), filepath.Join(dir, "behind")
	if err := errors.Join(os.Symlink("behind", link), os.Symlink(link, link+"2"), os.Symlink("round", filepath.Join(dir, "round"))); err != nil {
		t.Skip(err)
	}
	for _, text := range []string{"one", "two"} {
		if err := write(link+"2", text); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(behind); string(got) != text {
			t.Errorf("%q", got)
		}
	}
	if info, err := os.Lstat(link + "2"); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link is gone")
	}
	if round := filepath.Join(dir, "round"); Place(round) != round {
		t.Errorf("links in a circle lead to %s", Place(round))
	}
}

// What a process that is gone has left is cleared. What somebody still writes, and
// what may be no part file at all, is not.
func TestClear(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	living, err := New(dir, "living")
	if err != nil {
		t.Fatal(err)
	}
	defer living.Remove()
	if lock(living.file) != nil {
		t.Skip("nothing is locked here")
	}
	left, folder, link, locked := newName("left"), newName("folder"), newName("link"), filepath.Base(living.Name())
	other := strings.Replace(newName("x"), "x", "y", 1) // whose check is another's
	mine := []string{"a", ".hidden", ".a.12345678.part", ".a.12345678-12345678.part", ".part", "-00000000.part", ".a.html.1234567890.tmp", left[1:], left + "~"}
	for _, name := range append(mine, left, other) {
		if err := os.WriteFile(in(name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Mkdir(in(folder), 0o755), os.Symlink("a", in(link))); err != nil {
		t.Fatal(err)
	}
	clearDir(dir)
	want := append(mine, other, folder, link, locked)
	slices.Sort(want)
	if got := names(t, dir); !slices.Equal(got, want) {
		t.Errorf("there are\n%q\nwant\n%q", got, want)
	}
}

// Many write at the same time while others clear: nobody loses a file, though a
// part file has no lock for a moment.
func TestClearWhileOthersWrite(t *testing.T) {
	dir := t.TempDir()
	var writing, clearing sync.WaitGroup
	over := make(chan struct{})
	for range 2 {
		clearing.Go(func() {
			for {
				select {
				case <-over:
					return
				default:
					clearDir(dir)
				}
			}
		})
	}
	for i := range 4 {
		writing.Go(func() {
			name := filepath.Join(dir, string(rune('a'+i)))
			for range 25 {
				if err := write(name, name); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writing.Wait()
	close(over)
	clearing.Wait()
	if got := names(t, dir); !slices.Equal(got, []string{"a", "b", "c", "d"}) {
		t.Error(got)
	}
}

// Long names, and letters of several bytes, stay names.
func TestNames(t *testing.T) {
	for _, base := range []string{"", "a", ".", strings.Repeat("ä", 120), strings.Repeat("x", 255), "a.part"} {
		name := newName(base)
		if !isOurs(name) || len(name) > 120 || strings.ToValidUTF8(name, "") != name {
			t.Errorf("%q", name)
		}
		if name == newName(base) {
			t.Errorf("%q twice", name)
		}
	}
}
