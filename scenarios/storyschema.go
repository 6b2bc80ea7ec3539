package scenarios

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/story"
)

// storyDocs says what the keys of a story hold, in the order in which they are written.
var storyDocs = []struct{ key, doc string }{
	{breaksKey, "of a story: the invariant that breaks at the end"},
	{storyKey, "of a story: what happens, a line an event, in its order; what no line says never happens. One that keeps the clock has no lines: " + story.ByClock},
	{givenKey, "of a story: answers about faults by chance and about who is asked, by the text of the choice"},
}

// storyProperties are the keys of a story as members of an object, with these
// invariants.
func storyProperties(invariants []string) properties {
	is := map[string]schema{
		breaksKey: {Enum: append(invariants, sim.PanicInvariant)},
		storyKey: {AnyOf: []schema{
			{Type: "array", Items: &schema{Type: "string", MinLength: 1}, MinItems: 1, MaxItems: maxLines},
			{Const: story.ByClock},
		}},
		givenKey: {Type: "object", MinMembers: 1, MaxMembers: maxGiven, Others: &schema{Type: "integer", Minimum: bound(1), Maximum: bound(1<<32 - 1)}},
	}
	var list properties
	for _, d := range storyDocs {
		s := is[d.key]
		s.Description = d.doc
		list = append(list, property{d.key, s})
	}
	return list
}
