package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/paxsim/paxsim/actors"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/bench"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/plot"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/zoo"
)

// benchFlags is what the flags of zoo say about its bench.
type benchFlags struct {
	limits
	on          bool
	report      bool // print the results of the rows, and measure nothing
	settings    string
	rows        string
	oracles     []string
	mutants     []string
	strategies  []string
	repetitions uint64
	cpu         bool
	plot        string // a file; "": none
}

// benchFormats are how the table of a bench is printed.
var benchFormats = []string{"table", "markdown", "csv"}

// add gives the command its flags, and returns their names.
func (f *benchFlags) add(cmd *cobra.Command) (names []string) {
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.SortFlags = false
	flags.BoolVar(&f.on, "bench", false, "measure how soon each strategy finds each unsafe mutant; takes hours, and may be stopped")
	flags.Var(textFlag{&f.settings, "FILE"}, "settings", "what --bench measures (default those in docs/bench.md)")
	f.rows = "paxsim-bench.jsonl"
	flags.Var(textFlag{&f.rows, "FILE"}, "rows", "where --bench appends what it measures; what is there is not measured again")
	flags.BoolVar(&f.report, "report", false, "with --bench: only print the table of the rows")
	flags.Var(wordsFlag{&f.oracles, "ORACLE"}, "oracles", "with --bench: only these, of "+orList(bench.Oracles())+", by commas")
	flags.Var(wordsFlag{&f.mutants, "NAME"}, "mutants", "with --bench: only these")
	flags.Var(wordsFlag{&f.strategies, "NAME"}, "strategies", "with --bench: only these")
	flags.Var(optionalFlag{numberFlag{&f.repetitions, 1, 1000}}, "repetitions", "with --bench: only the first so many")
	flags.BoolVar(&f.cpu, "cpu", false, "with --bench: the time of the processor too")
	flags.Var(textFlag{&f.plot, "FILE"}, "plot", "with --bench: draw the table of one oracle as SVG into this file")
	f.limits.addJobs(flags)
	f.limits.addMemory(flags)
	flags.VisitAll(func(flag *pflag.Flag) { names = append(names, flag.Name) })
	cmd.Flags().AddFlagSet(flags)
	completeWords(cmd, "oracles", bench.Oracles())
	completeWords(cmd, "strategies", bench.Strategies())
	completeWords(cmd, "mutants", mutantNames())
	return names
}

// wordsFlag is a flag for words with commas between them; it may come more than
// once.
type wordsFlag struct {
	value *[]string
	of    string
}

func (w wordsFlag) String() string { return strings.Join(*w.value, ",") }
func (w wordsFlag) Type() string   { return w.of + ",..." }

func (w wordsFlag) Set(text string) error {
	for word := range strings.SplitSeq(text, ",") {
		if word == "" {
			return errors.New("expected names with commas between them")
		}
		*w.value = append(*w.value, word)
	}
	return nil
}

// optionalFlag is a number flag whose default, 0, is not told.
type optionalFlag struct{ numberFlag }

func (optionalFlag) String() string { return "" }

// bench measures what is asked for, as far as it has not been measured, and prints
// the table.
func (a *app) bench(f *benchFlags, format string) error {
	if err := a.distinct([]outFile{{"--rows", f.rows}, {"--plot", f.plot}}, f.read()); err != nil {
		return err
	}
	b, err := await(a, f.open)
	if err != nil {
		return err
	}
	if f.plot != "" {
		if len(b.Oracles()) != 1 {
			return usage("--plot %s: a picture is of one oracle: --oracles %s", quoteOne(f.plot), orList(b.Settings.Oracles))
		}
		if err := mayOverwrite("--plot", f.plot, plot.Begin, "SVG that paxsim draws"); err != nil {
			return err
		}
	}
	t := &bench.Table{Bench: b, Width: a.out.width()}
	var stopped error
	if f.report {
		if t.Rows, _, err = readRows(b, f.rows); err != nil {
			return err
		}
	} else if t.Rows, stopped = a.measure(b, f); t.Rows == nil {
		return stopped
	}
	if err := cmp.Or(f.print(a.out, t, format), a.out.err); err != nil {
		return err
	}
	if stopped != nil || f.plot == "" {
		return stopped
	}
	return replaceFile(f.plot, func(w io.Writer) error { return t.Picture(b.Oracles()[0], f.command()).SVG(w) })
}

