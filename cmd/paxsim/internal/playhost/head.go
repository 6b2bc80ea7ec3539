package playhost

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/explain/play"
)

// head is what a list of scenarios tells of one, read from the lines of its text. To read
// a scenario whole takes a page a hundred times as long, and there are many. If a line is
// written in an unusual way, the scenario is read whole after all.
func head(name, text string) play.Scenario {
	x, ok := lines(text, 0)
	if !ok {
		x = whole(name, text)
	}
	x.Name, x.Text = name, text
	x.Protocol = cmp.Or(x.Protocol, scenarios.Known()[0].Name())
	return x
}

// whole is the same of a scenario that is read whole. One with mistakes tells nothing: the
// page hears of them when it is opened.
func whole(name, text string) (x play.Scenario) {
	if s, err := scenarios.Read(name+".yaml", text); err == nil {
		x = play.Scenario{Group: s.Group, Teaches: s.Teaches, Protocol: s.Protocol.Name(), Actors: s.Actors}
	}
	return x
}

// lines reads the lines of a text that tell what a list needs; what they leave out its
// base tells. ok says that each is written in the usual way.
func lines(text string, depth int) (x play.Scenario, ok bool) {
	base := ""
	fields := map[string]*string{"group": &x.Group, "teaches": &x.Teaches, "protocol": &x.Protocol, "base": &base}
	for line := range strings.Lines(text) {
		key, value, is := strings.Cut(strings.TrimRight(line, "\r\n"), ": ")
		if to := fields[key]; is && to != nil {
			if *to = value; !plain(value) {
				return x, false
			}
		}
		if is && key == "actors" {
			var err error
			if x.Actors, err = strconv.Atoi(value); err != nil {
				return x, false
			}
		}
	}
	if base == "" {
		return x, x.Actors > 0 && x.Teaches != ""
	}
	_, text, err := scenarios.Open(base)
	if err != nil || depth > 4 || strings.Contains(base, "/") {
		return x, false
	}
	below, ok := lines(text, depth+1)
	x.Teaches, x.Protocol, x.Actors = cmp.Or(x.Teaches, below.Teaches), cmp.Or(x.Protocol, below.Protocol), cmp.Or(x.Actors, below.Actors)
	return x, ok
}

// plain says whether a value is text that means itself.
func plain(value string) bool {
	return value != "" && !strings.ContainsAny(value[:1], "\"'|>&*!{[%@`- #~") && !strings.Contains(value, " #") && !strings.Contains(value, ": ") && !strings.HasSuffix(value, " ")
}
