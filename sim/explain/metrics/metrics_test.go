package metrics

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
)

const rough = `paxsim: 1
teaches: what may happen in one run
actors: 4
network: {delay: 0ms..9ms, loss: 15%, duplicate: 15%}
disk: {sync: 2ms}
crashes: {chance: 2%, down: 5ms..30ms}
until: 90ms
faults:
  a-cut: {split: [[1], [2, 3]], at: 5ms, until: 40ms}
  crash: {crash: [2, 3], at: 20ms, until: 60ms}
requests:
  - {actor: 1, at: 0s, value: "a\" \\ {}"}
  - {actor: 3, at: 3ms}
limits: {events: 3000}
`

type run struct {
	out    sim.Outcome
	counts Counts
}

// runs plays many seeds of the rough scenario.
func runs(t *testing.T, n uint64) (*sim.Scenario, []run) {
	t.Helper()
	s, err := scenarios.Read("rough.yaml", rough)
	if err != nil {
		t.Fatal(err)
	}
	return &s.Scenario, played(t, &s.Scenario, n)
}

// played plays many seeds of a scenario.
func played(t *testing.T, s *sim.Scenario, n uint64) []run {
	t.Helper()
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	c := Attach(w, s)
	var out []run
	for seed := range n {
		c.Reset()
		w.Reset(seed, nil)
		o := w.Run()
		out = append(out, run{o.Kept(), *c})
	}
	return out
}

// TestCountsAgree: what is counted by kind adds up to what the outcome counts.
func TestCountsAgree(t *testing.T) {
	s, all := runs(t, 300)
	wild := *s
	wild.Network.Corrupt, wild.Network.Capacity, wild.Network.EvictOldest = scheduler.Certain/20, 2, true
	wild.Faults = []faults.Fault{
		{Name: "clog", At: 20, Until: 300, Clog: &aims.Links{To: aims.These(3)}},
		{Name: "pause", At: 10, Until: 200, Pause: aims.These(2)},
		{Name: "crash", At: 120, Until: 260, Crash: aims.These(2)},
	}
	all = append(all, played(t, &wild, 300)...)
	var total Fates
	restarts := uint64(0)
	for _, r := range all {
		var sum Fates
		for i := range r.counts.Messages {
			sum.add(&r.counts.Messages[i])
		}
		if sum.Arrived != r.out.Delivered || sum.Lost+sum.Cut+sum.ReceiverDown+sum.Damaged+sum.LinkFull != r.out.Dropped || sum.Doubled != r.out.Duplicated || sum.Other != 0 {
			t.Fatalf("seed %d: %+v, and the outcome %+v", r.out.Seed, sum, r.out)
		}
		if (r.counts.First != 0) != (r.out.Decisions > 0) || r.counts.Restarts > r.out.Crashes || r.counts.Saves == 0 {
			t.Fatalf("seed %d: %+v", r.out.Seed, r.counts)
		}
		total.add(&sum)
		restarts += r.counts.Restarts
	}
	if total.Lost == 0 || total.Cut == 0 || total.ReceiverDown == 0 || total.Damaged == 0 || total.LinkFull == 0 || total.Doubled == 0 || restarts == 0 {
		t.Errorf("something never happened: %+v, %d restarts", total, restarts)
	}
}

// The lines of OpenMetrics 1.0, as its ABNF has them, for the types used here.
var (
	metaLine   = regexp.MustCompile(`^# (TYPE|HELP|UNIT) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$`)
	sampleLine = regexp.MustCompile(`^([a-zA-Z_:][a-zA-Z0-9_:]*)\{([a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"(?:,[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*")*)\} (\d+(?:\.\d+)?)$`)
	labelName  = regexp.MustCompile(`([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"`)
)

