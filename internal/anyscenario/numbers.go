package anyscenario

import "math/bits"

// numbers is a stream of random numbers: splitmix64, whose numbers are the same
// in every version of Go.
type numbers struct{ state uint64 }

// numbersOf is the stream of a number. Streams of two numbers have nothing to do
// with one another.
func numbersOf(number uint64) numbers {
	s := numbers{^number}
	return numbers{s.next() ^ number<<32}
}

func (s *numbers) next() uint64 {
	s.state += 0x9e3779b97f4a7c15
	z := s.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below is a number from 0 to n-1, all as likely. n must be positive.
func (s *numbers) below(n int64) int64 {
	high, _ := bits.Mul64(s.next(), uint64(n))
	return int64(high)
}

// outOf100 says yes in some of a hundred cases.
func (s *numbers) outOf100(some int64) bool { return s.below(100) < some }

// spread is a number from least to most. Each number of binary digits is equally likely.
func (s *numbers) spread(least, most int64) int64 {
	if least >= most {
		return least
	}
	low, high := bits.Len64(uint64(least)), bits.Len64(uint64(most))
	digits := low + int(s.below(int64(high-low+1)))
	from, to := int64(0), int64(0)
	if digits > 0 {
		from, to = int64(1)<<(digits-1), int64(1)<<(digits-1)*2-1
	}
	from, to = max(from, least), min(to, most)
	return from + s.below(to-from+1)
}

// pick is one of some things.
func pick[T any](s *numbers, of ...T) T { return of[s.below(int64(len(of)))] }

// some is k of the numbers from 1 to n, in any order; all if k is more.
func (s *numbers) some(n, k int64) []int64 {
	if k > n {
		k = n
	}
	moved := map[int64]int64{} // the number at a place, if it is another than the place's
	at := func(i int64) int64 {
		if v, ok := moved[i]; ok {
			return v
		}
		return i
	}
	list := make([]int64, k)
	for i := range list {
		j := int64(i) + s.below(n-int64(i))
		list[i] = at(j) + 1
		moved[j] = at(int64(i))
	}
	return list
}
