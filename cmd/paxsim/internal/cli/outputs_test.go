package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Two outputs under one name, or one under the name of an input, are refused before
// anything runs, however they are spelled. What only looks alike is not.
func TestOutputsAreApart(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := errors.Join(os.Mkdir("d", 0o755), os.WriteFile("empty", nil, 0o644), os.Link("empty", "hard"), os.WriteFile("lossy", nil, 0o644), os.WriteFile("empty.yaml", nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Symlink("empty", "soft"), os.Symlink("nowhere", "dangling"), os.Symlink("d", "e")); err != nil {
		t.Skip(err)
	}
	if code, _, errs := command("export", "lossy", "--to", "jsonl", "-o", "x.trace.jsonl"); code != 0 {
		t.Fatal(errs)
	}
	for _, c := range []struct{ args, want string }{
		{"run --save x --metrics x", "--save x and --metrics x are the same file"},
		{"run --save x --metrics ./x", "the same file"},
		{"run --save x --metrics d/../x", "the same file"},
		{"run --save x --metrics " + dir + "/x", "the same file"},
		{"run --save d/x --metrics e/x", "the same file"},
		{"run --save empty --metrics soft", "the same file"},
		{"run --save empty --metrics hard", "the same file"},
		{"run --save nowhere --metrics dangling", "the same file"},
		{"run --cpuprofile x --memprofile x", "--cpuprofile x and --memprofile x are the same file"},
		{"run --save x --cpuprofile x", "--cpuprofile x and --save x are the same file"},
		{"sweep --vary actors=3,5 --plot x --memprofile ./x", "the same file"},
		{"fuzz --cpuprofile paxsim-found/hunt.resume", "the same file"},
		{"fuzz --out d --shard 1/2 --runs 100 --cpuprofile d/hunt-1-of-2.resume", "the same file"},
		{"scenarios test lossy --cpuprofile x --memprofile x", "the same file"},
		{"zoo --bench --oracles agreement --rows x --plot x", "the same file"},
		{"zoo --bench --oracles agreement --settings empty --plot empty", "--plot empty: that file is read"},
		{"run empty.yaml --metrics empty.yaml", "--metrics empty.yaml: that file is read"},
		{"export x.trace.jsonl --to jsonl -o ./x.trace.jsonl", "-o ./x.trace.jsonl: that file is read"},
		{"view ./empty.yaml -o empty.yaml", "-o empty.yaml: that file is read"},
	} {
		code, out, errs := command(strings.Fields(c.args)...)
		if code != 2 || out != "" || !strings.Contains(errs, c.want) || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: exit %d, %s", c.args, code, errs)
		}
	}
	for _, args := range []string{
		"run lossy --save d/x --metrics x", "run lossy --metrics lossy", "run lossy --save X --metrics y",
		"run lossy --save empty --metrics d/empty",
	} {
		if code, _, errs := command(strings.Fields(args)...); code != 0 {
			t.Errorf("%s: exit %d, %s", args, code, errs)
		}
	}
}

// Standard output may go to a file, which is then none of the others.
func TestOutputsAreApartFromStreams(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.om")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var errs strings.Builder
	if code := Main([]string{"run", "--metrics", name}, nil, f, &errs); code != 2 || !strings.Contains(errs.String(), "a.om: standard output goes there") {
		t.Errorf("exit %d, %s", code, &errs)
	}
	if code := Main([]string{"run", "--metrics", name}, nil, &discard{}, f); code != 2 {
		t.Errorf("exit %d", code)
	}
	if code := Main([]string{"run", "--metrics", name + "2"}, nil, f, &errs); code != 0 {
		t.Errorf("exit %d, %s", code, &errs)
	}
}
