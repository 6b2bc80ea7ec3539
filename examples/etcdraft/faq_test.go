package etcdraft

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestFAQ: the question about Raft in docs/faq.md of paxsim shows what its command
// prints; UPDATE=1 writes it there.
func TestFAQ(t *testing.T) {
	const page, call = "../../docs/faq.md", "```text\n$ go run ./cmd/etcdraft "
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, block, found := strings.Cut(string(text), call)
	if !found {
		t.Fatalf("%s has no %q", page, call)
	}
	block, after, _ := strings.Cut(block, "```")
	line, shown, _ := strings.Cut(block, "\n")
	program := filepath.Join(t.TempDir(), "etcdraft")
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/etcdraft").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := exec.Command(program, strings.Fields(line)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	switch is := strings.TrimRight(string(out), "\n") + "\n"; {
	case is == shown:
	case os.Getenv("UPDATE") != "":
		if err := os.WriteFile(page, []byte(before+call+line+"\n"+is+"```"+after), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("%s shows other output than its command prints: UPDATE=1 rewrites it. It should be:\n%s", page, is)
	}
}
