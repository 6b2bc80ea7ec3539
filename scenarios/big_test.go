package scenarios

import (
	"strings"
	"testing"
	"time"

	"github.com/paxsim/paxsim/internal/gate"
)

// TestLargest holds that no text of the greatest size takes long: whatever is
// repeated, reading takes seconds at most, and says what is wrong briefly.
func TestLargest(t *testing.T) {
	const begin = "paxsim: 1\nactors: 5\nrequests: "
	patterns := []string{"[", "{", "a,", "- ", "-\n- ", "? ", "a: b\n", " ", "\n", "'", "\"", "|\n", "x: #\n", "[],", "{a: b},", "{actor: 9},", ": ", "!", "&a ", "*a,", "%a\n", "---\n",
		"# a\n", "#", "\ufeff", "\u2028", "1", "{}, ", "a: none, "}
	befores := []string{begin, "", begin + "[", "paxsim: 1\nbase: minority-cut\nnetwork: ", "paxsim: 1\nbase: minority-cut\nfaults: {"}
	befores = befores[:gate.Of(1, len(befores))]
	for _, p := range patterns {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			for _, before := range befores {
				text := before + strings.Repeat(p, (MaxText-len(before))/len(p))
				began := time.Now()
				_, err := Read("big.yaml", text)
				if took := time.Since(began); took > 20*time.Second {
					t.Errorf("%.40q… took %v", text, took)
				}
				if err == nil {
					t.Errorf("%.40q… is read without a mistake", text)
				} else if n := len(err.Error()); n > 100_000 {
					t.Errorf("%.40q…: the mistakes fill %d bytes", text, n)
				}
			}
		})
	}
}
