package scenarios

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/sim"
)

// TestDurationForms holds how times are read and written.
func TestDurationForms(t *testing.T) {
	tests := []struct {
		text string
		tick int64
		want int64
		back string // if it is written otherwise
	}{
		{"0s", 100_000, 0, ""},
		{"0", 100_000, 0, "0s"},
		{"100us", 100_000, 1, ""},
		{"100µs", 100_000, 1, "100us"},
		{"0.1ms", 100_000, 1, "100us"},
		{"40.1ms", 100_000, 401, ""},
		{"1000us", 1000, 1000, "1ms"},
		{"1.5s", 100_000, 15_000, ""},
		{"1500ms", 100_000, 15_000, "1.5s"},
		{"59.9s", 100_000, 599_000, ""},
		{"60s", 100_000, 600_000, "1m"},
		{"90s", 100_000, 900_000, ""},
		{"1.5m", 100_000, 900_000, "90s"},
		{"0.5h", 100_000, 18_000_000, "30m"},
		{"2h", 100_000, 72_000_000, ""},
		{"100.000s", 100_000, 1_000_000, "100s"},
		{"000001us", 1000, 1, "1us"},
		{"1000ns", 1000, 1, "1us"},
	}
	for _, tt := range tests {
		k, g := duration(0, sim.MaxTime), given{tick: tt.tick}
		got, err := k.parse(g, tt.text)
		if err != nil || got != tt.want {
			t.Errorf("%s: %d, %v; want %d", tt.text, got, err, tt.want)
		}
		if tt.back == "" {
			tt.back = tt.text
		}
		if back := k.text(g, got); back != tt.back {
			t.Errorf("%s is written %s, want %s", tt.text, back, tt.back)
		}
	}
	for _, bad := range []string{"", "s", ".5s", "5.s", "1e3s", "+1s", "-1s", "1 s", "1/2s", "0x1s", "1d", "1.s", "99999999999999999999s", "1s..2s", "inf", "1ms2", "١s"} {
		if v, err := duration(0, sim.MaxTime).parse(given{tick: 1000}, bad); err == nil {
			t.Errorf("%q is read as %d", bad, v)
		}
	}
}

// TestChanceForms holds how chances are read and written.
func TestChanceForms(t *testing.T) {
	tests := []struct {
		text string
		want int64
		back string
	}{
		{"0%", 0, ""}, {"0", 0, "0%"}, {"0.0", 0, "0%"}, {"1%", 1e7, ""}, {"0.01", 1e7, "1%"}, {"100%", 1e9, ""}, {"1.0", 1e9, "100%"},
		{"1", 1e9, "100%"}, {"1e0", 1e9, "100%"}, {".5", 5e8, "50%"}, {"1.", 1e9, "100%"}, {"1e-3", 1e6, "0.1%"}, {"+0.5", 5e8, "50%"}, {"5E1%", 5e8, "50%"}, {"01", 1e9, "100%"},
		{"33.3333333%", 333333333, ""}, {"0.000000001", 1, "0.0000001%"}, {"0.500000000000", 5e8, "50%"}, {"007%", 7e7, "7%"}, {"12.50%", 125e6, "12.5%"},
	}
	for _, tt := range tests {
		k := anyChance()
		got, err := k.parse(given{}, tt.text)
		if tt.back == "" {
			tt.back = tt.text
		}
		if err != nil || got != tt.want || k.text(given{}, got) != tt.back {
			t.Errorf("%s: %d, %v, written %s; want %d, %s", tt.text, got, err, k.text(given{}, got), tt.want, tt.back)
		}
	}
	for _, bad := range []string{"", "%", "2", "30", "101%", "1.1", "-1%", "1e1", "e1", ".", ".%", "1e", "1e100", "5.", "1_0", "0x1", "0.0000000001", "0.00000001%", "1 %", "½", "1%%", "999999999%"} {
		if v, err := anyChance().parse(given{}, bad); err == nil {
			t.Errorf("%q is read as %d", bad, v)
		}
	}
}

// TestTimeText holds that every time that is written is read as the same.
func TestTimeText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tick := 1000 * rapid.Int64Range(1, 3600e6).Draw(t, "tick")
		want := rapid.Int64Range(0, min(int64(sim.MaxTime), century/tick)).Draw(t, "ticks")
		text := timeText(want, tick)
		if got, err := duration(0, sim.MaxTime).parse(given{tick: tick}, text); err != nil || got != want {
			t.Fatalf("%d ticks of %d ns are written %s, read %d, %v", want, tick, text, got, err)
		}
	})
}

// TestMeantTimes: another name of a unit is told by the right one.
func TestMeantTimes(t *testing.T) {
	for text, want := range map[string]string{
		"5sec": "5s", "5S": "5s", "5 s": "5s", "1.5 minutes": "1.5m", "20 milliseconds": "20ms", "3hrs": "3h", "1e2ms": "100ms", ".5s": "0.5s", "7usec": "7us", "2Mins": "2m",
		"5": "", "x": "", "5x": "", "-5s": "", "5s5s": "",
	} {
		if got := meantTime(text); got != want {
			t.Errorf("%q may mean %q, want %q", text, got, want)
		}
	}
}
