package scenarios

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestShow holds what is shown of scenarios. That it reads back is held by
// TestRoundTrip.
func TestShow(t *testing.T) {
	tests := []struct{ name, why, text string }{
		{"bare", "defaults are filled in, and what is computed says how", "paxsim: 1\nactors: 3\nrequests: none\n"},
		{"full", "what the file says is not called computed", `paxsim: 1
teaches: "all at once: everything"
actors: 5
members: [1, 2, 4]
tick: 1ms
protocol: echo
echo: {loud: false, times: 3, gap: 5ms, fade: 2.5%, rest: 0s, place: cave}
network: {delay: 1ms..20ms, loss: 30%, duplicate: 0.000000001}
disk: {sync: 2ms}
crashes: {chance: 0.1%, down: 10ms..1.5s}
until: 1.5s
faults:
  cut1: {split: [[1, 2, 3], [4, 5]], until: 2s}
  down: {crash: [1], at: 5ms, until: 1m}
requests:
  - {value: a b}
  - {actor: 2, at: 1h, value: "null"}
limits: {time: 2h, events: 100}
invariants: [later]
`},
		{"delays", "a model is shown on its line", "paxsim: 1\nactors: 3\nrequests: none\nnetwork:\n  delay:\n    most: 1s\n    sigma: 0.80\n    log-normal: 10000us\n    least: 0\n"},
		{"places", "a place is on its line, and ways back that are alike are one",
			"paxsim: 1\nactors: 3\nrequests: none\nnetwork: {places: {b: {actors: none, to: {a: 3ms, c: 2ms}}, a: {actors: [3, 1], to: {b: 3000us}, round_trips: {a: 0.2ms, c: 5ms}}, c: {actors: [2], to: {b: 1ms}, round_trips: {c: 0}}}, delay: 1ms}\n"},
		{"table", "and so is a table", "paxsim: 1\nactors: 3\nrequests: none\nnetwork: {delay: {table: [[0.5, 1ms], [90.0%, 5ms], [100%, 0.2s]]}}\n"},
		{"mute", "a protocol without settings has no section", "paxsim: 1\nactors: 3\nprotocol: mute\nrequests: by-chance\ninvariants: none\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := fakes.Read("file.yaml", tt.text)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, "show/"+tt.name, Show(s)+"\n==== canonical\n"+Text(s))
		})
	}
}

// TestShowFit: in narrower lines each scenario of the library is the same scenario.
func TestShowFit(t *testing.T) {
	texts := map[string]string{"blanks": "paxsim: 1\nactors: 3\nteaches: \"" + strings.Repeat("a  b c ", 25) + "d\"\nrequests: none\n"}
	for _, name := range Names() {
		s, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = Show(s)
	}
	for name, text := range texts {
		s, err := Read(name, text)
		if err != nil {
			t.Fatal(err)
		}
		if s, err = Read(name, Show(s)); err != nil { // with all that is computed
			t.Fatal(err)
		}
		for _, columns := range []int{60, 80, 120} {
			fit := ShowFit(s, columns)
			if back, err := Read(name, fit); err != nil || Text(back) != Text(s) {
				t.Errorf("%s in %d columns is another: %v\n%s", name, columns, err, fit)
			}
			for line := range strings.Lines(fit) {
				if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > columns {
					t.Errorf("%s: %d columns, and %d are there: %s", name, n, columns, line)
				}
			}
		}
		if ShowFit(s, 0) != Show(s) || ShowFit(s, 1000) != Show(s) {
			t.Errorf("%s: what has room is another", name)
		}
	}
}
