package words

import "testing"

func TestNearest(t *testing.T) {
	words := []string{"loss", "duplicate", "delay", "actors", "on_nack", "x"}
	tests := []struct{ word, want, why string }{
		{"los", "loss", "a letter is missing"},
		{"lsos", "loss", "two letters are swapped"},
		{"dup", "duplicate", "the beginning of a word"},
		{"actor", "actors", "one number for the other"},
		{"Delay", "delay", "case is no difference"},
		{"on-nack", "on_nack", "one stroke for the other"},
		{"y", "", "a single letter says nothing"},
		{"weather", "", "nothing is near"},
		{"", "", "nor to nothing"},
	}
	for _, tt := range tests {
		if got := Nearest(tt.word, words); got != tt.want {
			t.Errorf("Nearest(%q) = %q, want %q: %s", tt.word, got, tt.want, tt.why)
		}
	}
	for _, tt := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"abc", "acb", 1}, {"abc", "cab", 2}, {"kitten", "sitting", 3}} {
		if got := Distance(tt.a, tt.b); got != tt.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}
