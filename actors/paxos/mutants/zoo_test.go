package mutants

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// catalogue is what must be there: PAXOS bugs by their numbers, with their
// variants, then controls, then safe variants, then what stalls.
const catalogue = `S1 S2 S3a S3b S3c S3d S4a S4b S5 S6 S7 S8 S9 S10 S11 S12 S13 S14a S14b S14c S15 S16 S17 S18 S19 S20 S21
S22a S22b S22c S22d S23a S23b S23c S24 S25 C1 C2 C3 C4 D1 D2 D3 Lv2 Lv3 Lv4 Lv5 Lv6`

// TestEveryMutantIsTold: each has all that the table and the docs tell of it,
// under names that are its own.
func TestEveryMutantIsTold(t *testing.T) {
	name := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	seen := map[string]string{}
	var numbers []string
	known := paxos.Protocol().Invariants()
	for _, m := range All() {
		numbers = append(numbers, m.Aliases[0])
		for _, n := range append([]string{m.Name}, m.Aliases...) {
			if other := seen[strings.ToLower(n)]; other != "" {
				t.Errorf("%s and %s are both called %s", m.Name, other, n)
			}
			seen[strings.ToLower(n)] = m.Name
			if got, ok := Find(n); !ok || got.Name != m.Name {
				t.Errorf("Find(%s) is %s", n, got.Name)
			}
		}
		if !name.MatchString(m.Name) || m.Doc == "" || m.Source == "" || m.Least == "" {
			t.Errorf("%q is told of in part only", m.Name)
		}
		isKnown := slices.ContainsFunc(known, func(i sim.Invariant) bool { return i.Name == m.First })
		if m.Kind == zoo.Variant && (!isKnown || sim.GradeOf(paxos.Protocol(), m.First) != sim.Lemma) {
			t.Errorf("%s is safe, and %q breaks first, which is no lemma", m.Name, m.First)
		}
		if isKnown != (m.First != "") || (m.Kind == zoo.Unsafe) && !isKnown || m.Kind == zoo.Control && isKnown || m.Splits && m.Kind != zoo.Unsafe {
			t.Errorf("%s is %v, and %q breaks first", m.Name, m.Kind, m.First)
		}
	}
	if got, want := strings.Join(numbers, " "), strings.Join(strings.Fields(catalogue), " "); got != want {
		t.Errorf("the zoo has\n%s, want\n%s", got, want)
	}
	if _, ok := Find("no-such-bug"); ok {
		t.Error("a mutant that is not there is found")
	}
}

// TestNoMutantIsACopy: each has one small file of its own, with the name of it,
// and defines no type: a copy of the protocol would.
func TestNoMutantIsACopy(t *testing.T) {
	for _, m := range All() {
		file := strings.ReplaceAll(m.Name, "-", "_") + ".go"
		text, err := os.ReadFile(file)
		if err != nil {
			t.Error(err)
			continue
		}
		if n := bytes.Count(text, []byte("\n")); n >= 80 {
			t.Errorf("%s has %d lines", file, n)
		}
		if bytes.Count(text, []byte("= Mutant{")) != 1 || bytes.Contains(text, []byte("\ntype ")) {
			t.Errorf("%s is not the file of one mutant", file)
		}
		if n := bytes.Count(text, []byte("\t\tr.")); n > 3 {
			t.Errorf("%s replaces %d rules", file, n)
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	held := 0
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(f, "_test.go") && bytes.Contains(text, []byte("= Mutant{")) {
			held++
		}
	}
	if held != len(all) {
		t.Errorf("%d files define mutants, and %d are listed", held, len(all))
	}
}

// TestEveryMutantDiffers: over the same storms each makes other runs than Paxos,
// and than every other mutant.
func TestEveryMutantDiffers(t *testing.T) {
	all := []string{"crashes", "duplicate", "loss"}
	scopes := []Scope{
		{Faults: all},
		{FanOut: "all", OnNack: "retry", Faults: all},
		{Actors: 4, Faults: all},
		{Actors: 5, Members: []sim.ID{1, 3, 5}, OnNack: "retry"},
		{Actors: 17, Members: []sim.ID{1, 2, 3}, Proposers: []sim.ID{1, 10, 17}, OnNack: "retry"},
	}
	digest := func(p sim.Protocol) (sum sim.Digest) {
		for _, scope := range scopes {
			for seed := range uint64(100) {
				s := storm(p, scope, seed)
				s.Invariants, s.Limits.Events = []string{}, 3000 // to the end, whatever breaks
				sum.Mix(play(t, s, seed).Digest)
			}
		}
		return sum
	}
	seen := map[sim.Digest]string{digest(paxos.Protocol()): "Paxos"}
	for _, m := range All() {
		p, known := Protocol().(sim.Mutable).Mutate(m.Name)
		if !known || p.Name() != "paxos" {
			t.Fatalf("%s cannot be put in", m.Name)
		}
		sum := digest(p)
		if other := seen[sum]; other != "" {
			t.Errorf("%s does what %s does", m.Name, other)
		}
		seen[sum] = m.Name
	}
}

// TestEveryMutantReplaces: each puts another function in the place of a rule, or
// makes a slip that Paxos does not make.
func TestEveryMutantReplaces(t *testing.T) {
	var others func(a, b reflect.Value) int
	others = func(a, b reflect.Value) (n int) {
		for i := range a.NumField() {
			switch x, y := a.Field(i), b.Field(i); {
			case x.Kind() == reflect.Struct:
				n += others(x, y)
			case x.Pointer() != y.Pointer():
				n++
			}
		}
		return n
	}
	for _, m := range All() {
		rules := paxos.Sound()
		m.Rules(&rules)
		if others(reflect.ValueOf(rules), reflect.ValueOf(paxos.Sound())) == 0 {
			t.Errorf("%s replaces nothing", m.Name)
		}
	}
}
