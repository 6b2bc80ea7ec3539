package explore

// The size of a batch, and of its parts.
const (
	partWorlds = 24
	mostParts  = 192
)

// batch is worlds at the front of the frontier, in parts. Its memory is used again for the
// next one.
type batch struct {
	parts  []part // those in use, and then spare ones
	used   int
	worlds int
}

// part is some worlds in one block of the frontier, one after the other, and
// the steps from them.
type part struct {
	block []byte
	at    int    // where they begin in it
	first uint32 // the number of the first of them
	count int

	worlds  []uint32 // one after the other
	ends    []uint32 // where each ends there
	list    []candidate
	arena   []uint32
	aside   []uint16 // worlds that need more of the model
	special bool     // a step in which an invariant breaks, or more than can be kept

	owned [][]uint16 // by worker: places in list of the steps that are entered by it
	fresh []bool     // by place in list: nothing before it leads to the same world
	text  []byte     // the worlds after fresh steps, as the frontier has them
	sizes []uint16   // of each of these
}

// cut takes worlds at the front of the frontier, at most so many, size of them a part, and
// leaves them there. The first has that number.
func (b *batch) cut(from *blocks, most, size int, first uint32) {
	b.used, b.worlds = 0, 0
	most = min(most, size*mostParts)
	for block, at := 0, from.first; b.worlds < most; {
		if at == len(from.list[block]) {
			block, at = block+1, 0
		}
		if b.used == len(b.parts) {
			b.parts = append(b.parts, part{})
		}
		p := &b.parts[b.used]
		b.used++
		p.block, p.at, p.first, p.count = from.list[block], at, first+uint32(b.worlds), 0
		for p.count < size && b.worlds < most && at < len(p.block) {
			at = over(p.block, at)
			p.count++
			b.worlds++
		}
	}
}

// world is a world of the part.
func (p *part) world(i int) []uint32 {
	if i == 0 {
		return p.worlds[:p.ends[0]]
	}
	return p.worlds[p.ends[i-1]:p.ends[i]]
}

// weigh weighs the steps from the worlds of the part. Where the walker misses something
// of a world, the world is put aside.
func (p *part) weigh(w *walker) {
	p.worlds, p.ends, p.aside, p.special = p.worlds[:0], p.ends[:0], p.aside[:0], false
	for at := p.at; len(p.ends) < p.count; {
		p.worlds, at = read(p.block, at, p.worlds)
		p.ends = append(p.ends, uint32(len(p.worlds)))
	}
	w.list, w.arena = p.list[:0], p.arena[:0]
	for i := range p.count {
		p.weighOne(w, i)
	}
	p.list, p.arena = w.list, w.arena
}

// weighOne weighs the steps from one world.
func (p *part) weighOne(w *walker, i int) {
	listed, built := len(w.list), len(w.arena)
	w.missed = false
	if w.weighSteps(p.world(i)); w.missed {
		w.list, w.arena = w.list[:listed], w.arena[:built]
		p.aside = append(p.aside, uint16(i))
		return
	}
	if w.met != nil {
		w.met(w, p.world(i))
	}
	p.special = p.special || len(w.list)-listed > mostSteps || len(p.world(i))+w.mostSent > mostNumbers
	for j := listed; j < len(w.list); j++ {
		c := &w.list[j]
		c.world, c.step = uint16(i), uint16(j-listed)
		p.special = p.special || c.after&isBroken != 0 || c.to-c.from > mostNumbers
	}
}

// again weighs the steps from the worlds that were put aside, with a walker that asks the
// model, and puts them in their places.
func (p *part) again(w *walker) {
	if len(p.aside) == 0 {
		return
	}
	listed := len(p.list)
	aside := p.aside
	w.list, w.arena = p.list, p.arena
	for _, i := range aside {
		p.weighOne(w, int(i))
	}
	p.list, p.arena = w.list, w.arena
	p.aside = p.aside[:0]
	before, late := w.late[:0], p.list[listed:]
	for _, c := range p.list[:listed] {
		for len(late) > 0 && late[0].world < c.world {
			before, late = append(before, late[0]), late[1:]
		}
		before = append(before, c)
	}
	w.late = append(before, late...)
	copy(p.list, w.late)
}

// share says which step is entered by which worker.
func (p *part) share(workers int) {
	for len(p.owned) < workers {
		p.owned = append(p.owned, nil)
	}
	for i := range p.owned {
		p.owned[i] = p.owned[i][:0]
	}
	p.fresh = p.fresh[:0]
	for i := range p.list {
		worker := shardOf(p.list[i].f) * workers >> shardBits
		p.owned[worker] = append(p.owned[worker], uint16(i))
		p.fresh = append(p.fresh, false)
	}
}

// build makes the worlds after the fresh steps.
func (p *part) build(w *walker) {
	p.text, p.sizes = p.text[:0], p.sizes[:0]
	w.arena = p.arena
	for i := range p.list {
		if !p.fresh[i] {
			continue
		}
		c := &p.list[i]
		begins := len(p.text)
		p.text = frame(p.text, w.worldAfter(p.world(int(c.world)), c))
		p.sizes = append(p.sizes, uint16(len(p.text)-begins))
	}
}

// enter adds the steps of a batch to the known worlds, in order. Each worker has some of
// the shards. So the first way to a world is the same with any number of workers.
func (b *batch) enter(v *visited, crew *crew, workers []*walker) {
	crew.together(func(worker int) {
		w := workers[worker]
		w.entered, w.slots = 0, 0
		for i := range b.used {
			p := &b.parts[i]
			for _, at := range p.owned[worker] {
				w.peeked ^= v.peek(p.list[at].f)
			}
			for _, at := range p.owned[worker] {
				f := p.list[at].f
				fresh, slots := v.of(f).add(f, shardOf(f))
				w.slots += slots
				if fresh {
					p.fresh[at] = true
					w.entered++
				}
			}
		}
	})
	for _, w := range workers {
		v.count += w.entered
		v.slots += w.slots
	}
}
