// Package say has the words for times, numbers and facts of a run: "1.25 ms",
// "1,234 events", "chosen at 3 ms". What explains a run says them all alike.
package say

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
)

// Micros is a virtual time in microseconds.
func Micros(s *sim.Scenario, t sim.Time) int64 { return int64(t) * (s.Tick / 1000) }

// decimals is how many digits after the point times in milliseconds have. With these all
// times of the scenario are exact.
func decimals(s *sim.Scenario) int {
	us := s.Tick / 1000
	d := 3
	for ; d > 0 && us%10 == 0; us /= 10 {
		d--
	}
	return d
}

// Millis is a virtual time in milliseconds, with as many decimals as the tick
// asks for: columns of it line up.
func Millis(s *sim.Scenario, t sim.Time) string {
	us, d := Micros(s, t), decimals(s)
	text := fmt.Sprintf("%d.%03d", us/1000, us%1000)
	if d == 0 {
		return text[:len(text)-4]
	}
	return text[:len(text)-3+d]
}

// Span is a virtual time for a sentence: "6 ms", "1.25 ms", "30 s".
func Span(s *sim.Scenario, t sim.Time) string {
	us := Micros(s, t)
	unit, name := int64(1000), " ms"
	if us >= 10_000_000 || us >= 1_000_000 && us%100_000 == 0 {
		unit, name = 1_000_000, " s"
	}
	text := Count(uint64(us / unit))
	if rest := us % unit; rest != 0 {
		digits := strconv.FormatInt(unit+rest, 10)[1:]
		text += "." + strings.TrimRight(digits, "0")
	}
	return text + name
}

// Count is a whole number for a sentence: 1,234,567.
func Count(n uint64) string {
	text := strconv.FormatUint(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// Plural is "1 run", "2 runs".
func Plural(n uint64, one string) string {
	if n == 1 {
		return "1 " + one
	}
	if strings.HasSuffix(one, "s") || strings.HasSuffix(one, "sh") {
		return Count(n) + " " + one + "es"
	}
	return Count(n) + " " + one + "s"
}

// Percent tells a probability: "30%", "0.1%".
func Percent(p scheduler.Probability) string {
	text := fmt.Sprintf("%d.%07d", p/1e7, p%1e7)
	return strings.TrimRight(strings.TrimRight(text, "0"), ".") + "%"
}
