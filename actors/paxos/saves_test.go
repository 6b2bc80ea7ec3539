package paxos

import (
	"slices"
	"testing"
)

func TestDiffers(t *testing.T) {
	b := MakeBallot
	voted := Record{Promised: b(2, 1), Accepted: b(2, 1), Value: 7, Round: 3}
	tests := []struct {
		name, why string
		change    func(r *Record)
		want      []string
	}{
		{"nothing", "what is saved again is not new", func(*Record) {}, nil},
		{"promise", "", func(r *Record) { r.Promised = b(3, 2) }, []string{"promise"}},
		{"vote in what was promised", "", func(r *Record) { r.Accepted, r.Promised = b(3, 2), b(3, 2) }, []string{"vote"}},
		{"vote for the same value", "another ballot makes another vote", func(r *Record) { r.Accepted = b(2, 2) }, []string{"vote"}},
		{"another value", "in one ballot: it breaks a rule, and is a vote", func(r *Record) { r.Value = 8 }, []string{"vote"}},
		{"round", "", func(r *Record) { r.Round++ }, []string{"round"}},
		{"decision", "", func(r *Record) { r.Learned, r.LearnedIn = 7, b(2, 1) }, []string{"decision"}},
		{"two things", "a round is saved with a promise that was not", func(r *Record) { r.Round, r.Promised = 4, b(4, 1) }, []string{"promise", "round"}},
	}
	for _, tt := range tests {
		r := voted
		tt.change(&r)
		var got []string
		for i, news := 0, r.Differs(voted); news != 0; i, news = i+1, news>>1 {
			if news&1 != 0 {
				got = append(got, saveWords[i])
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v %s", tt.name, got, tt.want, tt.why)
		}
	}
}
