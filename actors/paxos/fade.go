package paxos

import "github.com/paxsim/paxsim/sim"

// fade clears what an actor will never use again, for an exhaustive look within a scope.
func fade(a *Actor, left *sim.Left) {
	if !left.Alarms[alarmRepeat] {
		a.repeats = 0
	}
	if !left.Alarms[alarmAsk] {
		a.asks = 0
	}
	if left.Asks || left.Alarms[alarmRole] {
		return // it may begin a round
	}
	a.seen, a.failures, a.open = 0, 0, false
	if a.phase != preparing {
		a.own = 0
		a.promises.Highest, a.promises.Value = 0, 0
	}
}
