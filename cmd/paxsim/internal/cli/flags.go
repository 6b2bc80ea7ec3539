package cli

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/paxsim/paxsim/scenarios"
)

// numberFlag is a flag for a whole number between two bounds.
type numberFlag struct {
	value    *uint64
	min, max uint64
}

func (n numberFlag) String() string { return strconv.FormatUint(*n.value, 10) }
func (n numberFlag) Type() string   { return "N" }

func (n numberFlag) Set(text string) error {
	v, err := strconv.ParseUint(text, 10, 64)
	if err != nil || v < n.min || v > n.max {
		hint := ""
		if meant, ok := meantNumber(text); ok && meant >= n.min && meant <= n.max {
			hint = fmt.Sprintf("; did you mean %d?", meant)
		}
		return fmt.Errorf("expected a whole number from %d to %d%s", n.min, n.max, hint)
	}
	*n.value = v
	return nil
}

// meantNumber reads a whole number as people write it: 1,000, 1_000, 1e3, 1k or 1M.
func meantNumber(text string) (uint64, bool) {
	v, unit, ok := scenarios.Number(strings.NewReplacer(",", "", "_", "").Replace(strings.Replace(text, "M", "m", 1)))
	switch {
	case unit == "k":
		v.Mul(v, big.NewRat(1_000, 1))
	case unit == "m":
		v.Mul(v, big.NewRat(1_000_000, 1))
	case unit != "":
		return 0, false
	}
	if !ok || !v.IsInt() || !v.Num().IsUint64() {
		return 0, false
	}
	return v.Num().Uint64(), true
}

// wordFlag is a flag for one of a few words.
type wordFlag struct {
	value *string
	of    string
	words []string
}

func (w wordFlag) String() string { return *w.value }
func (w wordFlag) Type() string   { return w.of }

func (w wordFlag) Set(text string) error {
	if !slices.Contains(w.words, text) {
		return errors.New("expected " + orList(w.words) + didYouMean(text, w.words, "%s"))
	}
	*w.value = text
	return nil
}

// listFlag is a flag that may come more than once.
type listFlag struct {
	value *[]string
	of    string
}

func (l listFlag) String() string { return strings.Join(*l.value, " ") }
func (l listFlag) Type() string   { return l.of }

func (l listFlag) Set(text string) error {
	if text == "" {
		return errors.New("it needs a " + l.of)
	}
	*l.value = append(*l.value, text)
	return nil
}

// textFlag is a flag for a text that must not be empty.
type textFlag struct {
	value *string
	of    string
}

func (t textFlag) String() string { return *t.value }
func (t textFlag) Type() string   { return t.of }

func (t textFlag) Set(text string) error {
	if text == "" {
		return errors.New("it needs a " + t.of)
	}
	*t.value = text
	return nil
}

// orList is "a, b or c".
func orList(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// addNumber adds a number flag.
func addNumber(f *pflag.FlagSet, value *uint64, name string, standard, least, most uint64, text string) {
	*value = standard
	f.Var(numberFlag{value, least, most}, name, text)
}

// addFormat adds --format.
func addFormat(f *pflag.FlagSet, value *string, formats []string) {
	*value = formats[0]
	f.Var(wordFlag{value, "FORMAT", formats}, "format", "how results are printed: "+orList(formats))
}
