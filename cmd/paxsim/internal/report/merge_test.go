package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/campaign"
)

// part is what a shard printed.
func part(shard string, seed uint64, deferrals int) string {
	f := HuntFailure{Seed: seed, Scenario: "s", Strategy: "walk", Events: 9, Deferrals: deferrals, Text: "broken", File: "f" + shard}
	m := &Hunt{Of: HuntOf{Tool: "paxsim", Seed: 1, Runs: 4, Required: []string{"met"}, Strategies: []string{"walk"}, Depth: 3}, Tally: campaign.Tally{Runs: 2, Violated: 1, Decided: 1, Proved: 2}, Shard: shard, States: newHuntStates(new(campaign.States)),
		Finds: []HuntFind{{Failure: "agreement (save)", Runs: 1, First: f, Smallest: f}}, Marks: map[string]uint64{"met": seed - 1}}
	m.finish()
	var b bytes.Buffer
	if err := m.JSON(&b); err != nil {
		panic(err)
	}
	return b.String()
}

func read(t *testing.T, text string) *Hunt {
	t.Helper()
	m, err := ReadHunt([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestMergeHunts: of a failure that two parts have, the first is the one of the
// least seed and the smallest the one of the least size, in any order of the parts;
// a mark is missed if no part hit it, and what was interrupted is no whole part.
func TestMergeHunts(t *testing.T) {
	a, b := part("1/2", 1, 7), part("2/2", 3, 2)
	var want string
	for _, order := range [][]string{{a, b}, {b, a}} {
		m, err := MergeHunts([]*Hunt{read(t, order[0]), read(t, order[1])}, []string{"x", "y"})
		if err != nil {
			t.Fatal(err)
		}
		x := m.Finds[0]
		if len(m.Finds) != 1 || x.Runs != 2 || x.First.Seed != 1 || x.Smallest.Seed != 3 || x.First.File+x.Smallest.File != "" || m.Runs != 4 || len(m.Missed)+len(m.Missing) != 0 || m.Exit() != 1 {
			t.Errorf("%+v", m)
		}
		var out bytes.Buffer
		if err := m.JSON(&out); err != nil {
			t.Fatal(err)
		}
		if want == "" {
			want = out.String()
		}
		if out.String() != want {
			t.Errorf("in another order: %s\nnot %s", out.String(), want)
		}
	}
	broken := read(t, a)
	broken.Interrupted = true
	m, err := MergeHunts([]*Hunt{broken}, []string{"x"})
	if err != nil || strings.Join(m.Missing, ", ") != "2/2, a part of 1/2" || len(m.Missed) != 1 {
		t.Errorf("%v: %q, missed %q", err, m.Missing, m.Missed)
	}
}

// FuzzReadHunt: no bytes make the reader panic, nor the printing of what it takes,
// and nothing that moves a cursor comes through.
func FuzzReadHunt(f *testing.F) {
	f.Add([]byte(part("1/2", 1, 7)))
	f.Add([]byte(part("", 2, 0) + "x"))
	f.Add([]byte(strings.ReplaceAll(part("", 2, 0), "walk", "\u001b[2J")))
	f.Add([]byte("{\"find\":{}}\n{\"summary\":{\"failures\":1}}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := ReadHunt(data)
		if err != nil {
			if m != nil || err.Error() == "" {
				t.Error("an error without words, or a hunt with it")
			}
			return
		}
		whole, err := MergeHunts([]*Hunt{m}, []string{"x"})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := whole.Text(&out, 0); err != nil {
			t.Fatal(err)
		}
		if bytes.ContainsAny(out.Bytes(), "\x1b\r\a") {
			t.Errorf("%q", out.String())
		}
		whole.Exit()
	})
}

// TestHostileShards: what could make the reader take much memory, or say much, is
// refused in a short line.
func TestHostileShards(t *testing.T) {
	whole := part("", 1, 7)
	find, summary, _ := strings.Cut(whole, "\n")
	tests := []struct{ name, text, want string }{
		{"deep", strings.Repeat("[", 1<<20) + "\n", "1: no line of a hunt: nested more than 8 deep"},
		{"many elements", find + "\n" + `{"summary":{"missed":[` + strings.Repeat(`"",`, 1<<20) + "]}}\n", "2: no line of a hunt: more than 65536 elements"},
		{"a long text", `{"find":{"failure":"` + strings.Repeat("a", 1<<20) + "\"}}\n", "1: no line of a hunt: a text of more than 65536 bytes"},
		{"a long line", `{"find":{"failure":"a"}` + strings.Repeat(" ", 5<<20) + "}\n", "1: no line of a hunt: more than 4194304 bytes"},
		{"a long name", `{"` + strings.Repeat("a", 60_000) + "\":1}\n", `1: no line of a hunt: unknown field "aaaa`},
		{"many finds", strings.Repeat("{\"find\":{}}\n", 20_000) + summary, "10002: a hunt has at most 10000 failures"},
		{"a depth that takes for ever", strings.Replace(whole, `"depth":3`, `"depth":9223372036854775807`, 1), "2: depth: 9223372036854775807: expected 1 to 10"},
		{"no depth", strings.Replace(whole, `"depth":3`, `"depth":0`, 1), "2: depth: 0: expected 1 to 10"},
		{"a width below nothing", strings.Replace(whole, `"width":0`, `"width":-1`, 1), "2: width and length: expected numbers from 0"},
		{"no shard", strings.Replace(part("1/2", 1, 7), `"shard":"1/2"`, `"shard":"`+strings.Repeat("9", 60_000)+`"`, 1), `2: shard "9999`},
	}
	for _, tt := range tests {
		if _, err := ReadHunt([]byte(tt.text)); err == nil || !strings.HasPrefix(err.Error(), tt.want) || len(err.Error()) > 200 {
			t.Errorf("%s: %.300v, want %s", tt.name, err, tt.want)
		}
	}
}
