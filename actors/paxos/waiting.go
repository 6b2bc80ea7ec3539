package paxos

import "github.com/paxsim/paxsim/sim"

// Waits tells what the actor's round lacks, and which actors have not given it yet. With
// [sim.Runner].Diagnosis it answers why a run does not reach its end.
func (a *Actor) Waits() (what string, from []sim.ID) {
	given := &a.promises.From
	switch a.phase {
	case idle:
		return "", nil
	case preparing:
		what = "promises of " + a.ballot.String()
	case accepting:
		what, given = "acceptances of "+a.ballot.String(), &a.heard
	}
	members := &a.set.members
	for id := members.Next(0); id != 0; id = members.Next(id) {
		if !given.Has(id) && !a.refusers.Has(id) {
			from = append(from, id)
		}
	}
	return what, from
}
