package scenarios

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// oneByOne makes runs in the thread of the test.
func oneByOne(s *sim.Scenario, count uint64, each func(*sim.Outcome) error) error {
	w, err := s.Protocol.New(s)
	if err != nil {
		return err
	}
	for seed := range count {
		w.Reset(seed+1, nil)
		o := w.Run()
		tally.Run()
		if err := each(&o); err != nil {
			return err
		}
	}
	return nil
}

// TestLibraryHolds holds every scenario of the library to what it says of its
// runs, and to its premise.
func TestLibraryHolds(t *testing.T) {
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := Load(name)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case s.Group == "":
				t.Error("it is in no group")
			case s.Expect.Silent():
				t.Error("it does not say what it expects")
			case ExpectRuns(s) < 1000 && s.Actors < 100:
				t.Errorf("it is held to its expectation in %d runs only", ExpectRuns(s))
			}
			r, err := Verify(s, 0, oneByOne)
			if err != nil {
				t.Fatal(err)
			}
			if !r.Held() {
				t.Errorf("%s\n%+v\nwithout its premise: %+v", r.Lacks, r.Findings, r.Premise)
			}
		})
	}
}

// came makes outcomes as if they came of runs.
func came(list ...sim.Outcome) Runs {
	return func(_ *sim.Scenario, count uint64, each func(*sim.Outcome) error) error {
		for i := range count {
			o := list[int(i)%len(list)]
			o.Seed = i + 1
			if err := each(&o); err != nil {
				return err
			}
		}
		return nil
	}
}

// The outcomes that runs of these tests come to.
var (
	decidedAt = func(t, learned sim.Time) sim.Outcome {
		return sim.Outcome{Verdict: observe.VerdictDecided, Decisions: 3, Counted: true, Chosen: sim.Chosen{Value: 1}, ChosenTime: t - 10, DecideTime: t,
			LearnedTime: learned, LearnedAt: []sim.Time{-1, t, t + 2, learned}, Learned: 3, Awaited: 3, Asked: 1, Delivered: 9, Sent: 32, Marks: 1}
	}
	undecided = sim.Outcome{Verdict: observe.VerdictUndecided, End: observe.EndTime, Asked: 1, Delivered: 9, Sent: 99, Counted: true, LearnedAt: []sim.Time{-1, -1, -1, -1}, Awaited: 3}
	halfway   = sim.Outcome{Verdict: observe.VerdictPartial, End: observe.EndEvents, Sent: 99, Decisions: 2, Counted: true, Chosen: sim.Chosen{Value: 1}, ChosenTime: 25, DecideTime: 30,
		LearnedAt: []sim.Time{-1, -1, 35, 30}, Learned: 2, Awaited: 3}
	secret    = sim.Outcome{Verdict: observe.VerdictUndecided, End: observe.EndQuiet, Asked: 1, Delivered: 9, Sent: 9, Counted: true, Chosen: sim.Chosen{Value: 1}, ChosenTime: 20, LearnedAt: []sim.Time{-1, -1, -1, -1}, Awaited: 3}
	unwatched = sim.Outcome{Verdict: observe.VerdictUndecided, End: observe.EndQuiet, Asked: 1, Delivered: 9, Sent: 9}
	broken    = func(name string) sim.Outcome {
		return sim.Outcome{Verdict: observe.VerdictViolated, End: observe.EndViolation, Sent: 5,
			Violation: &sim.Violation{Invariant: name, Event: 7}}
	}
	idle    = sim.Outcome{Verdict: observe.VerdictUndecided, End: observe.EndQuiet, Asked: 1, Sent: 9}
	unasked = sim.Outcome{Verdict: observe.VerdictUndecided, End: observe.EndQuiet, Delivered: 99, Sent: 99}
)

