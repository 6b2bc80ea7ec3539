package explore

import "math"

// Breadth first, one worker expands the worlds in the order in which they were found, some
// at a time. More than one do so many at a time, a batch:
//
//  1. Each worker takes parts of the batch, and weighs the steps from their worlds. Nobody
//     changes what the model has told. A world that needs more of it is put aside.
//  2. One worker weighs the steps from the worlds that were put aside, in order, and asks
//     the model.
//  3. Each worker has some shards of the set of known worlds. It goes over all steps, in
//     order, and adds the fingerprints that fall into its shards.
//  4. Each worker takes parts again, and makes the worlds that are new.
//  5. One worker keeps them, in order, and another one how they were found.
//
// So all worlds are found in the same order, and by the same step, with any number of
// workers. If a violation or a limit may come within a batch, one worker expands it alone:
// so a look ends at the same step, too.

// breadthFirst goes on from the worlds in the order in which they were found.
func (x *look) breadthFirst() {
	workers := []*walker{x.w}
	for len(workers) < min(x.Workers, mostWorkers) {
		workers = append(workers, newWalker(x.w.memo))
	}
	crew := newCrew(len(workers))
	defer crew.end()
	for x.level = 0; x.frontier.count > 0; x.level++ {
		if x.Depth > 0 && x.level >= x.Depth {
			x.limit = "depth"
			return
		}
		for left := x.frontier.count; left > 0; left -= x.batch.worlds {
			size := partWorlds
			if !x.roomy() {
				size = 1
			}
			x.batch.cut(&x.frontier, left, size, x.current)
			if len(workers) > 1 && size > 1 && x.batch.used > 1 && x.weigh(crew, workers) {
				x.keep(crew, workers)
			} else {
				x.alone()
			}
			if x.stopped() || x.told() {
				return
			}
		}
	}
	x.level-- // there are none in the one after the last
}

// A batch may take an eighth of what is taken so far, and this, before memory is looked at
// again.
const batchBytes = 8 << 20

// roomy says whether the limit on memory is far away.
func (x *look) roomy() bool {
	n := x.bytes()
	return x.Memory == 0 || n+n/8+batchBytes < x.Memory
}

// weigh weighs the steps from the worlds of the batch. It says whether neither a violation
// nor a limit comes within it.
func (x *look) weigh(crew *crew, workers []*walker) bool {
	b := &x.batch
	for _, w := range workers {
		w.quiet = true
	}
	crew.parts(b.used, func(worker, i int) {
		p := &b.parts[i]
		p.weigh(workers[worker])
		if len(p.aside) == 0 {
			p.share(len(workers))
		}
	})
	for _, w := range workers {
		w.quiet = false
	}
	most := int64(math.MaxUint32)
	if x.States > 0 {
		most = min(most, int64(x.States))
	}
	most -= int64(x.seen.count)
	for i := range b.used {
		p := &b.parts[i]
		if !p.special && len(p.aside) > 0 {
			p.again(x.w)
			p.share(len(workers))
		}
		if most -= int64(len(p.list)); p.special || most < 0 || x.w.err != nil || x.limit != "" {
			x.limit = ""
			return false
		}
	}
	return true
}

// keep adds the worlds after the steps from those of the batch to the known ones, and keeps
// those that are new.
func (x *look) keep(crew *crew, workers []*walker) {
	b := &x.batch
	b.enter(&x.seen, crew, workers)
	crew.parts(b.used, func(worker, i int) { b.parts[i].build(workers[worker]) })
	crew.together(func(worker int) {
		for i := range b.used {
			switch worker {
			case 0:
				x.keepWorlds(&b.parts[i])
			case 1:
				x.keepParents(&b.parts[i])
			}
		}
	})
	x.current += uint32(b.worlds)
}

// keepWorlds puts the new worlds of a part in the frontier, and takes out those before them.
func (x *look) keepWorlds(p *part) {
	x.frontier.drop(p.count)
	at := 0
	for _, size := range p.sizes {
		x.frontier.put(p.text[at : at+int(size)])
		at += int(size)
	}
}

// keepParents notes how the new worlds of a part were found.
func (x *look) keepParents(p *part) {
	x.steps += len(p.list)
	for j := range p.list {
		c := &p.list[j]
		x.decided = x.decided || c.decides
		if p.fresh[j] {
			x.parents.add(p.first+uint32(c.world), int(c.step))
		}
	}
}

// alone expands the worlds of the batch one after the other, up to a violation or a limit.
// The fingerprints of a part are weighed before the first is looked up.
func (x *look) alone() {
	w, p := x.w, &x.mine
	for i := range x.batch.used {
		q := &x.batch.parts[i]
		p.block, p.at, p.first, p.count = q.block, q.at, q.first, q.count
		p.weigh(w)
		for j := range p.list {
			w.peeked ^= x.seen.peek(p.list[j].f)
		}
		at := 0
		x.frontier.drop(p.count)
		for j := range p.count {
			x.ahead = p.count - j - 1
			world := p.world(j)
			for w.at = 0; at < len(p.list) && int(p.list[at].world) == j; at++ {
				w.finish(world, &p.list[at])
				w.at++
			}
			if x.stopped() {
				return
			}
			x.current++
		}
	}
}
