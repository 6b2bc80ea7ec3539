package search

import "github.com/paxsim/paxsim/scheduler"

// chunk is some events of one class that follow one another in the calm order.
type chunk struct {
	events [chunkSize]enabled
	n      int    // how many there are
	top    int    // the first of the highest tag, and 1 more; 0: it is to be looked for
	tag    uint64 // of the top
}

// chunkSize is so many that most lists are a chunk a class.
const chunkSize = 64

// enabled is an event.
type enabled struct {
	key  scheduler.Key
	tag  uint64           // as Picker.Born said or a picker since
	slot scheduler.Handle // where the event is kept
	to   uint32           // whom it waits for, as its key says
}

// add puts an event behind the others. There must be room.
func (c *chunk) add(x enabled) {
	if c.top != 0 && x.tag > c.tag {
		c.top, c.tag = c.n+1, x.tag
	}
	c.events[c.n] = x
	c.n++
}

// take takes an event out.
func (c *chunk) take(i int) {
	if top := c.top - 1; i < top {
		c.top = top
	} else if i == top {
		c.top = 0
	}
	rest := c.events[i:c.n]
	c.n--
	copy(rest, rest[1:])
}

// look looks for the top, of one event at least.
func (c *chunk) look() {
	events := c.events[:c.n]
	top, tag := 1, events[0].tag
	for i := 1; i < len(events); {
		t := events[i].tag
		i++
		if t > tag { // without a branch, on what is random
			top, tag = i, t
		}
	}
	c.top, c.tag = top, tag
}
