package plain_test

import (
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/plain"
)

// inner is hidden in outer, with fields that no other package can name.
type inner struct {
	on   bool
	n    int32
	list []uint16
}

type outer struct {
	inner
	name  string
	sets  [2]ids.Set
	deep  []inner
	bag   []inner `state:"bag"`
	by    []uint8 `state:"by-actor"`
	fixed *int    `state:"fixed"`
	seen  uint64  `state:"scratch"`
	last  *inner  `state:"scratch"`
	told  uint64  `state:"mark"`
	id    ids.ID
	value ids.Value
}

func sum(t *testing.T, p *plain.Plan, x *outer, r *plain.Renaming) plain.Sum {
	t.Helper()
	var h plain.Hash
	p.Hash(&h, x, r)
	return h.Sum()
}

func planOf(t *testing.T) *plain.Plan {
	t.Helper()
	p, err := plain.For[outer]()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func example() outer {
	x := outer{name: "x", id: 2, value: 3, seen: 1, told: 2, fixed: new(int), last: &inner{}}
	x.on, x.n, x.list = true, -1, []uint16{1, 2}
	x.sets[1] = ids.Of([]ids.ID{1, 70})
	x.deep = []inner{{list: []uint16{3}}}
	x.bag = []inner{{n: 1}, {n: 2}}
	x.by = []uint8{0, 7, 8}
	return x
}

// TestHashSeesEveryField: a change of any field that counts is seen, and no other.
func TestHashSeesEveryField(t *testing.T) {
	p := planOf(t)
	first := example()
	was := sum(t, p, &first, nil)
	for name, change := range map[string]func(x *outer){
		"a truth value": func(x *outer) { x.on = false }, "a number": func(x *outer) { x.n = 1 },
		"a list": func(x *outer) { x.list = []uint16{2, 1} }, "its length": func(x *outer) { x.list = x.list[:1] },
		"a text": func(x *outer) { x.name = "y" }, "a set": func(x *outer) { x.sets[0].Add(1) }, "a set of many": func(x *outer) { x.sets[1].Remove(70) },
		"a set of as many": func(x *outer) { x.sets[1].Remove(70); x.sets[1].Add(71) },
		"a list in a list": func(x *outer) { x.deep[0].list[0] = 4 }, "a bag": func(x *outer) { x.bag[0].n = 5 },
		"one more in a bag": func(x *outer) { x.bag = append(x.bag, inner{}) },
		"a list by actor":   func(x *outer) { x.by[1], x.by[2] = x.by[2], x.by[1] },
		"an actor":          func(x *outer) { x.id = 1 }, "a value": func(x *outer) { x.value = 1 },
	} {
		x := example()
		if change(&x); sum(t, p, &x, nil) == was {
			t.Errorf("%s is not seen", name)
		}
	}
	for name, change := range map[string]func(x *outer){
		"what is fixed": func(x *outer) { x.fixed = nil }, "scratch": func(x *outer) { x.seen = 9 }, "scratch that is no value": func(x *outer) { x.last = nil },
		"a mark": func(x *outer) { x.told = 9 }, "the order of a bag": func(x *outer) { x.bag[0], x.bag[1] = x.bag[1], x.bag[0] },
		"zeros at the end of a list by actor": func(x *outer) { x.by = append(x.by, 0, 0) },
		"room":                                func(x *outer) { x.list = append(make([]uint16, 0, 9), x.list...) },
	} {
		x := example()
		if change(&x); sum(t, p, &x, nil) != was {
			t.Errorf("%s is seen", name)
		}
	}
}

// TestHashSeesBorders: it is seen where one list or text ends and the next begins.
func TestHashSeesBorders(t *testing.T) {
	type pair struct {
		a, b string
		c, d []uint16
	}
	p, err := plain.For[pair]()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[plain.Sum]pair{}
	for _, x := range []pair{{a: "ab"}, {a: "a", b: "b"}, {b: "ab"}, {c: []uint16{1, 2}}, {c: []uint16{1}, d: []uint16{2}}, {d: []uint16{1, 2}}} {
		var h plain.Hash
		p.Hash(&h, &x, nil)
		if y, there := seen[h.Sum()]; there {
			t.Errorf("%v and %v are one", x, y)
		}
		seen[h.Sum()] = x
	}
}

// TestHashHas128Bits: no half of a hash follows from the other.
func TestHashHas128Bits(t *testing.T) {
	seen := map[uint64]bool{}
	for x := range uint64(1 << 12) {
		var h plain.Hash
		h.Mix(x)
		s := h.Sum()
		seen[s[0]], seen[s[1]], seen[s[0]-s[1]] = true, true, true
	}
	if len(seen) != 3<<12 {
		t.Errorf("%d halves and differences, expected %d", len(seen), 3<<12)
	}
}

// TestCopySharesNothing: whatever is done to a copy, the first stays as it is.
func TestCopySharesNothing(t *testing.T) {
	p := planOf(t)
	x, fresh := example(), outer{last: &inner{n: 42}}
	was := sum(t, p, &x, nil)
	var y outer
	p.Copy(&y, &x, &fresh)
	if sum(t, p, &y, nil) != was || y.seen != x.seen || y.told != x.told || y.fixed != x.fixed {
		t.Errorf("the copy is %+v, of %+v", y, x)
	}
	if y.last != fresh.last {
		t.Errorf("scratch that is no value is %v in a copy: expected that of a fresh value", y.last)
	}
	y.list[0], y.deep[0].list[0], y.bag[0].n, y.by[1] = 99, 99, 99, 99
	y.sets[1].Add(71)
	if sum(t, p, &x, nil) != was {
		t.Errorf("a change of the copy is seen in the first: %+v", x)
	}
}

// TestRenaming: a value under new numbers is the value that has these numbers.
func TestRenaming(t *testing.T) {
	p := planOf(t)
	r := plain.Renaming{Actors: []ids.ID{0, 2, 1}, Values: []ids.Value{0, 1, 3, 2}}
	x, y := example(), example()
	y.id, y.value, y.by = 1, 2, []uint8{0, 8, 7}
	y.sets[1] = ids.Of([]ids.ID{2, 70})
	if sum(t, p, &x, &r) != sum(t, p, &y, nil) {
		t.Errorf("%+v is not %+v under new numbers", x, y)
	}
	if sum(t, p, &x, &r) == sum(t, p, &x, nil) {
		t.Errorf("%+v is the same under new numbers", x)
	}
}

// ballot has an actor in it, as a renaming must know.
type ballot uint32

func (b ballot) Renamed(r *plain.Renaming) ballot {
	return b&^0xff | ballot(r.Actor(ids.ID(b&0xff)))
}

func TestRenamer(t *testing.T) {
	p, err := plain.For[ballot]()
	if err != nil {
		t.Fatal(err)
	}
	of := func(b ballot, r *plain.Renaming) plain.Sum {
		var h plain.Hash
		p.Hash(&h, &b, r)
		return h.Sum()
	}
	r := plain.Renaming{Actors: []ids.ID{0, 2, 1}}
	if of(0x301, &r) != of(0x302, nil) || of(0x303, &r) != of(0x303, nil) {
		t.Error("a ballot is not renamed as its type says")
	}
}

// TestRefused: what is no plain value is refused, and the field is named.
func TestRefused(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{errOf(plain.For[struct{ a struct{ next *int } }]()), "a.next is a pointer (*int)"},
		{errOf(plain.For[struct{ m map[string]int }]()), "m is a map (map[string]int)"},
		{errOf(plain.For[struct{ f []func() }]()), "f[] is a function (func())"},
		{errOf(plain.For[struct{ x any }]()), "x is an interface (interface {})"},
		{errOf(plain.For[struct{ c chan int }]()), "c is a channel (chan int)"},
		{errOf(plain.For[struct{ f float64 }]()), "f is of type float64"},
		{errOf(plain.For[struct {
			a int `state:"scrap"`
		}]()), `a has the tag state:"scrap": expected fixed, scratch, mark, bag, by-actor or by-value`},
		{errOf(plain.For[struct {
			a int `state:"bag"`
		}]()), `a has the tag state:"bag", and is no list and no array`},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("%v: expected %q", c.err, c.want)
		}
	}
}

func errOf(_ *plain.Plan, err error) error { return err }

// TestShare: lists that are equal are in memory once, the others stay, and nothing that
// counts changes.
func TestShare(t *testing.T) {
	p := planOf(t)
	a, b := example(), example()
	b.list[1] = 9
	before := sum(t, p, &a, nil)
	p.Share(&a, &b)
	if sum(t, p, &a, nil) != before || a.list[1] != 2 {
		t.Error("a value that shares is another")
	}
	if &a.by[0] != &b.by[0] || &a.deep[0].list[0] != &b.deep[0].list[0] {
		t.Error("equal lists are not shared")
	}
	if &a.deep[0] != &b.deep[0] {
		t.Error("equal lists of lists are not shared")
	}
	if &a.list[0] == &b.list[0] {
		t.Error("lists are shared that are not equal")
	}
	var c outer
	if p.Copy(&c, &a, nil); &c.by[0] == &a.by[0] || &c.deep[0].list[0] == &a.deep[0].list[0] {
		t.Error("a copy shares with what it was copied from")
	}
	p.Share(&a, &outer{}) // nothing there is equal
}
