package bench

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/paxsim/paxsim/sim/trace"
)

// Row is what came of one repetition: a line of the file of rows. What the clock
// says is in fields that begin with wall_; the rest is the same on every machine.
type Row struct {
	Settings   string `json:"settings"` // their hash
	Trace      int    `json:"trace"`    // the trace version
	Oracle     string `json:"oracle"`
	Mutant     string `json:"mutant"`
	Strategy   string `json:"strategy"`
	Repetition uint64 `json:"repetition"`
	Runs       uint64 `json:"runs"`   // to the first find, and with it; or all that a repetition may make
	Events     uint64 `json:"events"` // of these runs
	Found      string `json:"found"`  // the signature of the find; "": there was none
	In         string `json:"in"`     // the scenario of the find
	WallNS     int64  `json:"wall_ns"`
	CPU        int64  `json:"wall_cpu_ns"` // of the thread that hunted; where that is unknown, as WallNS
}

// row is that of a job, before it is done.
func (s *Settings) row(j Job) Row {
	return Row{Settings: s.Hash, Trace: trace.TraceVersion, Oracle: j.Oracle, Mutant: j.Mutant, Strategy: j.Strategy, Repetition: j.Repetition}
}

// Job is what the row is of.
func (r *Row) Job() Job { return Job{Cell{r.Oracle, r.Mutant, r.Strategy}, r.Repetition} }

// Encode is the line of the row.
func (r *Row) Encode() []byte {
	line, err := json.Marshal(r)
	if err != nil {
		panic("bench: " + err.Error()) // texts and numbers
	}
	return append(line, '\n')
}

// Rows are what has been measured.
type Rows map[Job]Row

// MaxRows is the greatest length of a file of rows, in bytes.
const MaxRows = 1 << 28

// maxRow is the greatest length of a row, in bytes.
const maxRow = 1 << 12

// Read reads the rows of a file, a line at a time. Its last line may be half a
// line, as a machine that fails in the middle of it leaves it: that counts for
// nothing, and whole is how many bytes come before it. A row of other settings, of
// another trace version, or that nobody could have measured is an error that tells
// its line; what fails to be read is an error of from.
func (b *Bench) Read(from io.Reader) (rows Rows, whole int64, err error) {
	begin := fmt.Appendf(nil, `{"settings":"%s","trace":`, b.Hash)
	lines := bufio.NewReaderSize(from, maxRow)
	rows = Rows{}
	for n := 1; ; n++ {
		line, err := lines.ReadSlice('\n')
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			return nil, 0, &Mistake{n, fmt.Sprintf("a row of more than %d bytes", maxRow)}
		case errors.Is(err, io.EOF) && !bytes.HasPrefix(line, begin[:min(len(begin), len(line))]):
			return nil, 0, &Mistake{n, "this is no row of these settings, " + b.Hash}
		case errors.Is(err, io.EOF):
			return rows, whole, nil
		case err != nil:
			return nil, 0, err
		}
		whole += int64(len(line))
		r, err := b.decode(line)
		if err != nil {
			return nil, 0, &Mistake{n, err.Error()}
		}
		j := r.Job()
		if old, twice := rows[j]; twice && (old.Runs != r.Runs || old.Found != r.Found || old.Events != r.Events) {
			return nil, 0, &Mistake{n, fmt.Sprintf("%s by %s, repetition %d, is there already, and came out differently", j.Mutant, j.Strategy, j.Repetition)}
		} else if !twice {
			rows[j] = r
		}
	}
}

// Mistake is what is wrong with a file of rows.
type Mistake struct {
	Line int
	Text string
}

// Error is "3: what is wrong".
func (m *Mistake) Error() string { return fmt.Sprintf("%d: %s", m.Line, m.Text) }

// decode reads a line.
func (b *Bench) decode(line []byte) (r Row, err error) {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return r, fmt.Errorf("this is no row of a bench: %s", clip(err.Error()))
	}
	if _, err := d.Token(); err != io.EOF {
		return r, fmt.Errorf("something follows the row")
	}
	switch {
	case r.Settings != b.Hash:
		return r, fmt.Errorf("settings: %q, and these settings are %s: rows do not mix; name another file", clip(r.Settings), b.Hash)
	case r.Trace != trace.TraceVersion:
		return r, fmt.Errorf("trace: version %d, and this paxsim has %d: its runs are others", r.Trace, trace.TraceVersion)
	}
	var names []string
	splits := false
	for _, m := range b.All {
		names = append(names, m.Name)
		splits = splits || m.Name == r.Mutant && m.Splits
	}
	for _, w := range []struct {
		what, word string
		known      []string
	}{{"oracle", r.Oracle, b.Settings.Oracles}, {"mutant", r.Mutant, names}, {"strategy", r.Strategy, b.Settings.Strategies}} {
		if !slices.Contains(w.known, w.word) {
			return r, fmt.Errorf("%s: there is no %q%s", w.what, clip(w.word), orNearest(w.word, w.known))
		}
	}
	limit := b.Limit(r.Mutant)
	switch {
	case r.Oracle == Agreement && !splits:
		return r, fmt.Errorf("mutant: %s decides no two values", r.Mutant)
	case r.Repetition < 1 || r.Repetition > b.Most:
		return r, fmt.Errorf("repetition: expected 1 to %d, not %d", b.Most, r.Repetition)
	case r.Runs < 1 || r.Runs > limit:
		return r, fmt.Errorf("runs: expected 1 to %d, not %d", limit, r.Runs)
	case r.Found == "" && r.Runs < limit:
		return r, fmt.Errorf("runs: nothing was found, and it is not all %d", limit)
	case (r.Found == "") != (r.In == ""):
		return r, fmt.Errorf("in: a find has a scenario, and nothing else has")
	case r.WallNS < 0 || r.CPU < 0:
		return r, fmt.Errorf("wall_ns, wall_cpu_ns: expected no time below 0")
	}
	return r, nil
}

// clip keeps what a message quotes short.
func clip(text string) string {
	const most = 80
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}
