package rules

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sections are those of Lamport, "Paxos Made Simple" (2001), that may be cited,
// and what is found there. A sentence that speaks of the topic cites the section.
var sections = []struct {
	number, title string
	topic         *regexp.Regexp
}{
	{"2.1", "The Problem", regexp.MustCompile(`be proposed|can be lost`)},
	{"2.2", "Choosing a Value", regexp.MustCompile(`\b[Pp]hase [12][ab]\b|\bP1a?\b|\bP2[abc]?\b|two majorities`)},
	{"2.3", "Learning a Chosen Value", regexp.MustCompile(`[Ll]earner`)},
	{"2.4", "Progress", regexp.MustCompile(`distinguished proposer|only one to try|Fischer|real time`)},
	{"2.5", "The Implementation", regexp.MustCompile(`[Ss]table storage|\bdisks?\b|\b(re)?saved?\b|\brestart|must still know after a crash|before actually sending`)},
	{"3", "Implementing a State Machine", regexp.MustCompile(`state machine|many decrees`)},
}

// quotations are all that the tree quotes from the paper, word by word, each
// with its section. Before one is added here it is held against the paper.
var quotations = map[string]string{
	"only a value that has been proposed may be chosen": "2.1", // there with a capital letter
	"only a single value is chosen":                     "2.1", // likewise
	"can be lost":                                       "2.1",
	"greater than that of any prepare request to which it has already responded":         "2.2",
	"its prepare requests (numbered n)":                                                  "2.2",
	"from a majority of acceptors":                                                       "2.2",
	"different proposals have different numbers":                                         "2.2",
	"should probably inform the proposer":                                                "2.2",
	"unless it has already responded to a prepare request having a number greater than":  "2.2",
	"have a proposer issue a proposal":                                                   "2.3",
	"a distinguished proposer must be selected":                                          "2.4",
	"a distinguished proposer must be selected as the only one to try issuing proposals": "2.4",
	"before actually sending":                                                            "2.5",
	"before actually sending the response":                                               "2.5",
	"preserved during failures":                                                          "2.5",
	"a higher proposal number than any it has already used":                              "2.5",
}

// titles may stand in quotation marks beside a citation: they are works.
var titles = []string{"Paxos Made Simple", "Flexible Paxos"}

// TestCitations holds what the tree says of "Paxos Made Simple" against the
// table of its sections and the list of its quotations.
func TestCitations(t *testing.T) {
	seen := map[string]bool{}
	cited := 0
	for _, u := range passages(t) {
		n, bad := checkPassage(u.text, seen)
		cited += n
		for _, b := range bad {
			t.Errorf("%s: %s", u.at, b)
		}
	}
	if cited < 30 {
		t.Errorf("the tree cites the paper %d times only: this test looks at nothing", cited)
	}
	for q := range quotations {
		if !seen[q] {
			t.Errorf("nothing quotes %q any more: take it out of the list", q)
		}
	}
}

var (
	citation  = regexp.MustCompile(`(?:PMS|Paxos Made Simple"?),? (?:sections? )?(\d+(?:\.\d+)?)((?:[^().]|\.\d)*)`)
	further   = regexp.MustCompile(`\d\.\d`)
	quotation = regexp.MustCompile(`"([^"]+)"|“([^”]+)”`)
	mention   = regexp.MustCompile(`\bPMS\b|Paxos Made Simple`)
	sentence  = regexp.MustCompile(`[.:!?]["”)]* +(?:[A-Z]|$)`)
)

// checkPassage looks at a passage that cites the paper: how often it does, and
// what is wrong. What it quotes is noted.
func checkPassage(text string, seen map[string]bool) (cited int, bad []string) {
	if !mention.MatchString(text) {
		return 0, nil
	}
	var all []string
	for len(text) > 0 {
		end := len(text)
		if at := sentence.FindStringIndex(text); at != nil {
			end = at[1] - 1
		}
		part := text[:end]
		text = text[min(max(end, 1), len(text)):]
		numbers := sectionsOf(part)
		cited += len(numbers)
		all = append(all, numbers...)
		if len(numbers) > 0 {
			bad = append(bad, checkTopic(part, numbers)...)
		}
		for _, m := range quotation.FindAllStringSubmatch(part, -1) {
			q := strings.TrimRight(m[1]+m[2], ".,")
			in, known := quotations[q]
			switch {
			case slices.Contains(titles, q) || len(strings.Fields(q)) < 2:
			case !known:
				bad = append(bad, "\""+q+"\" is not in the list of quotations: quote the paper word by word, or without quotation marks")
			case !slices.Contains(all, in) && !slices.Contains(sectionsOf(text), in):
				bad = append(bad, "\""+q+"\" is in section "+in)
			default:
				seen[q] = true
			}
		}
	}
	return cited, bad
}

