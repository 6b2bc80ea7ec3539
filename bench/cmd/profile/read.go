package main

import (
	"bufio"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// read sums up the own instructions of a callgrind file by place. See "Callgrind Format
// Specification" in Valgrind's manual. A line of costs is under the last fn= and the last
// of fl=, fi=, fe=. The one after calls= is the cost of a call and no own one. Names are
// given once and then by number.
func read(name string) (map[place]float64, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	costs := make(map[place]float64)
	functions, files := names{}, names{}
	var at place
	call := false
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		key, value, named := strings.Cut(line, "=")
		switch {
		case named && key == "fn":
			at.function = short(functions.name(value))
		case named && key == "cfn":
			functions.name(value)
		case named && (key == "fl" || key == "fi" || key == "fe"):
			at.file = files.name(value)
		case named && (key == "cfi" || key == "cfl"):
			files.name(value)
		case named && key == "calls":
			call = true
		case line != "" && strings.ContainsRune("0123456789+-*", rune(line[0])):
			if call {
				call = false
				continue
			}
			parts := strings.Fields(line)
			cost, err := strconv.ParseFloat(parts[len(parts)-1], 64)
			if err != nil {
				return nil, fmt.Errorf("%s: %q: %w", name, line, err)
			}
			costs[at] += cost
		}
	}
	return costs, lines.Err()
}

// names are the names of a file by their numbers.
type names map[string]string

// name reads "(12) name" and "(12)".
func (n names) name(s string) string {
	number, name, given := strings.Cut(s, " ")
	if given {
		n[number] = name
	}
	return n[number]
}

// Type arguments make names unreadable, and recursion adds a number.
var (
	arguments = regexp.MustCompile(`\[.*\]`)
	recursion = regexp.MustCompile(`'\d+$`)
)

func short(function string) string {
	function = recursion.ReplaceAllString(arguments.ReplaceAllString(function, ""), "")
	return strings.ReplaceAll(function, "github.com/paxsim/paxsim/", "")
}
