package scenarios

import (
	"errors"
	"fmt"

	"github.com/paxsim/paxsim/sim"
)

// Ticks reads a time as files write it, such as 2.5ms, in ticks of a scenario.
func Ticks(s *sim.Scenario, text string) (sim.Time, error) {
	k := duration(0, sim.MaxTime)
	v, err := k.parse(given{tick: s.Tick}, text)
	if errors.Is(err, errForm) {
		err = fmt.Errorf("%q is no time such as 20ms", clip(text))
	}
	return sim.Time(v), err
}
