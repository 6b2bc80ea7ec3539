package trace

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim"
)

// Difference says between which events two runs part: in one of the events From
// to To something differs, and before From nothing does.
type Difference struct {
	From, To uint64
	Told     bool     // the events are the same, and only what is said of them is not
	Texts    []string // what differs, a sentence each
}

// Same says whether a second run is that of the file, event by event. It sees no
// more than digests.
func (f *File) Same(o sim.Outcome) bool { return f.block(o) == nil }

// Compare holds a second run against the file of the first. It compares the events by the
// digests, block by block, and then all else that the file states and that a second run
// repeats. It is nil if nothing differs. The span from From to To lies between two
// checkpoints. The last checkpoint is the run's end.
func (f *File) Compare(o sim.Outcome) *Difference {
	now := *f
	now.cameTo(o)
	if f.Facts == nil {
		now.Facts = nil
	} else {
		now.Facts.unknownAs(f.Facts)
	}
	was, is := leaves(f), leaves(&now)
	d := f.block(o)
	var texts []string
	if d != nil {
		texts = append(texts, fmt.Sprintf("events %d to %d differ", d.From, d.To))
	}
	digests := false // of several that differ the first is enough: what follows rests on it
	for _, path := range slices.SortedFunc(maps.Keys(was), byPlace) {
		got, there := is[path]
		if !there {
			got = "nothing"
		}
		if was[path] == got || isDigest(path) && digests || strings.HasPrefix(path, "violation.stack.") {
			continue
		}
		digests = digests || isDigest(path)
		texts = append(texts, fmt.Sprintf("%s: the file says %s, the run %s", path, was[path], got))
	}
	if len(texts) == 0 {
		return nil
	}
	if d == nil {
		d = &Difference{From: o.Events, To: o.Events, Told: true}
	}
	d.Texts = texts
	return d
}

// cameTo makes the file state the result of a run.
func (f *File) cameTo(o sim.Outcome) {
	f.Outcome, f.Violation = o.Verdict.String(), newViolation(o.Violation)
	f.Events, f.Digest, f.Checkpoints = o.Events, o.Digest, slices.Clone(o.Checkpoints)
	f.Facts = factsOf(o)
}

// block is the first block of events that differs, or nil.
func (f *File) block(o sim.Outcome) *Difference {
	from, last := uint64(1), max(f.Events, o.Events)
	for i, to := 0, uint64(64); to <= last; i, to = i+1, 2*to {
		if i >= len(f.Checkpoints) || i >= len(o.Checkpoints) || f.Checkpoints[i] != o.Checkpoints[i] {
			return &Difference{From: from, To: min(to, last)}
		}
		from = to + 1
	}
	if f.Events != o.Events || f.Digest != o.Digest {
		return &Difference{From: min(from, last), To: last}
	}
	return nil
}

// leaves is all that a file states, by the path of the field: "violation.text",
// "checkpoints.2". Whatever is written into a file is here, and so is compared. The three
// that may be long are left out: the run is made from them, and they are as they were.
func leaves(f *File) map[string]string {
	short := *f
	short.Answers, short.Deferrals, short.Scenario = nil, nil, ""
	var tree any
	if err := json.Unmarshal(short.Encode(), &tree); err != nil {
		panic("trace: " + err.Error()) // it was written just now
	}
	out := map[string]string{}
	var walk func(path string, x any)
	walk = func(path string, x any) {
		switch x := x.(type) {
		case map[string]any:
			for name, member := range x { //sorted: each goes to a place of its own
				walk(join(path, name), member)
			}
		case []any:
			for i, entry := range x {
				walk(join(path, strconv.Itoa(i+1)), entry)
			}
		case string:
			out[path] = strconv.Quote(x)
		default:
			out[path] = jsonText(x)
		}
	}
	walk("", tree)
	return out
}

// jsonText is a number or a truth value as files have it.
func jsonText(x any) string {
	text, err := json.Marshal(x)
	if err != nil {
		panic("trace: " + err.Error())
	}
	return string(text)
}

// isDigest says whether a field holds a digest.
func isDigest(path string) bool { return path == "digest" || strings.HasPrefix(path, "checkpoints.") }

// byPlace is an order of paths: digests are last, and numbers count as such.
func byPlace(a, b string) int {
	if isDigest(a) != isDigest(b) {
		if isDigest(a) {
			return 1
		}
		return -1
	}
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(x), len(y)) {
		m, err1 := strconv.Atoi(x[i])
		n, err2 := strconv.Atoi(y[i])
		c := strings.Compare(x[i], y[i])
		if err1 == nil && err2 == nil {
			c = cmp.Compare(m, n)
		}
		if c != 0 {
			return c
		}
	}
	return cmp.Compare(len(x), len(y))
}
