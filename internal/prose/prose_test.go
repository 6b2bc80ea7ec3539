package prose

import (
	"strings"
	"testing"
)

func TestMeasure(t *testing.T) {
	page := "# A head that is no sentence\n\nOne two three. Four five `a.b c d` six, e.g. this one!\n\n- An item\n  of two lines.\n- Another\n\n```\ncode. is. none.\n```\n\n| a cell | that counts for turns alone |\n|---|---|\n"
	m := Of(page)
	if m.Sentences != 4 || m.Words != 3+7+5+1 || m.Longest != "Four five Code six, e.g. this one!" || len(m.Found) != 0 {
		t.Errorf("%+v", m)
	}
}

// TestTurns: each turn is seen where it reads badly, and not where it is plain.
func TestTurns(t *testing.T) {
	bad := map[string]string{
		"comes to":           "Each says what its runs come to.",
		"stands":             "At the end stands what it is worth.",
		"befalls":            "Something befalls an actor.",
		"but for":            "All are required, but for those with crashes.",
		"is told":            "The history is told of it.",
		"of which":           "A file, of which there are two.",
		"who without a noun": "This is for who has never seen Paxos.",
		"who begins":         "Who has promised acks.",
		"for: because":       "That is safe, for any two majorities meet.",
		"otherwise than":     "It goes on, otherwise than before.",
		"no more":            "It knows no more.",
		"so that of":         "It dies, so that of it nothing is left.",
		"save":               "All save one.",
		"somewhen":           "It arrives somewhen.",
		"for want of":        "It held for want of a fault.",
		"words of contracts": "Hence it is safe.",
	}
	for _, turn := range turns {
		text, ok := bad[turn.Name]
		if m := Of(text); !ok || len(m.Found) != 1 || m.Found[0].Turn.Name != turn.Name {
			t.Errorf("%s: %q finds %v", turn.Name, text, m.Found)
		}
		if turn.Instead == "" {
			t.Errorf("%s: nothing is offered in its place", turn.Name)
		}
	}
	for _, text := range []string{
		"Readers who have never seen Paxos.", "Who is the leader?", "It waits for it, for 3 ms.", "You understand it.",
		"It ends. `x` begins.", "It saves the promise.", "A message arrives at actor 2.", "The network, which loses messages, is slow.", "Nothing more happens.", "NAME stands for the name of a fault.", "Time stands still.",
	} {
		if m := Of(text); len(m.Found) > 0 {
			t.Errorf("%q: %s", text, m.Found[0].Turn.Name)
		}
	}
}

func TestLinks(t *testing.T) {
	got := Links("docs/a.md", "[b](b.md#some-place) [up](../README.md) [here](#x) [web](https://x.y) ![p](p.svg)\n```\n[no](no.md)\n```\n`[nor](this)` [`code`](c.md)")
	want := []Link{{"docs/b.md", "some-place"}, {"README.md", ""}, {"docs/a.md", "x"}, {"docs/p.svg", ""}, {"docs/c.md", ""}}
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%v, want %v", got[i], want[i])
		}
	}
	for head, anchor := range map[string]string{"Words": "words", "Where to look in `sim/`": "where-to-look-in-sim", "What is *safe*, and [why](x)": "what-is-safe-and-why"} {
		if !Anchors("## " + head + "\n")[anchor] {
			t.Errorf("%q has not the place %q: %q", head, anchor, Anchor(head))
		}
	}
	if strings.Contains(Anchor("a. b"), ".") {
		t.Error("a full stop is in a place")
	}
}
