package scheduler

// Time is a point of virtual time or a span of it, in ticks, from 0. What a
// tick stands for is the scenario's to say.
type Time int64

// MaxTime is the last tick that a world may reach: far enough for every
// scenario (three years of ticks of 100 µs), near enough that neither sums of a
// few times nor conversions to microseconds overflow.
const MaxTime Time = 1_000_000_000_000