func (f *benchFlags) print(w io.Writer, t *bench.Table, format string) error {
	if format == "csv" {
		return t.CSV(w)
	}
	return t.Text(w, format == "markdown", f.cpu)
}

// command is the command that prints the same again.
func (f *benchFlags) command() string {
	args := []string{terminal.Program(), "zoo", "--bench", "--report", "--rows", f.rows}
	for _, w := range []struct {
		flag string
		list []string
	}{{"--oracles", f.oracles}, {"--mutants", f.mutants}, {"--strategies", f.strategies}} {
		if w.list != nil {
			args = append(args, w.flag, strings.Join(w.list, ","))
		}
	}
	if f.repetitions > 0 {
		args = append(args, "--repetitions", fmt.Sprint(f.repetitions))
	}
	if f.settings != "" {
		args = append(args, "--settings", f.settings)
	}
	return quote(append(args, "--plot", f.plot)...)
}

// read is what the bench reads and must not write to.
func (f *benchFlags) read() []string {
	if f.settings == "" {
		return nil
	}
	return []string{f.settings}
}

// ownMutants is those of paxsim's own protocols: the settings of the bench are about
// these alone.
func ownMutants() []zoo.Mutant {
	var own []sim.Protocol
	for _, name := range actors.Names() {
		p, _ := actors.Find(name)
		own = append(own, p)
	}
	return mutantsOf(own)
}

// open reads the settings, and holds against them what is asked for.
func (f *benchFlags) open() (*bench.Bench, error) {
	var unsafe []zoo.Mutant
	for _, m := range ownMutants() {
		if m.Kind == zoo.Unsafe {
			unsafe = append(unsafe, m)
		}
	}
	file, text := bench.UsualName, bench.Usual
	if f.settings != "" {
		begin, err := beginning(f.settings, bench.MaxText+1)
		if err != nil {
			return nil, err
		}
		file, text = f.settings, string(begin)
	}
	s, err := bench.Parse(file, text, unsafe)
	if err != nil {
		return nil, settingsError(err)
	}
	b := &bench.Bench{Settings: s, All: unsafe, Choice: bench.Choice{Oracles: f.oracles, Strategies: f.strategies, Repetitions: f.repetitions}}
	if f.repetitions > s.Most {
		return nil, usage("--repetitions %d: the settings have at most %d", f.repetitions, s.Most)
	}
	for _, name := range f.mutants {
		m, err := findMutant(unsafe, name)
		if err != nil {
			return nil, usage("--mutants %s: of the unsafe ones %v", quoteOne(name), err)
		}
		b.Choice.Mutants = append(b.Choice.Mutants, m.Name)
	}
	for _, w := range []struct {
		flag        string
		asked, have []string
	}{{"oracles", f.oracles, s.Oracles}, {"strategies", f.strategies, s.Strategies}} {
		for _, word := range w.asked {
			if !slices.Contains(w.have, word) {
				return nil, usage("--%s %s: the settings have %s%s", w.flag, quoteOne(word), strings.Join(w.have, ", "), didYouMean(word, w.have, "%s"))
			}
		}
	}
	return b, nil
}

// rowFile is a file of rows.
var rowFile = kind{"a file of rows", bench.MaxRows}

// readRows reads a file of rows, and says how much of it is whole.
func readRows(b *bench.Bench, name string) (bench.Rows, int64, error) {
	file, _, err := rowFile.open(name)
	if err != nil {
		return nil, 0, err
	}
	defer file.Close()
	rows, whole, err := b.Read(file)
	var mistake *bench.Mistake
	switch {
	case errors.As(err, &mistake):
		return nil, 0, usage("%s:%v", name, err)
	case err != nil:
		return nil, 0, fileError(name, err)
	}
	return rows, whole, nil
}

