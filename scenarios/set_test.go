package scenarios

import (
	"strings"
	"testing"
)

// TestOverrides holds what overrides make of a file.
func TestOverrides(t *testing.T) {
	const plainFile = "paxsim: 1\nactors: 5\nprotocol: echo\nrequests: none\n"
	const stormy = "paxsim: 1\nactors: 5\nnetwork: {delay: 1ms..20ms, loss: 30%, duplicate: 5%}\ndisk: {sync: 1ms}\n" +
		"crashes: {chance: 1%, down: 1s}\nfaults: {cut1: {split: [[1], [5]], until: 1s}, down: {crash: [2]}}\nrequests: [{actor: 1}, {actor: 2}]\n"
	const everywhere = "network: {duplicate: 3%, corrupt: 3%, forge: 3%, bias: 3ms}\n" +
		"periods: [{for: 1s, delay: 2ms..3ms, loss: 3%, duplicate: 3%, corrupt: 3%, forge: 3%, crashes: 3%}]\n" +
		"faults: {w: {weather: {delay: 1ms..3ms, loss: 3%, duplicate: 3%, corrupt: 3%, forge: 3%}}}\noutside: [forged-senders]\n"
	tests := []struct {
		name, why string
		text      string
		overrides []Override
		want      []string // lines that the plain text has not
	}{
		{name: "none", why: "the canonical text says no more than needed", text: plainFile},
		{name: "field", why: "a field is replaced", text: plainFile, overrides: []Override{Set("actors=7")}, want: []string{"actors: 7"}},
		{name: "last", why: "the last one counts", text: plainFile, overrides: []Override{Set("actors=7"), Set("actors=9")}, want: []string{"actors: 9"}},
		{name: "sections", why: "a section that is not there is made", text: plainFile,
			overrides: []Override{Set("network.loss=10%"), Set("echo.loud=false"), Set("limits.time=10s")},
			want:      []string{"network: {loss: 10%}", "echo: {loud: false}", "limits: {time: 10s}"}},
		{name: "fault", why: "a fault can be made piece by piece", text: plainFile,
			overrides: []Override{Set("faults.f.crash=[2, 3]"), Set("faults.f.at=5ms"), Set("faults.f.until=1s")},
			want:      []string{"faults:", "  f: {crash: [2, 3], at: 5ms, until: 1s}"}},
		{name: "whole fault", why: "or at once", text: plainFile, overrides: []Override{Set("faults.f={split: [[1]], until: 2s}")},
			want: []string{"faults:", "  f: {split: [[1]], at: 0s, until: 2s}"}},
		{name: "requests", why: "the list or an entry of it", text: plainFile,
			overrides: []Override{Set("requests=[{actor: 1}, {at: 1ms}]"), Set("requests.2.actor=3"), Set("requests.1.value=a, b: #c")},
			want:      []string{"requests:", "  - {actor: 1, at: 0s, value: \"a, b: #c\"}", "  - {actor: 3, at: 1ms}"}},
		{name: "text", why: "a text is taken as it stands", text: plainFile, overrides: []Override{Set("teaches=a: b = c, [d]")},
			want: []string{"teaches: \"a: b = c, [d]\""}},
		{name: "lists", why: "a list is written as in a file", text: plainFile, overrides: []Override{Set("invariants=[later]")}, want: []string{"invariants: [later]"}},
		{name: "protocol", why: "it decides which settings there are", text: plainFile, overrides: []Override{Set("protocol=mute")}, want: []string{"protocol: mute"}},
		{name: "mend", why: "an override may mend what is wrong in the file", text: strings.Replace(plainFile, "5", "x", 1), overrides: []Override{Set("actors=7")}, want: []string{"actors: 7"}},
		{name: "stormy", why: "what the next ones calm", text: stormy, want: []string{
			"network: {delay: 1ms..20ms, loss: 30%, duplicate: 5%}", "disk: {sync: 1ms}", "crashes: {chance: 1%, down: 1s}", "faults:",
			"  cut1: {split: [[1], [5]], at: 0s, until: 1s}", "  down: {crash: [2], at: 0s, until: never}",
			"requests:", "  - {actor: 1, at: 0s}", "  - {actor: 2, at: 0s}"}},
		{name: "members", why: "who counts, and from when on it is calm", text: plainFile, overrides: []Override{Set("members=[2, 1]"), Set("until=5s")},
			want: []string{"members: [2, 1]", "until: 5s"}},
		{name: "members and time again", why: "the words of the defaults are values too", text: plainFile + "members: [1]\nuntil: 1s\n",
			overrides: []Override{Set("members=all"), Set("until=never")}},
		{name: "calm", why: "families go and faults go", text: stormy,
			overrides: []Override{Calm("loss"), Calm("duplicate"), Calm("delay"), Calm("crashes"), Calm("disk"), Calm("cut1"), Calm("down")},
			want:      []string{"network: {delay: 1ms}", "crashes: {down: 1s}", "requests:", "  - {actor: 1, at: 0s}", "  - {actor: 2, at: 0s}"}},
		{name: "delays", why: "a model is given whole, and leaves its least behind", text: plainFile,
			overrides: []Override{Set("network.delay={least: 1ms, pareto: 5ms, alpha: 1.5, most: 10s}")},
			want:      []string{"network: {delay: {least: 1ms, pareto: 5ms, alpha: 1.5, most: 10s}}"}},
		{name: "calm model", why: "a calm message takes the least time", text: plainFile + "network: {delay: {least: 1ms, exponential: 10ms, most: 500ms}}\n",
			overrides: []Override{Calm("delay")}, want: []string{"network: {delay: 1ms}"}},
		{name: "calm table", why: "by a table too", text: plainFile + "network: {delay: {table: [[50%, 2ms], [100%, 200ms]]}}\n",
			overrides: []Override{Calm("delay")}, want: []string{"network: {delay: 2ms}"}},
		{name: "model after calm", why: "overrides apply in their order", text: stormy + "invariants: none\n",
			overrides: []Override{Calm("cut1"), Calm("down"), Calm("delay"), Set("network.delay={table: [[100%, 3ms]]}"), Calm("loss"), Calm("duplicate"), Calm("disk"), Calm("crashes"), Set("requests=by-chance")},
			want:      []string{"network: {delay: {table: [[100%, 3ms]]}}", "crashes: {down: 1s}", "requests: by-chance", "invariants: none"}},
		{name: "calm before set", why: "a fault may go that the new number of actors would make wrong", text: stormy,
			overrides: []Override{Set("actors=3"), Calm("cut1")}, want: []string{"actors: 3",
				"network: {delay: 1ms..20ms, loss: 30%, duplicate: 5%}", "disk: {sync: 1ms}", "crashes: {chance: 1%, down: 1s}", "faults:",
				"  down: {crash: [2], at: 0s, until: never}", "requests:", "  - {actor: 1, at: 0s}", "  - {actor: 2, at: 0s}"}},
		{name: "calm the calm", why: "what is calm already may be calmed", text: plainFile,
			overrides: []Override{Calm("loss"), Calm("delay"), Calm("crashes"), Calm("disk")}},
		{name: "begin any fault", why: "by each of its kinds, and piece by piece", text: plainFile,
			overrides: []Override{Set("faults.storm={isolate: any, every: 50ms..200ms, for: 20ms}"), Set("faults.a.split=any"), Set("faults.b.one_way.from=[1]"),
				Set("faults.b.one_way.to=all"), Set("faults.c.weather.loss=3%"), Set("faults.d.clog=all"), Set("faults.d.clog.from=caller"), Set("faults.e.pause=any 2"), Set("faults.e.when=3 decides")},
			want: []string{"faults:",
				"  storm: {isolate: any, at: 0s, until: never, for: 20ms, every: 50ms..200ms}", "  a: {split: any, at: 0s, until: never}",
				"  b: {one_way: {from: [1], to: all}, at: 0s, until: never}", "  c: {weather: {loss: 3%}, at: 0s, until: never}",
				"  d: {clog: {from: caller}, at: 0s, until: never}", "  e: {pause: any 2, when: 3 decides, until: never}"}},
		{name: "calm everywhere", why: "a family is calm in periods and in faults too", text: plainFile + everywhere,
			overrides: []Override{Calm("loss"), Calm("duplicate"), Calm("corrupt"), Calm("forge"), Calm("delay"), Calm("bias"), Calm("crashes")},
			want: []string{"periods:", "  - {for: 1s, delay: 2ms, loss: 0%, duplicate: 0%, corrupt: 0%, forge: 0%, crashes: 0%}",
				"outside: [forged-senders]", "faults:", "  w: {weather: {delay: 1ms, loss: 0%, duplicate: 0%, corrupt: 0%, forge: 0%}, at: 0s, until: never}"}},
		{name: "calm periods", why: "they last as long", text: plainFile + everywhere,
			overrides: []Override{Calm("periods"), Calm("w")}, want: []string{"periods:", "  - {for: 1s}",
				"network: {duplicate: 3%, corrupt: 3%, forge: 3%, bias: 3ms}", "outside: [forged-senders]"}},
		{name: "set after calm", why: "overrides apply in their order", text: stormy + "invariants: none\n",
			overrides: []Override{Calm("cut1"), Calm("down"), Calm("loss"), Set("network.loss=1%"), Calm("disk"), Calm("crashes"), Set("requests=by-chance")},
			want:      []string{"network: {delay: 1ms..20ms, loss: 1%, duplicate: 5%}", "crashes: {down: 1s}", "requests: by-chance", "invariants: none"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := fakes.Read("file.yaml", tt.text, tt.overrides...)
			if err != nil {
				t.Fatal(err)
			}
			text := Text(s)
			has := map[string]bool{}
			for _, l := range strings.Split(strings.TrimSpace(text), "\n") {
				has[l] = true
			}
			for _, l := range tt.want {
				if !has[l] {
					t.Errorf("no line %q", l)
				}
				delete(has, l)
			}
			for _, l := range []string{"paxsim: 1", "actors: 5", "protocol: echo", "requests: none"} {
				delete(has, l)
			}
			if len(has) > 0 || t.Failed() {
				t.Errorf("lines not wanted: %v in\n%s", has, text)
			}
		})
	}
}
