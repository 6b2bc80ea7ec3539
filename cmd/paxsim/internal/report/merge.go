package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/trace"
)

// MaxShards is how many parts a hunt may have.
const MaxShards = campaign.Islands

// ParseShard reads "2/3": the second of three parts.
func ParseShard(text string) (shard, of int, ok bool) {
	n, err := fmt.Sscanf(text, "%d/%d", &shard, &of)
	ok = n == 2 && err == nil && text == fmt.Sprintf("%d/%d", shard, of) && 1 <= shard && shard <= of && of <= MaxShards
	return shard, of, ok
}

// ReadHunt reads what [Hunt.JSON] wrote: lines of finds, and the summary as the
// last. A line that is not whole is a mistake.
func ReadHunt(data []byte) (*Hunt, error) {
	var finds []HuntFind
	for n := 1; ; n++ {
		if n > maxHuntLines {
			return nil, fmt.Errorf("%d: a hunt has at most %d failures", n, maxHuntLines-1)
		}
		line, rest, whole := bytes.Cut(data, []byte("\n"))
		if !whole {
			return nil, fmt.Errorf("%d: the file ends before the summary: expected lines as fuzz --format json prints them", n)
		}
		data = rest
		if _, why, ok := huntLine.Beyond(line); !ok || len(line) > maxHuntLine {
			return nil, fmt.Errorf("%d: no line of a hunt: %s", n, cmp.Or(why, fmt.Sprintf("more than %d bytes", maxHuntLine)))
		}
		var x struct {
			Find    *HuntFind `json:"find"`
			Summary *Hunt     `json:"summary"`
		}
		d := json.NewDecoder(bytes.NewReader(line))
		d.DisallowUnknownFields()
		err := d.Decode(&x)
		if err == nil {
			if _, more := d.Token(); !errors.Is(more, io.EOF) {
				err = errors.New("something follows the object")
			}
		}
		switch {
		case err != nil:
			return nil, fmt.Errorf("%d: no line of a hunt: %s", n, clip(strings.TrimPrefix(err.Error(), "json: ")))
		case x.Find != nil && x.Summary == nil:
			finds = append(finds, *x.Find)
		case x.Summary == nil:
			return nil, fmt.Errorf("%d: expected a find or a summary", n)
		case len(data) > 0:
			return nil, fmt.Errorf("%d: something follows the summary", n+1)
		default:
			x.Summary.Finds = finds
			if why := x.Summary.wrong(); why != "" {
				return nil, fmt.Errorf("%d: %s", n, why)
			}
			return x.Summary, nil
		}
	}
}

// The bounds of what ReadHunt takes. A hunt has a few failures, and its summary
// names each run that was kept before.
const (
	maxHuntLines = 10_001
	maxHuntLine  = 4 << 20
)

var huntLine = trace.Bounds{Depth: 8, Text: 64 << 10, Number: 64, Elements: 64 << 10}

