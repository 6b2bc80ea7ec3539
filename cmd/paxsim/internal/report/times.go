package report

import (
	"bytes"
	"strconv"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/table"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/metrics"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// Times are when each actor of a run learned, and how long each waited for a quorum.
type Times struct {
	Learned []sim.Time // by actor, from 1 on: since when it has known what the run waits for; -1: it does not
	Waits   []metrics.Wait
}

// timesCell is one thing that is shown of an actor or of a wait.
type timesCell struct {
	name string
	text bool
	cell string // "": there is none
}

// actors are the cells of each actor.
func (x *Times) actors(s *sim.Scenario) (list [][]timesCell) {
	for id := 1; id < len(x.Learned); id++ {
		at := x.Learned[id]
		cell := ""
		if at >= 0 {
			cell = say.Millis(s, at)
		}
		list = append(list, []timesCell{{"actor", false, strconv.Itoa(id)}, {"learned_ms", false, cell}})
	}
	return list
}

// phases are the cells of each wait.
func (x *Times) phases(s *sim.Scenario) (list [][]timesCell) {
	rounds := s.Protocol.Rounds()
	for _, w := range x.Waits {
		quorum, wait := "", ""
		if w.Had {
			quorum, wait = say.Millis(s, w.Quorum), say.Millis(s, w.Quorum-w.From)
		}
		list = append(list, []timesCell{
			{"actor", false, strconv.Itoa(int(w.Actor))},
			{rounds.Name, true, rounds.Text(w.Round)},
			{"phase", true, s.Protocol.Phases()[w.Phase].Name},
			{"from_ms", false, say.Millis(s, w.From)},
			{"quorum_ms", false, quorum},
			{"wait_ms", false, wait},
		})
	}
	return list
}

// TimesFields are the fields that the times of a run have in rows: lists of objects. of is
// the run that is being printed, and its times.
func TimesFields(of func() (*sim.Scenario, *Times)) []Extra {
	field := func(name string, list func(x *Times, s *sim.Scenario) [][]timesCell) Extra {
		return Extra{Name: name, Long: true, Of: func() string {
			s, x := of()
			b := []byte{'['}
			for i, row := range list(x, s) {
				if i > 0 {
					b = append(b, ',')
				}
				b = append(b, '{')
				for _, c := range row {
					b = appendMember(b, c.name, c.cell, c.text)
				}
				b = append(b, '}')
			}
			return string(append(b, ']'))
		}}
	}
	return []Extra{field("actors", (*Times).actors), field("phases", (*Times).phases)}
}

// Tables draws the times of one run for people: a table of the actors, and one of the
// waits, if there are any. width is that of [Page].
func (x *Times) Tables(s *sim.Scenario, markdown bool, width int) []byte {
	var b bytes.Buffer
	for _, list := range [][][]timesCell{x.actors(s), x.phases(s)} {
		if len(list) == 0 {
			continue
		}
		var columns []table.Column
		for _, c := range list[0] {
			columns = append(columns, table.Column{Name: c.name, Right: !c.text})
		}
		cells := make([][]string, len(list))
		for i, row := range list {
			for _, c := range row {
				cells[i] = append(cells[i], c.cell)
			}
		}
		if markdown {
			b.Write(table.Markdown(columns, cells))
		} else {
			b.Write(table.Fit(columns, cells, width))
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}
