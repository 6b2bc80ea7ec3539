package cli

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/table"
)

// listFormats are the forms in which a list is printed.
var listFormats = []string{"table", "markdown", "json", "csv"}

// member is what a program reads of a row: a name and a value. nil is nothing.
type member struct {
	name  string
	value any // a string, a number, a bool, a list of strings, or nil
}

// list is something that is listed, for people and for programs.
type list struct {
	columns []table.Column
	rows    [][]string // for people
	members [][]member // for programs, of each row
}

// printList prints a list in one of listFormats.
func (a *app) printList(l *list, format string) error {
	switch format {
	case "json":
		for _, row := range l.members {
			if err := writeObject(a.out, row); err != nil {
				return err
			}
		}
		return a.out.err
	case "csv":
		return a.printCSV(l)
	}
	text := table.Fit(l.columns, l.rows, a.out.width())
	if format == "markdown" {
		text = table.Markdown(l.columns, l.rows)
	}
	_, err := a.out.Write(text)
	return err
}

// writeObject writes an object of JSON on a line, its members in their order.
func writeObject(out *output, row []member) error {
	line := []byte{'{'}
	for i, m := range row {
		if i > 0 {
			line = append(line, ',')
		}
		name, err := json.Marshal(m.name)
		if err != nil {
			return err
		}
		value, err := encoded(m.value)
		if err != nil {
			return err
		}
		line = append(append(append(line, name...), ':'), value...)
	}
	_, err := out.Write(append(line, '}', '\n'))
	return err
}

// encoded is a value of JSON, in which < and > are themselves.
func encoded(value any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(value)
	return bytes.TrimSuffix(b.Bytes(), []byte{'\n'}), err
}

// printCSV prints a head and the rows. Of a list of words a cell has them with blanks
// between them, and of nothing it has nothing.
func (a *app) printCSV(l *list) error {
	w := csv.NewWriter(a.out)
	for i, row := range l.members {
		names, cells := make([]string, len(row)), make([]string, len(row))
		for k, m := range row {
			names[k], cells[k] = m.name, cellOf(m.value)
		}
		if i == 0 {
			_ = w.Write(names) // its error comes again with the row
		}
		if err := w.Write(cells); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func cellOf(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case []string:
		return strings.Join(v, " ")
	}
	return fmt.Sprint(value)
}
