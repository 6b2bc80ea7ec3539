package table

import (
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/screen"
	"github.com/paxsim/paxsim/internal/terminal"
)

// leastWrapped is how narrow a column becomes whose cells are broken into lines, as
// long as there is another way.
const leastWrapped = 26

// Fit draws a table that is no wider than so many columns of a terminal, as far as
// that is possible; 0: of any width. It leaves columns out in the order that they
// say, breaks the cells of those that may be broken, and names what it left out.
func Fit(columns []Column, rows [][]string, width int) []byte {
	widths := natural(columns, rows)
	if width <= 0 || total(widths) <= width {
		return Plain(columns, rows)
	}
	var out []string
	for least(columns, widths) > width {
		i := next(columns)
		if i < 0 {
			break
		}
		out = append(out, columns[i].Name)
		columns, rows = without(columns, i), withoutCell(rows, i)
		widths = natural(columns, rows)
	}
	narrow(columns, widths, width)
	text := Plain(columns, broken(columns, rows, widths))
	if len(out) > 0 {
		text = append(text, terminal.Sprintf("not shown: %s; --wide has all\n", strings.Join(out, ", "))...)
	}
	return text
}

// natural is how wide each column is.
func natural(columns []Column, rows [][]string) []int {
	widths := make([]int, len(columns))
	for i, c := range columns {
		widths[i] = screen.Width(terminal.Text(c.Name))
		for _, row := range rows {
			widths[i] = max(widths[i], screen.Width(terminal.Text(row[i])))
		}
	}
	return widths
}

// total is how wide a table is. The line under the head goes two characters beyond
// the last column.
func total(widths []int) (sum int) {
	for _, w := range widths {
		sum += w + 2
	}
	return sum
}

// least is how wide a table is whose cells are broken as far as they may be.
func least(columns []Column, widths []int) int {
	sum := total(widths)
	for i, c := range columns {
		if c.Wrap {
			sum -= widths[i] - min(widths[i], leastWrapped)
		}
	}
	return sum
}

// next is the column that is left out next; -1: none may be.
func next(columns []Column) int {
	found := -1
	for i, c := range columns {
		if c.Drop > 0 && (found < 0 || c.Drop >= columns[found].Drop) {
			found = i
		}
	}
	return found
}

func without(columns []Column, i int) []Column {
	return append(append([]Column(nil), columns[:i]...), columns[i+1:]...)
}

func withoutCell(rows [][]string, i int) [][]string {
	out := make([][]string, len(rows))
	for k, row := range rows {
		out[k] = append(append([]string(nil), row[:i]...), row[i+1:]...)
	}
	return out
}

// narrow makes the widest columns that may be broken narrower, until the table
// fits or they can be no narrower.
func narrow(columns []Column, widths []int, width int) {
	for total(widths) > width {
		widest := -1
		for i, c := range columns {
			if c.Wrap && widths[i] > 8 && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return
		}
		widths[widest]--
	}
}

// broken are rows whose cells are no wider than their columns: those of a row that
// are, and below them what is left of the others.
func broken(columns []Column, rows [][]string, widths []int) (out [][]string) {
	for _, row := range rows {
		parts := make([][]string, len(row))
		lines := 1
		for i, cell := range row {
			parts[i] = []string{cell}
			if columns[i].Wrap {
				parts[i] = screen.Break(terminal.Text(cell), widths[i])
			}
			lines = max(lines, len(parts[i]))
		}
		for k := range lines {
			line := make([]string, len(row))
			for i := range row {
				if k < len(parts[i]) {
					line[i] = parts[i][k]
				}
			}
			out = append(out, line)
		}
	}
	return out
}
