package scenarios

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// inFolder writes files into a folder of their own and loads one from there.
func inFolder(t *testing.T, files map[string]string, name string, overrides ...Override) (s *Scenario, err error) {
	t.Helper()
	t.Run("load", func(t *testing.T) {
		dir := t.TempDir()
		for name, text := range files {
			file := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
				t.Fatal(err)
			}
			if to, ok := strings.CutPrefix(text, "-> "); ok {
				if err := os.Symlink(to, file); err != nil {
					t.Skip(err)
				}
				continue
			}
			if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		t.Chdir(dir)
		s, err = Load(name, overrides...)
	})
	return s, err
}

const (
	from   = "paxsim: 1\nbase: ./base.yaml\n"
	stormy = `paxsim: 1
teaches: a storm
group: cuts
actors: 5
paxos: {learn: ask, repeats: 5}
network: {delay: 1ms..20ms, loss: 30%}
faults:
  cut: {split: [[1, 2, 3], [4, 5]], at: 10ms, until: 1s}
  down: {crash: [2], until: 2s}
requests: [{actor: 1, value: x}, {actor: 2}]
invariants: [agreement, validity]
expect: {always: decided, learned_within: 5s}
premise: {calm: cut, breaks: learned_within}
`
	// what stormy comes to as a base, but for what a case changes
	teaches  = "teaches: a storm\n"
	paxosOf  = "paxos: {learn: ask, repeats: 5}\n"
	netOf    = "network: {delay: 1ms..20ms, loss: 30%}\n"
	cutOf    = "  cut: {split: [[1, 2, 3], [4, 5]], at: 10ms, until: 1s}\n"
	downOf   = "  down: {crash: [2], at: 0s, until: 2s}\n"
	asksOf   = "requests:\n  - {actor: 1, at: 0s, value: x}\n  - {actor: 2, at: 0s}\n"
	holdsOf  = "invariants: [agreement, validity]\n"
	expectOf = "expect: {always: decided, learned_within: 5s}\npremise: {calm: cut, breaks: learned_within}\n"
)

