package cli

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// TestFormatsForProgramsAreExact: text from a file and its name are in CSV and JSON
// what they are, and JSON is safe for a terminal all the same.
func TestFormatsForProgramsAreExact(t *testing.T) {
	t.Chdir(t.TempDir())
	const odd = "=1+1\x1b[2J\u202e\n\"x\",\u009b\u2028\x7f\U000e0041y"
	name := "./" + odd + ".run.json"
	if code, _, errs := command("run", "--save", "x.run.json"); code != exitHeld {
		t.Fatal(errs)
	}
	text, err := os.ReadFile("x.run.json")
	if err != nil {
		t.Fatal(err)
	}
	quoted, err := json.Marshal(odd)
	if err != nil {
		t.Fatal(err)
	}
	spoiled := strings.Replace(string(text), `"fan_out": "`, `"fan_out": `+string(quoted)+`, "odd": "`, 1)
	if spoiled == string(text) {
		t.Fatal("the file has no such setting")
	}
	if err := os.WriteFile(name, []byte(spoiled), 0o644); err != nil {
		t.Skip(err) // no such names on this system
	}
	_, out, errs := command("replay", name, "--format", "csv")
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%v, %q, %q", err, out, errs)
	}
	cell := func(column string) string { return rows[1][slices.Index(rows[0], column)] }
	if cell("file") != name || !strings.Contains(cell("difference"), "the file says "+odd+", ") {
		t.Errorf("csv: %q, %q", cell("file"), cell("difference"))
	}
	_, out, _ = command("replay", name, "--format", "json")
	var row struct{ File, Difference string }
	if err := json.Unmarshal([]byte(out), &row); err != nil || row.File != name || row.Difference != cell("difference") {
		t.Errorf("json: %v, %+v", err, row)
	}
	if i := strings.IndexFunc(strings.TrimSuffix(out, "\n"), func(c rune) bool { return !unicode.IsPrint(c) }); i >= 0 {
		t.Errorf("json: a terminal gets %q", out[i:])
	}
}
