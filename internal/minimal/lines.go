package minimal

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim/story"
)

// The parts of a line, in its text.
var (
	receivers = regexp.MustCompile(` reaches ([0-9]+(?:, [0-9]+)*(?: and [0-9]+)?)`)
	senders   = regexp.MustCompile(` from ([0-9]+(?:, [0-9]+)*(?: and [0-9]+)?) reaches `)
	amounts   = regexp.MustCompile(`(?: keeps | is )([0-9]+)`)
)

const markWord = ", and "

// Lines are the edits of lines and of answers.
func Lines(st *story.Story) (edits []Edit) {
	add := func(lines []string, format string, args ...any) {
		c := *st
		c.Lines = lines
		edits = append(edits, Edit{fmt.Sprintf(format, args...), &c})
	}
	for i, line := range st.Lines {
		without := slices.Delete(slices.Clone(st.Lines), i, i+1)
		add(without, "line %d can go: %s", i+1, line)
		if first, _, ok := strings.Cut(line, " reaches "); ok { // a copy of what it tells may be the message itself then
			for j := i; j < len(without); j++ {
				if now, again := strings.CutSuffix(without[j], " again"); again && strings.HasPrefix(now, first) {
					c := slices.Clone(without)
					c[j] = now
					add(c, "line %d can go, and line %d tells the message itself: %s", i+1, j+2, line)
				}
			}
		}
		for _, less := range lessOf(line) {
			c := slices.Clone(st.Lines)
			c[i] = less
			add(c, "line %d can be %q, and not %q", i+1, less, line)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(st.Given)) {
		for _, v := range lower(int64(st.Given[k]), 0) {
			c := *st
			c.Given = maps.Clone(st.Given)
			if c.Given[k] = uint32(v); v == 0 {
				delete(c.Given, k)
			}
			edits = append(edits, Edit{fmt.Sprintf("%s can be %d, and not %d", k, v, st.Given[k]), &c})
		}
	}
	return edits
}

// lessOf are the lines that say one thing less than a line.
func lessOf(line string) (out []string) {
	core, marks, _ := strings.Cut(line, markWord)
	if strings.Contains(core, " reaches ") { // what it lists may have "and" in it, and no ", and "
		for _, part := range []*regexp.Regexp{receivers, senders} {
			m := part.FindStringSubmatchIndex(line)
			if m == nil {
				continue
			}
			ids := strings.Split(strings.ReplaceAll(line[m[2]:m[3]], " and ", ", "), ", ")
			for i := range ids {
				if len(ids) > 1 {
					out = append(out, line[:m[2]]+list(slices.Delete(slices.Clone(ids), i, i+1))+line[m[3]:])
				}
			}
		}
	}
	if marks == "" {
		return out
	}
	parts := strings.Split(marks, markWord)
	for i, mark := range parts {
		out = append(out, strings.Join(append([]string{core}, slices.Delete(slices.Clone(parts), i, i+1)...), markWord))
		m := amounts.FindStringSubmatchIndex(mark)
		if m == nil {
			continue
		}
		n, err := strconv.ParseInt(mark[m[2]:m[3]], 10, 64)
		if err != nil {
			panic(err)
		}
		for _, v := range lower(n, 0) {
			c := slices.Clone(parts)
			c[i] = mark[:m[2]] + strconv.FormatInt(v, 10) + mark[m[3]:]
			out = append(out, strings.Join(append([]string{core}, c...), markWord))
		}
	}
	return out
}

// list writes numbers as a line does.
func list(ids []string) string {
	if n := len(ids); n > 1 {
		return strings.Join(ids[:n-1], ", ") + " and " + ids[n-1]
	}
	return ids[0]
}

// lower are the least that a number may be, and the half of it.
func lower(n, least int64) (out []int64) {
	if n > least {
		out = append(out, least)
	}
	if half := n / 2; half > least {
		out = append(out, half)
	}
	return out
}
