package paxosspec

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
)

// Hash implements [sim.Record].
func (r Record) Hash(d *sim.Digest) {
	word := uint64(r.MaxVal)<<32 | uint64(r.MaxBal)<<8 | uint64(r.MaxVBal)
	if r.Began {
		word |= 1 << 16
	}
	d.Mix(word)
}

// Text implements [sim.Record].
func (r Record) Text(names sim.Names) string {
	if r.Began {
		return "has begun"
	}
	return fmt.Sprintf("maxBal %v, maxVBal %v, maxVal %s", r.MaxBal, r.MaxVBal, names.ValueName(r.MaxVal))
}

// Fields implements [abilities.Fielder].
func (a *Actor) Fields(names sim.Names) []shown.Field {
	switch {
	case a.Bal != 0:
		var heard []string
		for id, r := range a.Heard {
			if r.Said {
				heard = append(heard, fmt.Sprint(id))
			}
		}
		return []shown.Field{
			{Name: "ballot", Text: a.Bal.String()}, {Name: "heard of", Text: strings.Join(heard, ", ")},
			{Name: "proposed", Text: textOf(a.Proposed, names)},
		}
	case a.Votes != (Votes{}):
		var seen []string
		for id, of := range a.Votes {
			for b, v := range of {
				if v != 0 {
					seen = append(seen, fmt.Sprintf("%d for %s in %v", id, names.ValueName(v), Ballot(b)))
				}
			}
		}
		return []shown.Field{{Name: "votes", Text: strings.Join(seen, ", ")}}
	}
	return []shown.Field{
		{Name: "maxBal", Text: a.MaxBal.String()}, {Name: "maxVBal", Text: a.MaxVBal.String()},
		{Name: "maxVal", Text: textOf(a.MaxVal, names)},
	}
}

// textOf is the name of a value; "": there is none.
func textOf(v sim.Value, names sim.Names) string {
	if v == 0 {
		return ""
	}
	return names.ValueName(v)
}
