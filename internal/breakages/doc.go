// Package breakages breaks the code on purpose, one place at a time, and looks
// whether the test that should notice does. It holds tests only.
//
// A breakage is a line of a table. It names a function, a method or a variable,
// then says what is done to it, then the test that must fail:
//
//	{"a client that asks once", "sim.(*World).comeBack", drop("w.askAgain"), "sim.TestClientAsksAgain"},
//
// The words for what is done are in change_test.go: a statement is dropped, a
// condition is always or never true, one piece takes the place of another. They
// point at the place by a short piece of its text. So a breakage stays as it is
// when its function moves to another file, and when the code around the place
// changes. If a place is gone, or if a piece means two places, the test says so
// and shows what is near.
//
// A binary for each breakage would take most of the time of go test. So all are
// built into one test binary a room, and the environment says which is in force.
// To that end a declaration that is to be broken is there twice, whole and
// broken:
//
//	func lossBits(h uint64) uint32 {
//		if brokenLine == 14 {
//			return broken14lossBits(h)
//		}
//		return uint32(h)
//	}
//
// The tree itself is not touched: the go command is given the woven files in
// place of its own, by -overlay.
//
// go test makes a share of the breakages, at least one for each room. With the
// build tag gate it makes all of them.
package breakages