// sectionsOf is which sections a text cites.
func sectionsOf(text string) (out []string) {
	for rest := text; ; {
		m := citation.FindStringSubmatchIndex(rest)
		if m == nil {
			return out
		}
		out = append(out, rest[m[2]:m[3]])
		tail := rest[m[4]:m[5]]
		if at := mention.FindStringIndex(tail); at != nil {
			tail = tail[:at[0]]
		}
		out = append(out, further.FindAllString(tail, -1)...)
		rest = rest[m[4]+len(tail):]
	}
}

// checkTopic holds a sentence against the sections that it cites.
func checkTopic(text string, numbers []string) (bad []string) {
	for _, n := range numbers {
		known := false
		for _, s := range sections {
			known = known || s.number == n
		}
		if !known {
			bad = append(bad, "the paper has nothing to cite in section "+n+": "+text)
		}
	}
	for _, s := range sections {
		if s.topic.MatchString(text) && !slices.Contains(numbers, s.number) {
			bad = append(bad, s.topic.FindString(text)+" is in section "+s.number+" ("+s.title+"): "+text)
		}
	}
	return bad
}

// passage is a comment, a text in code, or a paragraph.
type passage struct{ at, text string }

// passages are all of the tree, without line breaks.
func passages(t *testing.T) (out []passage) {
	t.Helper()
	add := func(at, text string) { out = append(out, passage{at, strings.Join(strings.Fields(text), " ")}) }
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, p)
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if d.Name() == ".git" || d.Name() == "node_modules" {
				return filepath.SkipDir
			}
			return nil
		}
		if rel == "internal/rules/citations_test.go" {
			return nil // its list is not the tree
		}
		switch filepath.Ext(p) {
		case ".go":
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, p, nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			at := func(n ast.Node) string { return rel + ":" + strconv.Itoa(fset.Position(n.Pos()).Line) }
			for _, c := range f.Comments {
				add(at(c), c.Text())
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					text, _ := strconv.Unquote(lit.Value)
					add(at(lit), text)
				}
				return true
			})
		case ".md", ".yaml", ".html", ".js", ".mjs", ".txtar", ".txt", ".css", "":
			text, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			line := 1
			for _, block := range strings.SplitAfter(strings.ReplaceAll(string(text), "\r", ""), "\n\n") {
				add(rel+":"+strconv.Itoa(line), marker.ReplaceAllString(block, ""))
				line += strings.Count(block, "\n")
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// marker is what stands before the text of a line of a comment or a list.
var marker = regexp.MustCompile(`(?m)^\s*(?:#+|//|>|-|\*)\s?`)

func TestCitationsRefuse(t *testing.T) {
	for _, c := range []struct {
		text  string
		cited int
		say   string
	}{
		{"nothing of it", 0, ""},
		{`It is saved "as they say", 2.4.`, 0, ""},
		{"It is saved before any answer leaves (PMS 2.5).", 1, ""},
		{"It is saved before any answer leaves (PMS 2.4).", 1, "saved is in section 2.5"},
		{"A restarted acceptor remembers all that it saved (PMS 2.4).", 1, "section 2.5"},
		{"What it promised never goes back, also over restarts (PMS 2.2, P1a; 2.4).", 2, "restart is in section 2.5"},
		{"What it promised never goes back, also over restarts (PMS 2.2, P1a; for restarts PMS 2.5).", 2, ""},
		{"Above all before it (PMS 2.2, and 2.4 for restarts). So they are unique.", 2, "section 2.5"},
		{"In stable storage (Paxos Made Simple, 2.3).", 1, "section 2.5"},
		{`What is on the disk, see "Paxos Made Simple", 2.5.`, 1, ""},
		{"One proposer alone, a distinguished proposer (PMS 2.5).", 1, "section 2.4"},
		{"See Paxos Made Simple, section 2.6.", 1, "nothing to cite in section 2.6"},
		{"See Paxos Made Simple, sections 2.2 and 2.6.", 2, "nothing to cite in section 2.6"},
		{"See PMS 2.6.", 1, "nothing to cite in section 2.6"},
		{"See PMS 1.", 1, "nothing to cite in section 1"},
		{"Phase 1a is the Prepare (PMS 2.3).", 1, "section 2.2"},
		{`It should "probably tell the proposer" (PMS 2.2).`, 1, "is not in the list"},
		{"It should “probably tell the proposer” (PMS 2.2).", 1, "is not in the list"},
		{`It "should probably inform the proposer" (PMS 2.3).`, 1, "is in section 2.2"},
		{`It "should probably inform the proposer" (PMS 2.2). Messages "can be lost" (PMS 2.1).`, 2, ""},
		{`A proposer "uses a higher-numbered proposal than any it has already used" (PMS 2.5).`, 1, "is not in the list"},
		{`PMS 2.2 to the letter: "greater than that of any prepare request to which it has already responded"`, 1, ""},
		{"1 promises 2.2, as Paxos Made Simple has it", 0, ""},
	} {
		cited, bad := checkPassage(c.text, map[string]bool{})
		if cited != c.cited {
			t.Errorf("%s: cites %d times, want %d", c.text, cited, c.cited)
		}
		expect(t, c.text, bad, c.say)
	}
}
