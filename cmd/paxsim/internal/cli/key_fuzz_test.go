package cli

import (
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/scheduler"
)

// FuzzKeyText holds that the text of a choice and its key are one to one: what
// parses is written as it was read, what is written parses to the same key, and
// nothing panics.
func FuzzKeyText(f *testing.F) {
	words := paxos.Protocol().Vocabulary()
	for what := range uint8(64) {
		f.Add(words.KeyText(scheduler.MakeKey(what, 1, 2, 3, 4)), uint64(what)<<58)
	}
	for _, text := range []string{"", " ", "lost", "lost Accept", "lost Accept 2>3 #1", "lost Accept 2>3 #01", "lost  Accept 2>3 #1", "lost Accept 2 > 3 #1",
		"lost Accept -1>3 #1", "lost Accept 16384>3 #1", "lost Accept 2>3 #16777216", "crash-save 1 #0", "crash-save 0 #0", "crash-save #0", "pick #1", "pick 1 #1 #1"} {
		f.Add(text, uint64(len(text)))
	}
	f.Fuzz(func(t *testing.T, text string, bits uint64) {
		if k, err := words.ParseKey(text); err == nil {
			if again := words.KeyText(k); again != text {
				t.Fatalf("%q is read as %v, and written %q", text, k, again)
			}
		} else if err.Error() == "" {
			t.Fatalf("%q: %q", text, err)
		}
		k := scheduler.Key(bits)
		written := words.KeyText(k)
		if written == "" {
			t.Fatalf("%v has no text", k)
		}
		if back, err := words.ParseKey(written); err == nil && words.KeyText(back) != written {
			t.Fatalf("%v is written %q, and that is read as %v", k, written, back)
		}
	})
}
