package anyscenario

import "strconv"

// drawPlaces draws where the actors are, out of numbers of its own. What is drawn after it
// stays what it is without it, except for what depends on how long a round takes.
func (d *draft) drawPlaces(f *field) {
	kept := d.numbers
	defer func() { d.numbers = kept }()
	d.numbers = numbersOf(kept.state ^ 0x91ace5)
	switch {
	case !d.outOf100(12 * d.density / 100):
		return
	case d.below(16) == 0:
		d.say(&d.tree, "network.places", f)
		return
	}
	n := d.spread(1, 5)
	if d.below(64) == 0 {
		n = 30 // all on one line
	}
	at := make([][]int64, n)
	for id := int64(1); id <= d.actors; id++ {
		i := d.below(n)
		at[i] = append(at[i], id)
	}
	names := make([]string, n)
	for i := range names {
		names[i] = pick(&d.numbers, "p", "place-", "P_") + strconv.Itoa(i)
	}
	type pair struct{ from, to string }
	var back []pair // from an earlier place to a later one, where only the other direction is stated so far
	for i := range names {
		path := "network.places." + names[i]
		v := value{text: "none", form: "none"}
		if k := int64(len(at[i])); k > 0 {
			v = value{text: ids(at[i]), n: k, form: "list", end: entries(k, 1, d.actors)}
		}
		d.put(path+".actors", v.text)
		d.note("network.places.PLACE.actors", v)
		for j := range names[:i+1] {
			switch {
			case i == j && d.below(2) == 0: // its actors are at one spot
			case i != j && d.below(4) == 0:
				back = append(back, pair{names[j], names[i]})
				d.way(path+".to."+names[j], "network.places.PLACE.to", 1)
			default:
				d.way(path+".round_trips."+names[j], "network.places.PLACE.round_trips", 2)
			}
		}
	}
	for _, w := range back {
		d.way("network.places."+w.from+".to."+w.to, "network.places.PLACE.to", 1)
	}
	d.note("network.places", value{n: n, form: "places", end: high})
}

// way draws how far it is, so many ways in one, and puts it at a path.
func (d *draft) way(path, of string, ways int64) {
	most := min(int64(maxDelay), d.most/ways)
	far, end := d.bounded(0, most)
	if end == 0 && d.below(8) < 7 {
		far = min(d.near(), most)
	}
	d.put(path, d.timeText(far*ways))
	d.note(of, value{n: far, end: end})
	d.as["farthest"] = max(d.as["farthest"], far)
}
