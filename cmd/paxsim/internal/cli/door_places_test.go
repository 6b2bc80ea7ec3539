package cli

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// doorLines are command lines with a place for a text that somebody made up. An
// argument is itself, but for
//
//	{}            the text
//	{scenario}    a scenario file in which the text stands for one of its words
//	{run} {trace} {hunt} {rows} {settings}
//	              the same of other files, in which it stands for a text of JSON
//	{input}       nothing: standard input is the run file
var doorLines = strings.Split(strings.TrimSpace(`
{}
{} {}
help {}
help run {}
completion {}
completion bash {}
__complete {}
__complete run {}
__complete run --format {}
version {}
run {} --set limits.events=300 --runs 2
run ./{} --set limits.events=300 --runs 2
run {}.yaml --set limits.events=300 --runs 2
run ./{}.yml --set limits.events=300 --runs 2
run lossy {}
run --{} --set limits.events=300 --runs 2
run -{}
run --{}=1 --set limits.events=300 --runs 2
run --seed x{}
run --runs x{}
run -j x{}
run --trace=x{}
run --set {} --set limits.events=300 --runs 2
run --set {}=1 --set limits.events=300 --runs 2
run --set actors=x{} --set limits.events=300 --runs 2
run --set network.loss={} --set limits.events=300 --runs 2
run --set faults.{}.at=1s --set limits.events=300 --runs 2
run --set faults.{}=1 --set limits.events=300 --runs 2
run --set requests.1.value={} --runs 2 --set limits.events=300
run --set requests.1.value={} --trace --set limits.events=300
run --set requests.1.value={} --set limits.time=1ms --runs 2
run --set requests.1.value={} --set limits.time=1ms --runs 2 --format markdown
run --set requests.1.value={} --log debug --runs 1 --set limits.events=300
run --calm {} --set limits.events=300 --runs 2
run --mutant {} --set limits.events=300 --runs 2
run --only {} --set limits.events=300 --runs 2
run --format {}
run --log {}
run --max-memory x{}
run --save ./{}
run --save nowhere/{}
run --metrics ./{}.om
run --cpuprofile nowhere/{}
run {scenario} --runs 2
run {scenario} --runs 2 --format markdown
run {scenario} --runs 2 --format json
run {scenario} --trace
run {scenario} --trace --format json
run {scenario} --set actors=3 --set limits.events=20 --runs 2
run {scenario} --runs 1 --log debug
scenarios {}
scenarios list {}
scenarios show {}
scenarios show {scenario}
scenarios vet {}
scenarios vet ./{}
scenarios vet {scenario}
scenarios vet {run}
scenarios new {}
scenarios new ./{}.yaml
scenarios new none.yaml --base {}
scenarios schema {}
scenarios test {}
scenarios test {scenario} --runs 3
scenarios test {scenario} --runs 3 --format json
scenarios test happy-path --runs x{}
replay {}
replay ./{}
replay {run}
replay {run} --format markdown
replay {run} --format json
replay {run} --trace
replay {run} --trace --format json
replay {run} --log info
replay {input}
replay {trace}
export {}
export ./{}.json
export ./{}.jsonl
export --to {}
export --from x{}
export happy-path -o nowhere/{}
export happy-path -o ./{}
export {scenario}
export {scenario} --to grid
export {scenario} --to svg
export {scenario} --to mermaid
export {scenario} --to shiviz
export {scenario} --to perfetto
export {scenario} --to jsonl
export {run}
export {run} --to grid
export {run} --to mermaid
export {trace}
export {trace} --to grid
export {trace} --to svg
export {trace} --to mermaid
export {trace} --to shiviz
export {trace} --to perfetto
export {trace} --to jsonl
export -
view {} {}
view {} {} {}
view {trace}
view {run}
view {scenario} --but {}
view happy-path --seed x{}
view happy-path -o nowhere/{}
step {}
step {scenario}
step {run}
step happy-path --engine {}
diff {}
diff {} lossy
diff happy-path --but {} --set limits.events=300
diff happy-path --but requests.1.value={} --set limits.events=300
diff {run}
diff {run} happy-path
diff {trace} {run}
diff {scenario} happy-path
diff {scenario} happy-path --format json
sweep {} --vary actors=3,5 --set limits.events=300 --runs 2
sweep --vary {} --set limits.events=300 --runs 2
sweep --vary actors={} --set limits.events=300 --runs 2
sweep --vary {}=1..2/2 --set limits.events=300 --runs 2
sweep --vary actors=3..{}/3 --set limits.events=300 --runs 2
sweep --vary requests.1.value={},b --runs 2 --set limits.events=300
sweep --vary requests.1.value={},b --runs 2 --chart --set limits.events=300
sweep --vary requests.1.value={},b --runs 2 --format markdown --set limits.events=300
sweep --vary requests.1.value={},b --runs 2 --format json --set limits.events=300
sweep --vary requests.1.value={},b --set limits.time=1ms --runs 2
sweep --vary actors=3,5 --runs 2 --plot nowhere/{}.svg --set limits.events=300
sweep --vary actors=3,5 --runs 2 --y {} --chart --set limits.events=300
sweep {scenario} --vary actors=3,5 --runs 2
fuzz {}
fuzz --runs 1 --strategy {}
fuzz --runs 1 --shard {}
fuzz --runs 1 --for x{}
fuzz --runs 1 --out nowhere/{}
fuzz --runs 1 --again {}
fuzz --runs 1 --mutant {}
fuzz {scenario} --runs 2 --out ./d
fuzz {scenario} --runs 2 --out ./d --format json
fuzz happy-path --runs 40 --mutant adopt-last --out ./{}
merge {}
merge {hunt}
merge {hunt} --format json
zoo {}
zoo --format {}
zoo --bench --report --rows {}
zoo --bench --report --rows {rows}
zoo --bench --report --rows {rows} --format json
zoo --bench --report --rows {rows} --settings {settings}
zoo --bench --settings {}
zoo --bench --report --mutants {}
zoo --bench --report --oracles {}
`), "\n")

