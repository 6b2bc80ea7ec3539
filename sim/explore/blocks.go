package explore

// blocks keeps worlds one after the other, in blocks that are never copied. A world is
// its length and then its numbers. They are taken out from the front (a queue) or from the
// back (a stack). Numbers above 16 bits take three places.
type blocks struct {
	list  [][]uint16
	first int // the place of the next in the first block
	spare [][]uint16
	held  int // how many blocks there are, with the spare ones
	count int // worlds in it
}

const (
	blockPlaces = 1 << 16
	blockBytes  = blockPlaces * 2
	wide        = 1<<16 - 1 // a number follows in two places
)

// fits says whether a world surely has room without another block.
func (b *blocks) fits(n int) bool {
	if len(b.spare) > 0 {
		return true
	}
	if len(b.list) == 0 {
		return false
	}
	last := b.list[len(b.list)-1]
	return len(last)+3*n+2 <= cap(last)
}

// push puts a world at the end. Its length stands before it and after it.
func (b *blocks) push(world []uint32) {
	last := len(b.list) - 1
	if last < 0 || len(b.list[last])+3*len(world)+2 > cap(b.list[last]) {
		if n := len(b.spare); n > 0 {
			b.list, b.spare = append(b.list, b.spare[n-1][:0]), b.spare[:n-1]
		} else {
			b.list = append(b.list, make([]uint16, 0, blockPlaces))
			b.held++
		}
		last++
	}
	x := append(b.list[last], uint16(len(world)))
	start := len(x)
	for _, n := range world {
		if n < wide {
			x = append(x, uint16(n))
		} else {
			x = append(x, wide, uint16(n), uint16(n>>16))
		}
	}
	b.list[last] = append(x, uint16(len(x)-start))
	b.count++
}

// shift takes the first world out, into the memory of to.
func (b *blocks) shift(to []uint32) []uint32 {
	block := b.list[0]
	to, at := read(block, b.first, to)
	b.count--
	if b.first = at + 1; b.first >= len(block) {
		b.spare = append(b.spare, block)
		b.list, b.first = b.list[1:], 0
	}
	return to
}

// pop takes the last world out, likewise.
func (b *blocks) pop(to []uint32) []uint32 {
	last := len(b.list) - 1
	block := b.list[last]
	start := len(block) - 2 - int(block[len(block)-1])
	to, _ = read(block, start, to)
	b.count--
	if b.list[last] = block[:start]; start == 0 {
		b.spare = append(b.spare, block)
		b.list = b.list[:last]
	}
	return to
}

// read reads the world at a place, and says where it ends.
func read(block []uint16, at int, to []uint32) ([]uint32, int) {
	n := int(block[at])
	at++
	to = to[:0]
	for range n {
		x := uint32(block[at])
		if at++; x == wide {
			x = uint32(block[at]) | uint32(block[at+1])<<16
			at += 2
		}
		to = append(to, x)
	}
	return to, at
}

// bytes is what it takes in memory.
func (b *blocks) bytes() int { return b.held * blockBytes }
