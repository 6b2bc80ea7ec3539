package scenarios

import (
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
)

var (
	number     = regexp.MustCompile(`^[0-9]+$`)
	chanceForm = regexp.MustCompile(`^` + numeral + `%?$`)
)

// chance is a probability in parts per billion, from least to most, written in
// per cent or as a fraction.
func chance(least, most int64) kind[int64] {
	k := kind[int64]{takes: "a chance such as 1% or 0.01"}
	k.schema = schema{AnyOf: []schema{{Type: "string", Pattern: chanceForm.String()}, {Type: "number", Minimum: bound(0), Maximum: bound(1)}}}
	k.parse = func(g given, text string) (int64, error) {
		v, unit, ok := Number(text)
		switch {
		case !ok || unit != "" && unit != "%":
			return 0, errForm
		case unit == "" && v.Cmp(big.NewRat(1, 1)) > 0 && v.Cmp(big.NewRat(100, 1)) <= 0:
			return 0, fmt.Errorf("%s is neither per cent nor a fraction: write %s%%, or a number up to 1 such as 0.01", clip(text), clip(text))
		case unit == "%":
			v.Quo(v, big.NewRat(100, 1))
		}
		v.Mul(v, big.NewRat(int64(scheduler.Certain), 1))
		switch {
		case v.IsInt() && v.Cmp(big.NewRat(least, 1)) < 0, v.Cmp(big.NewRat(most, 1)) > 0:
			return 0, fmt.Errorf("%s is out of range: expected %s to %s", clip(text), k.text(g, least), k.text(g, most))
		case !v.IsInt():
			return 0, errors.New("too fine: a chance is a whole number of billionths")
		}
		return v.Num().Int64(), nil
	}
	k.text = func(_ given, v int64) string {
		const percent = int64(scheduler.Certain) / 100
		return decimal(uint64(v/percent), fmt.Sprintf("%07d", v%percent)) + "%"
	}
	k.bounds = k.text(given{}, least) + " to " + k.text(given{}, most)
	return k
}

// decimal is a number with the decimals that matter.
func decimal(whole uint64, decimals string) string {
	text := strconv.FormatUint(whole, 10)
	if decimals = strings.TrimRight(decimals, "0"); decimals != "" {
		text += "." + decimals
	}
	return text
}
