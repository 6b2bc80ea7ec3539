package cli

import (
	"io"
	"strings"
	"testing"
)

func TestReadLines(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	in := "one\r\n\n" + long + "\n" + strings.Repeat("y", maxLine-1) + "\nlast"
	want := []line{
		{text: "one"}, {text: ""}, {text: long[:60] + "…", long: true}, {text: strings.Repeat("y", maxLine-1)}, {text: "last"}, {err: io.EOF},
	}
	lines := readLines(strings.NewReader(in))
	for i, w := range want {
		if got := <-lines; got != w {
			t.Errorf("%d: %.80v, want %.80v", i, got, w)
		}
	}
}
