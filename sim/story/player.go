package story

import (
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
)

// player plays a schedule: it is the picker and the source of a searched run. A step
// means the event of its name that its cause led to; if there is none, the oldest of
// its name. A step without an event is passed over, and the end of the list is the end
// of the run.
type player struct {
	*schedule
	next   int     // the step that is to come
	now    int     // the step that came last; -1: none
	came   []came  // what came, in order
	during []int32 // by event: the step that had come last; -1: none
	tally  []asked // the questions since the last step
	answer []used  // the marks that were asked
	saves  []int   // the steps in which saves began
	quick  bool    // a save may be under way that is done by itself
	looks  uint64  // how many events were looked at to pick one
	most   uint64  // where so many were, the run ends; 0: no limit

	// born is how many events may wait by a hash of their names: where it is 0 there is
	// none, and nothing is looked at.
	born [1 << 10]uint32
}

// slot is where events of a name are counted.
func (p *player) slot(name scheduler.Key) *uint32 {
	h := uint64(name) * 0x9e3779b97f4a7c15
	return &p.born[h>>54]
}

// came is a step that came.
type came struct {
	step  int    // its place in the schedule
	cause int32  // the place of the step that it follows from; -1: none
	event uint64 // its number in the run
	key   scheduler.Key
}

// asked is how often a question was asked.
type asked struct {
	ask scheduler.Key
	n   int
}

// used is a mark that was asked.
type used struct{ step, mark int }

// reset makes ready to play a schedule.
func (p *player) reset(s *schedule) {
	*p = player{schedule: s, now: -1, came: p.came[:0], during: p.during[:0], tally: p.tally[:0], answer: p.answer[:0], saves: p.saves[:0]}
}

// Begin implements [search.Picker].
func (p *player) Begin(uint64) {}

// Born implements [search.Picker]: the tag of an event is the event that it follows
// from.
func (p *player) Born(k scheduler.Key, cause uint32) uint64 {
	if observe.WhatOf(k) == observe.Synced {
		p.quick = true
		if p.now >= 0 {
			p.saves = append(p.saves, p.now)
		}
	}
	*p.slot(nameOf(k))++
	return uint64(cause)
}

// Pick implements [search.Picker].
func (p *player) Pick(q *search.Pending) int {
	if at := p.bySelf(q); at >= 0 {
		return at
	}
	for ; p.next < len(p.steps) && !p.tired(); p.next++ {
		if at, k, cause := p.find(q); at >= 0 {
			p.comes(uint64(q.Number)+1, k, cause)
			return at
		}
	}
	return -1
}

// find is the event that the next step means, and the step that it follows from; -1:
// there is none.
func (p *player) find(q *search.Pending) (found int, key scheduler.Key, cause int32) {
	x := &p.steps[p.next]
	if *p.slot(x.name) == 0 {
		return -1, 0, 0
	}
	found, at := -1, 0
	for k, tag := range q.Events() {
		if nameOf(k) == x.name {
			by := p.stepOf(tag)
			if exact := x.cause != 0 && by >= 0 && p.steps[by].id == x.cause; exact || found < 0 {
				found, key, cause = at, k, by
				if exact {
					break
				}
			}
		}
		at++
	}
	p.looks += uint64(at)
	return found, key, cause
}

// tired says whether the run ends because too many events wait.
func (p *player) tired() bool { return p.most != 0 && p.looks > p.most }

// bySelf is an event that happens by itself: the end of a save; -1: none does.
func (p *player) bySelf(q *search.Pending) int {
	if !p.quick {
		return -1
	}
	at := 0
	for k, tag := range q.Events() {
		if observe.WhatOf(k) == observe.Synced && !p.isSlow(tag) {
			return at
		}
		at++
	}
	p.looks += uint64(at)
	p.quick = false
	return -1
}

// comes notes that the next step comes, as an event of the run.
func (p *player) comes(event uint64, k scheduler.Key, cause int32) {
	for uint64(len(p.during)) < event {
		p.during = append(p.during, int32(p.now))
	}
	p.came = append(p.came, came{p.next, cause, event, k})
	*p.slot(nameOf(k))--
	p.now = p.next
	p.next++
	p.tally = p.tally[:0]
}

// stepOf is the step that had come last when an event happened; -1: none.
func (p *player) stepOf(event uint64) int32 {
	if event >= uint64(len(p.during)) {
		return int32(p.now)
	}
	return p.during[event]
}

// isSlow says whether a save that began in an event is done only when a step says so.
func (p *player) isSlow(event uint64) bool {
	by := p.stepOf(event)
	return by >= 0 && p.steps[by].slow
}

// Answer implements [scheduler.Source].
func (p *player) Answer(k scheduler.Key, outcomes, _ uint32) uint32 {
	if p.given != nil && ofWorld(k) {
		if a := p.given[k]; a < outcomes {
			return a
		}
		return 0
	}
	if p.now < 0 || len(p.steps[p.now].marks) == 0 {
		return 0
	}
	ask := askOf(k)
	i := slices.IndexFunc(p.tally, func(x asked) bool { return x.ask == ask })
	if i < 0 {
		i = len(p.tally)
		p.tally = append(p.tally, asked{ask: ask})
	}
	p.tally[i].n++
	for j, m := range p.steps[p.now].marks {
		if m.ask == ask && m.nth == p.tally[i].n && m.answer < outcomes {
			p.answer = append(p.answer, used{p.now, j})
			return m.answer
		}
	}
	return 0
}

// happened is the schedule of what came: steps that never did are left out, and so are
// marks that nobody asked about. A step follows from what it followed from in this run.
func (p *player) happened() *schedule {
	s := &schedule{given: p.given, steps: make([]step, 0, len(p.came))}
	for _, c := range p.came {
		x := p.steps[c.step]
		x.cause, x.slow = 0, x.slow && slices.Contains(p.saves, c.step)
		if c.cause >= 0 {
			x.cause = p.steps[c.cause].id
		}
		if len(x.marks) > 0 {
			var marks []mark
			for j, m := range x.marks {
				if slices.Contains(p.answer, used{c.step, j}) {
					marks = append(marks, m)
				}
			}
			x.marks = marks
		}
		s.steps = append(s.steps, x)
	}
	return s
}
