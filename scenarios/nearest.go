package scenarios

import (
	"slices"
	"strings"

	"github.com/paxsim/paxsim/internal/words"
)

// renamed are words that files once had, and what is written in their place.
var renamed = map[string]string{"seasons": "periods", "stormy-seasons": "stormy-periods"}

// Nearest is the one of the words that was most likely meant by a word, or "" if
// none is near. A word is near if it is an earlier name of the other, or by
// [words.Nearest].
func Nearest(word string, among []string) string {
	if now := renamed[strings.ToLower(word)]; slices.Contains(among, now) {
		return now
	}
	return words.Nearest(word, among)
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
