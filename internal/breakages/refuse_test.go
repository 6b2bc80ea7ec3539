package breakages

import (
	"strings"
	"testing"
)

// sample is a file in which places are looked for.
const sample = `package sample

var list = []string{"a", "b"}

// restart begins anew. w.ask(id) is not what this comment does.
func (w *World[M]) restart(id int, _ bool) bool {
	if w.dead && !w.gone {
		w.ask(id)
	}
	w.ask( // laid out otherwise
		id+1)
	for i := range w.list {
		w.list[i] = 0
	}
	return id > 0
}

func (w *World[M]) stop(int) { w.gone = true }
`

// read makes a source of one folder, "sample".
func read(t *testing.T) *source {
	t.Helper()
	f, err := parse("sample/sample.go", sample)
	if err != nil {
		t.Fatal(err)
	}
	return &source{"", map[string][]*declaration{"sample": f.declarations()}}
}

// TestChanges: what each change makes of a place.
func TestChanges(t *testing.T) {
	const restart = "sample.(*World).restart"
	for _, c := range []struct {
		why, place string
		change     change
		want       string
	}{
		{"the smallest statement goes", restart, drop("w.ask(id)"), "if false { w.ask(id) }"},
		{"however it is laid out", restart, drop("w.ask(id+1)"), "if false { w.ask( // laid out otherwise\n\t\tid+1) }"},
		{"a piece may be of its head alone", restart, drop("range w.list"), "if false { for i := range w.list {"},
		{"an element goes with its comma", "sample.list", drop(`"a"`), `[]string{ "b"}`},
		{"the last one has none", "sample.list", drop(`"b"`), `[]string{"a", }`},
		{"a part of a condition", restart, never("w.dead"), "if (false && (w.dead)) && !w.gone {"},
		{"the whole of it", restart, always("w.dead && !w.gone"), "if (true || (w.dead && !w.gone)) {"},
		{"a comparison", restart, opposite("id > 0"), "return !(id > 0)"},
		{"an expression", restart, swap("id > 0", "id > 9"), "return id > 9"},
		{"an assignment", restart, swap("w.list[i] = 0", "w.list[i]++"), "w.list[i]++"},
		{"two statements", restart, swap("w.ask(id+1); for i := range w.list { w.list[i] = 0 }", ""), "}\n\t\n\treturn"},
		{"before a statement", restart, before("return", "id = 1"), "id = 1; return id > 0"},
		{"after a statement", restart, after("w.list[i] = 0", "id--"), "w.list[i] = 0; id--"},
		{"two at once", restart, both(drop("w.list[i]"), swap("id > 0", "true")), "return true"},
	} {
		d, err := read(t).find(c.place)
		if err != nil {
			t.Fatal(err)
		}
		got, err := d.broken(c.change)
		if err != nil || !strings.Contains(got, c.want) {
			t.Errorf("%s: %v, want %q in:\n%s", c.why, err, c.want, got)
		}
	}
}

// TestWoven: the whole function calls the broken one, and hands on what has no
// name too.
func TestWoven(t *testing.T) {
	s := read(t)
	files, err := weaveAll(s, []breakage{
		{place: "sample.(*World).restart", change: drop("w.ask(id)")},
		{place: "sample.(*World).stop", change: swap("true", "false")},
		{place: "sample.list", change: drop(`"a"`)},
		{place: "sample.(*World).restart", change: never("id > 0")},
	}, []int{0, 1, 2, 3})
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %d files", err, len(files))
	}
	var text string
	for f := range files {
		text = f.String()
	}
	for _, want := range []string{
		"restart(id int, handed1 bool) bool { if brokenLine == 1 { return w.broken1restart(id, handed1) }; if brokenLine == 4 { return w.broken4restart(id, handed1) };\n",
		"stop(handed0 int) { if brokenLine == 2 { w.broken2stop(handed0); return }; w.gone = true }",
		"func (w *World[M]) broken2stop(int) { w.gone = false }",
		`var list = pickBroken(brokenLine == 3, []string{ "b"}, []string{"a", "b"})`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in:\n%s", want, text)
		}
	}
	if _, err := parse("woven.go", text); err != nil {
		t.Error(err)
	}
}

// TestPlacesThatAreGone: what is said of a place that is not there, or that is not
// the only one.
func TestPlacesThatAreGone(t *testing.T) {
	const restart = "sample.(*World).restart"
	for _, c := range []struct {
		why, place string
		change     change
		want       string
	}{
		{"another name", "sample.(*World).restarts", drop("w.ask(id)"),
			"\"x\": sample.(*World).restarts: sample has no function or variable (*World).restarts; near:\n\tsample/sample.go:6: (*World).restart\n\tsample/sample.go:18: (*World).stop"},
		{"nothing of the kind", restart, drop("w.tell(id)"), "no statement or element has \"w.tell(id)\"; near:\n\tsample/sample.go:8: w.ask(id)\n"},
		{"only in a comment", restart, drop("otherwise"), `no statement or element has "otherwise"`},
		{"a part of a word", restart, drop("as"), `no statement or element has "as"`},
		{"two places", restart, drop("w.ask"), "\"w.ask\" means 2 places; say more of the one that is meant:\n\tsample/sample.go:8: w.ask(id)\n\tsample/sample.go:10: w.ask("},
		{"no condition", restart, always("w.ask(id)"), `no condition has "w.ask(id)"`},
		{"no whole expression", restart, swap("dead && !w", "x"), `no whole expression or statement has "dead && !w"`},
		{"an empty piece", restart, drop(""), `no statement or element has ""`},
		{"one place twice", restart, both(drop("id > 0"), swap("id > 0", "true")), "two changes of the same place"},
	} {
		_, err := weaveAll(read(t), []breakage{{what: "x", place: c.place, change: c.change}}, []int{0})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.why, err, c.want)
		}
	}
	if _, err := tree().find("sim/nosuch.f"); err == nil {
		t.Error("a folder without Go has a function")
	}
}

// TestPlaces: the place of every breakage is there, and once.
func TestPlaces(t *testing.T) {
	if _, err := weaveAll(tree(), all, everyOne()); err != nil {
		t.Fatal(err)
	}
}
