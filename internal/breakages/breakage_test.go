package breakages

import (
	"slices"
	"strings"
)

// breakage is what is done to one place of the code, and the test that must fail
// then.
type breakage struct {
	what    string // the fault that the code has now
	place   string // a function, a method or a variable: "sim.(*World).comeBack"
	change  change
	notices string // a test, or a subtest: "cmd/paxsim.TestScripts/zoo"
}

// all are the breakages of every table, in the order that numbers them.
var all = slices.Concat(rules, slips, protocol, watchers, world, weather, searched, hunts, stories, contract, shown, screens, pages, benches, parts, checks, explored)

// room is the folder whose test must notice.
func (b *breakage) room() string {
	room, _, _ := strings.Cut(b.notices, ".")
	return room
}

// inRoom says whether the place is in the room of the test.
func (b *breakage) inRoom() bool {
	folder, _, _ := strings.Cut(b.place, ".")
	return folder == b.room()
}

// test is the name of the test that must notice.
func (b *breakage) test() string {
	_, test, _ := strings.Cut(b.notices, ".")
	return test
}

// ofRoom are those of a list that tests of a room must notice.
func ofRoom(list []int, room string) (part []int) {
	for _, i := range list {
		if all[i].room() == room {
			part = append(part, i)
		}
	}
	return part
}

// roomsOf are the rooms whose tests must notice some breakage of a list, each
// once, the one with the most breakages first: it takes the longest.
func roomsOf(list []int) []string {
	count := map[string]int{}
	var rooms []string
	for _, i := range list {
		room := all[i].room()
		if count[room]++; count[room] == 1 {
			rooms = append(rooms, room)
		}
	}
	slices.SortStableFunc(rooms, func(a, b string) int { return count[b] - count[a] })
	return rooms
}
