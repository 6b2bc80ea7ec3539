package golden

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/anyscenario"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

var choose = flag.Uint64("choose", 0, "choose the generated scenarios anew, among so many, and rewrite their files; 0: take those that are there")

const (
	anyScenarios = 100  // how many generated scenarios there are
	anySeeds     = 1000 // seeds of each
	anyBlock     = 50   // of which the digests are condensed to one
)

// TestAnyDigests runs the first seeds of the generated scenarios, in which much is
// on at once, and compares their digests, condensed. The files of the scenarios
// were drawn once: they do not depend on the generator any more.
func TestAnyDigests(t *testing.T) {
	if *choose > 0 {
		chooseScenarios(t, *choose)
	}
	files := existing(t, "any/*.yaml")
	if len(files) != anyScenarios {
		t.Fatalf("%d generated scenarios: expected %d", len(files), anyScenarios)
	}
	n := max(fewer(anySeeds)/anyBlock, 1) * anyBlock
	if *many < 5*block && !*update { // on a slow machine
		n = min(n, 2*anyBlock)
	}
	file := filepath.Join(data, "digests", "any.txt")
	was, err := os.ReadFile(file)
	if err != nil && !*update {
		t.Fatal(err)
	}
	var had, is bytes.Buffer
	head := fmt.Sprintf("# Generated scenarios: the digests of each %d seeds from 1 to %d, condensed to one, a line a scenario. Trace version %d.\n", anyBlock, anySeeds, trace.TraceVersion)
	is.WriteString(head)
	for _, line := range strings.SplitAfter(string(was), "\n") {
		if words := strings.Fields(line); len(words) > 0 && words[0] != "#" {
			line = strings.Join(words[:min(len(words), 1+int(n/anyBlock))], " ") + "\n"
		}
		had.WriteString(line)
	}
	for _, file := range files {
		s, err := scenarios.Load(file)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&is, "%s%s\n", s.Name, blocks(t, &s.Scenario, n))
	}
	hold(t, file, had.Bytes(), is.Bytes())
	t.Logf("compared %d digests of %d generated scenarios, condensed to %d", n*anyScenarios, len(files), n/anyBlock*anyScenarios)
}

// blocks runs the first n seeds and condenses the digests of each block.
func blocks(t *testing.T, s *sim.Scenario, n uint64) string {
	t.Helper()
	var b strings.Builder
	var d scheduler.Digest
	runs := 0
	err := campaign.Seeds(context.Background(), s, 1, n, 1, digestOf, func(digest uint64) error {
		d.Mix(digest)
		if runs++; runs%anyBlock == 0 {
			b.WriteString(" " + trace.Hex(d.Sum()))
			d = 0
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// candidate is a generated scenario that may be chosen.
type candidate struct {
	number uint64
	text   string
	uses   []string
}

// chooseScenarios chooses among the first scenarios that the generator draws those
// that have the most on at once, and the most that others have not.
func chooseScenarios(t *testing.T, among uint64) {
	var list []candidate
	for number := uint64(1); number <= among; number++ {
		if c, ok := suits(number); ok {
			list = append(list, c)
		}
	}
	count := map[string]int{}
	worth := func(c candidate) (sum int) {
		for _, use := range c.uses {
			sum += 1000 / (1 + count[use])
		}
		return sum
	}
	folder := filepath.Join(data, "any")
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for range min(anyScenarios, len(list)) {
		best := 0
		for i := range list {
			if worth(list[i]) > worth(list[best]) {
				best = i
			}
		}
		c := list[best]
		list = slices.Delete(list, best, best+1)
		for _, use := range c.uses {
			count[use]++
		}
		write(t, filepath.Join(folder, fmt.Sprintf("%06d.yaml", c.number)), []byte(c.text))
	}
	t.Logf("%d could be chosen; used: %v", len(list), count)
}

// suits says whether a scenario is one of few actors with much on at once, whose
// runs are short and explained.
func suits(number uint64) (c candidate, ok bool) {
	x := anyscenario.Draw(number)
	s, err := scenarios.Read("any.yaml", x.Text)
	if err != nil || s.Actors > 5 || strings.Contains(x.Text, "\nbase: ") { // which changes with the library
		return c, false
	}
	c = candidate{number, "# Scenario " + strconv.FormatUint(number, 10) + " of the generator.\n" + x.Text, uses(&s.Scenario)}
	if work, _ := anyscenario.Work(&s.Scenario); work > 20_000 || len(c.uses) < 9 {
		return c, false
	}
	r, err := s.Protocol.New(&s.Scenario)
	if err != nil {
		return c, false
	}
	const tried, most = 40, 3000
	events := uint64(0)
	for seed := uint64(1); seed <= tried; seed++ {
		r.Reset(seed, nil)
		if r.Steps(most) {
			return c, false
		}
		o := r.Outcome()
		atLimit := o.End == observe.EndTime && s.Limits.Time > 0 || o.End == observe.EndEvents && s.Limits.Events > 0
		if o.Verdict != observe.VerdictDecided && !atLimit || seed == 5 && events < 5*40 {
			return c, false
		}
		events += o.Events
	}
	return c, events > 40*tried && events < 400*tried
}

// uses lists what a scenario uses.
func uses(s *sim.Scenario) (list []string) {
	add := func(is bool, what string) {
		if is && !slices.Contains(list, what) {
			list = append(list, what)
		}
	}
	n := &s.Network
	const some = scheduler.Certain / 1000
	add(n.Loss >= some, "loss")
	add(n.Duplicate >= some, "duplicate")
	add(n.Copies > 1 && n.Duplicate >= some, "copies")
	add(n.Corrupt >= some, "corrupt")
	add(n.Bias > 0, "bias")
	add(n.FIFO, "fifo")
	add(n.Capacity > 0, "capacity")
	add(n.DelayMax > n.DelayMin, "delay "+n.Shape.Model.String())
	add(s.Disk.Sync > 0, "disk")
	add(s.Crashes.Chance >= some, "crashes")
	add(len(s.Periods) > 0, "periods")
	add(s.Until > 0, "until")
	add(s.Core != nil, "core")
	add(s.SpareQuorum, "spare")
	add(s.Members != nil, "members")
	add(s.ByChance, "by chance")
	add(len(s.Requests) > 1, "requests")
	for i := range s.Protocol.Settings() {
		setting := &s.Protocol.Settings()[i]
		add(s.Settings[i] != setting.Default, "paxos."+setting.Name)
	}
	for i := range s.Faults {
		f := &s.Faults[i]
		add(true, fmt.Sprintf("fault %v", f.Family()))
		if f.Cut != nil {
			add(true, fmt.Sprintf("cut %d", f.Cut.Shape))
		}
		add(f.Every != nil, "every")
		add(f.When != nil, "when")
		add(f.UntilWhen != nil, "until_when")
		add(f.For != nil, "for")
		add(i > 0, "faults")
	}
	return list
}
