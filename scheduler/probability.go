package scheduler

// Probability is a chance in parts per billion, 0..1e9. It is a whole number
// so that it means the same on every machine.
type Probability uint32

// Certain is the probability 1.
const Certain Probability = 1e9

// Threshold is the probability in units of 2^-32.
func (p Probability) Threshold() uint64 { return uint64(p) << 32 / uint64(Certain) }

// Coin falls on 1, the surprise, with a probability, else on 0.
type Coin uint64 // the probability in units of 2^-32

// Toss is the side for 32 uniform random bits: surprises are at the top.
func (c Coin) Toss(u uint32) uint32 { return uint32((uint64(u) + uint64(c)) >> 32) }