// TestBases holds what a file and its bases come to together.
func TestBases(t *testing.T) {
	const head = "paxsim: 1\n"
	tests := []struct {
		name, why string
		text      string // of the file, below its base
		files     map[string]string
		overrides []Override
		want      string
	}{
		{name: "nothing", why: "all is as the base says, but for the group", text: "",
			want: head + teaches + "actors: 5\n" + paxosOf + netOf + "faults:\n" + cutOf + downOf + asksOf + holdsOf + expectOf},
		{name: "sections", why: "sections are merged field by field", text: "actors: 7\nnetwork: {loss: 60%}\npaxos: {learn: propose, on_nack: retry}\ndisk: {sync: 1ms}\n",
			want: head + teaches + "actors: 7\npaxos: {on_nack: retry, repeats: 5}\nnetwork: {delay: 1ms..20ms, loss: 60%}\ndisk: {sync: 1ms}\nfaults:\n" + cutOf + downOf + asksOf + holdsOf + expectOf},
		{name: "faults", why: "so are faults, by their names, and new ones come last", text: "faults: {more: {crash: [1], at: 1s}, cut: {until: 3s}}\n",
			want: head + teaches + "actors: 5\n" + paxosOf + netOf + "faults:\n  cut: {split: [[1, 2, 3], [4, 5]], at: 10ms, until: 3s}\n" + downOf + "  more: {crash: [1], at: 1s, until: never}\n" + asksOf + holdsOf + expectOf},
		{name: "out", why: "none takes a fault out", text: "faults: {down: none}\n",
			want: head + teaches + "actors: 5\n" + paxosOf + netOf + "faults:\n" + cutOf + asksOf + holdsOf + expectOf},
		{name: "all out", why: "or all of them, one by one", text: "faults: {down: none, cut: none}\npremise: none\n",
			want: head + teaches + "actors: 5\n" + paxosOf + netOf + asksOf + holdsOf + "expect: {always: decided, learned_within: 5s}\n"},
		{name: "sections out", why: "or sections as a whole, also where the base has none", text: "faults: none\nnetwork: none\npaxos: none\nexpect: none\npremise: none\ndisk: none\n",
			want: head + teaches + "actors: 5\n" + asksOf + holdsOf},
		{name: "values", why: "lists and single values take the place of those of the base, and there none is a value", text: "teaches: none\nrequests: none\ninvariants: [integrity]\n",
			want: head + "teaches: none\nactors: 5\n" + paxosOf + netOf + "faults:\n" + cutOf + downOf + "requests: none\ninvariants: [integrity]\n" + expectOf},
		{name: "models", why: "half a model of delays is none, and what is no section cannot be taken out", text: "network: {delay: {least: 1ms, pareto: 2ms, alpha: 1.5, most: 1s}}\n",
			files: map[string]string{"base.yaml": strings.Replace(stormy, "1ms..20ms", "{least: 1ms, exponential: 10ms, most: 500ms}", 1)},
			want:  head + teaches + "actors: 5\n" + paxosOf + "network: {delay: {least: 1ms, pareto: 2ms, alpha: 1.5, most: 1s}, loss: 30%}\nfaults:\n" + cutOf + downOf + asksOf + holdsOf + expectOf},
		{name: "mutants", why: "a mutant is a value", text: "mutant: none\npremise: {mutant: accept-anything, breaks: always}\n", files: map[string]string{"base.yaml": stormy + "mutant: accept-anything\n"},
			want: head + teaches + "actors: 5\n" + paxosOf + netOf + "faults:\n" + cutOf + downOf + asksOf + holdsOf + "expect: {always: decided, learned_within: 5s}\npremise: {mutant: accept-anything, breaks: always}\n"},
		{name: "expectations", why: "half an expectation is none", text: "expect: {some: {undecided: true}}\npremise: {set: {actors: 3, faults.cut.split: [[1], [3]]}}\ngroup: network\n",
			want: head + teaches + "group: network\nactors: 5\n" + paxosOf + netOf + "faults:\n" + cutOf + downOf + asksOf + holdsOf +
				"expect: {always: held, some: {undecided: true}}\npremise: {set: {actors: 3, faults.cut.split: [[1], [3]]}}\n"},
		{name: "chain", why: "a base has a base; each counts before the next, and names files from where it is",
			files: map[string]string{"base.yaml": head + "base: deep/one.yaml\nactors: 6\n", "deep/one.yaml": head + "base: ../deep/two.yaml\nactors: 7\nnetwork: {loss: 1%}\n",
				"deep/two.yaml": head + "base: lossy\nactors: 8\nnetwork: {loss: 2%, duplicate: 2%}\n"},
			text: "teaches: a chain\n",
			want: head + "teaches: a chain\nactors: 6\nnetwork: {delay: 1ms..20ms, loss: 1%, duplicate: 2%}\nrequests: by-chance\n" +
				"expect: {always: decided, learned_within: 2s}\npremise: {set: {paxos.repeats: 0}, breaks: learned_within}\n"},
		{name: "settings", why: "--set and --calm do not care who says it", text: "faults: {more: {crash: [1], at: 1s}}\n",
			overrides: []Override{Set("faults.cut.at=2ms"), Set("faults.more.at=3s"), Calm("down"), Calm("loss"), Set("paxos.repeats=9")},
			want: head + teaches + "actors: 5\npaxos: {learn: ask, repeats: 9}\nnetwork: {delay: 1ms..20ms}\nfaults:\n  cut: {split: [[1, 2, 3], [4, 5]], at: 2ms, until: 1s}\n" +
				"  more: {crash: [1], at: 3s, until: never}\n" + asksOf + holdsOf},
		{name: "mended", why: "what the file says in its place may be wrong in the base", files: map[string]string{"base.yaml": strings.ReplaceAll(stormy, "30%", "300%")}, text: "network: {loss: 3%}\n",
			want: head + teaches + "actors: 5\n" + paxosOf + "network: {delay: 1ms..20ms, loss: 3%}\nfaults:\n" + cutOf + downOf + asksOf + holdsOf + expectOf},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := map[string]string{"base.yaml": stormy}
			for name, text := range tt.files {
				files[name] = text
			}
			files["mine.yaml"] = from + tt.text
			s, err := inFolder(t, files, "mine.yaml", tt.overrides...)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Replace(Text(s), "protocol: paxos\n", "", 1); got != tt.want {
				t.Errorf("%s: got\n%s\nwant\n%s", tt.why, got, tt.want)
			}
			if s.Name != "mine" {
				t.Errorf("it is called %s", s.Name)
			}
		})
	}
}