// TestExpectations holds which runs meet which expectation, and what is said of
// those that do not.
func TestExpectations(t *testing.T) {
	fine := decidedAt(40, 50)
	tests := []struct {
		why    string
		expect string
		runs   []sim.Outcome // made again and again
		want   string        // what does not hold; "": all does
	}{
		{"a decision is a decision", "{always: decided}", []sim.Outcome{fine}, ""},
		{"none is none", "{always: decided}", []sim.Outcome{fine, undecided}, "always: decided: seed 2: undecided: time limit"},
		{"nor is what broke", "{always: decided}", []sim.Outcome{fine, fine, broken("validity")}, "always: decided: seed 3: validity (safety) broke at event 7"},
		{"one actor is not all", "{always: decided}", []sim.Outcome{halfway}, "always: decided: seed 1: partial: 2 of 3 have learned, event limit"},
		{"some is partial", "{always: partial}", []sim.Outcome{halfway}, ""},
		{"all is not", "{always: partial}", []sim.Outcome{halfway, fine}, "always: partial: seed 2: decided after 4ms"},
		{"nor is none", "{always: partial}", []sim.Outcome{undecided}, "always: partial: seed 1: undecided: time limit"},
		{"nor what nobody knows", "{always: partial}", []sim.Outcome{secret}, "always: partial: seed 1: undecided: quiet"},
		{"nor is what broke", "{always: partial}", []sim.Outcome{broken("agreement")}, "always: partial: seed 1: agreement (safety) broke at event 7"},
		{"a secret is undecided", "{always: undecided}", []sim.Outcome{secret}, ""},
		{"some in part", "{some: {partial: true}}", []sim.Outcome{fine, halfway}, ""},
		{"none in part", "{some: {partial: true}}", []sim.Outcome{fine, undecided}, "some: {partial: true}: no run was"},
		{"nothing breaks where nothing is decided", "{always: held}", []sim.Outcome{undecided, fine}, ""},
		{"what broke did not hold", "{always: held}", []sim.Outcome{undecided, broken("agreement")}, "always: held: seed 2: agreement (safety) broke at event 7"},
		{"undecided is no success by chance", "{always: undecided}", []sim.Outcome{undecided}, ""},
		{"who decides alone has decided", "{always: undecided}", []sim.Outcome{undecided, halfway}, "always: undecided: seed 2: partial: 2 of 3 have learned, event limit"},
		{"a decision is not undecided", "{always: undecided}", []sim.Outcome{undecided, fine}, "always: undecided: seed 2: decided after 4ms"},
		{"nor is what broke", "{always: undecided}", []sim.Outcome{broken("agreement")}, "always: undecided: seed 1: agreement (safety) broke at event 7"},
		{"left out, always is held", "{decided_within: 1s}", []sim.Outcome{fine, broken("agreement")},
			"always: held: seed 2: agreement (safety) broke at event 7; decided_within: 1s: seed 2: nothing was decided: agreement (safety) broke at event 7"},
		{"or anything, if something is to break", "{some: {violated: agreement}}", []sim.Outcome{undecided, broken("validity"), broken("agreement")}, ""},
		{"what broke first counts", "{some: {violated: agreement}}", []sim.Outcome{fine, broken("validity")}, "some: {violated: agreement}: no run broke it"},
		{"within so many runs", "{some: {violated: agreement, in: 3}}", []sim.Outcome{fine, fine, broken("agreement")}, ""},
		{"and not after them", "{some: {violated: agreement, in: 2}}", []sim.Outcome{fine, fine, broken("agreement")}, "some: {violated: agreement, in: 2}: no run broke it"},
		{"some decide, some do not", "{some: {decided: true, undecided: true}}", []sim.Outcome{fine, undecided}, ""},
		{"each is asked for", "{some: {decided: true, undecided: true}}", []sim.Outcome{fine}, "some: {undecided: true}: no run was"},
		{"each is asked for", "{some: {decided: true, undecided: true}}", []sim.Outcome{undecided}, "some: {decided: true}: no run did"},
		{"part is neither", "{some: {decided: true, undecided: true}}", []sim.Outcome{halfway}, "some: {decided: true}: no run did; some: {undecided: true}: no run was"},
		{"chosen in time", "{chosen_within: 3ms}", []sim.Outcome{fine, halfway, secret}, ""},
		{"chosen too late", "{chosen_within: 2.9ms}", []sim.Outcome{secret, fine}, "chosen_within: 2.9ms: seed 2: chosen after 3ms"},
		{"never chosen is too late", "{chosen_within: 1h}", []sim.Outcome{undecided}, "chosen_within: 1h: seed 1: nothing was chosen: undecided: time limit"},
		{"what nobody counts nobody knows", "{chosen_within: 1h}", []sim.Outcome{unwatched}, "chosen_within: 1h: seed 1: nobody counted votes"},
		{"two of three are most", "{learned: majority}", []sim.Outcome{fine, halfway}, ""},
		{"none are not", "{learned: majority}", []sim.Outcome{secret}, "learned: majority: seed 1: 0 of 3 have learned: undecided: quiet"},
		{"the last of most counts", "{learned: majority, within: 3.5ms}", []sim.Outcome{halfway}, ""},
		{"and may be late", "{learned: majority, within: 3.4ms}", []sim.Outcome{halfway}, "learned: majority, within: 3.4ms: seed 1: learned after 3.5ms"},
		{"not the last of all", "{learned: majority, within: 4.2ms}", []sim.Outcome{fine}, ""},
		{"all is all", "{learned: all, within: 5ms}", []sim.Outcome{fine}, ""},
		{"two are not all", "{learned: all}", []sim.Outcome{fine, halfway}, "learned: all: seed 2: partial: 2 of 3 have learned, event limit"},
		{"all too late", "{learned: all, within: 4.9ms}", []sim.Outcome{fine}, "learned: all, within: 4.9ms: seed 1: learned after 5ms"},
		{"so many", "{learned: 1, within: 3ms}", []sim.Outcome{halfway}, ""},
		{"so many too late", "{learned: 1, within: 2.9ms}", []sim.Outcome{halfway}, "learned: 1, within: 2.9ms: seed 1: learned after 3ms"},
		{"fewer than so many", "{learned: 3}", []sim.Outcome{halfway}, "learned: 3: seed 1: partial: 2 of 3 have learned, event limit"},
		{"these", "{learned: [3, 2], within: 3.5ms}", []sim.Outcome{halfway}, ""},
		{"not these", "{learned: [1]}", []sim.Outcome{fine, halfway}, "learned: [1]: seed 2: partial: 2 of 3 have learned, event limit"},
		{"these too late", "{learned: [2], within: 3.4ms}", []sim.Outcome{halfway}, "learned: [2], within: 3.4ms: seed 1: learned after 3.5ms"},
		{"just in time", "{decided_within: 4ms, learned_within: 5ms, never_decided_before: 4ms}", []sim.Outcome{fine}, ""},
		{"too late", "{decided_within: 3.9ms}", []sim.Outcome{fine}, "decided_within: 3.9ms: seed 1: decided after 4ms"},
		{"never is too late", "{decided_within: 1h}", []sim.Outcome{undecided}, "decided_within: 1h: seed 1: nothing was decided: undecided: time limit"},
		{"one actor is enough", "{decided_within: 3ms}", []sim.Outcome{halfway}, ""},
		{"for all, it is not", "{learned_within: 1h}", []sim.Outcome{halfway}, "learned_within: 1h: seed 1: not all have learned: partial: 2 of 3 have learned, event limit"},
		{"too late for all", "{learned_within: 4.9ms}", []sim.Outcome{fine}, "learned_within: 4.9ms: seed 1: learned after 5ms"},
		{"too early", "{never_decided_before: 4.1ms}", []sim.Outcome{fine}, "never_decided_before: 4.1ms: seed 1: decided after 4ms"},
		{"never is not too early", "{never_decided_before: 1h}", []sim.Outcome{undecided}, ""},
		{"as many as that", "{messages: {at_most: 32}}", []sim.Outcome{fine}, ""},
		{"one too many", "{messages: {at_most: 31}}", []sim.Outcome{fine}, "messages: {at_most: 31}: seed 1: sent 32"},
		{"each mark in some run", "{marks: [decided, answered-from-disk]}", []sim.Outcome{fine, {Marks: 1 << 4, Sent: 1}}, ""},
		{"each of them", "{marks: [decided, answered-from-disk, decided-adopted]}", []sim.Outcome{fine}, "marks: [decided, answered-from-disk, decided-adopted]: no run reached answered-from-disk, decided-adopted"},
		{"who does nothing breaks nothing", "{always: held}", []sim.Outcome{idle}, "no value was at stake in any run: this proves nothing"},
		{"who is asked for nothing has nothing to lose", "{always: held}", []sim.Outcome{unasked}, "no value was at stake in any run: this proves nothing"},
		{"nor by not deciding", "{always: undecided}", []sim.Outcome{unasked, idle}, "no value was at stake in any run: this proves nothing"},
		{"but if one tries it is something", "{always: held}", []sim.Outcome{idle, undecided}, ""},
		{"as many as any of it is about", "{always: held, some: {undecided: true, in: 3}, runs: 2}", []sim.Outcome{fine, fine, undecided}, ""},
		{"as many as it says", "{always: held, runs: 2}", []sim.Outcome{fine, fine, broken("agreement")}, ""},
	}
	for _, tt := range tests {
		s, err := Read("file.yaml", "paxsim: 1\nactors: 3\nrequests: by-chance\nexpect: "+tt.expect+"\n")
		if err != nil {
			t.Fatal(err)
		}
		r, err := Verify(s, 0, came(tt.runs...))
		if err != nil {
			t.Fatal(err)
		}
		if got := complaints(r); got != tt.want || r.Held() != (tt.want == "") {
			t.Errorf("%s: %s: got %q, want %q", tt.expect, tt.why, got, tt.want)
		}
		if want := max(ExpectRuns(s), s.Expect.Some.In); r.Runs != want {
			t.Errorf("%s: %d runs, want %d", tt.expect, r.Runs, want)
		}
	}
}

