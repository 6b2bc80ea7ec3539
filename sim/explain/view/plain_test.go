package view

import (
	"strings"
	"testing"
)

// What a reader of a script needs goes; what could be a text stays.
func TestPlain(t *testing.T) {
	for source, want := range map[string]string{
		"// a comment\n\n  a = 1; // one\n":            "a = 1;\n",
		"/* over\n   two lines */\n  b { }\n/* one */": "b { }\n",
		"  u = 'http://x';\n":                          "u = 'http://x';\n",
		"u = ' // ';\n":                                "u = ' // ';\n",
		"u = 'a // b'; // it's said\n":                 "u = 'a // b'; // it's said\n",
		"u = `a // b // c`;":                           "u = `a // b // c`;\n",
		"if (x) // why\n    y();\n":                    "if (x)\ny();\n",
		"f('a', \"b\"); // then\n":                     "f('a', \"b\");\n",
		"":                                             "",
	} {
		if got := plain(source); got != want {
			t.Errorf("%q is %q, not %q", source, got, want)
		}
	}
	if plain(script()) != script() || plain(style()) != style() {
		t.Error("what is plain can be made plainer")
	}
	sources := 0
	for _, name := range modules {
		source := moduleText(name)
		sources += len(source)
		for i, line := range strings.Split(source, "\n") {
			if strings.Count(line, "`")%2 != 0 {
				t.Errorf("%s.js, line %d: a text of several lines would lose its indentation", name, i+1)
			}
		}
	}
	if len(script()) > sources*9/10 {
		t.Errorf("the script has %d bytes of %d", len(script()), sources)
	}
}
