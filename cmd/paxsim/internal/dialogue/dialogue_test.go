package dialogue

import (
	"context"
	"strings"
	"testing"
	"unicode"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/stepper"
	"github.com/paxsim/paxsim/sim/trace"
)

// Every command has a letter of its own and a help of its own.
func TestCommands(t *testing.T) {
	w := begin(t, "happy-path", trace.Base{Calm: true})
	seen := map[string]bool{}
	for _, c := range commands {
		if len(c.letter) != 1 || seen[c.letter] || seen[c.name] || c.doc == "" {
			t.Errorf("%+v", c)
		}
		seen[c.letter], seen[c.name] = true, true
		if got := talk(t, w, "help "+c.name); !strings.HasPrefix(got, c.name) || strings.Contains(got, "?") || strings.Contains(got, "%!") {
			t.Errorf("help %s: %s", c.name, got)
		}
		if talk(t, w, "h "+c.letter) != talk(t, w, "help "+c.name) {
			t.Errorf("help %s and help %s differ", c.letter, c.name)
		}
	}
	list := talk(t, w, "help")
	for _, c := range commands {
		if !strings.Contains(list, "  "+c.letter+"  "+c.name+" ") {
			t.Errorf("help does not list %s", c.name)
		}
	}
}

// What cannot be followed is answered in a line, with the nearest right word
// where there is one, and changes nothing.
func TestMistakes(t *testing.T) {
	for line, want := range map[string]string{
		"nxet":                         `there is no command "nxet"; did you mean next?`,
		"frobnicate":                   `there is no command "frobnicate"; help lists them`,
		"next 0":                       `expected a number of events from 1 on, not "0"`,
		"next -3":                      `expected a number of events from 1 on, not "-3"`,
		"back x":                       `expected a number of events from 1 on, not "x"`,
		"to":                           `to where? Expected a time such as 5ms, an event such as 12, or end`,
		"to nowhere":                   `expected a time such as 5ms, an event such as 12, or end: "nowhere" is no time such as 20ms`,
		"to 1.25ms":                    `expected a time such as 5ms, an event such as 12, or end: 1.25ms is no multiple of the tick, 100us: the nearest are 1.2ms and 1.3ms`,
		"until":                        `until what? help until tells`,
		"show 9":                       `there is no actor 9: expected 1 to 3`,
		"show me":                      `there is no actor me: expected 1 to 3`,
		"lose":                         `expected a message such as Accept 2>3`,
		"lose Acept 1>2":               `no message is called "Acept"; did you mean Accept?`,
		"lose Accept":                  `Accept from whom, to whom? Expected a message such as Accept 2>3`,
		"lose Accept 1":                `expected who sends and who receives, such as 2>3 or 2>all, not "1"`,
		"lose Accept 1>9":              `there is no actor 9: expected 1 to 3`,
		"lose Accept 1>1":              `what actor 1 sends to itself always arrives: no choice is asked`,
		"lose Accept 1>2 #0":           `expected a count from #1 on, not "#0"`,
		"lose Accept 1>2 #x":           `expected a count such as #1, not "#x"`,
		"lose Accept 1>2 now":          `expected nothing after the message, not "now"`,
		"lose Ask 1>2":                 `the run as it goes now asks no such thing`,
		"delay Accept 1>2":             `expected a message and how much longer it takes, such as Accept 2>3 by 5ms`,
		"delay Accept 1>2 by soon":     `"soon" is no time such as 20ms`,
		"delay Accept 1>2 by 9s":       `it can take at most 100 ms longer than the least`,
		"crash":                        `which actor? Nobody's event is under way`,
		"crash 9":                      `there is no actor 9: expected 1 to 3`,
		"crash 1 before":               `expected an actor, before what, and for how long, such as crash 2 before save for 50ms, not "before"`,
		"crash 1 before lunch 1>2":     `no message is called "lunch"; there are Prepare, Promise, Accept, Accepted, Nack, Ask`,
		"crash 1 before Accept 1>all":  `before which of the messages? A crash falls before one: name the receiver`,
		"crash 1 before Accept 2>3":    `what actor 2 sends, actor 1 does not`,
		"crash 1 for 1ms":              `it can be down for 10 ms to 10.01 s, not 1ms`,
		"choose lots Accept 1>2 #1":    `choice "lots Accept 1>2 #1": no choice is called "lots"; did you mean lost?`,
		"choose lost Acept 1>2 #1 = 1": `choice "lost Acept 1>2 #1": no message is called "Acept"`,
		"choose lost Accept 1>2 = 9":   `lost Accept 1>2 #2: 9 is no outcome of it: expected 0 to 1`,
		"choose = 1":                   `which choice?`,
		"choose lost Accept 1>2 =":     `what is the answer? 0 is the calm one`,
		"choose lost Accept 1>2 #1 = 99999999999": `an answer is a whole number from 0 on, not 99999999999`,
		"undo":         `nothing has been chosen that could be taken back`,
		"take 1":       `here the clock says what is next: take is for paxsim step --engine searched`,
		"save":         `save to which file?`,
		"help nxet":    `there is no command "nxet"; did you mean next?`,
		"\x1b[2Jnext":  `there is no command "\x1b[2Jnext"; help lists them`,
		"\xff\xfe\x00": `there is no command "\xff\xfe\x00"; help lists them`,
	} {
		w := begin(t, "literal-acks", trace.Base{Calm: true})
		was := place(w)
		if got := talk(t, w, line); got != "? "+want+"\n" {
			t.Errorf("%q:\n%s\nwant\n? %s", line, got, want)
		}
		if place(w) != was || w.Undo() == nil {
			t.Errorf("%q has changed something", line)
		}
	}
}

