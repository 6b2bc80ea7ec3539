package dialogue

import (
	"testing"

	"github.com/paxsim/paxsim/sim/trace"
)

// What is lost and doubled is found with its ballot, where it is sent and where
// it would have arrived.
func TestConditionsOfFates(t *testing.T) {
	w := begin(t, "literal-acks", trace.Base{Calm: true})
	talk(t, w, "to 9", "lose Accept 1>2", "double Accept 1>3", "until Accept doubled with ballot 1.1")
	if w.At() != 10 {
		t.Errorf("doubled at %d", w.At())
	}
	talk(t, w, "to 1", "until Accept from 1 to 2 lost with ballot 1.1")
	if w.At() != 9 {
		t.Errorf("lost at %d", w.At())
	}
	w = begin(t, "literal-acks", trace.Base{Calm: true})
	talk(t, w, "to 6", "crash 2 before Promise 2>1 for 20ms", "until Accepted lost to 2 with ballot 1.1")
	if e := w.Step().Event; e.Actor != 2 || e.At != 40 {
		t.Errorf("lost on arrival: %+v", w.Step())
	}
}
