// Package table draws tables. It is the only place that knows tablewriter. A cell
// is one line, whatever is in it.
package table

import (
	"bytes"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"github.com/paxsim/paxsim/internal/terminal"
)

// Column is the head of a column.
type Column struct {
	Name  string
	Right bool // its cells are at the right, as numbers are
	Wrap  bool // its cells may be broken into lines, where a table must be narrow
	Drop  int  // where a table must be narrow: the column with the greatest goes first, one with 0 stays
}

// Plain draws a table of any width: columns two blanks apart, a line under the
// head. It ends in a line break.
func Plain(columns []Column, rows [][]string) []byte {
	return draw(columns, rows, tw.Padding{Right: "  ", Overwrite: true}, renderer.NewBlueprint(tw.Rendition{
		Borders: tw.BorderNone,
		Symbols: tw.NewSymbols(tw.StyleASCII),
		Settings: tw.Settings{
			Separators: tw.Separators{ShowHeader: tw.On, BetweenColumns: tw.Off, BetweenRows: tw.Off},
			Lines:      tw.Lines{ShowHeaderLine: tw.On},
		},
	}))
}

// Markdown draws a table for a page: cells are escaped.
func Markdown(columns []Column, rows [][]string) []byte {
	escaped := make([][]string, len(rows))
	for i, row := range rows {
		escaped[i] = make([]string, len(row))
		for j, cell := range row {
			escaped[i][j] = escape(terminal.Text(cell))
		}
	}
	return draw(columns, escaped, tw.PaddingDefault, renderer.NewMarkdown())
}

// escape keeps a cell from ending its column or its row.
func escape(cell string) string {
	return strings.NewReplacer(`\`, `\\`, `|`, `\|`).Replace(cell)
}

// draw renders into memory: tablewriter swallows the errors of what it writes to.
func draw(columns []Column, rows [][]string, pad tw.Padding, r tw.Renderer) []byte {
	head := make([]string, len(columns))
	aligns := make([]tw.Align, len(columns))
	for i, c := range columns {
		head[i], aligns[i] = terminal.Text(c.Name), tw.AlignLeft
		if c.Right {
			aligns[i] = tw.AlignRight
		}
	}
	cells := tw.CellConfig{
		Formatting: tw.CellFormatting{AutoFormat: tw.Off, AutoWrap: tw.WrapNone},
		Alignment:  tw.CellAlignment{Global: tw.AlignLeft, PerColumn: aligns},
		Padding:    tw.CellPadding{Global: pad},
	}
	var b bytes.Buffer
	t := tablewriter.NewTable(&b,
		tablewriter.WithRenderer(r),
		tablewriter.WithConfig(tablewriter.Config{Header: cells, Row: cells}),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithEastAsian(tw.Off),
		tablewriter.WithTrimSpace(tw.Off),
	)
	t.Header(head)
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = terminal.Text(cell)
		}
		if err := t.Append(cells); err != nil {
			panic("table: " + err.Error()) // a row of plain texts cannot fail
		}
	}
	if err := t.Render(); err != nil {
		panic("table: " + err.Error()) // a buffer takes everything
	}
	return trimRight(b.Bytes())
}

// trimRight takes the blanks at the ends of lines away.
func trimRight(text []byte) []byte {
	lines := bytes.Split(text, []byte("\n"))
	for i := range lines {
		lines[i] = bytes.TrimRight(lines[i], " ")
	}
	return bytes.Join(lines, []byte("\n"))
}
