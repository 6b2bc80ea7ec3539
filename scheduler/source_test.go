package scheduler

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

var _, _, _ Source = Calm{}, (*Edited)(nil), (*Recording)(nil)

func TestCalm(t *testing.T) {
	if a := (Calm{}).Answer(5, 10, 7); a != 0 {
		t.Errorf("calm answered %d", a)
	}
}

func TestEdited(t *testing.T) {
	const k1, k2, k3, k4 = Key(1), Key(2), Key(3), Key(4)
	for _, c := range []struct {
		name, why string
		base      Source
		k         Key
		outcomes  uint32
		want      uint32
	}{
		{"not listed, no base", "the seed's answer stands", nil, k1, 9, 5},
		{"not listed, calm base", "the base's answer stands", Calm{}, k1, 9, 0},
		{"listed", "the list goes before the base", Calm{}, k2, 9, 3},
		{"listed as calm", "0 is an answer like others", nil, k3, 9, 0},
		{"greatest", "outcomes-1 is in range", nil, k2, 4, 3},
		{"out of range", "it no longer applies: the base's answer, never 3 % 3", Calm{}, k2, 3, 0},
		{"out of range, no base", "it no longer applies: the seed's answer", nil, k4, 9, 5},
	} {
		e := Edited{Base: c.base, Answers: map[Key]uint32{k2: 3, k3: 0, k4: 1 << 31}}
		if got := e.Answer(c.k, c.outcomes, 5); got != c.want {
			t.Errorf("%s: answered %d, want %d: %s", c.name, got, c.want, c.why)
		}
	}
}

func TestEditedUnused(t *testing.T) {
	e := Edited{Answers: map[Key]uint32{9: 1, 2: 1, 7: 5, 4: 0}}
	if got, want := e.Unused(), []Key{2, 4, 7, 9}; !slices.Equal(got, want) {
		t.Errorf("before a run: %v unused, want %v", got, want)
	}
	e.Answer(9, 2, 0)
	e.Answer(7, 5, 0) // out of range
	e.Answer(3, 2, 0) // not listed
	if got, want := e.Unused(), []Key{2, 4, 7}; !slices.Equal(got, want) {
		t.Errorf("%v unused, want %v", got, want)
	}
	e.Answer(2, 2, 0)
	e.Answer(4, 2, 0)
	e.Answer(7, 6, 0)
	if got := e.Unused(); got != nil {
		t.Errorf("%v unused, want none", got)
	}
	e.Reset()
	if got := len(e.Unused()); got != 4 {
		t.Errorf("after Reset %d are unused, want all 4", got)
	}
}

func TestEditedWithoutAnswers(t *testing.T) {
	var e Edited
	if got := e.Answer(1, 5, 4); got != 4 || e.Unused() != nil {
		t.Errorf("the zero Edited answered %d, unused %v", got, e.Unused())
	}
}

func TestRecording(t *testing.T) {
	r := Recording{Base: &Edited{Answers: map[Key]uint32{2: 1, 4: 0}}}
	for k := range Key(5) {
		r.Answer(k, 8, uint32(k%2)*3)
	}
	want := []Asked{{0, 8, 0}, {1, 8, 3}, {2, 8, 1}, {3, 8, 3}, {4, 8, 0}}
	if !slices.Equal(r.List, want) {
		t.Errorf("recorded %v, want %v", r.List, want)
	}
	if got, want := r.Surprises(), (map[Key]uint32{1: 3, 2: 1, 3: 3}); !maps.Equal(got, want) {
		t.Errorf("surprises %v, want %v", got, want)
	}
	r = Recording{}
	if got := r.Answer(1, 8, 6); got != 6 || r.List[0] != (Asked{1, 8, 6}) {
		t.Errorf("without a base it answered %d and wrote %v", got, r.List)
	}
	if got := new(Recording).Surprises(); len(got) != 0 {
		t.Errorf("surprises of nothing: %v", got)
	}
}

// Base calm and the surprises of a run give the run again, and use them all;
// removing one changes that answer alone.
func TestSurprisesReplay(t *testing.T) {
	type question struct {
		key              Key
		outcomes, seeded uint32
	}
	rapid.Check(t, func(t *rapid.T) {
		var qs []question
		for i := range rapid.IntRange(0, 50).Draw(t, "questions") {
			outcomes := rapid.Uint32Range(2, 100).Draw(t, "outcomes")
			qs = append(qs, question{Key(i), outcomes, rapid.Uint32Range(0, outcomes-1).Draw(t, "seeded")})
		}
		play := func(base Source) []Asked {
			r := Recording{Base: base}
			for _, q := range qs {
				r.Answer(q.key, q.outcomes, q.seeded)
			}
			return r.List
		}
		first := Recording{List: play(nil)}
		again := Edited{Base: Calm{}, Answers: first.Surprises()}
		if got := play(&again); !slices.Equal(got, first.List) {
			t.Fatalf("played again: %v, want %v", got, first.List)
		}
		if unused := again.Unused(); unused != nil {
			t.Fatalf("%v unused", unused)
		}
		for _, k := range slices.Sorted(maps.Keys(again.Answers)) {
			less := maps.Clone(again.Answers)
			delete(less, k)
			for i, a := range play(&Edited{Base: Calm{}, Answers: less}) {
				want := first.List[i].Answer
				if a.Key == k {
					want = 0
				}
				if a.Answer != want {
					t.Fatalf("without %v, %v answered %d, want %d", k, a.Key, a.Answer, want)
				}
			}
		}
	})
}
