package paxos

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/sim"
)

// A record as the world wants it: words for the digest, a text for people.

// Hash implements [sim.Record].
func (r Record) Hash(d *sim.Digest) {
	d.Mix(uint64(r.Promised))
	d.Mix(uint64(r.Accepted))
	d.Mix(uint64(r.Value)<<32 | uint64(r.Round))
	if r.Learned != 0 {
		d.Mix(uint64(r.LearnedIn))
		d.Mix(uint64(r.Learned))
	}
}

// Text implements [sim.Record].
func (r Record) Text(names sim.Names) string {
	var parts []string
	if r.Promised != 0 {
		parts = append(parts, "promised "+r.Promised.String())
	}
	if r.Accepted != 0 {
		parts = append(parts, fmt.Sprintf("accepted %v=%s", r.Accepted, names.ValueName(r.Value)))
	}
	if r.Round != 0 {
		parts = append(parts, fmt.Sprintf("round %d", r.Round))
	}
	if r.Learned != 0 {
		parts = append(parts, "learned "+names.ValueName(r.Learned))
	}
	return strings.Join(parts, ", ")
}
