package scenarios

import (
	"reflect"
	"sync"
	"weak"

	"github.com/paxsim/paxsim/sim"
)

// tables keeps the table of each protocol that was asked for lately: making one
// takes longer than reading most files. It keeps none alive: who reads one file
// needs the memory for the run.
var tables struct {
	sync.Mutex
	of map[sim.Protocol]weak.Pointer[[]field[Scenario]]
}

// maxTables is how many are kept. Protocols are few, unless tests make them.
const maxTables = 256

// table lists what a file can say for a protocol, in the order in which it is
// written. Nobody may change it.
func table(p sim.Protocol) []field[Scenario] {
	if !reflect.TypeOf(p).Comparable() {
		return newTable(p)
	}
	tables.Lock()
	defer tables.Unlock()
	if t := tables.of[p].Value(); t != nil {
		return *t
	}
	if len(tables.of) >= maxTables || tables.of == nil {
		tables.of = map[sim.Protocol]weak.Pointer[[]field[Scenario]]{}
	}
	t := newTable(p)
	t = t[:len(t):len(t)] // who appends to it gets another
	tables.of[p] = weak.Make(&t)
	return t
}