// doorFiles are sound files of all kinds, by the names of their places.
func doorFiles(f *testing.F) map[string]string {
	dir := f.TempDir()
	made := func(args ...string) string {
		var out, errs bytes.Buffer
		if code := Main(args, strings.NewReader(""), &out, &errs); code > exitViolated {
			f.Fatalf("%q: exit %d, %s", args, code, &errs)
		}
		return out.String()
	}
	scenario := `paxsim: 1
teaches: what a file can say
actors: 3
requests:
  - {actor: 1, at: 1ms, value: red}
  - {actor: 2, at: 2ms, value: blue}
network: {delay: 1ms..3ms, loss: 20%}
faults:
  cut1: {at: 1ms, split: [[1], [2, 3]], for: 3ms}
  down: {at: 2ms, crash: [3], for: 1ms}
limits: {time: 400ms}
expect: {all: decided}
`
	name := dir + "/s.yaml"
	if err := os.WriteFile(name, []byte(scenario), 0o644); err != nil {
		f.Fatal(err)
	}
	made("run", name, "--mutant", "adopt-last", "--save", dir+"/s.run.json")
	run, err := os.ReadFile(dir + "/s.run.json")
	if err != nil {
		f.Fatal(err)
	}
	rows, err := os.ReadFile("../../../../docs/bench/rows.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	return map[string]string{
		"scenario": scenario,
		"run":      string(run),
		"trace":    made("export", dir+"/s.run.json", "--to", "jsonl"),
		"hunt":     made("fuzz", "happy-path", "--runs", "40", "--mutant", "adopt-last", "--out", dir+"/d", "--format", "json"),
		"rows":     string(bytes.Join(bytes.SplitAfter(rows, []byte("\n"))[:20], nil)),
		"settings": benchSettings,
	}
}

// benchSettings is a short file of settings of a bench.
const benchSettings = "oracles: [earliest]\nmutants: [adopt-last]\nstrategies: [walk, pos]\nleast: 1\nmost: 2\nruns: 10\n"

var (
	yamlWord = regexp.MustCompile(`[A-Za-z0-9%][A-Za-z0-9%._-]*`)
	jsonText = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
)

// spoiled is a file in which a text stands for the one of its words with a number.
// Bytes that are no UTF-8 stay as they are.
func spoiled(place, file string, number int, text string) string {
	word := jsonText
	if place == "scenario" || place == "settings" {
		word = yamlWord
	}
	all := word.FindAllStringIndex(file, -1)
	at := all[number%len(all)]
	var b strings.Builder
	b.WriteString(file[:at[0]] + `"`)
	for len(text) > 0 {
		c, size := utf8.DecodeRuneInString(text)
		switch {
		case c == '"' || c == '\\':
			b.WriteString(`\` + string(c))
		case c < ' ' || isBreak(c):
			fmt.Fprintf(&b, `\u%04x`, c)
		default:
			b.WriteString(text[:size])
		}
		text = text[size:]
	}
	return b.String() + `"` + file[at[1]:]
}

// doorLine is a command line of the table with a text in its places, and the files
// that it names, in the current folder.
func doorLine(t *testing.T, files map[string]string, line, number int, text string) (args []string, stdin string) {
	for _, arg := range strings.Fields(doorLines[line%len(doorLines)]) {
		place, is := strings.CutPrefix(arg, "{")
		place, _ = strings.CutSuffix(place, "}")
		switch {
		case arg == "{input}":
			arg, stdin = "-", spoiled("run", files["run"], number, text)
		case is && files[place] != "":
			arg = "./f." + map[string]string{"scenario": "yaml", "run": "run.json", "settings": "yaml"}[place]
			if strings.HasSuffix(arg, ".") {
				arg += place + ".jsonl"
			}
			if err := os.WriteFile(arg, []byte(spoiled(place, files[place], number, text)), 0o644); err != nil {
				t.Fatal(err)
			}
		default:
			arg = strings.ReplaceAll(arg, "{}", text)
		}
		args = append(args, arg)
	}
	if args[0] == "step" {
		stdin = "next 3\nshow\nqueue\nto end\nanswers\nhelp " + strconv.Quote(text) + "\nchoose " + oneLine(text) + " = 1\nsave ./" + oneLine(text) + "\n" + oneLine(text) + "\n"
	}
	if args[0] == "export" && args[1] == "-" {
		stdin = spoiled("trace", files["trace"], number, text)
	}
	return args, stdin
}

// oneLine is a text without line breaks.
func oneLine(text string) string { return strings.NewReplacer("\n", "_", "\r", "_").Replace(text) }
