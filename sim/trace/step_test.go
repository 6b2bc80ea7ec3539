package trace_test

import (
	"testing"

	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// A fault that begins at a moment is told before the event that brings the moment.
// The step is that of the event all the same, wherever it is read.
func TestStepIsTheEvent(t *testing.T) {
	fault := observe.Entry{Event: 5, At: 9, What: observe.FaultStruck, Text: "cut"}
	arrival := observe.Entry{Event: 5, At: 9, What: observe.Delivered, Actor: 2, Peer: 1}
	effect := observe.Entry{Event: 5, At: 9, What: observe.Sent, Actor: 2, Peer: 1}
	next := observe.Entry{Event: 6, At: 9, What: observe.TimedOut, Actor: 1}
	var got []trace.Step
	steps := trace.Steps{Each: func(s trace.Step) {
		got = append(got, trace.Step{Event: s.Event, Effects: append([]observe.Entry{}, s.Effects...)})
	}}
	for _, e := range []observe.Entry{fault, arrival, effect, next} {
		steps.Observe(e)
	}
	steps.Flush()
	if len(got) != 2 || got[0].Event != arrival || len(got[0].Effects) != 2 || got[0].Effects[0] != fault || got[0].Effects[1] != effect || got[1].Event != next {
		t.Errorf("the steps are %+v", got)
	}
}
