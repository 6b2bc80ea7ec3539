package mutants

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
)

// reading is a board as a reader makes it of the lines of a trace file: of their texts
// alone, by counting everything anew. It shares nothing with the board of Paxos.
type reading struct {
	actors, quorum int
	member         func(id int) bool
	asked          map[int]map[string]uint64 // by actor and "1.1=x": the event in which the Accept came
	votes          map[int][]string          // by actor, in order; with ! if it should not be there
	disk           map[int][2]string         // promised, accepted
	promised       map[int]string
	columns        map[string]bool
	proposed       map[string][]string       // by ballot
	reports        map[string]map[int]string // by ballot and actor; with ! if it is false
}

// line is a line of a trace.
type line struct {
	Event, Cause, Count uint64
	What, Kind, Text    string
	Actor, Peer         int
}

func newReading(s *sim.Scenario, quorum int) *reading {
	return &reading{
		actors: s.Actors, quorum: quorum,
		member: func(id int) bool { return s.Members == nil || slices.Contains(s.Members, sim.ID(id)) },
		asked:  map[int]map[string]uint64{}, votes: map[int][]string{}, disk: map[int][2]string{}, promised: map[int]string{},
		columns: map[string]bool{}, proposed: map[string][]string{}, reports: map[string]map[int]string{},
	}
}

// lowerThan compares two ballots as texts hold them; "" is below all.
func lowerThan(a, b string) bool {
	if a == "" || b == "" {
		return a == "" && b != ""
	}
	number := func(text string) (n [2]int) {
		round, actor, _ := strings.Cut(text, ".")
		n[0], _ = strconv.Atoi(round)
		n[1], _ = strconv.Atoi(actor)
		return n
	}
	x, y := number(a), number(b)
	return x[0] < y[0] || x[0] == y[0] && x[1] < y[1]
}

// read takes the lines of an event.
func (r *reading) read(t *testing.T, lines []string) {
	list := make([]line, len(lines))
	for i, text := range lines {
		if err := json.Unmarshal([]byte(text), &list[i]); err != nil {
			t.Fatal(err)
		}
	}
	for i := range list {
		x := &list[i]
		if x.What == "deliver" && i+1 < len(list) {
			if y := list[i+1]; (y.What == "drop" || y.What == "hold") && y.Kind == x.Kind && y.Actor == x.Actor && y.Peer == x.Peer && y.Count == x.Count {
				continue // nobody got it
			}
		}
		r.one(x)
	}
}

func (r *reading) one(x *line) {
	text, _, _ := strings.Cut(x.Text, " as if from ")
	ballot, rest, _ := strings.Cut(text, " ")
	of, value, _ := strings.Cut(ballot, "=")
	sends := x.What == "send" || x.What == "broadcast"
	switch {
	case x.What == "crash":
		r.asked[x.Actor] = nil
	case x.What == "deliver" && x.Kind == "Accept":
		if r.asked[x.Actor] == nil {
			r.asked[x.Actor] = map[string]uint64{}
		}
		if _, before := r.asked[x.Actor][text]; !before {
			r.asked[x.Actor][text] = x.Event
		}
	case x.What == "save":
		r.save(x)
	case sends && x.Kind == "Prepare":
		r.columns[ballot] = true
	case sends && x.Kind == "Promise":
		r.promise(x.Actor, ballot, strings.TrimSuffix(strings.TrimPrefix(rest, "("), ")"))
	case sends && x.Kind == "Accept":
		r.columns[of] = true
		if !slices.Contains(r.proposed[of], value) {
			r.proposed[of] = append(r.proposed[of], value)
		}
	case sends && x.Kind == "Accepted":
		r.vote(x, text, lowerThan(first(r.disk[x.Actor][1]), of))
	case sends && x.Kind == "Nack":
		for vote, event := range r.asked[x.Actor] {
			if strings.HasPrefix(vote, ballot+"=") && event <= x.Cause {
				delete(r.asked[x.Actor], vote)
			}
		}
	}
}

// first is the ballot of "1.1=x".
func first(vote string) string {
	ballot, _, _ := strings.Cut(vote, "=")
	return ballot
}

func (r *reading) save(x *line) {
	var now [2]string
	for part := range strings.SplitSeq(x.Text, ", ") {
		if b, ok := strings.CutPrefix(part, "promised "); ok {
			now[0] = b
		}
		if v, ok := strings.CutPrefix(part, "accepted "); ok {
			now[1] = v
		}
	}
	same := now == r.disk[x.Actor]
	r.disk[x.Actor] = now
	if same {
		return
	}
	if now[1] != "" {
		r.vote(x, now[1], lowerThan(now[0], first(now[1])))
	}
	if lowerThan(r.promised[x.Actor], now[0]) {
		r.promised[x.Actor] = now[0]
	}
}

