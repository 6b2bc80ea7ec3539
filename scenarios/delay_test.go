package scenarios

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/delays"
)

// TestDelaysOfThePage holds that every way to write a delay that the page shows
// is read, and written the same.
func TestDelaysOfThePage(t *testing.T) {
	page, err := os.ReadFile("../docs/scenario.md")
	if err != nil {
		t.Fatal(err)
	}
	_, part, _ := strings.Cut(string(page), "## Delays\n")
	part, _, _ = strings.Cut(part, "\n## ")
	models := map[delays.Model]bool{}
	for _, m := range regexp.MustCompile("(?m)^\\| `(.+?)` \\|").FindAllStringSubmatch(part, -1) {
		s, err := Read("page.yaml", head, Set("network.delay="+m[1]))
		if err != nil {
			t.Errorf("%s: %v", m[1], err)
			continue
		}
		models[s.Network.Shape.Model] = true
		if text := Text(s); !strings.Contains(text, "network: {delay: "+m[1]+"}\n") {
			t.Errorf("%s is written\n%s", m[1], text)
		}
	}
	if want := len(delayModels) + 1; len(models) != want {
		t.Errorf("the page shows %d models of %d", len(models), want)
	}
}

// TestDelaysRead holds what is made of each model.
func TestDelaysRead(t *testing.T) {
	for text, want := range map[string]delays.Delay{
		"1ms":                                    {Min: 10, Max: 10},
		"{least: 0, exponential: 1ms, most: 1s}": {Max: 10_000, Shape: delays.Shape{Model: delays.Exponential, Scale: 10}},
		"{most: 1s, sigma: 10, log-normal: 1ms, least: 1ms}":  {Min: 10, Max: 10_000, Shape: delays.Shape{Model: delays.LogNormal, Scale: 10, Sigma: 10_000}},
		"{least: 1ms, pareto: 2ms, alpha: 0.1000, most: 1ms}": {Min: 10, Max: 10, Shape: delays.Shape{Model: delays.Pareto, Scale: 20, Alpha: 100}},
		"{table: [[0%, 1ms], [0.25, 2ms], [100%, 2ms]]}": {Min: 10, Max: 20, Shape: delays.Shape{Model: delays.Table,
			Table: []delays.Point{{At: 10}, {Chance: scheduler.Certain / 4, At: 20}, {Chance: scheduler.Certain, At: 20}}}},
	} {
		s, err := Read("file.yaml", head, Set("network.delay="+text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got := s.Network.Delay()
		if k, g := delayKind(), (given{tick: usualTick}); k.text(g, got) != k.text(g, want) || got.Min != want.Min || got.Max != want.Max {
			t.Errorf("%s is read as %+v, want %+v", text, got, want)
		}
	}
}

// TestThousandths holds how numbers with decimals are read and written.
func TestThousandths(t *testing.T) {
	k := thousandths(100, 100_000)
	for text, want := range map[string]struct {
		v    int64
		back string
	}{
		"1.5": {1500, "1.5"}, "0.1": {100, "0.1"}, "100": {100_000, "100"}, "2.0": {2000, "2"}, "1.250000": {1250, "1.25"}, "0.999": {999, "0.999"}, ".5": {500, "0.5"}, "5.": {5000, "5"}, "1e1": {10_000, "10"}, "+1": {1000, "1"}, "01": {1000, "1"},
	} {
		if got, err := k.parse(given{}, text); err != nil || got != want.v || k.text(given{}, got) != want.back {
			t.Errorf("%s: %d, %v, written %s; want %d, %s", text, got, err, k.text(given{}, got), want.v, want.back)
		}
	}
	for _, bad := range []string{"", ".", "e1", "1e5", "1%", "-1", "0.0999", "0.099", "100.001", "1.5x", "½", "99999999999", "inf"} {
		if v, err := k.parse(given{}, bad); err == nil {
			t.Errorf("%q is read as %d", bad, v)
		}
	}
}
