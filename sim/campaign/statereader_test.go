package campaign_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/campaign"
)

// TestHostileState: what no hunt can have come to is refused, however it came to be
// in the file; else the hunt would go on with it.
func TestHostileState(t *testing.T) {
	islands := func(first string) string {
		return "[" + first + strings.Repeat(`,{"states":null,"ways":null}`, campaign.Islands-1) + "]"
	}
	state := func(evidence, islands string) string {
		return `{"done":0,"wall_ns":0,"evidence":` + evidence + `,"islands":` + islands + `}`
	}
	const empty = `{"states":null,"ways":null}`
	tests := []struct{ name, text, want string }{
		{"none", state(`{}`, islands(empty)), ""},
		{"not whole", state(`{}`, islands(empty))[:100], "unexpected EOF"},
		{"in another order", `{"wall_ns":0,"done":0,"evidence":{},"islands":` + islands(empty) + `}`, "no state of a hunt"},
		{"too few islands", state(`{}`, "["+empty+"]"), "no state of a hunt"},
		{"too many", state(`{}`, "["+empty+","+islands(empty)[1:]), "no state of a hunt"},
		{"a state without a way", state(`{}`, islands(`{"states":[{"state":1,"seen":1,"tries":0,"ways":[]}],"ways":[]}`)), "too few ways"},
		{"a way that is not there", state(`{}`, islands(`{"states":[{"state":1,"seen":1,"tries":0,"ways":[1]}],"ways":[{"from":-1,"seed":1,"at":1}]}`)), "a way that is not there"},
		{"a way from nowhere", state(`{}`, islands(`{"states":[],"ways":[{"from":-2,"seed":1,"at":1}]}`)), "begins with none that came before"},
		{"a way from itself", state(`{}`, islands(`{"states":[],"ways":[{"from":0,"seed":1,"at":1}]}`)), "begins with none that came before"},
		{"many ways", state(`{}`, islands(`{"states":[],"ways":[{}`+strings.Repeat(",{}", 9000)+`]}`)), "more states or ways"},
		{"a long island", state(`{}`, islands(`{"states":[],"ways":[{}`+strings.Repeat(",{}", 1<<20)+`]}`)), "a part of it has"},
		{"many states", state(`{"States":{"List":[{}`+strings.Repeat(",{}", 300)+`]}}`, islands(empty)), "its states: "},
		{"no find", state(`{"Finds":[null]}`, islands(empty)), "without its run"},
		{"a find without a run", state(`{"Finds":[{}]}`, islands(empty)), "without its run"},
	}
	for _, tt := range tests {
		_, err := campaign.ReadState(strings.NewReader(tt.text))
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
	h := hunted(t, "none", 10)
	h.From = new(campaign.State)
	if err := json.Unmarshal([]byte(tests[0].text), h.From); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Run(t.Context()); err == nil || err.Error() != "the state is of another hunt" {
		t.Errorf("evidence of other marks: %v", err)
	}
}
