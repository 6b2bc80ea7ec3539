// Package scenarios is the library of scenario files and all reading and
// writing of them.
//
//	text --parse--> nodes --base--> nodes --overrides--> nodes --the table of fields--> Scenario
//	                                                                                        |
//	                              canonical text  <--Text--  the same table  <--------------+
//	                              text with all that was left open, told  <--Show-----------+
//	                              runs against what they should come to   <--Hold-----------+
//
// A file is YAML without anchors, aliases, tags and second documents. One table
// (table.go) says which fields there are; it is what reading, writing, --set
// and [Fields] go by. Times become ticks, chances become parts per billion; no
// floating point is used. What Text writes reads back to an equal scenario.
package scenarios

// Format is the version of the file format: the value of the key paxsim, with
// which a file begins.
const Format = 1
