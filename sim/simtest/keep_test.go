package simtest_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scenarios/load"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/simtest"
)

var (
	nameOfFind  = regexp.MustCompile(`^agreement-decide-[0-9a-f]{16}\.run\.json$`)
	plainFolder = regexp.MustCompile(`^[\pL\d\-_.=#+/\\]+$`)
	cutLine     = regexp.MustCompile(`^\(\d+ lines above these\)$`)
)

// splitting plays the smallest protocol under bytes that split its decision, number
// by number another run.
func splitting(on *told, number int, options ...simtest.Option) {
	s := simtest.Of(first, 3)
	data := []byte("0123456789 0123456789 0123456789")
	data[0] += byte(number)
	simtest.Play(on, s, &scheduler.Bytes{Data: data}, options...)
}

// TestFindsStandSideBySide: two runs of one signature are two files, under the name
// of the fuzz target whose inputs they are of; both are played first.
func TestFindsStandSideBySide(t *testing.T) {
	dir := t.TempDir()
	for i, name := range []string{"FuzzIt/seed#0", "FuzzIt/0a1b2c"} {
		on := &told{name: name}
		if splitting(on, i, simtest.Keep(dir)); !strings.Contains(on.text(), "safety agreement (decide)") || !strings.Contains(on.text(), " -run '^FuzzIt$' .") {
			t.Fatalf("%s: %s", name, on.text())
		}
	}
	files := kept(t, dir)
	if len(files) != 2 {
		t.Fatalf("two finds are in %q", files)
	}
	for _, file := range files {
		if !nameOfFind.MatchString(filepath.Base(file)) || filepath.Dir(file) != filepath.Join(dir, "FuzzIt") {
			t.Errorf("kept in %s", file)
		}
	}
	target := &told{name: "FuzzIt"}
	simtest.Again(target, simtest.Of(first, 3), simtest.Keep(dir))
	if len(target.lines) != 3 || !strings.HasSuffix(target.text(), "2 kept runs did not hold") {
		t.Error(target.text())
	}
}

// TestLastPlayIsKept: of the runs of one test that break the same, as rapid plays
// them to make one smaller, the last is kept. What was kept before stays.
func TestLastPlayIsKept(t *testing.T) {
	dir := t.TempDir()
	other := &told{name: t.Name() + "/before"}
	splitting(other, 0, simtest.Keep(dir))
	before := kept(t, dir)
	older := filepath.Join(dir, t.Name(), filepath.Base(before[0]))
	if err := os.MkdirAll(filepath.Dir(older), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".run.json", ".story.yaml"} {
		end := func(file string) string { return strings.TrimSuffix(file, ".run.json") + name }
		if err := os.Rename(end(before[0]), end(older)); err != nil {
			t.Fatal(err)
		}
	}
	on := &told{name: t.Name()}
	for _, number := range []int{0, 1, 2, 1} {
		splitting(on, number, simtest.Keep(dir))
	}
	if files := kept(t, dir); len(files) != 2 || !strings.Contains(on.lines[len(on.lines)-2], "kept in "+files[0]) && !strings.Contains(on.lines[len(on.lines)-2], "kept in "+files[1]) {
		t.Errorf("%q are kept", files)
	}
	if _, err := os.Stat(older); err != nil {
		t.Error(err)
	}
}

// TestFoldersOfTests: names of tests that are not the same have folders that are not
// the same, on any file system and inside that of the finds.
func TestFoldersOfTests(t *testing.T) {
	dir := t.TempDir()
	names := []string{"TestA/b", "TestA_b", "TestA/b:c", "TestA/b*c", "TestA/..", "TestA/.", "TestA//x", "TestA/é=1,2"}
	for _, name := range names {
		splitting(&told{name: name}, 0, simtest.Keep(filepath.Join(dir, "finds")))
	}
	folders := map[string]bool{}
	for _, file := range kept(t, dir) {
		in, _ := filepath.Rel(filepath.Join(dir, "finds"), filepath.Dir(file))
		folders[in] = true
		if !plainFolder.MatchString(in) || strings.Contains(in, "..") {
			t.Errorf("folder %q", in)
		}
	}
	if len(folders) != len(names) {
		t.Errorf("%d folders for %d tests: %v", len(folders), len(names), folders)
	}
}

