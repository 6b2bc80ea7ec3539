package scenarios

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

const head = "paxsim: 1\nactors: 5\nrequests: none\n"

// steps is a mapping in a mapping, and so on.
func steps(deep int) (text string) {
	for i := range deep {
		text += strings.Repeat("  ", i+1) + "a:\n"
	}
	return text
}

// TestMistakes holds what is said of each mistake, and that all are told.
func TestMistakes(t *testing.T) {
	tests := []struct {
		name, why string
		text      string
		overrides []Override
		mistakes  int
	}{
		{name: "empty", why: "nothing is no scenario", text: "", mistakes: 1},
		{name: "only-comments", why: "nor are comments", text: "# hello\n", mistakes: 1},
		{name: "only-null", why: "nor is null", text: "---\n", mistakes: 1},
		{name: "list", why: "a file is a mapping", text: "- paxsim: 1\n", mistakes: 1},
		{name: "no-format", why: "a file says what it is", text: "actors: 5\nrequests: none\n", mistakes: 1},
		{name: "format-not-first", why: "it says so first", text: "actors: 5\npaxsim: 1\nrequests: none\n", mistakes: 1},
		{name: "format-later", why: "a later format would only raise false alarms", text: "paxsim: 2\nperiods: 4\n", mistakes: 1},
		{name: "format-strange", why: "a format is a number", text: "paxsim: one\nactors: 5\nrequests: none\n", mistakes: 1},
		{name: "not-yaml", why: "the place where it ends to be YAML is told", text: "paxsim: 1\nactors: [5\nrequests: none\n", mistakes: 1},
		{name: "tab", why: "a favourite", text: "paxsim: 1\nnetwork:\n\tdelay: 1ms\n", mistakes: 1},
		{name: "tab-top", why: "its sibling", text: "paxsim: 1\n\tactors: 5\n", mistakes: 1},
		{name: "tab-after", why: "its sibling", text: "paxsim: 1\nnetwork:\n  delay: 1ms\n\tloss: 2%\n", mistakes: 1},
		{name: "tab-list", why: "its sibling", text: "paxsim: 1\nrequests:\n-\tactor: 1\n", mistakes: 1},
		{name: "tab-behind", why: "its sibling", text: "paxsim: 1\nnetwork:\n \tdelay: 1ms\n", mistakes: 1},
		{name: "indented-deep", why: "the line above has its value", text: "paxsim: 1\nactors: 5\n  network: {delay: 1ms}\n", mistakes: 1},
		{name: "indented-otherwise", why: "it belongs to nothing", text: "paxsim: 1\nnetwork:\n      delay: 1ms\n    loss: 5%\n", mistakes: 1},
		{name: "nested", why: "deep is told in words, however it is written", text: head + "faults:\n" + steps(30), mistakes: 1},
		{name: "second-colon", why: "a sentence with a colon", text: head + "teaches: one thing: this\n", mistakes: 1},
		{name: "no-space", why: "as in other languages", text: head + "network: {delay:1ms,loss:5%}\ncrashes:{chance: 1%}\n", mistakes: 3},
		{name: "no-space-list", why: "as in other languages", text: head + "network: {delay:[1ms]}\n", mistakes: 1},
		{name: "no-comma", why: "", text: head + "network: {delay: 1ms loss: 5%}\n", mistakes: 1},
		{name: "begins-with", why: "", text: head + "network: {loss: %5}\n", mistakes: 1},
		{name: "open-quote", why: "where it begins is the place to look at", text: head + "teaches: \"one thing\nlimits: {time: 1s}\n", mistakes: 1},
		{name: "set-excerpt", why: "a long override shows where in it the mistake is", text: head, mistakes: 4, overrides: []Override{
			Set("network={delay: 1ms..20ms, duplicate: 1%, fifo: true, loss: 200%}"),
			Set("disk={sync: 1ms,\n\n  snyc: 2ms,                          loud: 1}"),
			Set("crashes={chance: 1%, down: 10ms..50ms, and: [1, 2"),
		}},
		{name: "set-blames", why: "what an override makes of a line of the file is its own fault",
			text: head + "network: {delay: 1ms}\nfaults: {a: {crash: [5], at: 1ms}, b: {crash: [1, 4], at: 1ms}}\n", mistakes: 4, overrides: []Override{
				Set("network.loss=5%"), Set("actors=4"), Set("tick=3us"), Set("limits.events=100"),
			}},
		{name: "set-blames-not", why: "a file with a mistake of its own is to blame", text: head + "disk: {snyc: 1ms}\n", mistakes: 1, overrides: []Override{Set("network.loss=5%")}},
		{name: "binary", why: "not text at all", text: "paxsim: 1\nactors: \x00\xff\n", mistakes: 1},
		{name: "two-documents", why: "which of the two?", text: head + "---\n" + head, mistakes: 1},
		{name: "deep", why: "a parser that recurses must be held", text: "paxsim: " + strings.Repeat("[", 100_000), mistakes: 1},
		{name: "foreign", why: "aliases and tags make a file mean more than it shows",
			text: "paxsim: 1\nactors: &n 5\nrequests: !!str none\ndisk: {sync: *n}\n<<: {tick: 1ms}\ncrashes: {chance: *n}\n", mistakes: 5},
		{name: "unknown-alias", why: "an alias is the mistake, not its name", text: "paxsim: 1\nactors: *n\n", mistakes: 1},
		{name: "bomb", why: "a few lines would become gigabytes if they were followed",
			text: "paxsim: 1\na: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\nactors: 5\nrequests: none\n", mistakes: 13},
		{name: "unknown-keys", why: "a key that is not read is a wish that is not heard",
			text: "paxsim: 1\nactorz: 5\nrequests: none\nnetwork: {los: 1%, zzz: 3}\nweather: fine\n", mistakes: 4},
		{name: "missing", why: "what has no default must be said", text: "paxsim: 1\n", mistakes: 2},
		{name: "duplicate-keys", why: "which of the two?", text: head + "actors: 6\nnetwork: {loss: 1%, loss: 2%}\n", mistakes: 2},
		{name: "empty-values", why: "an empty value must not keep the default in silence",
			text: "paxsim: 1\nactors:\nrequests:\ntick: ~\nteaches: ''\nnetwork: {}\ndisk: {sync: }\nfaults: {a: {crash: [], at: null}}\ninvariants: []\necho:\n", mistakes: 10},
		{name: "empty-keys", why: "nor can an empty key mean anything", text: head + "'': 3\n? [a]\n: b\n~: 3\n", mistakes: 3},
		{name: "wrong-types", why: "each place says what it takes",
			text: "paxsim: 1\nactors: [5]\nrequests: {actor: 1}\ntick: {a: b}\nnetwork: 20ms\ndisk: {sync: [1ms]}\nfaults: [a, b]\nlimits: {time: [], events: 1.5}\ninvariants: {faithful: true}\necho: {loud: 1, times: '3', place: 1, fade: x}\n", mistakes: 13},
		{name: "actors-none", why: "nobody can run nothing", text: "paxsim: 1\nactors: 0\nrequests: none\n", mistakes: 1},
		{name: "actors-many", why: "2^40 actors fit in no memory", text: "paxsim: 1\nactors: 1099511627776\nrequests: none\n", mistakes: 1},
		{name: "actors-negative", why: "", text: "paxsim: 1\nactors: -3\nrequests: none\n", mistakes: 1},
		{name: "actors-forms", why: "only one way to write a number", text: "paxsim: 1\nactors: 0x10\nrequests: none\nlimits: {events: 1_000}\n", mistakes: 2},
		{name: "no-multiple", why: "a time must not be rounded in silence",
			text: head + "tick: 1ms\nnetwork: {delay: 1.5ms..20ms}\nlimits: {time: 1234567us}\ndisk: {sync: 0.3ms}\n", mistakes: 3},
		{name: "tick", why: "a bad tick must not make every time look wrong",
			text: head + "tick: 1.5us\nnetwork: {delay: 1ms..0.123ms, loss: 200%}\n", mistakes: 2},
		{name: "tick-zero", why: "", text: head + "tick: 0s\n", mistakes: 1},
		{name: "durations", why: "a time has a unit",
			text: head + "network: {delay: 20}\ndisk: {sync: -1ms}\nlimits: {time: 0s}\ncrashes: {down: 5ms..1ms}\necho: {gap: 1 hour, rest: 99999999h}\n", mistakes: 6},
		{name: "chances", why: "101% is too many, and 2 may be 2%",
			text: head + "network: {loss: 2, duplicate: 101%}\ncrashes: {chance: 0.0000000001}\necho: {fade: 0%}\n", mistakes: 4},
		{name: "words", why: "the nearest word is named",
			text: head[:len("paxsim: 1\nactors: 5\n")] + "requests: by-chanse\necho: {loud: ture, place: cavern}\ninvariants: [faitful, later, later]\n", mistakes: 5},
		{name: "invariants-word", why: "", text: head + "invariants: faithful\n", mistakes: 1},
		{name: "invariants-twice", why: "", text: head + "invariants: [later, later]\n", mistakes: 1},
		{name: "protocol", why: "its settings are not called unknown as well",
			text: head + "protocol: ecko\necko: {loud: false}\ninvariants: [loud]\nnetwork: {loss: 300%}\n", mistakes: 2},
		{name: "protocol-other", why: "settings of another protocol are not read", text: head + "protocol: mute\necho: {loud: false}\n", mistakes: 1},
		{name: "faults", why: "what the world finds wrong has a place in the file too",
			text: head + `faults:
  a: {split: [[1, 9], [2, 2]], at: 1s, until: 1s}
  b: {at: 1s}
  c: {split: [[1]], crash: [2], at: 0s}
  d: {crash: [1, 1]}
  e.f: {crash: [1]}
  loss: {crash: [1]}
  g: {split: [[1, 2, 3, 4, 5]], at: 1ms}
  h: {crash: []}
  i: {crash: [0], untill: 3s}
`, mistakes: 11},
		{name: "fault-kinds", why: "one thing a fault, whatever shape it has",
			text: head + `faults:
  a: {isolate: any, ring: all}
  b: {split: any, crash: caller}
  c: {isolat: any}
  d: {one_way: {from: any}}
  e: {weather: {from: any}}
  f: {weather: {los: 3%}}
  g: {clog: {}}
  h: {clog: al}
  i: {bridge: all}
  j: {split: some}
`, mistakes: 10},
		{name: "targets", why: "whom a fault strikes is a list or a word",
			text: head + `faults:
  a: {crash: calller}
  b: {crash: any 9}
  c: {crash: any 0}
  d: {pause: 3}
  e: {ring: [1, 9, 1]}
  f: {chain: {who: 1}}
  g: {isolate: majorty}
  h: {one_way: {from: anyone, to: [0]}}
  i: {crash: ''}
  j: {pause: any two}
  k: {clog: {messages: [Eccho, Call, Call]}}
  l: {clog: {messages: Echo, to: [2, 2]}}
`, mistakes: 15},
		{name: "moments", why: "a moment is a sentence, and each word of it has its place",
			text: head + `faults:
  a: {crash: any, when: 2 sendz Echo}
  b: {crash: any, when: 2 sends Ecco}
  c: {crash: any, when: 9 decides}
  d: {crash: any, when: anyone decides}
  e: {crash: any, when: any sends Echo to majorty}
  f: {crash: any, when: any sends Echo from majority}
  g: {crash: any, when: 2 sends Echo 3}
  h: {crash: any, when: 2 sends Echo 3 time}
  i: {crash: any, when: 2 sends Echo 0 times}
  j: {crash: any, when: 2 sends Echo 2 times to majority}
  k: {crash: any, when: 2 sends}
  l: {crash: any, when: decides}
  m: {crash: any, when: any saves sond}
  n: {crash: any, until_when: 2 crashes hard}
  o: {crash: any, when: 5ms}
  p: {crash: any, when: [2 decides]}
  q: {crash: any, when: 2 sends Echo 4294967296 times}
  r: {crash: any, when: 2 decides by}
`, mistakes: 18},
		{name: "moments-of-the-mute", why: "what a protocol has no words for cannot be waited for",
			text: head + "protocol: mute\nfaults: {a: {crash: any, when: any saves vote}, b: {crash: leader}}\n", mistakes: 2},
		{name: "spells", why: "when a fault begins and how long it holds must make sense together",
			text: head + `faults:
  a: {pause: any, at: 1s, when: 2 decides}
  b: {pause: any, every: 1s}
  c: {pause: any, every: 0s, for: 0s}
  d: {pause: any, every: 1s, for: 1ms, when: 2 decides}
  e: {pause: any, every: 2s..1s, for: 1}
  f: {pause: any, for: 60h}
  g: {pause: any, at: 2s, until: 1s}
  h: {weather: {delay: 0.05ms, loss: 200%}, for: soon}
`, mistakes: 11},
		{name: "periods", why: "a period says how long it is, and no more than it is",
			text: head + "periods: [{loss: 3%}, {for: 0s}, {for: 1s, los: 3%}, {for: 1s, crashes: 2}, 3, {}]\nuntil: 1s\n", mistakes: 7},
		{name: "periods-word", why: "", text: head + "periods: 3\ncore: some\nspare: quorm\n", mistakes: 3},
		{name: "periods-and-until", why: "two ways to say when it is calm", text: head + "periods: [{for: 1s}]\nuntil: 1s\n", mistakes: 1},
		{name: "core", why: "a core without a calm", text: head + "core: any\n", mistakes: 1},
		{name: "core-small", why: "one that can decide nothing", text: head + "until: 1s\ncore: [1, 1, 2]\n", mistakes: 2},
		{name: "spare", why: "the faults leave no quorum to be spared", text: head + "spare: quorum\nfaults: {f: {crash: [1, 2, 3]}}\n", mistakes: 1},
		{name: "links", why: "what a link can be has bounds",
			text: head + "network: {copies: 4, corrupt: 2, forge: -1%, bias: 1, fifo: yes, capacity: none, evict: oldst}\n", mistakes: 7},
		{name: "links-many", why: "what is kept for every pair is for worlds of some size",
			text: "paxsim: 1\nactors: 1001\nrequests: none\nnetwork: {bias: 1ms, fifo: true, capacity: 3}\nfaults: {f: {ring: all}}\n", mistakes: 4},
		{name: "members", why: "nobody, nobody's, twice and by a word that is none",
			text: head + "members: [1, 9, 0, x]\nuntil: nevr\n", mistakes: 4},
		{name: "members-empty", why: "who counts must be somebody", text: head + "members: []\nuntil: 0s\n", mistakes: 2},
		{name: "members-twice", why: "", text: head + "members: [1, 2, 1]\nuntil: 0.05ms\n", mistakes: 2},
		{name: "members-word", why: "", text: head + "members: al\nuntil: [1s]\n", mistakes: 2},
		{name: "delays-long", why: "a delay has a bound of its own", text: head + "network: {delay: 1ms..100h}\ndisk: {sync: 60h}\ncrashes: {down: 59h..60h}\n", mistakes: 3},
		{name: "delays-keys", why: "each missing part is named, and so is the nearest right word",
			text: head + "network:\n  delay: {least: 1ms, exponentail: 10ms, most: 500ms}\n", mistakes: 1},
		{name: "delays-missing", why: "a delay with a tail must say where it ends",
			text: head + "network: {delay: {log-normal: 10ms}}\n", mistakes: 3},
		{name: "delays-no-model", why: "a typing mistake must not become uniform",
			text: head + "network: {delay: {least: 1ms, most: 500ms}}\n", mistakes: 1},
		{name: "delays-strange-model", why: "what is not there is not guessed at",
			text: head + "network: {delay: {least: 1ms, weibull: 3ms, most: 500ms}}\n", mistakes: 2},
		{name: "delays-by-parameter", why: "sigma alone tells what is meant",
			text: head + "network: {delay: {least: 1ms, sigmo: 0.8, most: 500ms}}\n", mistakes: 2},
		{name: "delays-two-models", why: "which of the two?",
			text: head + "network: {delay: {least: 1ms, exponential: 10ms, pareto: 5ms, most: 500ms}}\n", mistakes: 1},
		{name: "delays-other-model", why: "a parameter of another model is a wish that is not heard",
			text: head + "network: {delay: {least: 1ms, exponential: 10ms, sigma: 0.8, most: 500ms}}\n", mistakes: 1},
		{name: "delays-twice", why: "told once", text: head + "network: {delay: {least: 1ms, least: 2ms, exponential: 10ms, exponential: 1ms, most: 500ms}}\n", mistakes: 2},
		{name: "delays-values", why: "units, multiples and bounds",
			text: head + "network: {delay: {least: 1, pareto: 0.15ms, alpha: 0.05, most: 60h}}\n", mistakes: 4},
		{name: "delays-decimals", why: "a number is a number",
			text: head + "network: {delay: {least: 1ms, log-normal: 0s, sigma: '1.5', most: [1s]}}\n", mistakes: 3},
		{name: "delays-fine", why: "", text: head + "network: {delay: {least: 1ms, log-normal: 5ms, sigma: 1.2345, most: 1s}}\n", mistakes: 1},
		{name: "delays-normal", why: "a mean outside of what can be would be cut off", text: head + "network: {delay: {least: 10ms, normal: 5ms, deviation: 60h, most: 20ms}}\n", mistakes: 1},
		{name: "delays-normal-mean", why: "", text: head + "network: {delay: {least: 10ms, normal: 25ms, deviation: 1ms, most: 20ms}}\n", mistakes: 1},
		{name: "delays-normal-parts", why: "deviation alone tells what is meant", text: head + "network: {delay: {least: 1ms, norml: 3ms, deviation: 1, most: 20ms}}\n", mistakes: 2},
		{name: "delays-most", why: "the greatest is not below the least", text: head + "network: {delay: {least: 1s, exponential: 5ms, most: 1ms}}\n", mistakes: 1},
		{name: "places", why: "each way once, each actor at one place, and each mistake at its place", text: head + `network:
  places:
    tokyo: {actors: [1, 2]}
    oregon: {actors: [2], round_trips: {tokio: 65ms}}
    3rd: {actors: [3]}
    dublin: {round_trips: {tokyo: 0.1ms, oregon: [3]}, to: {dublin: 1}}
`, mistakes: 7},
		{name: "places-ways", why: "how far it is must be said, and once", text: head + `network:
  places:
    tokyo: {actors: [1, 2, 3], to: {oregon: 30ms}}
    oregon: {actors: [4], round_trips: {tokyo: 65ms}}
    dublin: {actors: [5], round_trips: {tokyo: 150ms}, to: {tokyo: 70ms}}
`, mistakes: 2},
		{name: "places-unsaid", why: "", text: head + `network:
  places:
    tokyo: {actors: [1, 2, 3]}
    oregon: {actors: [4], round_trips: {oregon: 200us}}
    dublin: {actors: [5], to: {tokyo: 70ms}}
`, mistakes: 3},
		{name: "places-nobody", why: "an actor must be somewhere", text: head + "network: {places: {tokyo: {actors: [1, 2]}}}\n", mistakes: 1},
		{name: "places-forms", why: "", text: head + "network: {places: [tokyo]}\ncrashes: {chance: 1%}\n", mistakes: 1},
		{name: "places-far", why: "", text: head + "network: {places: {a: {actors: [1, 2, 3, 4, 5], round_trips: {a: 200h}, to: {a: 60h}}}}\n", mistakes: 2},
		{name: "delays-empty", why: "", text: head + "network: {delay: {}}\n", mistakes: 1},
		{name: "delays-list", why: "a table needs its name", text: head + "network: {delay: [[100%, 1ms]]}\n", mistakes: 1},
		{name: "delays-table", why: "each point has its place", text: head + `network:
  delay:
    table:
      - [50%, 5ms]
      - [40%, 6ms]
      - [60%, 4ms]
      - [90%, 7ms]
`, mistakes: 3},
		{name: "delays-table-forms", why: "", text: head + "network: {delay: {table: [[50%, 5], [60%], [1, 6ms, 7ms], 100%, {}]}}\n", mistakes: 5},
		{name: "delays-table-most", why: "the last point is the greatest", text: head + "network: {delay: {table: [[100%, 5ms]], most: 1s}}\n", mistakes: 1},
		{name: "delays-table-empty", why: "", text: head + "network: {delay: {table: []}}\n", mistakes: 1},
		{name: "requests", why: "", text: "paxsim: 1\nactors: 5\nrequests:\n  - {actor: 6}\n  - {actor: none, at: 3}\n  - {value: 3b}\n  - {value: '-'}\n  - 3\n  - {}\n", mistakes: 7},
		{name: "requests-drawn", why: "a time that is drawn has the bounds and the models of a delay", text: "paxsim: 1\nactors: 5\nrequests:\n  - {at: 5ms..1ms}\n  - {at: 1ms..60h}\n  - {at: {least: 1ms, most: 2ms}}\n  - {at: 1ms..}\n", mistakes: 4},
		{name: "linger-core", why: "a core's run ends by its bound", text: head + "until: 1s\ncore: any\nlimits: {linger: 10ms}\n", mistakes: 1},
		{name: "protocol-problem", why: "what the protocol finds wrong has a place too",
			text: head + "network: {delay: 20ms}\necho:\n  place: cave\n  gap: 30ms\n", mistakes: 1},
		{name: "protocol-problem-nowhere", why: "the nearest place above it will do",
			text: head + "network: {delay: 20ms}\necho: {place: cave}\n", mistakes: 1},
		{name: "long-line", why: "the excerpt is the part that matters",
			text: head + "network: {delay: 1ms" + strings.Repeat(" ", 200) + ", loss: 30" + strings.Repeat(" ", 200) + "}\n", mistakes: 1},
		{name: "many", why: "a screenful is enough", text: head + strings.Repeat("x: 1\n", 500), mistakes: 100},
		{name: "wide", why: "columns are counted in characters", text: head + "teaches: äöü\nnetwork: {delay: 1µs, loss: ½}\n", mistakes: 2},
		{name: "outside", why: "nobody should leave the model by a slip",
			text: head + "network: {forge: 1%}\nperiods: [{for: 1s, forge: 2%}, {for: 1s, forge: 0%}]\nfaults: {fog: {weather: {forge: 3%}}}\n", mistakes: 3},
		{name: "expect", why: "an expectation that cannot be read would hold by chance",
			text: head + "group: weather\noutside: [forged-sender, forged-senders, forged-senders]\nexpect:\n  always: hold\n  some: {violated: faitful, decided: yes, in: 0}\n  decided_within: 3\n  learned_within: 0s\n  never_decided_befor: 1s\n  messages: {at_most: lots, at_least: 1}\n  marks: [seen]\n  runs: 0\n", mistakes: 14},
		{name: "expect-types", why: "", text: head + "outside: forged-senders\nexpect: decided\npremise: [loss]\n", mistakes: 3},
		{name: "expect-parts", why: "", text: head + "expect: {always: [held], some: violated, messages: 5, marks: heard, runs: 1.5}\n", mistakes: 5},
		{name: "expect-empty", why: "", text: head + "outside: []\nexpect: {always: , some: {}, messages: {}, marks: []}\npremise: {set: {}, calm: [], breaks: }\n", mistakes: 8},
		{name: "expect-contradicts", why: "what no runs can meet is a slip of the pen",
			text: head + "invariants: [later]\nexpect: {always: held, some: {violated: faithful, decided: true}, decided_within: 1s, never_decided_before: 2s}\n", mistakes: 3},
		{name: "expect-undecided", why: "", text: head + "expect: {always: undecided, some: {decided: true, in: 5}, learned_within: 1s}\n", mistakes: 2},
		{name: "expect-partial", why: "partial is neither all nor nobody",
			text: head + "expect: {always: partial, some: {decided: true, undecided: true, violated: faithful}, learned_within: 1s, learned: 5}\n", mistakes: 5},
		{name: "expect-partial-all", why: "",
			text: head + "expect: {always: partial, learned: [1, 2, 3, 4, 5]}\n", mistakes: 1},
		{name: "expect-undecided-decides", why: "undecided is nobody",
			text: head + "expect: {always: undecided, some: {partial: true}, decided_within: 1s, learned: 1, learned_within: 2s}\n", mistakes: 4},
		{name: "expect-some-partial", why: "", text: head + "expect: {always: decided, some: {partial: true}}\n", mistakes: 1},
		{name: "expect-learned", why: "", text: head + "expect: {learned: most}\n", mistakes: 1},
		{name: "expect-learned-many", why: "", text: head + "expect: {learned: 6}\n", mistakes: 1},
		{name: "expect-learned-none", why: "", text: head + "expect: {learned: 0}\n", mistakes: 1},
		{name: "expect-learned-list", why: "", text: head + "expect: {learned: [1, 6, 1]}\n", mistakes: 1},
		{name: "expect-learned-twice", why: "", text: head + "expect: {learned: [2, 1, 2]}\n", mistakes: 1},
		{name: "expect-learned-keys", why: "", text: head + "expect: {learned: {majority: true}, within: soon}\n", mistakes: 2},
		{name: "expect-within", why: "within what", text: head + "expect: {within: 1s}\n", mistakes: 1},
		{name: "expect-within-never", why: "", text: head + "expect: {learned: majority, within: 1s, learned_within: 1s, never_decided_before: 2s}\n", mistakes: 2},
		{name: "expect-chosen", why: "nobody counts votes for nothing", text: head + "invariants: none\nexpect: {chosen_within: 1s}\n", mistakes: 1},
		{name: "expect-decided", why: "", text: head + "expect: {always: decided, some: {undecided: true}}\n", mistakes: 1},
		{name: "expect-nothing", why: "how many runs are to do what?", text: head + "expect: {some: {in: 10}}\n", mistakes: 1},
		{name: "expect-unwatched", why: "marks are noted by who watches", text: head + "invariants: none\nexpect: {marks: [heard]}\n", mistakes: 1},
		{name: "premise", why: "a premise is held as overrides are, and each mistake has its place",
			text: head + "faults: {cut: {split: [[1]]}}\npremise:\n  set: {network.los: 3%, actors: x, 'a b': 3, echo.loud: }\n", mistakes: 2},
		{name: "premise-overrides", why: "",
			text: head + "faults: {cut: {split: [[5]]}}\npremise:\n  set:\n    network.los: 3%\n    actors: x\n    faults.cut.at: 99s\n    faults.cut.until: 3s\n    requests.1.actor: 3\n    disk: {sync: {}}\n    limits.events: '7'\n  calm: [rain, loss, cuts]\n", mistakes: 8},
		{name: "premise-mutant", why: "whether there is such a mutant is seen when it is put in", text: head + "premise: {mutant: too-eager}\n", mistakes: 1},
		{name: "premise-follows", why: "", text: head + "faults: {cut: {split: [[5]]}}\npremise:\n  set: {actors: 3}\n", mistakes: 1},
		{name: "premise-tick", why: "times of the expectation would mean something else", text: head + "premise: {set: {tick: 1ms}}\n", mistakes: 1},
		{name: "premise-nothing", why: "what is taken away?", text: head + "premise: {breaks: always}\n", mistakes: 1},
		{name: "premise-breaks", why: "what nobody expects cannot fail",
			text: head + "expect: {always: anything, runs: 5}\npremise: {calm: loss, breaks: [marks, marks, message]}\n", mistakes: 2},
		{name: "premise-vain", why: "", text: head + "expect: {always: anything, runs: 5}\npremise: {calm: loss}\n", mistakes: 1},
		{name: "group", why: "whoever shows a fault shows what it does", text: head + "group: cuts\n", mistakes: 1},
		{name: "set", why: "a mistake in an override names the override", text: head + "faults: {cut1: {split: [[1], [2]], until: 1s}}\n", overrides: []Override{
			Set("actors=x"), Set("actor=3"), Set("network.los=3%"), Set("loss=3%"), Set("echo.time=3"), Set("times=3"),
			Set("faults.cut.at=1s"), Set("faults.cut1.att=1s"), Set("faults.cut1.at.x=1s"), Set("requests.1.actor=2"), Set("requests.x.actor=2"),
			Set("actors"), Set("=3"), Set("actors="), Set("network.loss=[1"), Set("network.duplicate=*a"), Set("network.loss.x=3"), Set("paxsim=2"),
			Set("disk=3"), Set("crashes={chance: 1%, chanse: 2%}"), Set("protocol=eko"), Set("limits.time=0.15ms"),
		}, mistakes: 22},
		{name: "set-delay", why: "a delay is given as a whole", text: head, overrides: []Override{Set("network.delay={least: 2s, pareto: 5ms, alpha: 1.5, most: 1s}"), Set("network.delay.most=3s")}, mistakes: 2},
		{name: "set-follows", why: "an override can make what the file says wrong", text: head + "faults: {cut1: {split: [[1], [5]], until: 1s}}\n",
			overrides: []Override{Set("actors=3")}, mistakes: 1},
		{name: "set-problem", why: "and what the world finds wrong with it names it too", text: head,
			overrides: []Override{Set("faults.down.crash=[1, 1]"), Set("faults.down.until=0s")}, mistakes: 2},
		{name: "set-kinds", why: "an override can begin a fault with any kind, and be wrong in it", text: head + "faults: {cut1: {split: [[1], [2]], until: 1s}, jam: {clog: all}}\n",
			overrides: []Override{Set("faults.cut1.isolate=any"), Set("faults.a.isolat=any"), Set("faults.b.crash=calller"), Set("faults.jam.clog.form=[1]"),
				Set("faults.c.weather.loss=2"), Set("periods.1.loss=2%"), Set("faults.d.at=1s"), Set("core.from=1")}, mistakes: 8},
		{name: "calm", why: "a name that calms nothing must not pass for calm", text: head + "faults: {cut1: {crash: [1]}}\n",
			overrides: []Override{Calm("los"), Calm("cut2"), Calm(""), Calm("rain")}, mistakes: 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := fakes.Read("bad.yaml", tt.text, tt.overrides...)
			var e *Errors
			if !errors.As(err, &e) || s != nil {
				t.Fatalf("read: %v", err)
			}
			if len(e.Mistakes) != tt.mistakes {
				t.Errorf("%d mistakes, want %d", len(e.Mistakes), tt.mistakes)
			}
			text := e.Error() + "\n"
			if len(tt.text) < 1000 {
				text = fmt.Sprintf("%s\n----\n%s", strings.TrimSuffix(tt.text, "\n"), text)
			}
			golden(t, "mistakes/"+tt.name, text)
		})
	}
}
