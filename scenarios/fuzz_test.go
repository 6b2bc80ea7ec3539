package scenarios

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"unicode/utf8"
)

// FuzzRead holds that no text makes reading panic, that what is wrong has a
// place, and that what is read is written and read again to the same.
func FuzzRead(f *testing.F) {
	for _, name := range Names() {
		_, text, err := Open(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	files, err := filepath.Glob("testdata/[bm]*/*.golden") // bases and mistakes
	if err != nil || len(files) == 0 {
		f.Fatal("no golden files: ", err)
	}
	f.Add(stormy + "outside: [forged-senders]\n")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) { readTwice(t, text) })
}

// FuzzSet is FuzzRead for overrides.
func FuzzSet(f *testing.F) {
	for _, set := range []string{"actors=7", "network.loss=10%", "paxos.adopt=true", "faults.cut.at=2s", "requests=by-chance", "requests.1.actor=2",
		"limits.time=10s", "invariants=[agreement]", "faults.f={crash: [1]}", "faults.f.crash=[1]", "network={loss: 1%}", "=", "a.b.c=d", "faults..=", "teaches=x: y", "network.delay={least: 1ms, log-normal: 10ms, sigma: 0.8, most: 1s}", "network.delay={table: [[50%, 1ms], [100%, 2ms]]}", "teaches=00\xa4",
		"faults.f={isolate: any, every: 50ms..200ms, for: 20ms}", "faults.f.clog.from=leader", "faults.f.when=any saves vote 2 times", "faults.cut.split=any",
		"periods=[{for: 1s, loss: 3%}]", "core=any", "network.capacity=3",
		"expect={marks: [decided], some: {undecided: true}}", "premise={set: {teaches: 'a: [b', faults.cut.split: [[1], [x]]}, calm: [cut, loss]}", "expect.some.violated=agreement", "group=cuts"} {
		f.Add(set, "cut")
		f.Add(set, "delay")
	}
	_, text, err := Open("majority-cut")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, set, calm string) {
		readTwice(t, text, Set(set))
		readTwice(t, text, Calm(calm), Set(set))
		readTwice(t, text, Set(set), Calm(calm), Set(set+calm))
	})
}

func readTwice(t *testing.T, text string, overrides ...Override) {
	s, err := Read("file.yaml", text, overrides...)
	if err != nil {
		var e *Errors
		if !errors.As(err, &e) || len(e.Mistakes) == 0 || s != nil {
			t.Fatalf("%T: %v", err, err)
		}
		for _, m := range e.Mistakes {
			if m.Message == "" || m.File == "" || m.Line < 0 || (m.Line == 0) != (m.Column == 0) {
				t.Fatalf("%+v", m)
			}
		}
		if utf8.ValidString(text) && !utf8.ValidString(err.Error()) {
			for _, o := range overrides {
				if !utf8.ValidString(o.text) {
					return
				}
			}
			t.Fatalf("%q", err.Error())
		}
		return
	}
	for _, again := range []string{Text(s), Text(s)} {
		got, err := Read("file.yaml", again)
		if err != nil || !reflect.DeepEqual(got, s) {
			t.Fatalf("%v\ngot\n%+v\nwant\n%+v\nfrom\n%s", err, got, s, again)
		}
	}
	if _, err := Read("file.yaml", Show(s)); err != nil {
		t.Fatalf("%v\nin\n%s", err, Show(s))
	}
}
