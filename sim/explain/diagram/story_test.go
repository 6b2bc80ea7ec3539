package diagram

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// hold compares a drawing with a golden file, or writes it.
func hold(t *testing.T, file, got string) {
	t.Helper()
	file = filepath.Join("testdata", "story", strings.ReplaceAll(file, " ", "-"))
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is another drawing: go test ./sim/explain/diagram -update writes it; look at it", file)
		if filepath.Ext(file) == ".txt" {
			t.Logf("now:\n%s", got)
		}
	}
}

// TestStory pins the drawings of short runs. Look at them when they change.
func TestStory(t *testing.T) {
	for _, x := range tales {
		t.Run(x.name, func(t *testing.T) {
			s, entries := x.play(t)
			story := NewStory(s, entries, Options{Decisive: x.decisive})
			var text, ascii strings.Builder
			if err := story.Text(&text, TextOptions{}); err != nil {
				t.Fatal(err)
			}
			if err := story.Text(&ascii, TextOptions{ASCII: true}); err != nil {
				t.Fatal(err)
			}
			hold(t, x.name+".txt", text.String())
			hold(t, x.name+".ascii.txt", ascii.String())
			if svg := picture(t, story.Layout(s, x.name)); x.picture {
				hold(t, x.name+".svg", svg)
			}
		})
	}
}
