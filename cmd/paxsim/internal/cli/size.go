package cli

import (
	"errors"
	"math/bits"
	"strconv"
	"strings"
)

var sizeUnits = []string{"B", "KiB", "MiB", "GiB", "TiB"}

// maxSize bounds every size: 1024 TiB.
const maxSize = 1 << 50

// sizeFlag is a flag for an amount of memory.
type sizeFlag struct{ value *uint64 }

func (s sizeFlag) String() string { return exactSize(*s.value) }
func (s sizeFlag) Type() string   { return "SIZE" }

func (s sizeFlag) Set(text string) error {
	v, ok := parseSize(text)
	if !ok || v < 1<<20 || v > maxSize {
		return errors.New("expected a size such as 8GiB or 512MiB, from 1MiB to 1024TiB")
	}
	*s.value = v
	return nil
}

// parseSize reads a whole number and a unit.
func parseSize(text string) (uint64, bool) {
	for i, unit := range sizeUnits {
		digits, ok := strings.CutSuffix(text, unit)
		if !ok || i == 0 && strings.HasSuffix(digits, "i") {
			continue
		}
		if n, err := strconv.ParseUint(digits, 10, 64); err == nil {
			over, v := bits.Mul64(n, 1<<(10*i))
			return v, over == 0
		}
	}
	return 0, false
}

// exactSize is a size in the largest unit in which it is a whole number.
func exactSize(n uint64) string {
	i := 0
	for n != 0 && n%1024 == 0 && i < len(sizeUnits)-1 {
		n, i = n/1024, i+1
	}
	return strconv.FormatUint(n, 10) + sizeUnits[i]
}

// size is a size as people say it, to a tenth of a unit: "6.1 GiB".
func size(n uint64) string {
	unit, i := uint64(1), 0
	for n >= 1024*unit && i < len(sizeUnits)-1 {
		unit, i = 1024*unit, i+1
	}
	text := strconv.FormatUint(n/unit, 10)
	if tenth := n % unit * 10 / unit; tenth > 0 {
		text += "." + strconv.FormatUint(tenth, 10)
	}
	return text + " " + sizeUnits[i]
}

// roomFor is a size as --max-memory takes it, not below n.
func roomFor(n uint64) string {
	unit := uint64(1 << 20)
	if n > 1<<30 {
		unit = 1 << 30
	}
	return exactSize((n + unit - 1) / unit * unit)
}
