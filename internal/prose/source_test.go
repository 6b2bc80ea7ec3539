package prose

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// apart are the files and folders whose comments and texts TestSource leaves out.
var apart = []string{
	"internal/prose/turns.go", // names the turns
}

// TestSource looks for the turns to avoid in all Go files, without tests, testdata and
// what is apart. It looks at every comment, and at every string of the code: messages,
// help and its tags, captions. It also holds the comments of each room to the mean length
// of sentences, the doc comments of exported names by themselves, and each sentence of a
// comment to the longest.
// -v prints the measures of the rooms.
func TestSource(t *testing.T) {
	rooms := map[string]Measure{} // by the room and the kind
	for _, name := range sources(t) {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		list, err := Passages(name, text)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range list {
			m := OfPassage(p)
			for _, f := range m.Found {
				t.Errorf("%s:%d: %s: %s (better: %s): %s", name, p.Line, p.Kind, f.Turn.Name, f.Turn.Instead, f.Sentence)
			}
			if p.Kind == Said {
				continue
			}
			if n := words(m.Longest); n > LongLimit {
				t.Errorf("%s:%d: a sentence of %d words, and at most %d are wanted: %s", name, p.Line, n, LongLimit, m.Longest)
			}
			room := filepath.Dir(name) + ", " + p.Kind.String()
			sum := rooms[room]
			sum.Sentences += m.Sentences
			sum.Words += m.Words
			rooms[room] = sum
		}
	}
	if len(rooms) < 50 {
		t.Fatalf("%d rooms: this test looks in the wrong place", len(rooms))
	}
	for _, room := range slices.Sorted(maps.Keys(rooms)) {
		m := rooms[room]
		if testing.Verbose() {
			t.Logf("%s %s", m, room)
		}
		if m.Mean() > Limit {
			t.Errorf("%s: %.1f words a sentence, and at most %v are wanted", room, m.Mean(), Limit)
		}
	}
}

// sources are the Go files that TestSource looks at, by their paths from the root.
func sources(t *testing.T) (list []string) {
	t.Helper()
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(root, p)
		name = filepath.ToSlash(name)
		switch {
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return filepath.SkipDir
		case d.IsDir() || filepath.Ext(p) != ".go" || strings.HasSuffix(p, "_test.go"):
			return nil
		case slices.ContainsFunc(apart, func(a string) bool { return strings.HasPrefix(name, a) }):
			return nil
		}
		list = append(list, name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestPassages: each kind of passage is found, at its line, and nothing else is.
func TestPassages(t *testing.T) {
	source := `// Package p stands here.
package p // no doc of it

import "fmt"

// Open is told. path may be "". See e.g. this.
//
//	code stands here
func Open(path string) error { // inside
	return fmt.Errorf("%s befell", path)
}

// T is one.
type T struct {
	// A is a field.
	A int ` + "`help:\"What it comes to.\" name:\"stands\"`" + `
	b int // small
}

// list is small.
var list []T
`
	got, err := Passages("p.go", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	want := []Passage{
		{10, Said, "%s befell"},
		{16, Said, "What it comes to."},
		{1, Exported, "Package p stands here.\n"},
		{2, Inside, "no doc of it\n"},
		{6, Exported, "Open is told. path may be \"\". See e.g. this.\n\n\tcode stands here\n"},
		{9, Inside, "inside\n"},
		{13, Exported, "T is one.\n"},
		{15, Exported, "A is a field.\n"},
		{17, Inside, "small\n"},
		{20, Inside, "list is small.\n"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if m := OfPassage(want[4]); m.Sentences != 3 || len(m.Found) != 1 || m.Found[0].Turn.Name != "is told" {
		t.Errorf("%+v", m)
	}
	if m := OfPassage(want[1]); len(m.Found) != 1 {
		t.Errorf("%+v", m)
	}
}
