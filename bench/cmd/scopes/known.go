package main

// figure is the least number of actions that an exhaustive search, breadth first, has
// found in an abstract model of 3 actors, in which messages are a set and arrive any
// number of times: until the first invariant breaks, and until two values are decided.
// "≤": the best that a search without a proof has found.
type figure struct{ first, agreement string }

// known is, by the alias of a mutant, what was known before.
var known = map[string]figure{
	"S1": {"9", "12"}, "S2": {"7", "12"}, "S3a": {"14", "17"}, "S3b": {"14", "17"}, "S3c": {"14", "17"},
	"S4a": {"7", "12"}, "S5": {"4", "12"}, "S6": {"3", "13"}, "S7": {"6", "13"}, "S8": {"3", "13"},
	"S9": {"6", "10"}, "S10": {"3", "12"}, "S11": {"4", "14"}, "S12": {"10", "13"}, "S13": {"5", "17"},
	"S14a": {"10", "≤ 22"}, "S14b": {"10", "18"}, "S14c": {"10", "17"}, "S15": {"7", "18"}, "S16": {"11", "15"},
	"S17": {"1", "12"}, "S18": {"11", "≤ 22"}, "S19": {"11", "12"}, "S20": {"6", "12"}, "S21": {"13", "≤ 23"},
}
