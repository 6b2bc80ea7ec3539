package cli

import (
	"errors"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scenarios/load"
)

// stale is what of a file no longer comes out as it says.
type stale struct{ error }

// Unwrap is the error that people see.
func (o stale) Unwrap() error { return o.error }

// decodeStory reads the text of a story file, which mistakes call by a name, and plays
// it. wrong is what the story says and does not come out; an error where a line cannot
// happen.
func (a *app) decodeStory(name string, data []byte, l *limits) (r *load.Run, wrong string, err error) {
	st, err := scenarios.ReadStory(name, string(data))
	switch {
	case errors.Is(err, scenarios.ErrNoScenario):
		return nil, "", ofTest{usage("%s: %v", name, err)}
	case err != nil:
		return nil, "", scenarioError(name, err)
	}
	if _, err := l.workers(&st.Scenario.Scenario, 1); err != nil {
		return nil, "", err
	}
	r, err = load.Tell(a.ctx, name, st)
	var differs *load.Differs
	switch {
	case a.ctx.Err() != nil:
		return nil, "", a.interrupted("")
	case errors.As(err, &differs) && r != nil:
		return r, differs.Error(), nil
	case errors.As(err, &differs):
		return nil, "", stale{scenarioError(name, differs.Err)}
	case err != nil:
		return nil, "", scenarioError(name, err)
	}
	return r, "", nil
}

// noteWrong tells what a story says that is not so.
func (a *app) noteWrong(v *saved) {
	if v.wrong != "" {
		a.note(&failure{exitOtherwise, v.name + ": " + v.wrong})
	}
}
