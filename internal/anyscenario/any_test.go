package anyscenario_test

import (
	"testing"

	"github.com/paxsim/paxsim/internal/anyscenario"
	"github.com/paxsim/paxsim/scenarios"
)

func TestRead(t *testing.T) {
	bad := 0
	for i := range uint64(1000) {
		s := anyscenario.Draw(i)
		if _, err := scenarios.Read("any.yaml", s.Text); err != nil {
			t.Errorf("%d: %v\n%s", i, err, s.Text)
			if bad++; bad > 12 {
				break
			}
		}
	}
}