// grammar reads a page of OpenMetrics: families in one piece, each with its type
// before its samples, suffixes that the type allows, no sample twice, and the
// mark at the end. It returns the samples.
func grammar(t *testing.T, text string) map[string]string {
	t.Helper()
	if !strings.HasSuffix(text, "\n# EOF\n") {
		t.Fatal("the end is missing")
	}
	suffixes := map[string][]string{"counter": {"_total"}, "info": {"_info"}, "summary": {"", "_sum", "_count"}}
	samples := map[string]string{}
	families := map[string]bool{}
	family, kind, sampled := "", "", false
	for line := range strings.Lines(strings.TrimSuffix(text, "# EOF\n")) {
		line = strings.TrimSuffix(line, "\n")
		if m := metaLine.FindStringSubmatch(line); m != nil {
			switch {
			case m[1] == "TYPE":
				if families[m[2]] || suffixes[m[3]] == nil {
					t.Errorf("a family twice, or of no type: %s", line)
				}
				family, kind, sampled = m[2], m[3], false
				families[family] = true
			case m[2] != family || sampled:
				t.Errorf("in the wrong place: %s", line)
			case m[1] == "UNIT" && !strings.HasSuffix(family, "_"+m[3]):
				t.Errorf("a unit that the name has not: %s", line)
			}
			continue
		}
		m := sampleLine.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("no line of OpenMetrics: %s", line)
		}
		sampled = true
		suffix, ok := strings.CutPrefix(m[1], family)
		if !ok || !slices.Contains(suffixes[kind], suffix) {
			t.Errorf("%s: no sample of a %s %s", m[1], kind, family)
		}
		names := map[string]bool{}
		for _, l := range labelName.FindAllStringSubmatch(m[2], -1) {
			if names[l[1]] {
				t.Errorf("a label twice: %s", line)
			}
			names[l[1]] = true
		}
		if names["quantile"] != (kind == "summary" && suffix == "") {
			t.Errorf("quantile: %s", line)
		}
		key := m[1] + "{" + m[2] + "}"
		if _, twice := samples[key]; twice {
			t.Errorf("a sample twice: %s", line)
		}
		samples[key] = m[3]
	}
	return samples
}

func TestOpenMetrics(t *testing.T) {
	s, all := runs(t, 200)
	page := func(order []run) string {
		c := NewCampaign(s, 0, func() Quantiles { return new(exact) })
		for i := range order {
			c.Add(&order[i].out, &order[i].counts)
		}
		var out bytes.Buffer
		if err := c.OpenMetrics(&out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	text := page(all)
	samples := grammar(t, text)
	var sum sim.Outcome
	var times []int64
	for _, r := range all {
		sum.Events += r.out.Events
		sum.Crashes += r.out.Crashes
		sum.Delivered += r.out.Delivered
		if r.out.Verdict == observe.VerdictDecided {
			times = append(times, say.Micros(s, r.out.DecideTime))
		}
	}
	slices.Sort(times)
	arrived := 0
	for key, value := range samples {
		if strings.HasPrefix(key, "paxsim_messages_total{") && strings.Contains(key, `fate="arrived"`) {
			var n int
			fmt.Sscan(value, &n)
			arrived += n
		}
	}
	label := `{scenario="rough"`
	for key, want := range map[string]uint64{
		"paxsim_events_total" + label + "}":                                             sum.Events,
		"paxsim_crashes_total" + label + "}":                                            sum.Crashes,
		"paxsim_decided_time_seconds_count" + label + "}":                               uint64(len(times)),
		"paxsim_runs_total" + label + `,outcome="decided"}`:                             uint64(len(times)),
		"paxsim_run_events_sum" + label + "}":                                           sum.Events,
		"paxsim_run_events_count" + label + "}":                                         200,
		"paxsim_info" + label + `,protocol="paxos",tool="paxsim 0.1.0",first_seed="0"}`: 1,
	} {
		if samples[key] != fmt.Sprint(want) {
			t.Errorf("%s is %q, not %d", key, samples[key], want)
		}
	}
	if arrived != int(sum.Delivered) || len(times) < 100 {
		t.Errorf("%d arrivals of %d, %d runs decided", arrived, sum.Delivered, len(times))
	}
	// Times of less than 2,048 ticks are kept as they are.
	if got, want := samples["paxsim_decided_time_seconds"+label+`,quantile="0.5"}`], seconds(uint64(times[(len(times)-1)/2])); got != want {
		t.Errorf("the median is %s, not %s", got, want)
	}
	shuffled := slices.Clone(all)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	if page(shuffled) != text {
		t.Error("another order of the runs makes another page")
	}
	grammar(t, page(nil)) // no runs
	c := NewCampaign(s, 0, nil)
	c.Add(&all[0].out, &all[0].counts)
	var bare bytes.Buffer
	if err := c.OpenMetrics(&bare); err != nil {
		t.Fatal(err)
	}
	grammar(t, bare.String())
	if strings.Contains(bare.String(), "quantile") {
		t.Error("quantiles that nobody keeps")
	}
}

// exact keeps all numbers.
type exact []int64

func (x *exact) Add(n int64) { *x = append(*x, n) }

func (x *exact) Percentile(percent int) int64 {
	slices.Sort(*x)
	return (*x)[(len(*x)*percent+99)/100-1]
}

func TestSeconds(t *testing.T) {
	for us, want := range map[uint64]string{0: "0", 1: "0.000001", 95_000: "0.095", 1_000_000: "1", 12_345_678: "12.345678", 10_000_000: "10"} {
		if got := seconds(us); got != want {
			t.Errorf("%d us: %s", us, got)
		}
	}
}

type observer func(observe.Entry)

func (o observer) Observe(e observe.Entry) { o(e) }
