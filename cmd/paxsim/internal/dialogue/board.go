package dialogue

import (
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/internal/words"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/boards"
)

// votes draws the board as it is after the last event. The first one has a legend.
func (d *Dialogue) votes(arg string) error {
	rounds := d.scenario.Protocol.Rounds()
	var upto sim.Round
	if arg != "" {
		r, ok := rounds.Parse(arg)
		if !ok {
			return mistake("expected a %s such as %s, not %q", rounds.Name, rounds.Example, words.Clip(arg))
		}
		upto = r
	}
	f, err := d.run.Board()
	switch {
	case err != nil:
		return err
	case f == nil:
		return mistake("%s has no board", d.scenario.Protocol.Name())
	case upto != 0 && f.Board().Column(upto) == nil:
		return mistake("no %s %s has begun", rounds.Name, words.Clip(arg))
	}
	o := boards.Options{Scenario: d.scenario, Names: d.run.World(), Width: d.Width, Upto: upto}
	if !d.explained {
		l := f.Legend()
		o.Legend, d.explained = &l, true
	}
	d.print("%s", terminal.Lines(boards.Text(f.Board(), o)))
	return nil
}
