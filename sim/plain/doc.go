// Package plain copies and hashes plain values of any type. Reflection looks at a type
// once and makes a [Plan] of it; values then follow the plan.
//
// A plain value is made of whole numbers, truth values, texts, arrays, structs and slices
// of these, and sets of actors ([ids.Set]). A plan refuses a type with anything else, and
// names the field: a pointer, a map, a function, an interface, a channel, a float. The
// author of the type can say of a field what it is for, by a tag:
//
//	set     *settings `state:"fixed"`   // the same in all states: shared, and not hashed
//	seen    uint64    `state:"scratch"` // saves a search: copied, and not hashed
//	marks   Marks     `state:"mark"`    // only told: copied, and not hashed
//	waiting []job     `state:"bag"`     // a list whose order says nothing
//	votes   []vote    `state:"by-actor"` // a list or an array by the number of an actor
//	asked   []bool    `state:"by-value"` // the same, by the number of a value
//
// A tag of an embedded struct is about all its fields. In a list by actor or by value,
// an element that is zero says as much as none, so zeros at the end do not count.
// Scratch that is not plain, such as a pointer to what was found last, is not copied:
// a copy gets what a fresh value has there.
//
// What is hashed decides which states are one. So a field that has a part in what happens
// later must never be scratch or a mark: states that differ would be taken for one, and a
// bug could hide in the one that is left out.
//
// # Renaming
//
// Two states that differ only in the numbers of actors or values can be one state, if
// these play the same part: see [Renaming]. A plan renames what has the type [ids.ID],
// [ids.Value] or [ids.Set], and lists by actor or by value. A number that has an actor in
// it, such as the ballot 1.3, is renamed by its type, with a method Renamed: see [Renamer].
package plain
