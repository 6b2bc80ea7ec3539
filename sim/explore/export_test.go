package explore

import (
	"github.com/paxsim/paxsim/sim/plain"
)

// KeepsWay makes a look with order keep the way that it has found.
func KeepsWay(is bool) {
	if mostToShorten = 1 << 20; is {
		mostToShorten = 1
	}
}

// Rests makes a look call a function for each world in which nothing can happen any more,
// with what its actors and its history are.
func (o *Options) Rests(f func(plain.Sum)) { o.rests = f }
