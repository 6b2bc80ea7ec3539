package export

import (
	"io"

	"github.com/paxsim/paxsim/sim/explain/grid"
	"github.com/paxsim/paxsim/sim/trace"
)

// gridForm is the grid of run --trace.
type gridForm struct {
	window Window
	grid   *grid.Grid
}

func newGrid(r *Run) Exporter {
	return &gridForm{r.Window, grid.New(r.Scenario, r.Window.From)}
}

func (g *gridForm) Measure(s trace.Step) {
	if g.window.shows(s) {
		g.grid.Measure(s)
	}
}

func (g *gridForm) Begin(w io.Writer) { g.grid.Begin(w) }

func (g *gridForm) Step(s trace.Step) {
	if g.window.shows(s) {
		g.grid.Print(s)
	}
}

func (g *gridForm) End(*trace.Trailer) error { return g.grid.End() }
