package condition

import (
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

// message reads what follows the kind of a message.
func (r *reader) message(kind uint8) condition {
	fate := -1
	var from, to sim.ID
	round := func(sim.Round) bool { return true }
	tells := r.scenario.Protocol.TellsRounds()
	for len(r.words) > 0 && r.err == nil {
		if i, ok := r.take(fates...); ok {
			fate = i
		} else if _, ok := r.take("from"); ok {
			from = r.actor()
		} else if _, ok := r.take("to"); ok {
			to = r.actor()
		} else if _, ok := r.take("with"); ok && tells {
			round = r.round()
		} else if tells {
			r.fail("expected sent, delivered, lost, doubled, from, to or with "+r.scenario.Protocol.Rounds().Name, append([]string{"from", "to", "with"}, fates...))
		} else {
			r.fail("expected sent, delivered, lost, doubled, from or to", append([]string{"from", "to"}, fates...))
		}
	}
	return func(s trace.Step) bool {
		return slices.ContainsFunc(flights(s), func(l flight) bool {
			return l.kind == kind && (fate < 0 || l.fate == fates[fate]) && (from == 0 || l.from == from) &&
				(to == 0 || l.to == to || l.to == 0) && round(l.round)
		})
	}
}

// round reads a comparison with a round.
func (r *reader) round() func(sim.Round) bool {
	rounds := r.scenario.Protocol.Rounds()
	if _, ok := r.take(rounds.Name); !ok {
		r.fail("expected "+rounds.Name, []string{rounds.Name})
		return nil
	}
	operators := []string{"=", "!=", "<", "<=", ">", ">="}
	op, given := r.take(operators...)
	want, ok := rounds.Parse(r.word())
	if !ok {
		expected := "expected " + aWord(rounds.Name) + " such as " + rounds.Example
		if !given {
			expected = "expected = != < <= > >= and " + aWord(rounds.Name) + " such as " + rounds.Example
		}
		r.fail(expected, operators)
		return nil
	}
	r.words = r.words[1:]
	return func(is sim.Round) bool {
		if is == 0 {
			return false // the message belongs to none
		}
		return [...]bool{is == want, is != want, is < want, is <= want, is > want, is >= want}[max(op, 0)]
	}
}

// aWord is a word with its article: "a round", "an epoch".
func aWord(word string) string {
	if strings.ContainsRune("aeiou", rune(word[0])) {
		return "an " + word
	}
	return "a " + word
}
