package scenarios

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim"
)

var (
	number     = regexp.MustCompile(`^[0-9]+$`)
	chanceForm = regexp.MustCompile(`^([0-9]{1,9})(?:\.([0-9]{1,20}))?(%?)$`)
)

// chance is a probability in parts per billion, from least to most, written in
// per cent or as a fraction.
func chance(least, most int64) kind[int64] {
	k := kind[int64]{takes: "a chance such as 1% or 0.01"}
	k.schema = schema{AnyOf: []schema{{Type: "string", Pattern: chanceForm.String()}, {Type: "number", Minimum: bound(0), Maximum: bound(1)}}}
	k.parse = func(g given, text string) (int64, error) {
		m := chanceForm.FindStringSubmatch(text)
		if m == nil {
			return 0, errForm
		}
		whole, decimals, percent := m[1], strings.TrimRight(m[2], "0"), m[3] != ""
		if !percent && m[2] == "" && strings.Trim(whole, "0") != "" {
			return 0, fmt.Errorf("%s is neither per cent nor a fraction: write %s%%, or a number below 1 such as 0.01", text, text)
		}
		digits := 9
		if percent {
			digits = 7
		}
		if len(decimals) > digits {
			return 0, errors.New("too fine: a chance is a whole number of billionths")
		}
		v, err := strconv.ParseInt(whole+decimals+strings.Repeat("0", digits-len(decimals)), 10, 64)
		if err != nil || v < least || v > most {
			return 0, fmt.Errorf("%s is out of range: expected %s to %s", text, k.text(g, least), k.text(g, most))
		}
		return v, nil
	}
	k.text = func(_ given, v int64) string {
		const percent = int64(sim.Certain) / 100
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
