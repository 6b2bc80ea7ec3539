package tell_test

import (
	"strings"
	"testing"
)

// questions are what a reader should be able to answer who knows nothing but the text of
// a story. Each answer is there word by word.
var questions = []struct{ story, question, answer string }{
	{"brooker", "Which value was chosen first, by whom and when?", "12. Actor 3 accepts 2a in ballot 2.2. With actor 2 that is 2 of 3, a majority: 2a is chosen."},
	{"brooker", "What did actor 3 do at line 13 that it should not have done, and why not?", "13. Actor 3 accepts 1a in ballot 1.1. It should have refused, because it has accepted in ballot 2.2, which is higher."},
	{"brooker", "Which rule of Paxos would have prevented it, and where?", "It acts at line 12. In Paxos an acceptance raises the promise: the disk would say that actor 3 has promised ballot 2.2. Actor 3 would then refuse all lower ballots."},

	{"no-adoption", "Which value was chosen first, by whom and when?", "7. Actor 2 accepts 1a in ballot 1.1. With actor 1 that is 2 of 3, a majority: 1a is chosen."},
	{"no-adoption", "Did actor 2 know that a value may be chosen?", "The highest that they report is 1a in ballot 1.1, so it should propose that value. But it proposes its own value, 2a in ballot 2.2."},
	{"no-adoption", "Which rule of Paxos would have prevented it, and where?", "It acts at line 12. Paxos would have proposed 1a in ballot 2.2 instead. A proposer takes the value of the highest ballot that its promises report."},

	{"unsaved-promise", "What did actor 3 forget, and why?", "Actor 3 crashes. Its promises of ballots 1.1 and 1.2 were not on its disk: they are lost."},
	{"unsaved-promise", "What could it do only because it forgot?", "13. Actor 3 accepts 1a in ballot 1.1. It no longer knows that it has promised 1.2."},
	{"unsaved-promise", "Which rule of Paxos would have prevented it, and where?", "It acts at lines 2, 3, 7 and 8. In Paxos a promise is on the disk before it leaves."},

	{"one-ballot", "Which value was chosen first, by whom and when?", "14. Actor 3 accepts 2a in ballot 2.2. With actor 1 that is 2 of 3, a majority: 2a is chosen."},
	{"one-ballot", "Why did actor 3 propose 1a, though it had accepted 2a itself?", "They report two values in ballot 3.3, 1a and 2a, and it takes one of them: it proposes 1a in ballot 3.3."},
	{"one-ballot", "Which rule of Paxos would have prevented it, and where?", "It acts at line 9. In Paxos a promise leaves the vote as it is: the disk would say that actor 2 has accepted 1a in ballot 1.1."},

	{"votes-by-value", "What did actor 3 decide, on what grounds, and was it chosen?", "Actor 3 decides 1a. All that it has heard for 1a is this: actor 1 in ballot 1.1 and actor 2 in ballot 3.3. That is not a majority of the members in one ballot. But 1a is not chosen."},
	{"votes-by-value", "Which value is chosen in the end, and why was that possible?", "The highest that they report is 2a in ballot 2.2, so it proposes that value again: 2a in ballot 4.4."},
	{"votes-by-value", "Which rule of Paxos would have prevented it, and where?", "It acts at line 21. Paxos would have decided nothing yet: it needs acceptances in one ballot from a majority of the members."},
}

// TestReader: the text of a story alone answers what a reader would ask.
func TestReader(t *testing.T) {
	texts := map[string]string{}
	for _, x := range stories {
		text, _ := x.play(t)
		texts[x.name] = strings.Join(strings.Fields(text.String()), " ")
	}
	for _, q := range questions {
		if !strings.Contains(texts[q.story], q.answer) {
			t.Errorf("%s: %s\nThe text does not say: %s\n%s", q.story, q.question, q.answer, texts[q.story])
		}
	}
}
