package explore

// blocks keeps worlds one after the other, in blocks that are never copied. They are taken
// out from the front (a queue) or from the back (a stack). A world is a frame: its numbers,
// with how many bytes these take before and after them. A number takes a byte for each 7
// bits that it has.
type blocks struct {
	list  [][]byte
	first int // the place of the next in the first block
	spare [][]byte
	held  int // how many blocks there are, with the spare ones
	count int // worlds in it

	scratch []byte
}

const (
	blockBytes  = 1 << 17
	mostBytes   = 5      // of a number
	mostNumbers = 13_000 // of a world: their bytes are counted in 16 bits
	frameBytes  = 6      // of the two lengths of a frame, at most
	longFrame   = 255    // says that the length is in the next two bytes
	mostFrame   = mostNumbers*mostBytes + frameBytes
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
	b.scratch = frame(b.scratch[:0], world)
	b.put(b.scratch)
}

// put is push of a frame.
func (b *blocks) put(frame []byte) {
	last := b.open(len(frame))
	b.list[last] = append(b.list[last], frame...)
	b.count++
}

// open is the place of a block that has room for so many bytes.
func (b *blocks) open(n int) int {
	last := len(b.list) - 1
	if last >= 0 && len(b.list[last])+n <= cap(b.list[last]) {
		return last
	}
	if n := len(b.spare); n > 0 {
		b.list, b.spare = append(b.list, b.spare[n-1][:0]), b.spare[:n-1]
	} else {
		b.list = append(b.list, make([]byte, 0, blockBytes))
		b.held++
	}
	return last + 1
}

// shift takes the first world out, into the memory of to.
func (b *blocks) shift(to []uint32) []uint32 {
	to, _ = read(b.list[0], b.first, to[:0])
	b.drop(1)
	return to
}

// drop takes the first n worlds out. They are in one block.
func (b *blocks) drop(n int) {
	block := b.list[0]
	for range n {
		b.first = over(block, b.first)
	}
	b.count -= n
	if b.first == len(block) {
		b.spare = append(b.spare, block)
		b.list, b.first = b.list[1:], 0
	}
}

// pop takes the last world out, likewise.
func (b *blocks) pop(to []uint32) []uint32 {
	last := len(b.list) - 1
	block := b.list[last]
	end := len(block) - 1
	size, long := int(block[end]), 0
	if size == longFrame {
		size, long = int(block[end-2])|int(block[end-1])<<8, 2
	}
	start := end - 2*long - size - 1
	to, _ = read(block, start, to[:0])
	b.count--
	if b.list[last] = block[:start]; start == 0 {
		b.spare = append(b.spare, block)
		b.list = b.list[:last]
	}
	return to
}

// frame appends the frame of a world.
func frame(to []byte, world []uint32) []byte {
	head := len(to)
	to = append(to, 0)
	for _, n := range world {
		for ; n >= 1<<7; n >>= 7 {
			to = append(to, byte(n)|1<<7)
		}
		to = append(to, byte(n))
	}
	n := len(to) - head - 1
	if n < longFrame {
		to[head] = byte(n)
		return append(to, byte(n))
	}
	to[head] = longFrame
	to = append(to, byte(n), byte(n>>8), byte(n), byte(n>>8), longFrame)
	copy(to[head+3:], to[head+1:head+1+n])
	to[head+1], to[head+2] = byte(n), byte(n>>8)
	return to
}

// inside is where the numbers of the frame at a place begin, and where they end.
func inside(block []byte, at int) (from, to int) {
	if n := int(block[at]); n < longFrame {
		return at + 1, at + 1 + n
	}
	return at + 3, at + 3 + (int(block[at+1]) | int(block[at+2])<<8)
}

// over is where the frame after the one at a place begins.
func over(block []byte, at int) int {
	from, to := inside(block, at)
	return to + from - at
}

// read appends the world at a place, and says where the one after it begins.
func read(block []byte, at int, to []uint32) ([]uint32, int) {
	from, end := inside(block, at)
	for i := from; i < end; i++ {
		x := uint32(block[i])
		if x >= 1<<7 {
			x &= 1<<7 - 1
			for shift := 7; ; shift += 7 {
				i++
				c := uint32(block[i])
				if x |= c & (1<<7 - 1) << shift; c < 1<<7 {
					break
				}
			}
		}
		to = append(to, x)
	}
	return to, end + from - at
}

// bytes is what it takes in memory.
func (b *blocks) bytes() int { return b.held * blockBytes }
