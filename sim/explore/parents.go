package explore

// parents keeps how each world was found first: by which step of which world before it.
// Worlds are numbered in the order in which they were found. Blocks are never copied.
type parents struct {
	worlds [][]uint32
	steps  [][]uint16
	count  int
}

const (
	parentsBlock = 1 << 14
	parentBytes  = 4 + 2
	mostSteps    = 1<<16 - 1
)

// full says whether one more takes another block.
func (p *parents) full() bool { return p.count%parentsBlock == 0 }

// add notes the parent of the next world. It panics if a world has too many steps.
func (p *parents) add(world uint32, step int) {
	if step > mostSteps {
		panic("explore: a world has more than 65535 steps")
	}
	if p.full() {
		p.worlds = append(p.worlds, make([]uint32, 0, parentsBlock))
		p.steps = append(p.steps, make([]uint16, 0, parentsBlock))
	}
	last := len(p.worlds) - 1
	p.worlds[last] = append(p.worlds[last], world)
	p.steps[last] = append(p.steps[last], uint16(step))
	p.count++
}

// of is the parent of a world.
func (p *parents) of(world uint32) (before, step uint32) {
	block, at := world/parentsBlock, world%parentsBlock
	return p.worlds[block][at], uint32(p.steps[block][at])
}

func (p *parents) bytes() int { return len(p.worlds) * parentsBlock * parentBytes }
