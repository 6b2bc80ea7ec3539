package explore

import (
	"encoding/binary"
	"sort"
)

// parents keeps how each world was found first: the world before it, and the step from there.
// Worlds are numbered in the order in which they were found, so the parents of worlds that
// follow each other are near each other: only how far they are apart is kept, most times in
// a byte. Blocks are never copied.
type parents struct {
	blocks []parentsOf
	count  int
	last   uint32 // the parent of the last world
}

// parentsOf is the parents of some worlds that follow each other.
type parentsOf struct {
	first  int    // the number of the first of them
	before uint32 // the parent of the one before it
	bytes  []byte // of each: how much higher or lower its parent is, and the step
}

const (
	parentsBlock = 1 << 15
	parentBytes  = 5 + 3 // of one, at most
	mostSteps    = 1<<16 - 1
)

// full says whether one more may take another block.
func (p *parents) full() bool {
	last := len(p.blocks) - 1
	return last < 0 || len(p.blocks[last].bytes)+parentBytes > parentsBlock
}

// add notes the parent of the next world. It panics if a world has too many steps.
func (p *parents) add(world uint32, step int) {
	if step > mostSteps {
		panic("explore: a world has more than 65535 steps")
	}
	if p.full() {
		p.blocks = append(p.blocks, parentsOf{p.count, p.last, make([]byte, 0, parentsBlock)})
	}
	b := &p.blocks[len(p.blocks)-1].bytes
	*b = binary.AppendUvarint(binary.AppendVarint(*b, int64(world)-int64(p.last)), uint64(step))
	p.last = world
	p.count++
}

// of is the parent of a world. It reads a block.
func (p *parents) of(world uint32) (before, step uint32) {
	at := sort.Search(len(p.blocks), func(i int) bool { return p.blocks[i].first > int(world) }) - 1
	b := &p.blocks[at]
	before = b.before
	bytes := b.bytes
	for i := b.first; i <= int(world); i++ {
		up, n := binary.Varint(bytes)
		x, m := binary.Uvarint(bytes[n:])
		before, step, bytes = uint32(int64(before)+up), uint32(x), bytes[n+m:]
	}
	return before, step
}

func (p *parents) bytes() int { return len(p.blocks) * parentsBlock }
