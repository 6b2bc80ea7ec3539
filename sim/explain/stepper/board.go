package stepper

import "github.com/paxsim/paxsim/sim/explain/boards"

// Board is the board after the last event; nil: the protocol has none. The run is made
// again up to there, and the stepper stays where it is. The error is that of the context.
func (s *Stepper) Board() (*boards.Follower, error) {
	f := boards.Follow(s.scenario, s.world)
	if f == nil {
		return nil, nil
	}
	stood := s.At()
	s.restart()
	for s.At() < stood && !s.over && s.Err() == nil {
		if s.one() {
			f.Step(s.step)
		}
	}
	return f, s.Err()
}