// Lines that ask for nothing are passed over; quit ends the dialogue.
func TestLinesOfNothing(t *testing.T) {
	w := begin(t, "happy-path", trace.Base{Calm: true})
	if got := talk(t, w, "", "   ", "# a remark", "\r"); got != "" {
		t.Errorf("%q", got)
	}
	d := New(w, "x", &strings.Builder{}, nil)
	for _, line := range []string{"quit", "q", " quit "} {
		if more, err := d.Do(line); more || err != nil {
			t.Errorf("%q: %v, %v", line, more, err)
		}
	}
}

// Whatever is said, the dialogue answers: no panic, nothing that moves a
// terminal's cursor, and the run stands somewhere.
func FuzzDialogue(f *testing.F) {
	for _, s := range []string{
		"next 5\nshow 2\nqueue\nchoose\nlose Prepare 1>2\nundo\nanswers\nto end\nback 3\nto 2ms\nsave x",
		"n 9\nx\nx 2 before save for 50ms\nc crash-save 1 #2 = 1\nz\nz\nz", "u Accept with ballot > 1.2\ny Accept 1>all by 3ms\nd Accept 1>3 #1",
		"choose lost Accept 1>2 #1 = 1\nto end\nchoose down 1 #1 = 5\nchoose kept 1 #1\nchoose pick #1 = 2", "help\nh u\nto #7\nback 7\nto 0",
		"c  = = 1\nc #\nc lost\nc # #1\nc = #1 1\ny\nx x\nx 1 for\nx before\nx for 1s\nu with\nu Accept with\nu Accept from",
	} {
		f.Add(s)
	}
	given, err := scenarios.Load("literal-acks", scenarios.Set("requests=[{actor: any, at: 0s}, {actor: 2, at: 1ms}]"))
	if err != nil {
		f.Fatal(err)
	}
	s, _ := stepper.Open(&given.Scenario, true)
	f.Add("n 4\nk 2\nk deliver\nw\ns 1\nl Prepare 1>2\nz\nk alarm\nb 3\na\nk 1\nk ask 2\nto end\nsave x")
	f.Fuzz(func(t *testing.T, text string) {
		for _, searched := range []bool{false, true} {
			hold(t, s, searched, text)
		}
	})
}

// hold holds a dialogue of any lines.
func hold(t *testing.T, s *sim.Scenario, searched bool, text string) {
	w, err := stepper.New(context.Background(), s, scenarios.WorldText(s), trace.Base{Calm: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if searched {
		w.Search(small, nil)
	}
	lines := strings.Split(text, "\n")
	var out strings.Builder
	d := New(w, "x", &out, func(string, *trace.File) error { return nil })
	for _, l := range lines[:min(len(lines), 12)] {
		if _, err := d.Do(l); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range out.String() {
		if c != '\n' && !unicode.IsPrint(c) {
			t.Fatalf("%q prints %q", text, c)
		}
	}
}

func TestContextEndsDialogues(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s, _ := scenarios.Load("happy-path", scenarios.Set("actors=301"))
	w, err := stepper.New(ctx, &s.Scenario, scenarios.WorldText(&s.Scenario), trace.Base{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	var out strings.Builder
	d := New(w, "x", &out, nil)
	if more, err := d.Do("to end"); more || err == nil || w.Over() {
		t.Errorf("%v, %v: it goes on", more, err)
	}
}
