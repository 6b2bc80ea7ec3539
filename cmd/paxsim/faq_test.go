package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFAQAnswersByRuns: each of the fifteen questions is answered by one command.
func TestFAQAnswersByRuns(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "../../docs/faq.md"))
	if err != nil {
		t.Fatal(err)
	}
	questions := strings.Split(string(text), "\n## ")[1:]
	if len(questions) != 15 {
		t.Errorf("docs/faq.md has %d questions", len(questions))
	}
	for _, q := range questions {
		head, body, _ := strings.Cut(q, "\n")
		if n := strings.Count(body, "\n"+prompt); n != 1 {
			t.Errorf("%q is answered by %d commands", head, n)
		}
	}
}
