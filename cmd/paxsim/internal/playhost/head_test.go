package playhost

import (
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/explain/play"
)

// TestHeads: what the list of scenarios says is what they say when they are read whole,
// and all of the library is written so that the list need not do that.
func TestHeads(t *testing.T) {
	for _, name := range scenarios.Names() {
		_, text, err := scenarios.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		want := whole(name, text)
		want.Name, want.Text = name, text
		if got := head(name, text); got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
		if _, ok := lines(text, 0); !ok {
			t.Errorf("%s is read whole", name)
		}
	}
	for text, want := range map[string]play.Scenario{
		"paxsim: 1\nbase: literal-acks\nteaches: \"a: b\"\n": {Teaches: "a: b", Actors: 3},
		"paxsim: 1\nbase: literal-acks\nteaches: a # b\n":    {Teaches: "a", Actors: 3},
		"paxsim: 1\nbase: literal-acks\nteaches: more\n":     {Teaches: "more", Actors: 3},
		"paxsim: 1\nbase: nowhere\n":                         {},
		"paxsim: 1\nactors: three\n":                         {},
		"paxsim: 1\nteaches: short\nactors: 0x3\nextra: 1\n": {},
	} {
		want.Name, want.Text, want.Protocol = "x", text, "paxos"
		if got := head("x", text); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}
