package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/sim/explore"
)

// row is the cells of a mutant.
type row struct {
	mutants.Mutant
	known            figure
	first, agreement []cell
	leastFirst       *least // by actions; nil: not looked for
	leastAgreement   *least
}

// aliasOf is its number in the list of bugs.
func aliasOf(m mutants.Mutant) string {
	if len(m.Aliases) == 0 {
		return ""
	}
	return m.Aliases[0]
}

// best is the cell with the fewest actions; nil: in none it breaks.
func best(cells []cell) *cell {
	var b *cell
	for i := range cells {
		c := &cells[i]
		if c.verdict != explore.Violated || c.actions == 0 {
			continue
		}
		if b == nil || cmp.Or(cmp.Compare(c.actions, b.actions), cmp.Compare(c.events, b.events)) < 0 {
			b = c
		}
	}
	return b
}

// figure is the number of actions of a cell.
func (c *cell) figure() string {
	if c == nil {
		return "–"
	}
	return fmt.Sprint(c.actions)
}

// firstTable is of all invariants: a row a mutant, a column a scope.
func firstTable(rows []row) string {
	var b strings.Builder
	head := []string{"mutant", "alias", "known"}
	if len(rows) > 0 {
		for _, c := range rows[0].first {
			head = append(head, c.rung.name)
		}
	}
	head = append(head, "breaks")
	line(&b, head)
	line(&b, append([]string{":--", ":--"}, strings.Split(strings.Repeat("--: ", len(head)-3)+":--", " ")...))
	for i := range rows {
		r := &rows[i]
		cells := []string{r.Name, aliasOf(r.Mutant), orDash(r.known.first)}
		for j := range r.first {
			cells = append(cells, r.first[j].String())
		}
		broken := "–"
		if c := best(r.first); c != nil {
			broken = c.broken
		}
		line(&b, append(cells, broken))
	}
	return b.String()
}

// agreementTable is of agreement alone, beside what else is known.
func agreementTable(rows []row) string {
	var b strings.Builder
	head := []string{"mutant", "alias", "known", "par"}
	for i := range rows {
		if len(rows[i].agreement) > 0 {
			for _, c := range rows[i].agreement {
				head = append(head, c.rung.name)
			}
			break
		}
	}
	head = append(head, "least", "par / least")
	line(&b, head)
	line(&b, append([]string{":--", ":--"}, strings.Split(strings.TrimSpace(strings.Repeat("--: ", len(head)-2)), " ")...))
	for i := range rows {
		r := &rows[i]
		if len(r.agreement) == 0 {
			continue
		}
		cells := []string{r.Name, aliasOf(r.Mutant), orDash(r.known.agreement), fmt.Sprint(r.Par)}
		for j := range r.agreement {
			cells = append(cells, r.agreement[j].String())
		}
		c, ratio := best(r.agreement), "–"
		if c != nil {
			ratio = fmt.Sprintf("%.2f", float64(r.Par)/float64(c.actions))
		}
		line(&b, append(cells, c.figure(), ratio))
	}
	return b.String()
}

func line(b *strings.Builder, cells []string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

func orDash(s string) string { return cmp.Or(s, "–") }
