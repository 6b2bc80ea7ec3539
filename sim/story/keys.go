package story

import (
	"slices"

	"github.com/paxsim/paxsim/scheduler"
)

type key = scheduler.Key

// sortedKeys are the keys of answers in their order.
func sortedKeys(m map[key]uint32) []key {
	keys := make([]key, 0, len(m))
	for k := range m { //sorted: below
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
