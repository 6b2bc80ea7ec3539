package trace_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

// edited is a match with edits, and its file.
func edited(t *testing.T, edits ...string) (*sim.Scenario, *trace.File) {
	t.Helper()
	s := match()
	if err := trace.Edited(s, edits); err != nil {
		t.Fatal(err)
	}
	w, err := pingPong.New(s)
	if err != nil {
		t.Fatal(err)
	}
	w.Reset(1, nil)
	return s, trace.New(s, "match", trace.Base{Seed: 1}, w.Run())
}

// TestEditsInFiles holds that a run file and a trace list the edits of their run, and
// that a file plays as the run that it is of.
func TestEditsInFiles(t *testing.T) {
	edits := []string{"after 4: cut 1 > all for 3ms", "after 9: clog 1 > 2", "after 12: pause 1 for 100us", "after 14: heal clog 1 > 2"}
	_, plain := edited(t)
	s, f := edited(t, edits...)
	if f.Digest == plain.Digest || !slices.Equal(f.Edits, edits) {
		t.Fatalf("the edits %q change nothing, digest %x", f.Edits, f.Digest)
	}
	back, err := trace.Decode(f.Encode())
	if err != nil || !slices.Equal(back.Edits, edits) {
		t.Fatalf("%v: read, they are %q", err, back.Edits)
	}
	again := match()
	if err := trace.Edited(again, back.Edits); err != nil {
		t.Fatal(err)
	}
	w, err := pingPong.New(again)
	if err != nil {
		t.Fatal(err)
	}
	w.Reset(1, nil)
	if d := back.Compare(w.Run()); d != nil {
		t.Errorf("played, it is another run: %v", d)
	}
	var out bytes.Buffer
	l := trace.NewLineWriter(&out, trace.NewHeader(s, "match", trace.Base{Seed: 1}))
	w.Observe(l)
	w.Reset(1, nil)
	o := w.Run()
	if err := l.Close(o); err != nil {
		t.Fatal(err)
	}
	r, err := trace.NewLineReader(&out)
	if err != nil || !slices.Equal(r.Header().Edits, edits) {
		t.Fatalf("%v: the trace says %q", err, r.Header().Edits)
	}
	if bytes.Contains(plain.Encode(), []byte(`"edits"`)) {
		t.Error("a run without edits has the member")
	}
}

// TestEditsMistakes holds what is told of edits that are none.
func TestEditsMistakes(t *testing.T) {
	_, f := edited(t, "after 4: cut 1")
	text := string(f.Encode())
	for _, tt := range []struct{ old, new, want, why string }{
		{"\"edits\": [\n    \"after 4: cut 1\"\n  ]", `"edits": []`, "expected one at least, or no such field", "an empty list has another spelling"},
		{`"edits"`, `"edit"`, `there is no such field`, "a reader that knows no edits says so of them in the same way"},
		{`"engine": "timed"`, `"engine": "searched"`, "takes their place", "in a searched run nothing takes time"},
		{`"after 4: cut 1"`, `7`, "expected a text", "an edit is a text"},
	} {
		if !strings.Contains(text, tt.old) {
			t.Fatalf("no %s in\n%s", tt.old, text)
		}
		if _, err := trace.Decode([]byte(strings.Replace(text, tt.old, tt.new, 1))); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q: %s", tt.new, err, tt.want, tt.why)
		}
	}
	for _, tt := range []struct {
		edits []string
		want  string
	}{
		{[]string{"cut 1"}, "edits.1: "},
		{[]string{"after 4: cut 1", "after 3: cut 1"}, "edits.2: "},
		{[]string{"after 4: cut 3"}, "there is no actor 3"},
		{[]string{"after 4: clog 2 1 > all"}, "expected it written"},
		{[]string{"after 4: cut 1 for 1000us"}, `expected it written "after 4: cut 1 for 1ms"`},
		{[]string{"after 99999999999: cut 1"}, "expected the event after which it comes"},
	} {
		s := match()
		if err := trace.Edited(s, tt.edits); err == nil || !strings.Contains(err.Error(), tt.want) || s.Edits != nil {
			t.Errorf("%q: %v, want %q", tt.edits, err, tt.want)
		}
	}
}

// FuzzEdits holds that what is read as an edit is sound, and is written as it was read.
func FuzzEdits(f *testing.F) {
	for _, act := range sim.Acts {
		f.Add("after 12: " + act + " for 50ms")
		f.Add("after 0: " + act)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := match()
		e, err := s.ParseEdit(text)
		if err != nil {
			return
		}
		if got := s.EditText(&e); got != text {
			t.Fatalf("%q is written %q", text, got)
		}
		s.Edits = append(s.Edits, e)
		if problems := s.Check(); len(problems) > 0 {
			t.Fatalf("%q: %v", text, problems)
		}
		w, err := pingPong.New(s)
		if err != nil {
			t.Fatal(err)
		}
		w.Reset(1, &scheduler.Edited{})
		w.Run()
	})
}
