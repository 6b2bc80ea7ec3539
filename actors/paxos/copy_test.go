package paxos

import (
	"reflect"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/ids"
)

// TestCopyFrom: a copy is the same in every field, and shares no memory. The
// test sets every field there is, and fails if somebody adds one.
func TestCopyFrom(t *testing.T) {
	set := func(ids ...sim.ID) (s ids.Set) {
		for _, id := range ids {
			s.Add(id)
		}
		return s
	}
	reports := Reports{list: []Report{{Value: 7, Count: 8, Place: 1}}}
	b := Actor{
		Record:   Record{Promised: 1, Accepted: 2, Value: 3, Round: 4, Learned: 5, LearnedIn: 6},
		proposer: proposer{own: 1, open: true, phase: accepting, ballot: 2, value: 3, repeats: 4, failures: 5, leads: true},
		learner:  learner{learned: 1, asks: 2},
		answers: answers{
			promises: Promises{Ballot: 1, From: set(1, 90), Count: 2, Highest: 3, Value: 4, Reports: reports},
			refusers: set(2, 80), heard: set(4, 100), tallies: Tallies{list: []Tally{{Ballot: 9, Value: 1, From: set(5, 66), Count: 2}}},
		},
		seen: 9,
		set:  &settings{},
	}
	var unset func(v reflect.Value, path string)
	unset = func(v reflect.Value, path string) {
		if v.Kind() == reflect.Struct {
			for i := range v.NumField() {
				unset(v.Field(i), path+"."+v.Type().Field(i).Name)
			}
		} else if v.IsZero() {
			t.Errorf("the test does not set %s", path)
		}
	}
	unset(reflect.ValueOf(b), "Actor")
	a := Actor{answers: answers{refusers: set(1, 2, 3, 200), tallies: Tallies{list: make([]Tally, 4)}}}
	a.CopyFrom(&b)
	if !reflect.DeepEqual(a, b) {
		t.Errorf("copied\n%+v\nfrom\n%+v", a, b)
	}
	a.promises.From.Add(91)
	a.refusers.Add(81)
	a.heard.Add(101)
	a.tallies.list[0].From.Add(67)
	a.promises.Reports.list[0].Count = 9
	for name, shared := range map[string]bool{
		"promises": b.promises.From.Has(91), "refusers": b.refusers.Has(81), "heard": b.heard.Has(101),
		"tallies": b.tallies.list[0].From.Has(67), "reports": b.promises.Reports.list[0].Count == 9,
	} {
		if shared {
			t.Errorf("%s is shared", name)
		}
	}
}
