package terminal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// hostile are texts that a terminal must not get as they are.
var hostile = []string{
	"\x1b[2J", "\a", "a\rb", "a\nb", "a\tb", "\x7f", "\u009b31m", "\u202e", "\u2066x\u2069", "\u200e", "\u061c", "\u200b", "\ufeff", "\u2028", "\u00ad", "\U000e0041",
	"\xff", "a\xc3", "\xe2\x80", "", "plain", "ünï 日本 🙂", `back\slash`, "it's", "\u00a0",
}

func bad(text string) bool {
	return !utf8.ValidString(text) || strings.ContainsFunc(text, func(c rune) bool { return !unicode.IsPrint(c) })
}

func TestText(t *testing.T) {
	for text, want := range map[string]string{
		"plain": "plain", "日本": "日本", "a\nb": `a\nb`, "\x1b[2J": `\x1b[2J`, "\u202e": `\u202e`, "\u009b": `\u009b`, "\U000e0041": `\U000e0041`, "\xff": "\uFFFD", `a\b`: `a\b`,
	} {
		if got := Text(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for _, text := range hostile {
		once := Text(text)
		if bad(once) || Text(once) != once {
			t.Errorf("%q becomes %q, and that %q", text, once, Text(once))
		}
	}
}

type name string

func (n name) String() string { return string(n) }

// TestFprintf: whatever a value is and however it is formatted, it does not end
// its line. Lines and the format do.
func TestFprintf(t *testing.T) {
	for _, text := range hostile {
		for _, value := range []any{text, name(text), fmt.Errorf("e%s", text), []string{text, "x"}, []byte(text), map[string]string{text: text}, struct{ A string }{text}, &struct{ A any }{text}} {
			for _, verb := range []string{"%s", "%v", "%+v", "%q", "%-9v", "%9v", "%#v"} {
				if got := Sprintf(verb+"|", value); bad(got) {
					t.Errorf("%s of %T %q: %q", verb, value, text, got)
				}
			}
		}
	}
	var b strings.Builder
	Fprintf(&b, "%s\n%d %v%s %-4s| %*s\n", "a\nb", 7, nil, Lines("x\ny"), "\n", 5, "z")
	if got, want := b.String(), "a\\nb\n7 <nil>x\ny \\n  |     z\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestWriter: however a text is cut into writes, the same comes out: text that
// may go to a terminal.
func TestWriter(t *testing.T) {
	text := strings.Join(hostile, "|")
	want := ""
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			want += "\n"
		}
		for j, cell := range strings.Split(line, "\t") {
			if j > 0 {
				want += "\t"
			}
			want += Text(cell)
		}
	}
	for size := 1; size <= len(text); size++ {
		var out bytes.Buffer
		w := NewWriter(&out)
		for rest := text; rest != ""; {
			n := min(size, len(rest))
			if wrote, err := w.Write([]byte(rest[:n])); wrote != n || err != nil {
				t.Fatal(wrote, err)
			}
			rest = rest[n:]
		}
		if err := w.Flush(); err != nil || out.String() != want {
			t.Fatalf("in writes of %d:\n%q, want\n%q", size, out.String(), want)
		}
	}
}

// TestWriterEnd: half a character at the end is not lost.
func TestWriterEnd(t *testing.T) {
	var out bytes.Buffer
	w := NewWriter(&out)
	w.Write([]byte("a\xe2\x80"))
	w.Flush()
	w.Write([]byte("b"))
	if out.String() != "a\uFFFDb" {
		t.Errorf("%q", out.String())
	}
}

// TestWriterJSON: text of JSON has the same values behind the door.
func TestWriterJSON(t *testing.T) {
	for _, text := range hostile {
		data, err := json.Marshal(map[string]string{text: text})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		w := NewWriter(&out)
		w.JSON()
		w.Write(data)
		var was, is map[string]string
		if json.Unmarshal(data, &was); json.Unmarshal(out.Bytes(), &is) != nil || fmt.Sprint(was) != fmt.Sprint(is) || bad(out.String()) {
			t.Errorf("%q: %q", text, out.String())
		}
	}
	var out bytes.Buffer
	w := NewWriter(&out)
	w.Exact()
	w.Write([]byte("\x1b\xff"))
	if out.String() != "\x1b\xff" {
		t.Errorf("not exact: %q", out.String())
	}
}

// TestQuote: what Quote writes is safe to show, and a shell reads the same
// argument back.
func TestQuote(t *testing.T) {
	args := append([]string{"a b", "$HOME", "`id`", "*", "~", "x=1%", "-dash", "a;b", "!x", "{a,b}", "#c", "\x0177", "\n'\n", "\\\n", "a\n", "\x80'7"}, hostile...)
	for _, arg := range args {
		quoted := QuoteOne(arg)
		if bad(quoted) {
			t.Errorf("%q is quoted %q", arg, quoted)
		}
		shell := "sh"
		if strings.HasPrefix(quoted, "$'") {
			shell = "bash"
		}
		out, err := exec.Command(shell, "-c", "printf %s "+quoted).Output()
		if err != nil {
			t.Skip(err)
		}
		if string(out) != arg {
			t.Errorf("%q is quoted %s and read as %q", arg, quoted, out)
		}
	}
	if got := Quote("paxsim", "--set", "network.loss=10%"); got != "paxsim --set network.loss=10%" {
		t.Errorf("needless quotes: %s", got)
	}
}
