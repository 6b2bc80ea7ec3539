package condition

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/sim"
)

// grammar is what a condition can be, without the words of a protocol. What it says of
// rounds is in roundText.
const grammar = `A CONDITION is one of
  KIND [sent | delivered | lost | doubled] [from N] [to N]%s
  [actor N | anybody] decides | crashes | restarts | saves | starts | is asked
      | answers | NOTE%s
  action: a message arrives that carries the protocol forward, or somebody
      decides or crashes
  chosen: a quorum has voted for a value, though nobody may know
  INVARIANT breaks
KIND is a message (%s),
%sNOTE one of
  %s,
INVARIANT one of anything,
  %s.`

// Grammar tells in some lines what a condition of a scenario's runs can be.
func Grammar(s *sim.Scenario) string {
	vocabulary := s.Protocol.Vocabulary()
	var kinds, notes, invariants []string
	for _, k := range vocabulary.Messages {
		if k != "" {
			kinds = append(kinds, k)
		}
	}
	for _, n := range vocabulary.Notes {
		notes = append(notes, n.Name)
	}
	for _, i := range s.Protocol.Invariants() {
		if s.Watches(i.Name) {
			invariants = append(invariants, i.Name)
		}
	}
	form, words := roundText(s.Protocol)
	verbs := ""
	if list := verbsOf(vocabulary); len(list) > 0 {
		verbs = "\n      | " + strings.Join(list, " | ")
	}
	return fmt.Sprintf(grammar, form, verbs, strings.Join(kinds, ", "), words, strings.Join(notes, ", "), folded(invariants))
}

// roundText is what the grammar says of the rounds of a protocol: where they are in a
// condition, and what they look like.
func roundText(p sim.Protocol) (form, words string) {
	if !p.TellsRounds() {
		return "", ""
	}
	r := p.Rounds()
	name := strings.ToUpper(r.Name)
	return fmt.Sprintf(" [with %s OP %s]", r.Name, name), fmt.Sprintf("OP one of = != < <= > >=, %s such as %s, ", name, r.Example)
}

// folded lists words, in lines that are not too long.
func folded(words []string) string {
	text, line := "", 0
	for i, w := range words {
		if i > 0 {
			text += ","
			if line += len(w) + 2; line > 76 {
				text, line = text+"\n  ", len(w)
			} else {
				text += " "
			}
		} else {
			line = len(w)
		}
		text += w
	}
	return text
}
