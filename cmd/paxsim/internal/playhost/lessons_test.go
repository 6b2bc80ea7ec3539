package playhost

import (
	"os"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
)

// TestPar: par of a mutant in a lesson is how many events its story has, once all actors
// have started.
func TestPar(t *testing.T) {
	held := 0
	for _, lesson := range Lessons() {
		for _, m := range lesson.Mutants {
			name := "../../../../testdata/stories/" + m.Name + ".agreement.story.yaml"
			data, err := os.ReadFile(name)
			if err != nil {
				t.Error(err)
				continue
			}
			st, err := scenarios.ReadStory(name, string(data))
			if err != nil {
				t.Fatal(err)
			}
			p, err := st.Story().Play(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if got := int(p.Outcome.Events) - st.Actors; got != m.Par {
				t.Errorf("%s: par is %d, and its story has %d events", m.Name, m.Par, got)
			}
			held++
		}
	}
	if held < 25 {
		t.Errorf("%d mutants only", held)
	}
}
