package story

import (
	"slices"

	"github.com/paxsim/paxsim/scheduler"
)

type key = scheduler.Key

// sortedTexts are the texts of answers in their order.
func sortedTexts(m map[string]uint32) []string {
	texts := make([]string, 0, len(m))
	for text := range m { //sorted: below
		texts = append(texts, text)
	}
	slices.Sort(texts)
	return texts
}

// sortedKeys are the keys of answers in their order.
func sortedKeys(m map[key]uint32) []key {
	keys := make([]key, 0, len(m))
	for k := range m { //sorted: below
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
