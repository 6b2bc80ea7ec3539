package scheduler

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func drawKey(t *rapid.T) Key {
	return MakeKey(
		rapid.Uint8Range(0, MaxWhat).Draw(t, "what"),
		rapid.Uint8Range(0, MaxKind).Draw(t, "kind"),
		rapid.Uint16Range(0, MaxActor).Draw(t, "from"),
		rapid.Uint16Range(0, MaxActor).Draw(t, "to"),
		rapid.Uint32Range(0, MaxCount).Draw(t, "count"))
}

func TestKeyParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		what := rapid.Uint8Range(0, MaxWhat).Draw(t, "what")
		kind := rapid.Uint8Range(0, MaxKind).Draw(t, "kind")
		from := rapid.Uint16Range(0, MaxActor).Draw(t, "from")
		to := rapid.Uint16Range(0, MaxActor).Draw(t, "to")
		count := rapid.Uint32Range(0, MaxCount).Draw(t, "count")
		k := MakeKey(what, kind, from, to, count)
		if k.What() != what || k.Kind() != kind || k.From() != from || k.To() != to || k.Count() != count {
			t.Fatalf("MakeKey(%d, %d, %d, %d, %d) = %v", what, kind, from, to, count, k)
		}
		bare := MakeKey(what, 0, from, to, 0)
		if n := bare.NumberedAny(kind, count); n != k || kind < FewKinds && bare.Numbered(kind, count) != k {
			t.Fatalf("%v numbered is %v", k, n)
		}
		other := rapid.Uint8Range(0, MaxWhat).Draw(t, "other")
		if got, want := k.WithWhat(other), MakeKey(other, kind, from, to, count); got != want {
			t.Fatalf("%v.WithWhat(%d) = %v, want %v", k, other, got, want)
		}
		receiver := rapid.Uint16Range(0, MaxActor).Draw(t, "receiver")
		if got, want := k.WithTo(receiver), MakeKey(what, kind, from, receiver, count); got != want {
			t.Fatalf("%v.WithTo(%d) = %v, want %v", k, receiver, got, want)
		}
	})
}

func TestKeyTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := drawKey(t)
		got, err := ParseKey(k.String())
		if err != nil || got != k {
			t.Fatalf("ParseKey(%q) = %v, %v", k, got, err)
		}
	})
}

func TestKeyUsesAllBits(t *testing.T) {
	if k := MakeKey(MaxWhat, MaxKind, MaxActor, MaxActor, MaxCount); k != ^Key(0) {
		t.Errorf("the greatest key is %x: a bit is wasted or shared", uint64(k))
	}
	if k := MakeKey(0, 0, 0, 0, 0); k != 0 {
		t.Errorf("the least key is %x", uint64(k))
	}
}

func TestKeyOutOfRange(t *testing.T) {
	k := MakeKey(1, 2, 3, 4, 5)
	for want, make := range map[string]func(){
		"what 64 kind 0 from 0 to 0 count 0":       func() { MakeKey(MaxWhat+1, 0, 0, 0, 0) },
		"what 0 kind 64 from 0 to 0 count 0":       func() { MakeKey(0, MaxKind+1, 0, 0, 0) },
		"what 0 kind 0 from 16384 to 0 count 0":    func() { MakeKey(0, 0, MaxActor+1, 0, 0) },
		"what 0 kind 0 from 0 to 16384 count 0":    func() { MakeKey(0, 0, 0, MaxActor+1, 0) },
		"what 0 kind 0 from 0 to 0 count 16777216": func() { MakeKey(0, 0, 0, 0, MaxCount+1) },
		"what 64 kind 2 from 3 to 4 count 5":       func() { k.WithWhat(MaxWhat + 1) },
	} {
		func() {
			defer func() {
				err, ok := recover().(error)
				if !ok || err.Error() != "scheduler: key out of range: "+want {
					t.Errorf("%s: panicked with %v; two choices would share a name", want, err)
				}
			}()
			make()
		}()
	}
}

func TestParseKeyMistakes(t *testing.T) {
	for _, c := range []struct{ in, say string }{
		{"", "expected the form"},
		{"4", "expected the form"},
		{"4.2", "expected the form"},
		{"4.2 1", "expected the form"},
		{"4.2 1>3", "expected the form"},
		{"4.2 1>3 #", "no number from 0 to 16777215"},
		{"4.2 1>3 #x", "no number"},
		{"64.2 1>3 #7", `"64" is no number from 0 to 63`},
		{"4.64 1>3 #7", `"64" is no number from 0 to 63`},
		{"4.2 16384>3 #7", "no number from 0 to 16383"},
		{"4.2 1>16384 #7", "no number from 0 to 16383"},
		{"4.2 1>3 #16777216", "no number from 0 to 16777215"},
		{"4.2 1>3 #99999999999999999999", "no number"},
		{"04.2 1>3 #7", `expected it written "4.2 1>3 #7"`},
		{"4.2 1>3 #007", "expected it written"},
		{"+4.2 1>3 #7", "no number"},
		{"4.-2 1>3 #7", "no number"},
		{" 4.2 1>3 #7", "no number"},
		{"4.2 1>3 #7 ", "no number"},
		{"4.2  1>3 #7", "no number"},
		{"4.2 1>3#7", "expected the form"},
	} {
		k, err := ParseKey(c.in)
		if err == nil {
			t.Errorf("ParseKey(%q) = %v, want a refusal", c.in, k)
		} else if !strings.Contains(err.Error(), c.say) {
			t.Errorf("ParseKey(%q): %v; want it to say %s", c.in, err, c.say)
		}
	}
}

// FuzzParseKey: whatever is read prints as it was written, and nothing panics.
func FuzzParseKey(f *testing.F) {
	for _, s := range []string{"4.2 1>3 #7", "0.0 0>0 #0", "63.63 16383>16383 #16777215", "04.2 1>3 #7", "64.0 0>0 #0", "1.1", "", "1.2 3>4 #-5", "1.2 3>4 #5\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		k, err := ParseKey(s)
		if err != nil {
			if k != 0 {
				t.Errorf("ParseKey(%q) refused and yet gave %v", s, k)
			}
			return
		}
		if k.String() != s {
			t.Errorf("ParseKey(%q) prints as %q", s, k)
		}
	})
}