func complaints(r *Report) string {
	var parts []string
	for _, f := range r.Findings {
		switch {
		case f.Held:
		case f.Run:
			parts = append(parts, fmt.Sprintf("%s: seed %d: %s", f.Expects, f.Seed, f.Came))
		default:
			parts = append(parts, f.Expects+": "+f.Came)
		}
	}
	if r.Lacks != "" {
		parts = append(parts, r.Lacks)
	}
	return strings.Join(parts, "; ")
}

// TestPremises holds when a premise is shown to carry what it must.
func TestPremises(t *testing.T) {
	fine, late := decidedAt(40, 50), decidedAt(4000, 5000)
	tests := []struct {
		why     string
		premise string
		without []sim.Outcome // the runs without it
		runs    uint64        // that are made
		broken  string
		still   string // what holds and must not
	}{
		{"one that fails is enough, and ends the runs", "{calm: loss}", []sim.Outcome{fine, late}, 2, "decided_within", ""},
		{"what nobody comes to is seen at the end", "{calm: loss}", []sim.Outcome{{Verdict: observe.VerdictDecided, Decisions: 1, Sent: 1}}, 10, "marks", ""},
		{"if nothing fails, it carried nothing", "{calm: loss}", []sim.Outcome{fine}, 10, "", "any of always: held, decided_within: 100ms, marks: [decided]"},
		{"what must fail is waited for", "{calm: loss, breaks: always}", []sim.Outcome{late, late, broken("agreement")}, 3, "always, decided_within", ""},
		{"all that must", "{calm: loss, breaks: [always, decided_within]}", []sim.Outcome{broken("agreement")}, 1, "always, decided_within", ""},
		{"another one is none", "{calm: loss, breaks: [always, decided_within]}", []sim.Outcome{late}, 10, "decided_within", "always"},
		{"marks", "{calm: loss, breaks: marks}", []sim.Outcome{undecided}, 10, "decided_within, marks", ""},
		{"marks that are come to later", "{calm: loss, breaks: marks}", []sim.Outcome{undecided, fine}, 10, "decided_within", "marks"},
	}
	for _, tt := range tests {
		s, err := Read("file.yaml", "paxsim: 1\nactors: 3\nnetwork: {loss: 1%}\nrequests: by-chance\nexpect: {decided_within: 100ms, marks: [decided], runs: 10}\npremise: "+tt.premise+"\n")
		if err != nil {
			t.Fatal(err)
		}
		r, err := Verify(s, 0, func(of *sim.Scenario, count uint64, each func(*sim.Outcome) error) error {
			if of != &s.Scenario {
				if of.Network.Loss > 0 {
					t.Errorf("%s: %+v is not without its premise", tt.why, of)
				}
				return came(tt.without...)(of, count, each)
			}
			return came(fine)(of, count, each)
		})
		if err != nil {
			t.Fatal(err)
		}
		p := r.Premise
		if p.Runs != tt.runs || strings.Join(p.Broken, ", ") != tt.broken || len(complaints(r)) > 0 || r.Held() != (tt.still == "") {
			t.Errorf("%s: %d runs, broken %q, held %v, %s", tt.why, p.Runs, p.Broken, r.Held(), complaints(r))
		}
		if still := strings.Join(p.Unbroken, ", "); still != tt.still {
			t.Errorf("%s: still holds: %q, want %q", tt.why, still, tt.still)
		}
	}
}

