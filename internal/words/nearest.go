// Package words is about unknown words in what a person writes. It finds the word that
// was meant, and says how much of an unknown word a message repeats.
package words

import "strings"

// Nearest is the one of the words that was most likely meant by a word, or "" if none is
// near. A word is near if it differs in few letters, or if one of the two begins with the
// other. Two swapped neighbours count as one letter.
func Nearest(word string, words []string) string {
	best, bestDistance := "", 0
	for _, w := range words {
		d := Distance(strings.ToLower(word), strings.ToLower(w))
		shorter := min(len(word), len(w))
		begins := shorter >= 3 && (strings.HasPrefix(word, w) || strings.HasPrefix(w, word))
		if !begins && (d > 1+shorter/4 || d >= shorter) {
			continue
		}
		if best == "" || d < bestDistance {
			best, bestDistance = w, d
		}
	}
	return best
}

// maxWord is the length up to which words are compared letter by letter.
const maxWord = 64

// Distance is how many changes make b of a. A change inserts, removes or replaces a
// letter, or swaps two neighbours.
func Distance(a, b string) int {
	if len(a) > maxWord || len(b) > maxWord {
		return max(len(a), len(b))
	}
	prior, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			differs := 1
			if a[i-1] == b[j-1] {
				differs = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+differs)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], prior[j-2]+1)
			}
		}
		prior, last, row = last, row, prior
	}
	return last[len(b)]
}

// Hint is the end of a message about a word, "; did you mean next?", or "" if no
// word is near.
func Hint(word string, words []string) string {
	if n := Nearest(word, words); n != "" {
		return "; did you mean " + n + "?"
	}
	return ""
}

// mostClipped is how many letters of a word a message repeats.
const mostClipped = 40

// Clip shortens a word for a message that repeats it.
func Clip(word string) string {
	if r := []rune(word); len(r) > mostClipped {
		return string(r[:mostClipped]) + "…"
	}
	return word
}
