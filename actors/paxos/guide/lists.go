package guide

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
)

// sorted is actors in the order of their numbers.
func sorted(ids []sim.ID) []sim.ID {
	list := slices.Clone(ids)
	slices.Sort(list)
	return list
}

// actorList names actors: "actor 1", "actors 1, 2 and 3".
func actorList(ids []sim.ID) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = fmt.Sprint(id)
	}
	if len(ids) == 1 {
		return "actor " + list[0]
	}
	return "actors " + joined(list)
}

// joined lists things: "a, b and c".
func joined(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}
