package condition

import (
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/explain/stepper"
	"github.com/paxsim/paxsim/sim/trace"
)

// begin begins a run of a scenario of the library.
func begin(t testing.TB, name string, base trace.Base, set ...string) *stepper.Stepper {
	t.Helper()
	var list []scenarios.Override
	for _, s := range set {
		list = append(list, scenarios.Set(s))
	}
	s, err := scenarios.Load(name, list...)
	if err != nil {
		t.Fatal(err)
	}
	w, err := stepper.New(t.Context(), &s.Scenario, "", base, nil)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// In the calm run of literal-acks, by its trace: at which events each condition
// holds.
func TestConditions(t *testing.T) {
	for _, c := range []struct {
		text string
		want []uint64
	}{
		{"Accept with ballot > 1.2", []uint64{28, 29, 30, 31}},
		{"Accept with ballot 1.1", []uint64{9, 10, 11, 12, 13}},
		{"accept sent", []uint64{9, 10, 28, 29}},
		{"Accept sent to 3", []uint64{10, 29}},
		{"Accept sent with ballot != 1.1", []uint64{28, 29}},
		{"Accept with ballot >= 2.2 delivered", []uint64{30, 31}},
		{"Promise delivered from 3 to 1", []uint64{10}},
		{"Prepare sent to 3", []uint64{4, 14}},
		{"Prepare with ballot < 2.0 sent", []uint64{4}},
		{"Prepare with ballot <= 2.2 from 2", []uint64{14, 24, 25, 26}},
		{"Nack", nil},
		{"Accept lost", nil},
		{"actor 3 decides", []uint64{20}},
		{"anybody decides", []uint64{18, 19, 20}},
		{"decides", []uint64{18, 19, 20}},
		{"actor 2 saves", []uint64{6, 12, 14, 25, 31}},
		{"actor 1 is asked", []uint64{4}},
		{"is asked", []uint64{4, 14}},
		{"takes the role", []uint64{4, 14}},
		{"actor 2 TAKES the role", []uint64{14}},
		{"starts", []uint64{1, 2, 3}},
		{"actor 2 prepares", []uint64{14}},
		{"prepares", []uint64{4, 14}},
		{"actor 3 promises", []uint64{7, 26}},
		{"actor 2 PROPOSES", []uint64{28, 29}},
		{"action", []uint64{4, 5, 6, 7, 9, 11, 12, 13, 14, 18, 19, 20, 24, 25, 26, 28, 30, 31}}, // what is said for the first time
		{"chosen", []uint64{12, 31}}, // two votes of three; and another value, which is the bug
		{"Chosen", []uint64{12, 31}},
		{"agreement breaks", []uint64{31}},
		{"anything breaks", []uint64{31}},
		{"integrity breaks", nil},
		{"actor 1 crashes", nil},
	} {
		w := begin(t, "literal-acks", trace.Base{Calm: true})
		is, err := Parse(w.Scenario(), c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		var got []uint64
		for w.Next() {
			if is(w.Step()) {
				got = append(got, w.At())
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", c.text, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", c.text, got, c.want)
				break
			}
		}
	}
}

// TestConditionsOfNoRound: no comparison holds of a message that belongs to no round.
func TestConditionsOfNoRound(t *testing.T) {
	w := begin(t, "lossy", trace.Base{Seed: 1}, "network.loss=70%", "paxos.learn=ask")
	asks := 0
	sent, err := Parse(w.Scenario(), "Ask sent")
	compared, err2 := Parse(w.Scenario(), "Ask with ballot != 1.9")
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	for w.Next() {
		if sent(w.Step()) {
			asks++
		}
		if compared(w.Step()) {
			t.Fatalf("%+v", w.Step())
		}
	}
	if asks == 0 {
		t.Error("nobody asks")
	}
}

func TestWrongConditions(t *testing.T) {
	w := begin(t, "literal-acks", trace.Base{Calm: true})
	for text, want := range map[string]string{
		"Acept sent":                `expected a message (Prepare, Promise, Accept, Accepted, Nack, Ask), actor N, anybody, what somebody does, action, chosen, or an invariant, not "Acept"; did you mean Accept?`,
		"actor 7 decides":           `expected an actor from 1 to 3, not "7"`,
		"actor":                     `the condition ends too early: expected an actor from 1 to 3`,
		"actor 1 decide":            `expected decides, crashes, restarts, saves, starts, is asked, answers, takes the role, repeats, is refused, gives up, asks, prepares, promises, proposes, accepts, refuses, not "decide"; did you mean decides?`,
		"agreement breakes":         `expected breaks, not "breakes"; did you mean breaks?`,
		"agremeent breaks":          `expected a message (Prepare, Promise, Accept, Accepted, Nack, Ask), actor N, anybody, what somebody does, action, chosen, or an invariant, not "agremeent"; did you mean agreement?`,
		"Accept with balot 1.2":     `expected ballot, not "balot"; did you mean ballot?`,
		"Accept with ballot":        `the condition ends too early: expected = != < <= > >= and a ballot such as 1.2`,
		"Accept with ballot > 2":    `expected a ballot such as 1.2, not "2"`,
		"Accept with ballot > 1.2x": `expected a ballot such as 1.2, not "1.2x"`,
		"Accept delivred":           `expected sent, delivered, lost, doubled, from, to or with ballot, not "delivred"; did you mean delivered?`,
		"actor 1 decides twice":     `expected the end, not "twice"`,
		"\x1b[31m":                  "expected a message (Prepare, Promise, Accept, Accepted, Nack, Ask), actor N, anybody, what somebody does, action, chosen, or an invariant, not \"\\x1b[31m\"",
		"Accept with ballot > 99999999999999999999.1": `expected a ballot such as 1.2, not "99999999999999999999.1"`,
	} {
		if _, err := Parse(w.Scenario(), text); err == nil || err.Error() != want {
			t.Errorf("%q:\n%v\nwant\n%s", text, err, want)
		}
	}
}
