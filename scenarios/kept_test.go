package scenarios_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/internal/minimal"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/story"
)

// kept is a story of the collection.
type kept struct {
	name, text string
	*scenarios.Story
}

// collection is what testdata/stories holds, by the names of the files. They are made by
// bench/cmd/stories.
func collection(t *testing.T) map[string]kept {
	t.Helper()
	files, err := filepath.Glob("../testdata/stories/*" + scenarios.StoryEnding)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]kept{}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		st, err := scenarios.ReadStory(filepath.Base(f), string(text))
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(f), scenarios.StoryEnding)
		all[name] = kept{name, string(text), st}
	}
	return all
}

// TestKeptStories: there is a story for each mutant and for each invariant that the zoo
// names; it breaks that, and nothing of it can go. Par of a mutant is the length of its
// story.
func TestKeptStories(t *testing.T) {
	all := collection(t)
	wanted := map[string]bool{}
	for _, m := range mutants.All() {
		if m.First != "" {
			wanted[m.Name+"."+m.First] = true
		}
		if !m.Splits {
			if m.Par != 0 {
				t.Errorf("%s: a par of %d, but it splits nothing", m.Name, m.Par)
			}
			continue
		}
		name := m.Name + "." + paxos.Agreement
		wanted[name] = true
		if st, ok := all[name]; ok {
			p, err := st.Story.Story().Play(t.Context())
			if err != nil {
				t.Errorf("%s: %v", name, err)
			} else if p.Actions != m.Par {
				t.Errorf("%s: par is %d, and the story has %d actions", m.Name, m.Par, p.Actions)
			}
		}
	}
	for name := range wanted {
		if _, ok := all[name]; !ok {
			t.Errorf("there is no story %s: see bench/cmd/stories", name)
		}
	}
	for name, k := range all {
		mutant, invariant, _ := strings.Cut(name, ".")
		if !wanted[name] || k.Breaks != invariant || k.Mutant != mutant {
			t.Errorf("%s: a story of %s that breaks %s", name, k.Mutant, k.Breaks)
		}
		t.Run(name, func(t *testing.T) { minimal.Check(t, k.Story.Story()) })
	}
}

// TestKeptStoriesOutliveChanges: nearly all of them break the same in a scenario with
// something else in it that does not concern them.
func TestKeptStoriesOutliveChanges(t *testing.T) {
	changes := []struct {
		name string
		make func(*sim.Scenario)
	}{
		{"requests in another order", func(s *sim.Scenario) { s.Requests = slices.Clone(s.Requests); slices.Reverse(s.Requests) }},
		{"one more actor, no member", func(s *sim.Scenario) {
			if s.Members == nil {
				for id := range s.Actors {
					s.Members = append(s.Members, sim.ID(id+1))
				}
			}
			s.Actors++
		}},
		{"what is learned is saved", func(s *sim.Scenario) {
			s.Settings = slices.Clone(s.Settings)
			at := slices.IndexFunc(s.Protocol.Settings(), func(x sim.Setting) bool { return x.Name == "save_learned" })
			s.Settings[at] = 1
		}},
		{"a slow disk", func(s *sim.Scenario) { s.Disk = disks.Disk{Sync: 1} }},
	}
	total, good := 0, 0
	for name, k := range collection(t) {
		for _, change := range changes {
			st := *k.Story.Story()
			s := *st.Scenario
			change.make(&s)
			st.Scenario = &s
			total++
			p, err := st.Play(t.Context())
			switch {
			case err != nil:
				t.Logf("%s, %s: %v", name, change.name, err)
			case p.Outcome.Violation == nil || p.Outcome.Violation.Invariant != st.Breaks:
				t.Logf("%s, %s: it does not break %s", name, change.name, st.Breaks)
			default:
				good++
			}
		}
	}
	t.Logf("%d of %d break the same", good, total)
	if good*100 < total*95 {
		t.Errorf("%d of %d break the same, which is less than 95 %%", good, total)
	}
}

// TestKeptStoriesEdited: twenty edits of each, drawn at random. Each plays as it says, or
// is refused with the line.
func TestKeptStoriesEdited(t *testing.T) {
	came := map[string]int{}
	for name, k := range collection(t) {
		r := rand.New(rand.NewPCG(uint64(len(k.text)), uint64(k.text[len(k.text)-2])))
		lines := strings.SplitAfter(strings.TrimSuffix(k.text, "\n"), "\n")
		for range 20 {
			edited := edit(r, lines)
			text := strings.Join(edited, "")
			st, err := scenarios.ReadStory(name, text)
			var e *scenarios.Errors
			if errors.As(err, &e) {
				came["refused"]++
			} else if p, err := st.Story().Play(t.Context()); err != nil {
				var m *story.Mistake
				if !errors.As(err, &m) {
					t.Fatalf("%v\n%s", err, text)
				}
				e = st.Mistaken(m)
				came["cannot be played"]++
			} else if p.Outcome.Violation == nil {
				came["breaks nothing"]++
			} else {
				came["breaks"]++
			}
			if e == nil {
				continue
			}
			for _, m := range e.Mistakes {
				if m.Line < 1 || m.Line > len(edited)+1 || m.Message == "" {
					t.Errorf("no place: %+v\nin\n%s", m, text)
				}
			}
		}
	}
	t.Log(came)
	for _, what := range []string{"refused", "cannot be played", "breaks nothing", "breaks"} {
		if came[what] == 0 {
			t.Errorf("none of the edits comes to this: %s", what)
		}
	}
}

// edit makes one change in the lines of a text: a line goes, comes twice, or comes
// earlier; a number, or a word, becomes another.
func edit(r *rand.Rand, lines []string) []string {
	out := slices.Clone(lines)
	i := r.IntN(len(out))
	switch r.IntN(5) {
	case 0:
		return slices.Delete(out, i, i+1)
	case 1:
		return slices.Insert(out, i, out[i])
	case 2:
		j := r.IntN(len(out))
		out[i], out[j] = out[j], out[i]
	case 3:
		at := slices.IndexFunc([]byte(out[i]), func(c byte) bool { return c >= '0' && c <= '9' })
		if at < 0 {
			return slices.Delete(out, i, i+1)
		}
		out[i] = out[i][:at] + string(rune('0'+r.IntN(10))) + out[i][at+1:]
	case 4:
		words := strings.Split(out[i], " ")
		words[r.IntN(len(words))] = []string{"Promise", "Accept", "reaches", "4", "2.2", "crashes", "client", ""}[r.IntN(8)]
		out[i] = strings.TrimSuffix(strings.Join(words, " "), "\n") + "\n"
	}
	return out
}
