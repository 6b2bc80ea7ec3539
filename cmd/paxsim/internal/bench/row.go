package bench

import (
	"bytes"
	"encoding/json"
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

// Read reads the rows of a file. Its last line may be half a line, as a machine
// that fails in the middle of it leaves it: that counts for nothing, and whole is
// how much of the data comes before it. A row of other settings, of another trace
// version, or that nobody could have measured is an error that tells its line.
func (b *Bench) Read(data []byte) (rows Rows, whole int, err error) {
	whole = bytes.LastIndexByte(data, '\n') + 1
	begin := fmt.Appendf(nil, `{"settings":"%s","trace":`, b.Hash)
	if half := data[whole:]; !bytes.HasPrefix(half, begin[:min(len(begin), len(half))]) {
		return nil, 0, fmt.Errorf("%d: this is no row of these settings, %s", bytes.Count(data, []byte("\n"))+1, b.Hash)
	}
	rows = Rows{}
	n := 0
	for line := range bytes.Lines(data[:whole]) {
		n++
		r, err := b.decode(line)
		if err != nil {
			return nil, 0, fmt.Errorf("%d: %w", n, err)
		}
		j := r.Job()
		if old, twice := rows[j]; twice && (old.Runs != r.Runs || old.Found != r.Found || old.Events != r.Events) {
			return nil, 0, fmt.Errorf("%d: %s by %s, repetition %d, is there already, and came out otherwise", n, j.Mutant, j.Strategy, j.Repetition)
		} else if !twice {
			rows[j] = r
		}
	}
	return rows, whole, nil
}

// decode reads a line.
func (b *Bench) decode(line []byte) (r Row, err error) {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return r, fmt.Errorf("this is no row of a bench: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return r, fmt.Errorf("something stands behind the row")
	}
	switch {
	case r.Settings != b.Hash:
		return r, fmt.Errorf("settings: %q, and these settings are %s: rows do not mix; name another file", r.Settings, b.Hash)
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
			return r, fmt.Errorf("%s: there is no %q%s", w.what, w.word, orNearest(w.word, w.known))
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
