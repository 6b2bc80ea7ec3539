package paxos

import "github.com/paxsim/paxsim/sim"

// boundAfterStorm is how long a core that has calm, of which one keeps the role,
// needs at most until all of it have learned, counted from the arrival of the
// storm's last message. With d the greatest delay and s a save:
//
//	  back-off             the greatest wait of a proposer that is refused
//	+ 2d                   a refusal, for promises made in the storm
//	+ 4d + 3s              a round: Prepare, Promise, Accept, Accepted
//	+ 1 repeat             a retransmission time-out
//
// and at least back-off + 9d + 5s: the storm's last Prepare may fall between the
// leader's Prepare and its Accept, so that the refusal takes 3d + s; and two
// acceptors may have promised two ballots, so that the next round, begun on the
// first refusal, is refused once more, after 2d + s.
//
// It is 0, no promise, if a proposer gives a phase up before the answers can be
// there.
func boundAfterStorm(s *sim.Scenario, t *timing) sim.Time {
	d, save := s.Network.DelayMax+s.Network.Bias, s.Disk.Sync
	patience := t.repeat * sim.Time(s.Setting("repeats")+1)
	if patience < 2*d+2*save {
		return 0
	}
	var wait sim.Time
	switch s.Setting("on_nack") {
	case onNackRetry:
		wait = t.backoffCap
	case onNackWhenLost: // it hopes for those outside the core, in vain
		wait = 2 * patience
	}
	return wait + max(6*d+3*save+t.repeat, 9*d+5*save)
}

// boundLine tells the bound to people.
func boundLine(t *timing) sim.PlanLine {
	line := sim.PlanLine{Name: "bound", Ticks: t.bound, How: "after the storm: back-off + 2 delays (refusals) + 4 delays + 3 saves + repeat, at least back-off + 9 delays + 5 saves"}
	if t.bound == 0 {
		line = sim.PlanLine{Name: "bound", Text: "none", How: "a proposer gives up before the answers can be there"}
	}
	return line
}
