//go:build linux

package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
)

// damage is a way in which a file is damaged.
type damage struct {
	name string
	of   func(data []byte, dice *rand.Rand) []byte
}

var damages = []damage{
	{"flips", flipped}, {"cuts", cut}, {"doubled", doubled}, {"nests", nested}, {"huge counts", huge}, {"lists", listed},
}

// flipped has some bits turned.
func flipped(data []byte, dice *rand.Rand) []byte {
	data = bytes.Clone(data)
	for range 1 + dice.IntN(8) {
		data[dice.IntN(len(data))] ^= 1 << dice.IntN(8)
	}
	return data
}

// cut ends too early, or lacks something in the middle or at its beginning.
func cut(data []byte, dice *rand.Rand) []byte {
	i, j := dice.IntN(len(data)), dice.IntN(len(data)+1)
	switch dice.IntN(3) {
	case 0:
		return bytes.Clone(data[:i])
	case 1:
		return bytes.Clone(data[i:])
	}
	return bytes.Join([][]byte{data[:min(i, j)], data[max(i, j):]}, nil)
}

var pieces = regexp.MustCompile(`[^\n,]*[\n,]`)

// doubled has a line, or what stands between commas, twice or often.
func doubled(data []byte, dice *rand.Rand) []byte {
	all := pieces.FindAllIndex(data, -1)
	if len(all) == 0 {
		return append(bytes.Clone(data), data...)
	}
	at := all[dice.IntN(len(all))]
	times := []int{1, 1, 1, 2, 100, 10_000}[dice.IntN(6)]
	return spliced(data, at[1], at[1], bytes.Repeat(data[at[0]:at[1]], times))
}

// nested has lists, objects and the like in one another in the place of a value.
func nested(data []byte, dice *rand.Rand) []byte {
	deep := []int{3, 9, 17, 100, 10_000, 200_000}[dice.IntN(6)]
	open := []string{"[", `{"a":`, "{a: ", "- ", "[[],", "? ", `{"a":[`, "a:\n "}[dice.IntN(8)]
	text := strings.Repeat(open, deep)
	if dice.IntN(2) == 0 {
		text += "1" + strings.Repeat(map[byte]string{'[': "]", '{': "}"}[open[0]], deep)
	}
	return inPlace(data, text, dice)
}

var numbers = regexp.MustCompile(`[0-9]+`)

// huge has a great number in the place of one.
func huge(data []byte, dice *rand.Rand) []byte {
	text := []string{"4000000000", "1e18", "18446744073709551616", "-1", "16383", "9999999", "0.1e-400", "1" + strings.Repeat("0", 300), strings.Repeat("9", 1_000_000), "9223372036854775807", "65536", "00", "1e999999999"}[dice.IntN(13)]
	all := numbers.FindAllIndex(data, -1)
	if len(all) == 0 {
		return append(bytes.Clone(data), text...)
	}
	at := all[dice.IntN(len(all))]
	return spliced(data, at[0], at[1], []byte(text))
}

// listed has a long list, an object of many members, or aliases, in the place of a
// value.
func listed(data []byte, dice *rand.Rand) []byte {
	many := []int{10, 1000, 70_000, 300_000}[dice.IntN(4)]
	var b strings.Builder
	switch dice.IntN(7) {
	case 0:
		b.WriteString("[" + strings.Repeat("1,", many) + "1]")
	case 1:
		b.WriteString("[" + strings.Repeat(`"a",`, many) + `"a"]`)
	case 2:
		b.WriteString(members(28 * many))
	case 3:
		b.WriteString("&a [x,x]\nb: [" + strings.Repeat("*a,", many) + "*a]")
	case 4: // each twice what was before it
		b.WriteString("\nl0: &l0 [x]\n")
		for i := range 30 {
			fmt.Fprintf(&b, "l%d: &l%d [*l%d, *l%[3]d]\n", i+1, i+1, i)
		}
	case 5:
		for i := range many {
			fmt.Fprintf(&b, "\n  x%d: {at: 1ms, crash: 1}", i)
		}
	default:
		b.WriteString(`"` + strings.Repeat("a", 10*many) + `"`)
	}
	return inPlace(data, b.String(), dice)
}

var values = regexp.MustCompile(`[:=\[] ?`)

// inPlace puts a text behind a sign that a value follows, and in the place of what
// follows it.
func inPlace(data []byte, text string, dice *rand.Rand) []byte {
	all := values.FindAllIndex(data, -1)
	if len(all) == 0 {
		return append(bytes.Clone(data), text...)
	}
	at := all[dice.IntN(len(all))][1]
	end := at + bytes.IndexAny(data[at:], ",}]\n")
	if end < at {
		end = len(data)
	}
	return spliced(data, at, end, []byte(text))
}

func spliced(data []byte, from, to int, text []byte) []byte {
	return bytes.Join([][]byte{data[:from], text, data[to:]}, nil)
}

// enlarged is a file as large as is asked for: by more of what is in it, by what is
// nothing, or by a value that asks for much memory. way says which, from 0 on.
func enlarged(data []byte, f *specimen, size, way int, dice *rand.Rand) []byte {
	if len(data) >= size {
		return data
	}
	missing := size - len(data)
	hostile := []func() string{
		func() string { return strings.Repeat("[", missing) },
		func() string { return "[" + strings.Repeat("1,", missing/2) + "1]" },
		func() string { return strings.Repeat(`{"a":`, missing/5) },
		func() string { return `"` + strings.Repeat("a", missing) + `"` },
		func() string { return strings.Repeat("1", missing) },
		func() string { return members(missing) },
		func() string { return "[" + strings.Repeat(`"a",`, missing/4) + `"a"]` },
	}
	fillers := [][]byte{data, []byte(" "), []byte("\n"), []byte("0"), []byte("a"), {0}, []byte("[],"), []byte(`"a":0,`), []byte("- a\n"), []byte("a: b\n"), f.samples[0][:max(1, len(f.samples[0])/3)]}
	if way %= len(hostile) + len(fillers); way < len(hostile) {
		return inPlace(f.samples[dice.IntN(len(f.samples))], hostile[way](), dice)
	}
	filler := fillers[way-len(hostile)]
	if len(filler) == 0 {
		filler = []byte("x")
	}
	at := dice.IntN(len(data) + 1)
	if all := pieces.FindAllIndex(data, -1); len(all) > 0 {
		at = all[dice.IntN(len(all))][1]
	}
	return spliced(data, at, at, bytes.Repeat(filler, (missing+len(filler)-1)/len(filler)))
}

// members is an object of so many bytes with members that all have names of their
// own.
func members(bytes int) string {
	var b strings.Builder
	b.WriteString(`{"a":1`)
	for i := 0; b.Len() < bytes; i++ {
		fmt.Fprintf(&b, `,"lost Accept %d>2 #%d":1`, i%5+1, i)
	}
	b.WriteString("}")
	return b.String()
}
