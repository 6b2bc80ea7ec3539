package scenarios

import (
	"slices"
	"strings"
)

// renamed are words that files once had, and what is written in their place.
var renamed = map[string]string{"seasons": "periods", "stormy-seasons": "stormy-periods"}

// Nearest is the one of the words that was most likely meant by a word, or ""
// if none is near. A word is near if it once stood for the other, if it differs in
// few letters, two swapped neighbours counting once, or if one of the two begins with
// the other.
func Nearest(word string, words []string) string {
	if now := renamed[strings.ToLower(word)]; slices.Contains(words, now) {
		return now
	}
	best, bestDistance := "", 0
	for _, w := range words {
		d := distance(strings.ToLower(word), strings.ToLower(w))
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

// didYouMean is the end of a message about a word, or "".
func didYouMean(word string, words []string) string {
	if w := Nearest(word, words); w != "" {
		return "; did you mean " + clip(w) + "?"
	}
	return ""
}

// orAll is the end of a message about a word that is none of some words: the
// nearest of them, or all if none is near and they are few.
func orAll(word string, words []string) string {
	if text := didYouMean(word, words); text != "" || len(words) > 24 {
		return text
	}
	shown := make([]string, len(words))
	for i, w := range words {
		shown[i] = clip(w)
	}
	return "; expected one of " + strings.Join(shown, ", ")
}

// maxWord is the length up to which words are compared letter by letter.
const maxWord = 64

// distance is how many letters must be put in, left out, replaced or swapped
// with their neighbour to make b of a.
func distance(a, b string) int {
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
