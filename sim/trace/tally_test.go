package trace_test

import (
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
)

// TestMain tells how many runs the tests made.
func TestMain(m *testing.M) { tally.Main(m) }
