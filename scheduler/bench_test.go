package scheduler

import (
	"fmt"
	"testing"
)

// BenchmarkQueue is a pop and a push, with delays of 1 to 100 ticks.
func BenchmarkQueue(b *testing.B) {
	type event struct {
		_   [4]uint64 // the message
		key uint32
	}
	for _, queued := range []int{50, 5000} {
		b.Run(fmt.Sprint(queued), func(b *testing.B) {
			var delays [1 << 12]Time
			for i := range delays {
				delays[i] = 1 + Time(Uniform(100).Seeded(NewSeed(1).Hash(Key(i))))
			}
			var q Queue[event]
			for i := range queued {
				q.Push(delays[i%len(delays)])
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				q.Pop()
				_, e := q.Push(q.Now() + delays[i%len(delays)])
				e.key = uint32(i)
			}
		})
	}
}

func BenchmarkHash(b *testing.B) {
	s := NewSeed(1)
	var sum uint64
	for n := uint32(0); b.Loop(); n++ {
		sum += s.Hash(MakeKey(1, 2, 3, uint16(n&MaxActor), n&MaxCount))
	}
	_ = sum
}

func BenchmarkDigest(b *testing.B) {
	var d Digest
	for n := uint64(0); b.Loop(); n++ {
		d.Mix(n)
	}
	_ = d.Sum()
}

func BenchmarkGeometric(b *testing.B) {
	g, s := NewGeometric(FractionOf(1, 404)), NewSeed(1)
	var sum uint32
	for n := uint64(0); b.Loop(); n++ {
		sum += g.Seeded(s.Hash(Key(n)))
	}
	_ = sum
}

// BenchmarkDraw is a draw of each model of delays.
func BenchmarkDraw(b *testing.B) {
	for _, c := range pinnedDraws {
		b.Run(c.name, func(b *testing.B) {
			w, s := c.weights(), NewSeed(1)
			var sum uint32
			for n := uint64(0); b.Loop(); n++ {
				sum += w.Seeded(s.Hash(Key(n)))
			}
			_ = sum
		})
	}
}

// BenchmarkModels is the making of each of them.
func BenchmarkModels(b *testing.B) {
	for _, c := range pinnedDraws {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.weights()
			}
		})
	}
}
