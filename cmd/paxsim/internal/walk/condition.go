package walk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// conditionText is the grammar of conditions, for help. What it says of rounds is in
// roundText.
const conditionText = `A CONDITION is one of
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

// roundText is what the grammar says of the rounds of a protocol: where they stand in
// a condition, and what they look like.
func roundText(p sim.Protocol) (form, words string) {
	if !p.TellsRounds() {
		return "", ""
	}
	r := p.Rounds()
	name := strings.ToUpper(r.Name)
	return fmt.Sprintf(" [with %s OP %s]", r.Name, name), fmt.Sprintf("OP one of = != < <= > >=, %s such as %s, ", name, r.Example)
}

// condition says whether a step is the one that is looked for.
type condition func(trace.Step) bool

// reader reads a condition word by word.
type reader struct {
	scenario *sim.Scenario
	words    []string
	err      error
}

// parseCondition reads a condition in the words of a scenario's protocol.
func parseCondition(s *sim.Scenario, text string) (condition, error) {
	r := &reader{scenario: s, words: strings.Fields(text)}
	c := r.condition()
	if r.err == nil && len(r.words) > 0 {
		r.fail("expected the end", nil)
	}
	return c, r.err
}

// word is the next word; "": there is none.
func (r *reader) word() string {
	if len(r.words) == 0 {
		return ""
	}
	return r.words[0]
}

// take takes the next word if it is one of some, whatever its letters' case, and
// says which.
func (r *reader) take(some ...string) (int, bool) {
	i := slices.IndexFunc(some, func(w string) bool { return w != "" && strings.EqualFold(w, r.word()) })
	if i >= 0 {
		r.words = r.words[1:]
	}
	return i, i >= 0
}

// fail notes what was expected at the next word, if nothing was wrong before,
// and the nearest of the words that would do.
func (r *reader) fail(expected string, words []string) {
	if r.err != nil {
		return
	}
	if r.word() == "" {
		r.err = mistake("the condition ends too early: %s", expected)
		return
	}
	hint := ""
	if w := scenarios.Nearest(r.word(), words); w != "" {
		hint = "; did you mean " + w + "?"
	}
	r.err = mistake("%s, not %q%s", expected, clip(r.word()), hint)
}

func (r *reader) condition() condition {
	protocol := r.scenario.Protocol.Vocabulary()
	var names []string
	for _, i := range r.scenario.Protocol.Invariants() {
		names = append(names, i.Name)
	}
	kinds := slices.DeleteFunc(slices.Clone(protocol.Messages), func(w string) bool { return w == "" })
	if kind, ok := r.take(protocol.Messages...); ok {
		return r.message(uint8(kind))
	}
	if _, ok := r.take("actor"); ok {
		return r.does(r.actor())
	}
	if _, ok := r.take("anybody"); ok {
		return r.does(0)
	}
	if _, ok := r.take("action"); ok {
		return func(s trace.Step) bool { return has(s, protocol.IsAction) }
	}
	if _, ok := r.take("chosen"); ok {
		return func(s trace.Step) bool {
			return has(s, func(e observe.Entry) bool { return e.What == observe.BecameChosen })
		}
	}
	if i, ok := r.take(append(names, "anything")...); ok {
		if _, ok := r.take("breaks"); !ok {
			r.fail("expected breaks", []string{"breaks"})
		}
		return func(s trace.Step) bool {
			return has(s, func(e observe.Entry) bool {
				v, ok := e.Said.(sim.Violation)
				return ok && (i == len(names) || v.Invariant == names[i])
			})
		}
	}
	if c := r.deed(0); c != nil {
		return c
	}
	r.fail("expected a message ("+strings.Join(kinds, ", ")+"), actor N, anybody, what somebody does, action, chosen, or an invariant",
		slices.Concat(kinds, []string{"actor", "anybody", "action", "chosen", "anything"}, r.deeds(), names))
	return nil
}

// actor reads the number of an actor.
func (r *reader) actor() sim.ID {
	n, err := strconv.ParseUint(r.word(), 10, 16)
	if err != nil || n < 1 || n > uint64(r.scenario.Actors) {
		r.fail("expected an actor from 1 to "+strconv.Itoa(r.scenario.Actors), nil)
		return 0
	}
	r.words = r.words[1:]
	return sim.ID(n)
}

// does reads what an actor, or anybody, does.
func (r *reader) does(who sim.ID) condition {
	if r.err != nil {
		return nil
	}
	c := r.deed(who)
	if c == nil {
		r.fail("expected "+strings.Join(r.deeds(), ", "), r.deeds())
	}
	return c
}

// plain are the deeds that every protocol knows.
var plain = []struct {
	words string
	what  observe.What
}{
	{"decides", observe.Decided}, {"crashes", observe.Crashed}, {"restarts", observe.Restarted}, {"saves", observe.Saved}, {"starts", observe.Booted},
	{"is asked", observe.Asked}, {"answers", observe.Answered},
}

// deeds are the words for what somebody does.
func (r *reader) deeds() (words []string) {
	for _, p := range plain {
		words = append(words, p.words)
	}
	for _, n := range r.scenario.Protocol.Vocabulary().Notes {
		words = append(words, n.Name)
	}
	return append(words, verbsOf(r.scenario.Protocol.Vocabulary())...)
}

// verbsOf are the words for sending a message of some kind.
func verbsOf(w *sim.Vocabulary) []string {
	return slices.DeleteFunc(slices.Clone(w.Verbs), func(v string) bool { return v == "" })
}

// deed reads what somebody does; nil: that is no deed.
func (r *reader) deed(who sim.ID) condition {
	of := func(is func(observe.Entry) bool) condition {
		return func(s trace.Step) bool {
			return has(s, func(e observe.Entry) bool { return (who == 0 || e.Actor == who) && is(e) })
		}
	}
	for _, p := range plain {
		if r.phrase(p.words) {
			return of(func(e observe.Entry) bool { return e.What == p.what })
		}
	}
	for i, n := range r.scenario.Protocol.Vocabulary().Notes {
		if r.phrase(n.Name) {
			return of(func(e observe.Entry) bool { return e.What == observe.Noted && int(e.Kind) == i })
		}
	}
	for i, v := range r.scenario.Protocol.Vocabulary().Verbs {
		if v != "" && r.phrase(v) {
			return of(func(e observe.Entry) bool {
				return (e.What == observe.Sent || e.What == observe.Broadcast) && int(e.Kind) == i
			})
		}
	}
	return nil
}

// phrase takes the next words if they are these.
func (r *reader) phrase(text string) bool {
	said := strings.Fields(text)
	if len(r.words) < len(said) || !slices.EqualFunc(said, r.words[:len(said)], strings.EqualFold) {
		return false
	}
	r.words = r.words[len(said):]
	return true
}

// fates are what can befall a message.
var fates = []string{"sent", "delivered", "lost", "doubled"}

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
		return slices.ContainsFunc(letters(s), func(l letter) bool {
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

// has says whether a step holds an entry, the event itself or an effect.
func has(s trace.Step, is func(observe.Entry) bool) bool {
	return is(s.Event) || slices.ContainsFunc(s.Effects, is)
}

// clip keeps what is said about a word short.
func clip(word string) string {
	if r := []rune(word); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return word
}