// clip keeps what a message quotes short.
func clip(text string) string {
	const most = 80
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

// wrong says what in a summary cannot be.
func (m *Hunt) wrong() string {
	if _, _, ok := ParseShard(m.Shard); m.Shard != "" && !ok {
		return fmt.Sprintf("shard %q: expected one such as 2/3", clip(m.Shard))
	}
	if d := m.Of.Depth; d < 1 || d > campaign.MaxDepth {
		return fmt.Sprintf("depth: %d: expected 1 to %d", d, campaign.MaxDepth)
	}
	if m.Width < 0 || m.Length < 0 {
		return "width and length: expected numbers from 0"
	}
	if m.Failures != len(m.Finds) {
		return fmt.Sprintf("failures: it says %d, and there are %d", m.Failures, len(m.Finds))
	}
	if m.Decided+m.Partial+m.Undecided+m.Violated != m.Runs {
		return "runs: not as many as decided, partial, undecided and violated together"
	}
	return m.States.wrong()
}

// MergeHunts adds up parts of one hunt, in any order: it is the same hunt for any
// number of parts. names tells what to call each. Files of failures are left out:
// they are where each part was made.
func MergeHunts(parts []*Hunt, names []string) (*Hunt, error) {
	whole := &Hunt{Of: parts[0].Of, Marks: map[string]uint64{}, Families: map[string]HuntFamily{}, Strategies: map[string]HuntStrategy{}}
	of, there := 0, map[int]string{}
	for i, p := range parts {
		if why := p.Of.Differs(&whole.Of); why != "" {
			return nil, fmt.Errorf("%s: it is of another hunt than %s: %s", names[i], names[0], why)
		}
		shard, n, _ := ParseShard(cmp.Or(p.Shard, "1/1"))
		if of == 0 {
			of = n
		}
		switch first, twice := there[shard]; {
		case n != of:
			return nil, fmt.Errorf("%s: it is of a hunt in %s, and %s of one in %s", names[i], say.Plural(uint64(n), "shard"), names[0], say.Plural(uint64(of), "shard"))
		case twice:
			return nil, fmt.Errorf("%s: it is the shard %d/%d, as %s is", names[i], shard, n, first)
		}
		there[shard] = names[i]
		if p.Interrupted {
			whole.Missing = append(whole.Missing, fmt.Sprintf("a part of %d/%d", shard, n))
		}
		whole.add(p)
	}
	for shard := 1; shard <= of; shard++ {
		if _, ok := there[shard]; !ok {
			whole.Missing = append(whole.Missing, fmt.Sprintf("%d/%d", shard, of))
		}
	}
	slices.Sort(whole.Missing)
	slices.SortFunc(whole.Finds, func(a, b HuntFind) int { return cmp.Compare(a.First.Seed, b.First.Seed) })
	whole.finish()
	return whole, nil
}

// Differs says in what a hunt is another; "": in nothing.
func (of *HuntOf) Differs(other *HuntOf) string {
	a, b := of.members(), other.members()
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(a)) {
		if !bytes.Equal(a[name], b[name]) {
			parts = append(parts, fmt.Sprintf("%s: %s, not %s", name, clip(string(a[name])), clip(string(b[name]))))
		}
	}
	return strings.Join(parts, "; ")
}

// members are its members as they are written down.
func (of *HuntOf) members() (all map[string]json.RawMessage) {
	text, err := json.Marshal(of)
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		panic(err) // it holds nothing that JSON cannot
	}
	return all
}

// add takes up a part.
func (m *Hunt) add(p *Hunt) {
	m.Tally.Add(&p.Tally)
	m.Again = append(m.Again, p.Again...)
	sum := m.States.states()
	sum.Merge(p.States.states())
	m.States = newHuntStates(sum)
	m.Width, m.Length = max(m.Width, p.Width), max(m.Length, p.Length)
	for name, n := range p.Marks {
		m.Marks[name] += n
	}
	for name, f := range p.Families {
		g := m.Families[name]
		m.Families[name] = HuntFamily{g.On + f.On, g.Hit + f.Hit, g.Struck + f.Struck}
	}
	for name, f := range p.Strategies {
		g := m.Strategies[name]
		m.Strategies[name] = HuntStrategy{g.Runs + f.Runs, g.Violated + f.Violated, g.Proved + f.Proved, g.Events + f.Events}
	}
	for _, x := range p.Finds {
		x.First.File, x.Smallest.File = "", ""
		x.First.Story, x.Smallest.Story = "", ""
		i := slices.IndexFunc(m.Finds, func(y HuntFind) bool { return y.Failure == x.Failure })
		if i < 0 {
			m.Finds = append(m.Finds, x)
			continue
		}
		y := &m.Finds[i]
		y.Runs += x.Runs
		if x.First.Seed < y.First.Seed {
			y.First = x.First
		}
		if x.Smallest.smaller(&y.Smallest) {
			y.Smallest = x.Smallest
		}
	}
}

// smaller is the order of campaign.Failure.
func (f *HuntFailure) smaller(g *HuntFailure) bool {
	return cmp.Or(cmp.Compare(f.Deferrals+f.Surprises, g.Deferrals+g.Surprises), cmp.Compare(f.Events, g.Events), cmp.Compare(f.Seed, g.Seed)) < 0
}
