package simtest

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

// variable is a variable of the environment. Its value changes the settings, or is
// wrong.
type variable struct {
	name     string
	expected string
	set      func(x *settings, value string) bool
}

var variables = []variable{
	{"PAXSIM_RUNS", "a whole number from 0 on, such as 500", func(x *settings, value string) bool {
		n, err := strconv.ParseUint(value, 10, 64)
		x.hunt.Runs = n
		return err == nil
	}},
	{"PAXSIM_FOR", "a length of time above 0, such as 90s or 10m", func(x *settings, value string) bool {
		d, err := time.ParseDuration(value)
		x.hunt.For = d
		return err == nil && d > 0
	}},
	{"PAXSIM_SEED", "a whole number from 0 on, such as 17", func(x *settings, value string) bool {
		n, err := strconv.ParseUint(value, 10, 64)
		x.hunt.First, x.repetition = n, 1
		return err == nil
	}},
	{"PAXSIM_EXPLORE", "1, or 0 for no", func(x *settings, value string) bool {
		if value == "1" {
			x.hunt.First, x.repetition, x.explores = fresh(), 1, true
		}
		return value == "1" || value == "0"
	}},
	{"PAXSIM_STRATEGY", "", func(x *settings, value string) bool { // settings.strategies says what is wrong
		x.hunt.Strategies = strings.Split(value, ",")
		return true
	}},
	{"PAXSIM_OUT", "the absolute path of a folder, because the tests of each package run in a folder of their own", func(x *settings, value string) bool {
		x.out = value
		info, err := os.Stat(value)
		return filepath.IsAbs(value) && (err != nil || info.IsDir())
	}},
}

// fresh is the first seed of tests that explore: the clock's when the first of them
// began, so that one seed repeats all of them.
var fresh = sync.OnceValue(func() uint64 { return uint64(time.Now().UnixNano()) & math.MaxInt64 })

// environment changes the settings to what the environment says.
func (x *settings) environment(t T) error {
	x.said = map[string]string{}
	for _, v := range variables {
		value := os.Getenv(v.name)
		if value == "" {
			continue
		}
		x.said[v.name] = value
		if !v.set(x, value) {
			return fmt.Errorf("%s is %q: expected %s", v.name, value, v.expected)
		}
	}
	switch {
	case x.said["PAXSIM_FOR"] != "" && x.said["PAXSIM_RUNS"] != "":
		return errors.New("PAXSIM_FOR and PAXSIM_RUNS are both set: expected one of them")
	case x.explores && x.said["PAXSIM_SEED"] != "":
		return errors.New("PAXSIM_EXPLORE and PAXSIM_SEED are both set: expected one of them")
	}
	if d, ok := t.(interface{ Deadline() (time.Time, bool) }); ok && x.hunt.For > 0 {
		if until, ok := d.Deadline(); ok && time.Until(until) < x.hunt.For {
			return fmt.Errorf("PAXSIM_FOR is %q: go test ends its tests in %v: expected less than that, or go test -timeout 0", x.said["PAXSIM_FOR"], time.Until(until).Round(time.Second))
		}
	}
	return nil
}

// repeated is the variables, with their values, to write before a command so that a test
// makes its runs up to a seed once more. "": the code says it all.
func (x *settings) repeated(seed uint64) string {
	text, strategies := "", x.said["PAXSIM_STRATEGY"]
	if x.said["PAXSIM_SEED"] != "" || x.explores {
		text += fmt.Sprintf("PAXSIM_SEED=%d ", x.hunt.First)
	}
	if runs := seed - x.hunt.First + 1; text != "" || runs > x.wanted {
		text += fmt.Sprintf("PAXSIM_RUNS=%d ", runs)
	}
	if strategies != "" {
		text += "PAXSIM_STRATEGY=" + strategies + " "
	}
	return text
}