// TestHoldStops holds that what keeps runs from being made is no finding.
func TestHoldStops(t *testing.T) {
	s, err := Load("majority-cut")
	if err != nil {
		t.Fatal(err)
	}
	stop := errors.New("stop")
	for most := range 2 {
		calls := 0
		_, err := Verify(s, 3, func(of *sim.Scenario, count uint64, each func(*sim.Outcome) error) error {
			if calls++; calls > most {
				return stop
			}
			return came(decidedAt(20_000, 20_000))(of, count, each)
		})
		if !errors.Is(err, stop) {
			t.Errorf("after %d: %v", most, err)
		}
	}
	s.Premise.Calm = []string{"rain"}
	var bad *Errors
	if _, err := Verify(s, 3, came(decidedAt(20_000, 20_000))); !errors.As(err, &bad) {
		t.Error(err)
	}
}

// TestOutsideNeedsAnExpectation holds that who leaves the model of Paxos says
// what comes of it.
func TestOutsideNeedsAnExpectation(t *testing.T) {
	const text = "paxsim: 1\nactors: 3\nrequests: by-chance\noutside: [forged-senders]\n"
	for _, tt := range []struct {
		expect string
		always Always
		held   bool
	}{{"", AlwaysDecided, false}, {"expect: {marks: [decided]}\n", AlwaysAnything, true}, {"expect: {always: held}\n", AlwaysHeld, false}} {
		s, err := Read("file.yaml", text+tt.expect)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Verify(s, 4, came(decidedAt(4, 5), broken("agreement")))
		if err != nil || r.Held() != tt.held || s.Expect.Always != tt.always {
			t.Errorf("%s%v: %s, %v, always %d", tt.expect, err, complaints(r), r.Held(), s.Expect.Always)
		}
	}
}
