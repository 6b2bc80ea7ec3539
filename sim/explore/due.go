package explore

// between is how much is done between two looks at the clock: a few thousandths of a second.
const between = 1 << 15

// due says whether it is time to look at the clock, and whether anybody has interrupted.
// How many worlds that is depends on them: with many actors and renamings one takes as
// long as thousands of others.
func (x *look) due() bool {
	done := (int(x.current)*x.w.n+x.steps)*x.w.g + 256*x.w.m.Calls()
	if x.current > 0 && done-x.worked < between {
		return false
	}
	x.worked = done
	return true
}
