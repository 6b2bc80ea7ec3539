// Package breakages breaks the code on purpose, one line at a time, and looks
// whether the test that should notice does. It holds tests only.
//
// A binary for each breakage would cost most of the time of go test. So all are
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
package breakages
