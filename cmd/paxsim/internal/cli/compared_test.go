package cli

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// uncompared are the fields of a run file that may change without replay's notice,
// and why. All others state what the run comes to.
var uncompared = map[string]string{
	"tool":      "a label: which program wrote the file",
	"strategy":  "a label: who found the run; it is played without",
	"budget":    "an input: a run that has more left than it spends is the same run",
	"base":      "an input: it answers what the run asks and the file does not list, which may be nothing, or the same",
	"answers":   "an input: some answers make no difference, as how long an alarm would wait that is taken back",
	"deferrals": "an input: what is held back longer may still come at the same place",
	"scenario":  "an input: names and comments in it change nothing",

	"facts.votes_counted": "a label: whether somebody looked; what was not counted is not compared",
}

// otherwise is a value in place of another that a file could state there, or two.
func otherwise(path string, x any) []any {
	switch x := x.(type) {
	case string:
		switch {
		case regexp.MustCompile("^[0-9a-f]{16}$").MatchString(x):
			last := "0"
			if x[15] == '0' {
				last = "1"
			}
			return []any{x[:15] + last}
		case path == "outcome":
			return []any{"decided", "undecided", "violated", "partial"}
		case path == "violation.grade":
			return []any{"safety", "lemma"}
		case strings.HasPrefix(path, "deferrals."): // other events that the run has
			return []any{x + "x", "deliver Prepare 1>1 #1", "deliver Prepare 3>3 #1", "deliver Promise 1>1 #1", "deliver Promise 2>2 #1"}
		case path == "base":
			return []any{"calm", "seed 12345"}
		case path == "scenario":
			return []any{x + "# a comment\n", strings.Replace(x, "actors: 3", "actors: 4", 1)}
		}
		return []any{x + "x", "other"}
	case json.Number:
		n, _ := strconv.ParseInt(x.String(), 10, 64)
		return []any{n + 1, max(n-1, 0)}
	case bool:
		return []any{!x}
	}
	return nil
}

// TestReplayComparesAll: in files of a run that violated, one that an adversary
// found, one that decided and one that did not, every stated leaf is changed, one at
// a time. Replay notices each, names the field, and exits with 4, or refuses the
// file with 2; or the field is one of the few inputs and labels that say nothing of
// what came.
func TestReplayComparesAll(t *testing.T) {
	t.Chdir(t.TempDir())
	make := func(want int, args ...string) {
		t.Helper()
		if code, out, errs := command(args...); code != want {
			t.Fatalf("%v exits %d: %s%s", args, code, out, errs)
		}
	}
	make(exitViolated, "run", "literal-acks", "--seed", "1", "--save", "violated.run.json")
	make(exitHeld, "run", "lossy", "--seed", "4", "--save", "decided.run.json")
	make(exitNothing, "run", "lossy", "--set", "limits.events=70", "--seed", "1", "--runs", "1", "--save", "undecided.run.json")
	make(exitViolated, "fuzz", "--mutant", "brooker", "--first", "--out", "found", "--again", ".")
	searched, err := filepath.Glob("found/*.run.json")
	if err != nil || len(searched) == 0 {
		t.Fatal(searched, err)
	}
	reasons, changes := map[string]bool{}, 0
	for _, name := range append(searched[:1], "violated.run.json", "decided.run.json", "undecided.run.json") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		decoder := json.NewDecoder(strings.NewReader(string(data)))
		decoder.UseNumber()
		var tree map[string]any
		if err := decoder.Decode(&tree); err != nil {
			t.Fatal(err)
		}
		unchanged, _, _ := command("replay", name)
		if unchanged == exitUsage || unchanged == exitOtherwise {
			t.Fatalf("%s as it is exits %d", name, unchanged)
		}
		try := func(path string) {
			text, err := json.Marshal(tree)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile("changed.run.json", text, 0o644); err != nil {
				t.Fatal(err)
			}
			changes++
			code, out, errs := command("replay", "changed.run.json")
			field := path
			if _, listed := uncompared[path]; !listed {
				field, _, _ = strings.Cut(path, ".")
			}
			_, allowed := uncompared[field]
			switch {
			case code == unchanged && allowed:
				reasons[field] = true
			case code == exitOtherwise && (allowed || strings.Contains(out, "changed.run.json: "+path+":")):
			case code == exitUsage && errs != "":
			default:
				t.Errorf("%s: %s changed: exit %d\n%s%s", name, path, code, out, errs)
			}
		}
		var walk func(path string, x any, put func(any))
		walk = func(path string, x any, put func(any)) {
			switch x := x.(type) {
			case map[string]any:
				for i, name := range slices.Sorted(maps.Keys(x)) {
					if path == "answers" && i > 20 || path == "deferrals" && i > 12 {
						break
					}
					walk(strings.TrimPrefix(path+"."+name, "."), x[name], func(y any) { x[name] = y })
				}
			case []any:
				for i := range x {
					walk(fmt.Sprintf("%s.%d", path, i+1), x[i], func(y any) { x[i] = y })
				}
			default:
				for _, y := range otherwise(path, x) {
					if fmt.Sprint(y) == fmt.Sprint(x) {
						continue
					}
					put(y)
					try(path)
				}
				put(x)
			}
		}
		walk("", tree, nil)
	}
	for field, why := range uncompared {
		if !reasons[field] {
			t.Errorf("every change of %s was noticed: it need not be left out (%s)", field, why)
		}
	}
	t.Logf("%d changes", changes)
}
