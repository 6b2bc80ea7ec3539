// Package anyscenario draws scenarios for tests: sound ones, over all that a
// file can say. Sound means that Paxos promises something of them: no mutant is
// in, nothing is outside the model, no setting is unsafe. A scenario is drawn as
// the text of a file, so that it takes the road that every scenario takes, and
// is a function of a number: the same number draws the same text everywhere.
//
//	text := anyscenario.Draw(7).Text
//
// Each field of a file has a line in the table of fields (table.go), which says
// how often the field is said and over which range. Times and counts are spread
// by their logarithm: 1 tick to 10 ticks is as likely as 10^8 to 10^9.
package anyscenario
