package scenarios

import (
	"math/big"
	"regexp"
)

// numeral is a number as YAML and JSON write it, without a sign that makes it
// negative: 1, 1.0, .5, 1e-3.
const numeral = `\+?(?:[0-9]{1,18}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})(?:[eE][-+]?[0-9]{1,2})?`

var numberForm = regexp.MustCompile(`^(` + numeral + `)(%|[a-zµμ]*)$`)

// Number reads a number exactly, and the unit right behind it; "": none. All
// that takes a part of a whole or a number with a unit reads it so: 1, 1.0, 1e0
// and 100% are the same chance.
func Number(text string) (v *big.Rat, unit string, ok bool) {
	m := numberForm.FindStringSubmatch(text)
	if m == nil {
		return nil, "", false
	}
	v, ok = new(big.Rat).SetString(m[1])
	return v, m[2], ok
}
