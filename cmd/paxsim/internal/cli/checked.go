package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/explore"
	"github.com/paxsim/paxsim/sim/story"
)

// checked is what has come of a check.
type checked struct {
	s       *scenarios.Scenario
	r       *explore.Result
	took    time.Duration
	inline  bool
	actions bool          // the way with the fewest actions was asked for
	played  *story.Played // the way to the violation, played; nil: there is none
	file    string        // its story; "": there is none
	noStory string        // why there is none
	failed  error         // it could not be written
}

// verdicts are the words for verdicts that programs read.
var verdicts = map[explore.Verdict]string{explore.Held: "held", explore.Violated: "violated", explore.NotExhausted: "unknown"}

// verdict is the verdict as a word.
func (x *checked) verdict() string {
	if x.vacuous() != "" {
		return "unknown"
	}
	return verdicts[x.r.Verdict]
}

// vacuous says why it proves nothing that all worlds were looked at; "": it does.
func (x *checked) vacuous() string {
	switch {
	case x.r.Verdict != explore.Held:
		return ""
	case x.inline:
		return "actors handle their own messages at once here, which hides bugs"
	case !x.r.Decided:
		return "nobody ever decides within this scope, so nothing is at stake"
	}
	return ""
}

// exit is the exit code.
func (x *checked) exit() int {
	switch x.verdict() {
	case "held":
		return exitHeld
	case "violated":
		return exitViolated
	}
	return exitNothing
}

// storyOfCheck writes the story of a violation, after it has been played on the searched
// engine and breaks the same invariant there.
func (a *app) storyOfCheck(x *checked, name string) {
	st, err := x.r.Story(&x.s.Scenario)
	if err == nil {
		x.played, err = st.Play(a.ctx)
	}
	if err == nil {
		if v := x.played.Outcome.Violation; v == nil || v.Invariant != st.Breaks {
			x.played, err = nil, fmt.Errorf("the searched engine does not break %s in these events", st.Breaks)
		}
	}
	if err == nil {
		err = writeFile(name, x.fileText(name, st))
		x.failed = err
	}
	if err != nil {
		x.noStory = err.Error()
		return
	}
	x.file = name
}

// fileText is what a file with a name holds: the story of a violation, or its run.
func (x *checked) fileText(name string, st *story.Story) []byte {
	if !strings.HasSuffix(name, runEnding) {
		return []byte(scenarios.StoryText(scenarios.NewStory(st)))
	}
	s := &scenarios.Scenario{Scenario: *x.played.Scenario, Teaches: x.s.Teaches}
	return x.played.File(scenarios.Text(s)).Encode()
}

// maySaveCheck says whether the way to a violation may be written to a file: see
// [maySaveStory] and [maySave].
func maySaveCheck(name string) error {
	if strings.HasSuffix(name, runEnding) {
		return maySave("-o", name)
	}
	return maySaveStory("-o", name)
}

// tell prints it for people.
func (x *checked) tell(to io.Writer) error {
	r, words := x.r, x.s.Protocol.Vocabulary()
	vacuous := x.vacuous()
	switch {
	case vacuous != "":
		terminal.Fprintf(to, "Nothing is proved: %s. No invariant breaks in the %s of this scope.\n", vacuous, worlds(r))
	case r.Verdict == explore.Held:
		terminal.Fprintf(to, "Held: no invariant breaks in any of the %s of this scope.\n", worlds(r))
	case r.Verdict == explore.Violated:
		terminal.Fprintf(to, "Violated: %s (%s) breaks.\n  %s\n", r.Broken.Invariant, sim.GradeOf(x.s.Protocol, r.Broken.Invariant), r.Broken.Text)
	default:
		terminal.Fprintf(to, "Not exhausted: %s. No invariant breaks in the %s that %s looked at, and nothing is proved.\n", limitWords[r.Limit], worlds(r), wasOrWere(r.States))
	}
	if r.Verdict == explore.Violated {
		x.tellWay(to)
	}
	if r.Verdict == explore.NotExhausted && x.actions {
		terminal.Fprintf(to, "A violation takes at least %s of the protocol within this scope.\n", say.Plural(uint64(r.Actions), "action"))
	}
	terminal.Fprintf(to, "\nThe scope:\n")
	for _, line := range r.Scope.Words(words) {
		terminal.Fprintf(to, "  %s\n", line)
	}
	if r.Group > 1 {
		terminal.Fprintf(to, "  worlds that differ only in the numbers of actors and values that play the same part count as one (%d renamings)\n", r.Group)
	}
	if r.Dead {
		terminal.Fprintf(to, "  worlds that differ only in what nobody will ever use count as one\n")
	}
	if r.Order {
		terminal.Fprintf(to, "  of events that may come in either order without a difference, one order is looked at\n")
	}
	for _, why := range r.Without {
		terminal.Fprintf(to, "  not used: %s\n", why)
	}
	if len(x.s.Faults) > 0 {
		terminal.Fprintf(to, "  the faults of the scenario are left out: that messages are late or lost, and crashes, are in the scope\n")
	}
	terminal.Fprintf(to, "\n")
	for _, row := range []struct {
		name  string
		value uint64
	}{{"worlds", uint64(r.States)}, {"steps", uint64(r.Steps)}, {"depth", uint64(r.Depth)}, {"to go on from", uint64(r.Frontier)}, {"handler calls", uint64(r.Calls)}} {
		if row.value > 0 || row.name == "worlds" {
			terminal.Fprintf(to, "%-14s  %15s\n", row.name, say.Count(row.value))
		}
	}
	return nil
}

func wasOrWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

func worlds(r *explore.Result) string { return say.Plural(uint64(r.States), "world") }

// limitWords say which limit came first.
var limitWords = map[string]string{
	"states": "the limit on worlds came first", "memory": "the limit on memory came first", "depth": "the limit on depth came first",
	"time": "the time was over", "interrupt": "it was interrupted",
}

// tellWay prints how the invariant breaks.
func (x *checked) tellWay(to io.Writer) {
	switch {
	case x.r.Path == nil && x.noStory != "":
		terminal.Fprintf(to, "\nDepth first, no way to it is kept: leave --depth-first out to see it.\n")
		return
	case x.played != nil && x.actions:
		terminal.Fprintf(to, "\nThis is a shortest way to it in actions of the protocol: %s, %s.\n", say.Plural(uint64(x.played.Actions), "action"), say.Plural(uint64(len(x.r.Path)), "event"))
	case x.played != nil:
		terminal.Fprintf(to, "\nThis is a shortest way to it in events: %s, %s of the protocol.\n", say.Plural(uint64(len(x.r.Path)), "event"), say.Plural(uint64(x.played.Actions), "action"))
	default:
		terminal.Fprintf(to, "\nThis is a shortest way to it: %s.\n", say.Plural(uint64(len(x.r.Path)), "event"))
	}
	for _, step := range x.r.Path {
		terminal.Fprintf(to, "  %s\n", strings.Join(append([]string{step.Line}, step.Marks...), ", and "))
		for _, line := range step.Then {
			terminal.Fprintf(to, "  %s\n", line)
		}
	}
	if x.file == "" {
		terminal.Fprintf(to, "\nNo story could be made of it: %s.\n", x.noStory)
		return
	}
	what := "story"
	if strings.HasSuffix(x.file, runEnding) {
		what = "run"
	}
	terminal.Fprintf(to, "\nThe %s is in %s. The next commands:\n%s", what, quoteOne(x.file), terminal.Lines(nextCommands(x.file)))
}

// json writes it for programs.
func (x *checked) json(to io.Writer) error {
	type violation struct {
		Invariant string   `json:"invariant"`
		Grade     string   `json:"grade"`
		Text      string   `json:"text"`
		Events    *int     `json:"events"`
		Actions   *int     `json:"actions"`
		Lines     []string `json:"lines"`
		Story     *string  `json:"story"`
	}
	r := x.r
	out := struct {
		Scenario  string     `json:"scenario"`
		Verdict   string     `json:"verdict"`
		Limit     *string    `json:"limit"`
		States    int        `json:"states"`
		Steps     int        `json:"steps"`
		Depth     *int       `json:"depth"`
		Frontier  int        `json:"frontier"`
		Calls     int        `json:"handler_calls"`
		Renamings int        `json:"renamings"`
		Dead      bool       `json:"dead"`
		Order     bool       `json:"order"`
		Without   []string   `json:"without"`
		Decided   bool       `json:"decided"`
		Bytes     int        `json:"bytes"`
		Scope     []string   `json:"scope"`
		Least     *int       `json:"least_actions"`
		Violation *violation `json:"violation"`
		Wall      int64      `json:"wall_ms"`
	}{x.s.Name, x.verdict(), textOrNull(r.Limit), r.States, r.Steps, nil, r.Frontier, r.Calls, r.Group, r.Dead, r.Order, append([]string{}, r.Without...), r.Decided, r.Bytes, r.Scope.Words(x.s.Protocol.Vocabulary()), nil, nil, x.took.Milliseconds()}
	if r.Depth > 0 {
		out.Depth = &r.Depth
	}
	if x.actions && r.Verdict != explore.Held {
		out.Least = &r.Actions
	}
	if r.Verdict == explore.Violated {
		v := &violation{Invariant: r.Broken.Invariant, Grade: sim.GradeOf(x.s.Protocol, r.Broken.Invariant).String(), Text: r.Broken.Text, Story: textOrNull(x.file), Lines: []string{}}
		if n := len(r.Path); r.Path != nil {
			v.Events = &n
		}
		for _, step := range r.Path {
			v.Lines = append(append(v.Lines, strings.Join(append([]string{step.Line}, step.Marks...), ", and ")), step.Then...)
		}
		if x.played != nil {
			v.Actions = &x.played.Actions
		}
		out.Violation = v
	}
	e := json.NewEncoder(to)
	e.SetEscapeHTML(false)
	return e.Encode(out)
}
