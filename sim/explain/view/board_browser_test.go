package view

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/board"
	"github.com/paxsim/paxsim/sim/ids"
)

// told is a board as boardText of board.js tells it.
func told(s *sim.Scenario, names sim.Names, b *board.Board) string {
	var out strings.Builder
	round, value := s.Protocol.Rounds().Text, names.ValueName
	mark := func(text string, wrong bool) string {
		if wrong {
			return text + "!"
		}
		return text
	}
	list := func(values []ids.Value, sorted bool) string {
		var texts []string
		for _, v := range values {
			if v == board.Any {
				texts = append(texts, "any")
			} else {
				texts = append(texts, value(v))
			}
		}
		if sorted {
			slices.Sort(texts)
		}
		return strings.Join(texts, ",")
	}
	for i := range b.Columns {
		c := &b.Columns[i]
		var proposed []string
		for _, p := range c.Proposed {
			proposed = append(proposed, mark(value(p.Value), p.Wrong))
		}
		safe := ""
		if c.Safe.Why != "" || c.Safe.Is != 0 {
			safe = map[board.Safety]string{board.None: "none ", board.Only: "only ", board.Anybody: "any "}[c.Safe.Is]
			if c.Safe.Is == board.Only {
				safe += value(c.Safe.Value)
			}
		}
		fmt.Fprintf(&out, "%s proposed %s chosen %s can %s safe %s\n", round(c.Round), strings.Join(proposed, ","), list(c.Chosen, false), list(c.Choosable, true), safe)
		for a := 1; a <= s.Actors; a++ {
			standing, votes := b.Cell(ids.ID(a), c)
			cell := map[board.Standing]string{board.Open: "open", board.Past: "past"}[standing]
			if standing == board.Voted {
				var texts []string
				for _, v := range votes {
					texts = append(texts, mark(value(v.Value), v.Wrong))
				}
				cell = "voted " + strings.Join(texts, ",")
			}
			if r := c.ReportOf(ids.ID(a)); r != nil {
				said := "nothing"
				if r.Of != 0 {
					said = round(r.Of) + "=" + value(r.Value)
				}
				cell += " says " + mark(said, r.Wrong)
			}
			fmt.Fprintf(&out, "  %d %s\n", a, cell)
		}
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// TestBrowserBoard: the board of the page is that of the run, however one comes to its
// end, and shows what is false.
func TestBrowserBoard(t *testing.T) {
	c := browser(t)
	wrongs := 0
	for _, x := range []struct {
		name, mutant string
		seed         uint64
	}{
		{"lossy", "", 7}, {"duelling-proposers", "", 3}, {"crash-anywhere", "", 5}, {"literal-acks", "", 1}, {"minority-cut", "", 2},
		{"duelling-proposers", "silent-promise", 4}, {"lossy", "adopt-first", 9}, {"lossy", "accept-anything", 11}, {"lossy", "brooker", 6}, {"eager-proposers", "low-accept-quorum", 8},
	} {
		set := []string{"invariants=none"}
		if x.mutant != "" {
			set = append(set, "mutant="+x.mutant)
		}
		s := load(t, x.name, set...)
		var r *Recorder
		want := ""
		for seed := x.seed; seed < x.seed+200; seed++ { // of a mutant one in which something is wrong, if there is
			r = record(t, s, of(s, seed, 1, 0), nil, nil)
			want = told(s, r.score.names, r.score.follow.Board())
			if x.mutant == "" || strings.Contains(want, "!") {
				break
			}
		}
		url := saved(t, write(t, []*Recorder{r}, nil))
		c.open(url)
		for _, way := range []string{"End", "PageUp End", "Home End", "Home PageDown PageDown End"} {
			for key := range strings.FieldsSeq(way) {
				c.press(key)
			}
			if got := eval[string](c, "paxsim.board()"); got != want {
				t.Fatalf("%s, %s, by %s:\n%s\nwant\n%s", x.name, x.mutant, way, got, want)
			}
		}
		wrongs += strings.Count(want, "!")
		c.quiet(url)
	}
	if wrongs < 8 {
		t.Errorf("%d wrong cells in all: nothing was shown", wrongs)
	}
	// Its signs, as a table.
	s := load(t, "literal-acks")
	url := saved(t, write(t, []*Recorder{record(t, s, of(s, 1, 1, 0), nil, nil)}, nil))
	c.open(url + "#e=29")
	count := func(selector string) int {
		return eval[int](c, fmt.Sprintf("document.querySelectorAll(%q).length", "#board "+selector))
	}
	if n := count("small.false"); n != 3 {
		t.Errorf("%d reports are false", n)
	}
	if n := count("th:not([scope])"); n != 0 {
		t.Errorf("%d heads without a scope", n)
	}
	if said := eval[string](c, "document.querySelector('#board tbody tr').textContent"); !strings.Contains(said, "voted for x") || !strings.Contains(said, "reports falsely") {
		t.Errorf("a screen reader hears %q", said)
	}
	c.press("End")
	if said := eval[string](c, "document.getElementById('board-body').textContent"); !strings.Contains(said, "★ x") || !strings.Contains(said, "★ y") || !strings.Contains(said, "one too many") {
		t.Errorf("two stars: %s", said)
	}
	c.shoot("board")
	c.press("b")
	if eval[bool](c, "document.getElementById('board').open") {
		t.Error("b does not hide the board")
	}
	c.quiet(url)
}
