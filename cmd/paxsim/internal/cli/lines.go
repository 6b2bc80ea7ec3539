package cli

import (
	"bufio"
	"errors"
	"io"
	"strings"
)

// maxLine is how long a command of a dialogue may be, in bytes.
const maxLine = 4096

// line is a line of input, or the reason why the input is over.
type line struct {
	text string // of a line that is too long, how it begins
	long bool
	err  error // io.EOF: that was all
}

// readLines reads lines for whoever waits for other things as well. Of a line
// that is too long it holds no more than a command may have. The last one need
// not end.
func readLines(in io.Reader) <-chan line {
	lines := make(chan line)
	go func() {
		r := bufio.NewReaderSize(in, maxLine)
		for {
			l := readLine(r)
			lines <- l // nobody waits any more: then the process ends soon
			if l.err != nil {
				return
			}
		}
	}()
	return lines
}

func readLine(r *bufio.Reader) line {
	text, err := r.ReadSlice('\n')
	l := line{text: strings.TrimRight(string(text), "\r\n")}
	for errors.Is(err, bufio.ErrBufferFull) {
		l.long = true
		_, err = r.ReadSlice('\n')
	}
	if l.long {
		l.text = l.text[:60] + "…"
	}
	if err != nil && len(text) == 0 && !l.long {
		l.err = err
	}
	return l
}
