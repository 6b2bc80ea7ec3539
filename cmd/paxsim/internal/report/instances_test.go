package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// manyInstances is a run of so many instances, of which the last is not decided.
func manyInstances(n int) Row {
	r := decided(scene(), 1, 40)
	for i := range n {
		d := sim.Decision{Instance: sim.Instance(i), Value: 1, Chosen: sim.Chosen{Value: 1}, ChosenTime: 5, DecideTime: 10, AllLearned: true, LearnedTime: 20, Learned: 3}
		if i == n-1 {
			d = sim.Decision{Instance: d.Instance, Chosen: d.Chosen, ChosenTime: 5}
		}
		r.ByInstance = append(r.ByInstance, Instance{Decision: d, Value: fmt.Sprintf("v%d", i), Round: "1.1"})
	}
	return r
}

// TestInstancesInATable: a cell tells of the first instances and of the last, and
// a table of their own of as many as fit a screen.
func TestInstancesInATable(t *testing.T) {
	for n, want := range map[int]string{
		2: "0: v0, 1: v1  ", 3: "0: v0, 1: v1, 2: v2  ", 4: "0: v0, 1: v1, … 3: v3  ", 100_000: "0: v0, 1: v1, … 99999: v99999  ",
	} {
		r := manyInstances(n)
		var b bytes.Buffer
		sink := NewSink("table", &b, Page{Runs: 1, Several: true})
		if err := sink.Row(&r); err != nil {
			t.Fatal(err)
		}
		if err := sink.Close(nil); err != nil {
			t.Fatal(err)
		}
		out := b.String()
		if !strings.Contains(out, want) {
			t.Errorf("%d instances: no %q:\n%s", n, want, out)
		}
		_, below, _ := strings.Cut(out, "\n\n")
		if lines := strings.Count(below, "1.1"); lines != min(n, mostLines) {
			t.Errorf("%d instances: %d lines:\n%s", n, lines, below)
		}
		if more := strings.Contains(below, fmt.Sprintf("... and %s: --format json tells of all.", say.Plural(uint64(n-mostLines), "instance"))); more != (n > mostLines) {
			t.Errorf("%d instances:\n%s", n, below)
		}
		for _, line := range strings.Split(below, "\n") {
			if len(line) > 80 {
				t.Errorf("%d instances: a line of %d characters: %s", n, len(line), line)
			}
		}
	}
}

// TestInstancesInJSON: programs read of every instance, and of what has not
// happened nothing.
func TestInstancesInJSON(t *testing.T) {
	r := manyInstances(2)
	const want = `[{"instance":0,"value":"v0","lap":"1.1","chosen_ms":0.5,"decided_ms":1.0,"learned_ms":2.0,"learned":"3/3"},` +
		`{"instance":1,"value":"v1","lap":"1.1","chosen_ms":0.5,"decided_ms":null,"learned_ms":null,"learned":"0/3"}]`
	if got := instancesField.Of(&r); got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
	one := decided(scene(), 1, 40)
	if got := instancesField.Of(&one); got != "" {
		t.Errorf("of the only instance: %s", got)
	}
}