// chainOf is so many files, each of which is like the next.
func chainOf(n int) map[string]string {
	files := map[string]string{fmt.Sprintf("%d.yaml", n): stormy}
	for i := range n {
		files[fmt.Sprintf("%d.yaml", i)] = fmt.Sprintf("paxsim: 1\nbase: ./%d.yaml\n", i+1)
	}
	return files
}

// TestLongestChain holds that so many bases may stand on one another, and no
// more.
func TestLongestChain(t *testing.T) {
	if _, err := inFolder(t, chainOf(maxBases), "0.yaml"); err != nil {
		t.Error(err)
	}
	_, err := inFolder(t, chainOf(maxBases+1), "0.yaml")
	if err == nil || !strings.Contains(err.Error(), "8.yaml:2:7: base: more than 8 bases on one another") {
		t.Error(err)
	}
}

// TestBaseMistakes holds what is said of bases that are none, and where mistakes
// of theirs are told.
func TestBaseMistakes(t *testing.T) {
	tests := []struct {
		name, why string
		text      string
		files     map[string]string
		overrides []Override
		mistakes  int
	}{
		{name: "unknown", why: "the nearest scenario of the library is named", text: "paxsim: 1\nbase: losy\nactors: x\n", mistakes: 1},
		{name: "missing", why: "only the base is told: all else would look wrong without it", text: "paxsim: 1\nbase: ./bass.yaml\nnetwork: {loss: 10%}\n", mistakes: 1},
		{name: "folder", why: "a folder is no scenario", text: "paxsim: 1\nbase: deep/\n", files: map[string]string{"deep/one.yaml": stormy}, mistakes: 1},
		{name: "absolute", why: "a file may move, and what it is like moves with it", text: "paxsim: 1\nbase: /etc/passwd\n", mistakes: 1},
		{name: "above", why: "a file from somebody else must not show what lies elsewhere", text: "paxsim: 1\nbase: ../../secret.yaml\n", mistakes: 1},
		{name: "above-twice", why: "nor a base of it", text: "paxsim: 1\nbase: deep/one.yaml\n", files: map[string]string{"deep/one.yaml": "paxsim: 1\nbase: ../../secret.yaml\n"}, mistakes: 1},
		{name: "link", why: "nor by a link", text: "paxsim: 1\nbase: ./link.yaml\n", files: map[string]string{"link.yaml": "-> /etc/passwd"}, mistakes: 1},
		{name: "itself", why: "a circle has no end", text: "paxsim: 1\nbase: ./mine.yaml\n", mistakes: 1},
		{name: "circle", why: "however it is written", text: "paxsim: 1\nbase: deep/one.yaml\n", files: map[string]string{"deep/one.yaml": "paxsim: 1\nbase: .././deep/../mine.yaml\n"}, mistakes: 1},
		{name: "twice", why: "which of the two?", text: "paxsim: 1\nbase: lossy\nactors: 3\nbase: happy-path\n", mistakes: 1},
		{name: "below", why: "what it stands below is read as if it counted less", text: "paxsim: 1\nactors: 3\nbase: lossy\n", mistakes: 1},
		{name: "empty", why: "", text: "paxsim: 1\nbase:\n", mistakes: 1},
		{name: "list", why: "one is enough", text: "paxsim: 1\nbase: [lossy, happy-path]\n", mistakes: 1},
		{name: "strange", why: "", text: "paxsim: 1\nbase: \"\\x01\\u202e\"\n", mistakes: 1},
		{name: "zero", why: "no file has such a name", text: "paxsim: 1\nbase: \"./a\\0b.yaml\"\n", mistakes: 1},
		{name: "no-yaml", why: "what is wrong with it is told where it is", text: from, files: map[string]string{"base.yaml": "paxsim: 1\nactors: [5\n"}, mistakes: 1},
		{name: "no-format", why: "a base is a scenario file", text: from, files: map[string]string{"base.yaml": "actors: 5\n"}, mistakes: 2},
		{name: "no-mapping", why: "", text: from, files: map[string]string{"base.yaml": "- 1\n"}, mistakes: 1},
		{name: "later", why: "", text: from, files: map[string]string{"base.yaml": "paxsim: 2\n"}, mistakes: 1},
		{name: "alias", why: "no file means more than it shows", text: from, files: map[string]string{"base.yaml": "paxsim: 1\nactors: &n 5\nrequests: none\nlimits: {events: *n}\n"}, mistakes: 2},
		{name: "both", why: "mistakes of the file come first, then those of its base", text: from + "networc: {loss: 1%}\ndisk: {sync: 1}\n",
			files: map[string]string{"base.yaml": "paxsim: 1\nactors: 5\nnetwork: {los: 30%}\nlimits: {time: 3}\n"}, mistakes: 5},
		{name: "together", why: "what is wrong with both together is told where it is said last", text: from + "faults: {cut: {crash: [1]}, down: {until: 1ms, at: 1s}}\n", mistakes: 2},
		{name: "follows", why: "or where it is said at all", text: from + "actors: 3\n", mistakes: 2},
		{name: "empty-section", why: "nothing is not none", text: from + "network: {}\nfaults: {cut: {}, down: }\n", mistakes: 3},
		{name: "model", why: "what is no section cannot be taken out", text: from + "network: {delay: none}\n",
			files: map[string]string{"base.yaml": strings.Replace(stormy, "1ms..20ms", "{least: 1ms, exponential: 10ms, most: 500ms}", 1)}, mistakes: 1},
		{name: "not-there", why: "who takes out a fault by a wrong name still has it", text: from + "faults: {cutt: none, x: none}\n", mistakes: 2},
		{name: "none-without-base", why: "there is nothing to take out", text: "paxsim: 1\nactors: 3\nrequests: none\nnetwork: none\nfaults: {f: none}\n", mistakes: 2},
		{name: "premise", why: "a premise of the base may have lost what it takes away", text: from + "faults: {cut: none}\n", mistakes: 1},
		{name: "twice-in-base", why: "", text: from + "network: {loss: 1%}\n", files: map[string]string{"base.yaml": stormy + "network: {loss: 2%}\n"}, mistakes: 1},
		{name: "twice-above", why: "", text: from + "actors: 6\nnetwork: {loss: 1%, loss: 2%}\nactors: 7\n", mistakes: 2},
		{name: "override", why: "an override is told as one, also over a base", text: from, overrides: []Override{Set("network.los=1%"), Calm("cot"), Set("base=lossy"), Set("faults.cut.until=1ms")}, mistakes: 4},
		{name: "huge", why: "a base is read as far as any scenario", text: from, files: map[string]string{"base.yaml": strings.Repeat("#", MaxText+1)}, mistakes: 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := map[string]string{"base.yaml": stormy}
			for name, text := range tt.files {
				files[name] = text
			}
			files["mine.yaml"] = tt.text
			s, err := inFolder(t, files, "mine.yaml", tt.overrides...)
			var e *Errors
			if !errors.As(err, &e) || s != nil {
				t.Fatalf("read: %v", err)
			}
			if len(e.Mistakes) != tt.mistakes {
				t.Errorf("%d mistakes, want %d", len(e.Mistakes), tt.mistakes)
			}
			golden(t, "bases/"+tt.name, tt.text+"----\n"+e.Error()+"\n")
		})
	}
}

// TestBaseOutOfReach holds that a text that is in no folder, such as that of a
// run file, makes nobody read files.
func TestBaseOutOfReach(t *testing.T) {
	if s, err := Read("found.run.json", "paxsim: 1\nbase: lossy\n"); err != nil || s.Network.Loss == 0 {
		t.Error(err)
	}
	for _, base := range []string{"./base_test.go", "library/lossy.yaml", "/etc/passwd", "../go.mod"} {
		_, err := Read("found.run.json", "paxsim: 1\nbase: "+base+"\n")
		if err == nil || !strings.Contains(err.Error(), "found.run.json:2:7: base: "+base+" is out of reach") {
			t.Errorf("%s: %v", base, err)
		}
	}
}
