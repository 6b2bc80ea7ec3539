package explore

// blocks keeps worlds one after the other, in blocks that are never copied. A world is
// its length, its numbers, and how many bytes these take. They are taken out from the front
// (a queue) or from the back (a stack). A number takes a byte for each 7 bits that it has.
type blocks struct {
	list  [][]byte
	first int // the place of the next in the first block
	spare [][]byte
	held  int // how many blocks there are, with the spare ones
	count int // worlds in it
}

const (
	blockBytes  = 1 << 17
	mostBytes   = 5      // of a number
	mostNumbers = 13_000 // of a world: their bytes are counted in 16 bits
	frameBytes  = 4      // of the length of a world, in numbers and in bytes
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
	return len(last)+mostBytes*n+frameBytes <= cap(last)
}

// push puts a world at the end. It may have mostNumbers.
func (b *blocks) push(world []uint32) {
	last := len(b.list) - 1
	if last < 0 || len(b.list[last])+mostBytes*len(world)+frameBytes > cap(b.list[last]) {
		if n := len(b.spare); n > 0 {
			b.list, b.spare = append(b.list, b.spare[n-1][:0]), b.spare[:n-1]
		} else {
			b.list = append(b.list, make([]byte, 0, blockBytes))
			b.held++
		}
		last++
	}
	x := append(b.list[last], byte(len(world)), byte(len(world)>>8))
	start := len(x)
	for _, n := range world {
		for ; n >= 1<<7; n >>= 7 {
			x = append(x, byte(n)|1<<7)
		}
		x = append(x, byte(n))
	}
	n := len(x) - start
	b.list[last] = append(x, byte(n), byte(n>>8))
	b.count++
}

// shift takes the first world out, into the memory of to.
func (b *blocks) shift(to []uint32) []uint32 {
	block := b.list[0]
	to, at := read(block, b.first, to)
	b.count--
	if b.first = at + 2; b.first >= len(block) {
		b.spare = append(b.spare, block)
		b.list, b.first = b.list[1:], 0
	}
	return to
}

// pop takes the last world out, likewise.
func (b *blocks) pop(to []uint32) []uint32 {
	last := len(b.list) - 1
	block := b.list[last]
	end := len(block) - 2
	start := end - 2 - (int(block[end]) | int(block[end+1])<<8)
	to, _ = read(block, start, to)
	b.count--
	if b.list[last] = block[:start]; start == 0 {
		b.spare = append(b.spare, block)
		b.list = b.list[:last]
	}
	return to
}

// read reads the world at a place, and says where it ends.
func read(block []byte, at int, to []uint32) ([]uint32, int) {
	n := int(block[at]) | int(block[at+1])<<8
	at += 2
	to = to[:0]
	for range n {
		x := uint32(block[at])
		at++
		if x >= 1<<7 {
			x &= 1<<7 - 1
			for shift := 7; ; shift += 7 {
				c := uint32(block[at])
				at++
				if x |= c & (1<<7 - 1) << shift; c < 1<<7 {
					break
				}
			}
		}
		to = append(to, x)
	}
	return to, at
}

// bytes is what it takes in memory.
func (b *blocks) bytes() int { return b.held * blockBytes }