// TestFailureTellsTheRun: a failure has the signature, the end of the run in words
// with the names of the columns, where it is kept, and the command. A command that
// plays files is named where it can play this one.
func TestFailureTellsTheRun(t *testing.T) {
	dir := t.TempDir()
	home, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	long, short, replayed := &told{name: "TestIt"}, &told{name: "TestIt"}, &told{name: "TestIt"}
	s := brooker()
	s.Settings = settings(s.Protocol)
	simtest.Run(long, s, simtest.Keep(filepath.Join(dir, "long")))
	simtest.Run(short, simtest.Of(first, 3), simtest.Keep(filepath.Join(dir, "short")), simtest.Text("name: first\n"))
	simtest.Run(replayed, s, simtest.Keep(filepath.Join(dir, "replayed")), simtest.Text("name: it\n"))
	for _, x := range []struct {
		on     *told
		dir    string
		say    string
		cut    bool
		player string
	}{
		{long, "long", "simtest: lemma vote-within-promise (save): actor ", true, ""},
		{short, "short", "simtest: safety agreement (decide): actor ", false, "\nor, by a command that knows first: replay --trace "},
		{replayed, "replayed", "simtest: lemma vote-within-promise (save): actor ", true, "\nor: paxsim replay --trace "},
	} {
		files := kept(t, filepath.Join(dir, x.dir))
		if len(files) != 1 || len(x.on.lines) != 1 {
			t.Fatalf("%q:\n%s", files, x.on.text())
		}
		want := "\nkept in " + files[0] + "\nthe story is in " + strings.TrimSuffix(files[0], ".run.json") + ".story.yaml\nsee it again: cd " + home + " && go test -run '^TestIt$' ."
		if x.player != "" {
			want += x.player + files[0]
		}
		if text := x.on.text(); !strings.HasPrefix(text, x.say) || !strings.HasSuffix(text, want) {
			t.Errorf("it begins otherwise than %q or ends otherwise than %q:\n%s", x.say, want, text)
		}
		_, run, _ := strings.Cut(x.on.text(), "event  actor 1 ")
		run, _, _ = strings.Cut(run, "\n\nIts story: ")
		lines := strings.Split(run, "\n")
		if !strings.Contains(run, " VIOLATED ") || !strings.Contains(lines[0], "actor 3") {
			t.Errorf("it does not tell the run:\n%s", x.on.text())
		}
		if cutLine.MatchString(lines[1]) != x.cut || len(lines) > 46 {
			t.Errorf("%d lines, and %q on top", len(lines), lines[1])
		}
	}

	nowhere := &told{name: "TestIt"}
	simtest.Run(nowhere, simtest.Of(first, 3), simtest.Keep(""))
	if strings.Contains(nowhere.text(), "kept in") || !strings.HasSuffix(nowhere.text(), "go test -run '^TestIt$' .") {
		t.Error(nowhere.text())
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	full := &told{name: "TestIt"}
	simtest.Play(full, simtest.Of(first, 3), &scheduler.Bytes{Data: []byte("0123456789 0123456789 0123456789")}, simtest.Keep(file))
	if !strings.Contains(full.text(), "it could not be kept: ") {
		t.Error(full.text())
	}
}

// TestKeptWithItsText: with the text of its scenario, a find can be played by whoever
// knows the protocol.
func TestKeptWithItsText(t *testing.T) {
	const text = `paxsim: 1
protocol: paxos
actors: 3
mutant: silent-promise
requests: [{actor: 1}, {actor: 2}]
network: {delay: 1ms, loss: 5%}
`
	s, err := scenarios.Read("it", text)
	if err != nil {
		t.Fatal(err)
	}
	dir, on := t.TempDir(), &told{name: "TestIt"}
	simtest.Run(on, &s.Scenario, simtest.Keep(dir), simtest.Text(text))
	files := kept(t, dir)
	if len(files) != 1 {
		t.Fatalf("%q are kept, and it says %s", files, on.text())
	}
	r, err := load.File(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if o, err := r.Play(); err != nil || o.Violation == nil {
		t.Errorf("%v: what is kept shows nothing", err)
	}
}

// TestDrawnSpeaksTheProtocol: what is drawn is called by the words of the protocol.
func TestDrawnSpeaksTheProtocol(t *testing.T) {
	s := simtest.Of(first, 3)
	labels := map[string]bool{}
	on := &told{name: t.Name()}
	simtest.Play(on, s, simtest.Drawn(s, func(label string, outcomes uint32) uint32 {
		labels[label] = true
		if outcomes < 2 {
			t.Errorf("%s: %d outcomes", label, outcomes)
		}
		return 0
	}), simtest.Keep(t.TempDir()))
	for _, want := range []string{"lost Proposal 1>2 #1", "next, from deliver Proposal 1>1 #1 on"} {
		if !labels[want] {
			t.Errorf("nothing is called %q: %v", want, labels)
		}
	}
	if len(on.lines) > 0 {
		t.Errorf("the calm run breaks: %s", on.text())
	}
}