func (r *reading) promise(id int, b, said string) {
	r.columns[b] = true
	said = strings.TrimPrefix(said, "accepted ")
	if said == "nothing accepted" {
		said = "nothing"
	}
	wrong := lowerThan(b, r.promised[id]) || lowerThan(r.disk[id][0], b)
	if said != "nothing" && !r.has(id, said) {
		wrong = true
	}
	for _, v := range r.votes[id] {
		if v = first(v); lowerThan(v, b) && (said == "nothing" || lowerThan(first(said), v)) {
			wrong = true
		}
	}
	if wrong {
		said += "!"
	}
	if r.reports[b] == nil {
		r.reports[b] = map[int]string{}
	}
	if !strings.HasSuffix(r.reports[b][id], "!") || wrong {
		r.reports[b][id] = said
	}
	if lowerThan(r.promised[id], b) {
		r.promised[id] = b
	}
}

// has says whether an actor has cast a vote.
func (r *reading) has(id int, vote string) bool {
	return slices.Contains(r.votes[id], vote) || slices.Contains(r.votes[id], vote+"!")
}

// vote takes what looks like a vote.
func (r *reading) vote(x *line, vote string, wrong bool) {
	id := x.Actor
	if i := slices.Index(r.votes[id], vote); i >= 0 && x.What != "save" && wrong {
		r.votes[id][i] += "!"
	}
	if r.has(id, vote) {
		return
	}
	if event, ok := r.asked[id][vote]; !ok || x.Cause < event {
		return
	}
	delete(r.asked[id], vote)
	b := first(vote)
	for _, v := range r.votes[id] {
		wrong = wrong || !lowerThan(first(v), b)
	}
	if wrong || lowerThan(b, r.promised[id]) {
		vote += "!"
	}
	r.columns[b] = true
	r.votes[id] = append(r.votes[id], vote)
}

// past is the ballot below which an actor votes no more.
func (r *reading) past(id int) string {
	b := r.promised[id]
	for _, v := range r.votes[id] {
		if lowerThan(b, first(v)) {
			b = first(v)
		}
	}
	return b
}

// cell is "x", "x! y", "past" or "open".
func (r *reading) cell(id int, b string) string {
	var list []string
	for _, v := range r.votes[id] {
		if first(v) == b {
			_, value, _ := strings.Cut(v, "=")
			list = append(list, value)
		}
	}
	slices.Sort(list)
	switch {
	case len(list) > 0:
		return strings.Join(list, " ")
	case lowerThan(b, r.past(id)):
		return "past"
	}
	return "open"
}

// count is how many members have voted for a value in a ballot, and could still.
func (r *reading) count(b, value string) (have, could int) {
	for id := 1; id <= r.actors; id++ {
		switch {
		case !r.member(id):
		case r.has(id, b+"="+value):
			have++
		case r.cell(id, b) == "open":
			could++
		}
	}
	return have, have + could
}

// String tells the board, a ballot a line.
func (r *reading) String() string {
	var out strings.Builder
	var under []string // values that can be chosen below
	for _, b := range slices.SortedFunc(maps.Keys(r.columns), func(a, b string) int {
		if lowerThan(a, b) {
			return -1
		}
		return 1
	}) {
		free := 0 // who may still vote below
		var cells, chosen, choosable []string
		for id := 1; id <= r.actors; id++ {
			cells = append(cells, r.cell(id, b))
			if r.member(id) && lowerThan(r.past(id), b) {
				free++
			}
		}
		safe := "any"
		switch {
		case free >= r.quorum || len(under) > 1:
			safe = "none"
		case len(under) == 1:
			safe = under[0]
		}
		for _, v := range r.proposed[b] {
			have, could := r.count(b, v)
			if have >= r.quorum {
				chosen = append(chosen, v)
			}
			if could >= r.quorum {
				choosable = append(choosable, v)
				if !slices.Contains(under, v) {
					under = append(under, v)
				}
			}
		}
		if _, could := r.count(b, "?"); len(r.proposed[b]) == 0 && could >= r.quorum {
			choosable = append(choosable, "?")
		}
		slices.Sort(chosen)
		slices.Sort(choosable)
		fmt.Fprintf(&out, "%s: proposed %v, cells %q, reports %v, chosen %v, choosable %v, safe %s\n", b, r.proposed[b], cells, r.reports[b], chosen, choosable, safe)
	}
	return out.String()
}
