package cli

import (
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/scheduler"
)

// FuzzEventText holds that the text of an event and its key are one to one, as
// [FuzzKeyText] does for choices.
func FuzzEventText(f *testing.F) {
	words := paxos.Protocol().Vocabulary()
	for what := range uint8(64) {
		f.Add(words.EventText(scheduler.MakeKey(what, 1, 2, 3, 4)), uint64(what)<<58)
	}
	for _, text := range []string{"", " ", "deliver", "deliver Accept", "deliver Accept 2>3 #1", "deliver-copy Accept 2>3 #1", "deliver-copy01 Accept 2>3 #1",
		"alarm repeat 2 #3", "alarm repeat 2 #03", "ask 1>2 #1", "ask 0>2 #1", "ask 67108865>2 #1", "fault 0 #0", "fault 16384 #1", "heal 1 #0", "boot 1 #0", "synced +1 #1", "restart 1 #16384"} {
		f.Add(text, uint64(len(text)))
	}
	f.Fuzz(func(t *testing.T, text string, bits uint64) {
		if k, err := words.ParseEvent(text); err == nil {
			if again := words.EventText(k); again != text {
				t.Fatalf("%q is read as %v, and written %q", text, k, again)
			}
		} else if err.Error() == "" {
			t.Fatalf("%q: %q", text, err)
		}
		k := scheduler.Key(bits)
		written := words.EventText(k)
		if written == "" {
			t.Fatalf("%v has no text", k)
		}
		if back, err := words.ParseEvent(written); err == nil && words.EventText(back) != written {
			t.Fatalf("%v is written %q, and that is read as %v", k, written, back)
		}
	})
}
