package playhost

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/explain/play"
)

func TestTry(t *testing.T) {
	s := play.New(&Host{}, play.Usual)
	do := func(q string) string {
		at := time.Now()
		r := s.Do(context.Background(), []byte(q))
		d := time.Since(at)
		n := len(r)
		if len(r) > 1500 {
			r = r[:1500]
		}
		fmt.Printf("%s\n  %v %d bytes %s\n\n", q, d, n, r)
		return string(r)
	}
	do(`{"do":"library"}`)
	do(`{"do":"open","scenario":"literal-acks"}`)
	do(`{"do":"moment","run":1,"at":14}`)
	do(`{"do":"act","run":1,"at":14,"act":{"name":"lost Prepare 2>1 #1","answer":1}}`)
	do(`{"do":"act","run":1,"at":14,"act":{"name":"crash Prepare 2>1 #1","answer":1},"ticks":500}`)
	do(`{"do":"undo","run":1}`)
	do(`{"do":"undo","run":1}`)
	do(`{"do":"fork","run":1}`)
	do(`{"do":"act","run":1,"at":14,"act":{"name":"lost Prepare 2>1 #1","answer":1}}`)
	do(`{"do":"parting","run":1,"other":2}`)
	do(`{"do":"save","run":1}`)
	do(`{"do":"open","scenario":"thousand-actors"}`)
	for i, name := range scenarios.Names() {
		for _, e := range []string{"timed", "searched"} {
			at := time.Now()
			b, _ := json.Marshal(map[string]any{"do": "open", "scenario": name, "seed": "7", "engine": e})
			r := s.Do(context.Background(), b)
			var x struct {
				State    play.State
				Mistakes []play.Mistake
			}
			json.Unmarshal(r, &x)
			fmt.Println(i, name, e, time.Since(at), len(r), x.State.Events, x.State.Outcome, x.Mistakes)
			s.Do(context.Background(), []byte(fmt.Sprintf(`{"do":"close","run":%d}`, x.State.Run)))
		}
	}
}