// measure does what is missing in the file of rows. With rows, its error is what
// stopped it after these.
func (a *app) measure(b *bench.Bench, f *benchFlags) (bench.Rows, error) {
	file, rows, err := a.openRows(b, f.rows)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	jobs := b.Missing(rows)
	grounds := &grounds{opened: map[[2]string][]campaign.Variant{}}
	workers, err := f.benchWorkers(b, grounds, jobs)
	if err != nil {
		return nil, err
	}
	defer a.watchMemory(&f.limits)()
	done, all := 0, len(jobs)
	p := newProgress(a.errors, &campaign.Hunt{})
	p.width = a.screen.Width
	for err == nil && len(jobs) > 0 { // the results of the first repetitions say how many there are
		err = b.Run(a.ctx, jobs, workers, grounds.open, func(r bench.Row) error {
			if _, err := file.Write(r.Encode()); err != nil {
				return machine(f.rows, err)
			}
			rows[r.Job()] = r
			done++
			p.say("%s of %s, %s by %s", say.Count(uint64(done)), say.Plural(uint64(all), "hunt"), r.Mutant, r.Strategy)
			return nil
		})
		if err == nil {
			jobs = b.Missing(rows)
			all += len(jobs)
		}
	}
	p.clear()
	if stopped := a.interrupted(fmt.Sprintf(" after %s of %s", say.Count(uint64(done)), say.Plural(uint64(all), "hunt"))); stopped != nil {
		return rows, stopped
	}
	if err == nil {
		if err = file.Sync(); err != nil {
			err = machine(f.rows, err)
		}
	}
	return rows, err
}

// openRows opens a file of rows, to append to it, and reads what is there. Half a
// line at its end is cut off.
func (a *app) openRows(b *bench.Bench, name string) (*os.File, bench.Rows, error) {
	rows, whole, size := bench.Rows{}, int64(0), int64(0)
	if info, err := os.Stat(name); err == nil {
		size = info.Size()
		if rows, whole, err = readRows(b, name); err != nil {
			return nil, nil, err
		}
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o666)
	if err != nil {
		return nil, nil, fileError(name, err)
	}
	if whole < size {
		a.remark("%s: %s: the last line is half a row, which is made again\n", terminal.Program(), name)
		if err := file.Truncate(whole); err != nil {
			file.Close()
			return nil, nil, machine(name, err)
		}
	}
	return file, rows, nil
}

// benchWorkers is how many hunts there are at once, held against the memory that
// is allowed.
func (f *benchFlags) benchWorkers(b *bench.Bench, g *grounds, jobs []bench.Job) (int, error) {
	workers := math.MaxInt
	for _, j := range jobs {
		list, err := g.open(j.Oracle, j.Mutant)
		if err != nil {
			return 0, err
		}
		h := &campaign.Hunt{Ground: list, Strategies: campaign.Strategies(), Budget: b.Settings.Budget, Runs: b.Limit(j.Mutant)}
		n, err := f.hunters(j.Mutant, h, uint64(len(jobs)))
		if err != nil {
			return 0, err
		}
		workers = min(workers, n)
	}
	return workers, nil
}

// grounds opens the hunting ground for mutants, once for each and each oracle.
type grounds struct {
	one    sync.Mutex
	opened map[[2]string][]campaign.Variant
}

func (g *grounds) open(oracle, mutant string) ([]campaign.Variant, error) {
	g.one.Lock()
	defer g.one.Unlock()
	key := [2]string{oracle, mutant}
	if list, ok := g.opened[key]; ok {
		return list, nil
	}
	f := fuzzFlags{overrides: overrides{mutant: mutant}}
	if oracle == bench.Agreement {
		f.only = []string{"agreement"}
	}
	var h campaign.Hunt
	if err := f.openGround(&h); err != nil {
		return nil, err
	}
	g.opened[key] = h.Ground
	return h.Ground, nil
}
