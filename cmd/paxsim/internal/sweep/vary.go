// Package sweep plays a scenario with one or two of its settings varied over
// ranges, each point under the same seeds, and measures what comes out.
//
//	"network.loss=0%..60%/7" --Parse--> Vary --Grid--> Points --> Measured
package sweep

import (
	"fmt"
	"slices"
	"strings"
)

// MaxPoints is how many points a sweep may have.
const MaxPoints = 1000

// Vary is a setting and the values that it takes.
type Vary struct {
	Path   string   // as --set writes it
	Values []string // as --set writes them; no two are the same
	Log    bool     // neighbours are equal factors apart
}

// Parse reads PATH=RANGE. The range is one of
//
//	a,b,c            these values, each as --set takes it
//	FROM..TO/STEPS   so many values equally far apart, both ends included
//	FROM..TO*STEPS   so many values equal factors apart
//
// Between the ends, numbers are rounded to 3 digits of the greater end, or of
// their own where they are factors apart; whole numbers stay whole, and times are
// multiples of the tick, so many nanoseconds long.
//
// A comma within brackets, braces or quotes does not part values.
func Parse(text string, tick int64) (Vary, error) {
	path, of, ok := strings.Cut(text, "=")
	if !ok || path == "" || of == "" {
		return Vary{}, fmt.Errorf("expected PATH=RANGE, such as network.loss=0%%..60%%/7, limits.time=1s..9s*8 or actors=3,5,7")
	}
	v := Vary{Path: path}
	items := parts(of)
	if len(items) == 1 {
		r, isRange, err := parseRange(of)
		switch {
		case err != nil:
			return Vary{}, err
		case isRange:
			if path == "tick" {
				tick = 1000 // the tick itself is a whole number of microseconds
			}
			items, v.Log = r.values(tick), r.log
		}
	}
	for i, item := range items {
		if item == "" {
			return Vary{}, fmt.Errorf("value %d of the list is empty", i+1)
		}
		if j := slices.Index(items, item); j < i {
			return Vary{}, fmt.Errorf("values %d and %d are both %s", j+1, i+1, item)
		}
	}
	if len(items) > MaxPoints {
		return Vary{}, fmt.Errorf("%d values: a sweep has at most %d points", len(items), MaxPoints)
	}
	v.Values = items
	return v, nil
}

// parts parts a list at its commas, but not within brackets, braces or quotes.
func parts(text string) []string {
	var out []string
	depth, quote, from := 0, rune(0), 0
	for i, c := range text {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			depth--
		case c == ',' && depth == 0:
			out = append(out, strings.TrimSpace(text[from:i]))
			from = i + 1
		}
	}
	return append(out, strings.TrimSpace(text[from:]))
}
