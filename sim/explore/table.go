package explore

// table maps pairs of numbers to numbers: what is memoised. It only grows.
type table struct {
	slots []tableSlot
	used  int
}

type tableSlot struct {
	key   uint64 // plus 1; 0: free
	value uint32
}

const tableSlotBytes = 16

func pair(a, b uint32) uint64 { return uint64(a)<<32 | uint64(b) }

// get is what a pair is mapped to.
func (t *table) get(key uint64) (uint32, bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	mask := uint64(len(t.slots) - 1)
	for at := spread(key) & mask; ; at = (at + 1) & mask {
		switch s := &t.slots[at]; s.key {
		case key + 1:
			return s.value, true
		case 0:
			return 0, false
		}
	}
}

// grows is how many bytes it takes more to map one more pair; 0: there is room.
func (t *table) grows() int {
	if t.used*4 < len(t.slots)*3 {
		return 0
	}
	return max(64, len(t.slots)) * tableSlotBytes
}

// put maps a pair that is mapped to nothing yet.
func (t *table) put(key uint64, value uint32) {
	if t.used*4 >= len(t.slots)*3 {
		old := t.slots
		t.slots = make([]tableSlot, max(64, 2*len(old)))
		t.used = 0
		for _, s := range old {
			if s.key != 0 {
				t.put(s.key-1, s.value)
			}
		}
	}
	mask := uint64(len(t.slots) - 1)
	at := spread(key) & mask
	for t.slots[at].key != 0 {
		at = (at + 1) & mask
	}
	t.slots[at] = tableSlot{key + 1, value}
	t.used++
}

func spread(key uint64) uint64 {
	key ^= key >> 29
	key *= 0x9e3779b97f4a7c15
	return key ^ key>>32
}

func (t *table) bytes() int { return len(t.slots) * tableSlotBytes }
