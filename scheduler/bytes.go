package scheduler

// Bytes answers from a string of bytes, such as those with which `go test
// -fuzz` calls. Each choice with up to 256 outcomes takes one byte, others as
// many as they need, the lowest first; outcome 0 is byte 0, and once the bytes
// have run out every answer is 0. So cutting bytes off and setting bytes to
// zero, which is how the fuzzer makes an input smaller, makes a run calmer.
//
// A value beyond the outcomes is folded back into them: the bytes are no record
// of a run, and every string of them is a run.
type Bytes struct {
	Data []byte
	at   int
}

// Answer implements [Source].
func (b *Bytes) Answer(_ Key, outcomes, _ uint32) uint32 {
	var v uint64
	for shift, left := 0, uint64(outcomes-1); left > 0; shift, left = shift+8, left>>8 {
		if b.at == len(b.Data) {
			break
		}
		v |= uint64(b.Data[b.at]) << shift
		b.at++
	}
	return uint32(v % uint64(outcomes))
}
